#pragma once
// How the results and events of the client show themselves.

#include "coimap/client/client.hpp"
#include "coimap/model/value_sink.hpp"

namespace coimap {

void describe(value_sink& sink, const capabilities& value);
void describe(value_sink& sink, const mailbox_entry& value);
void describe(value_sink& sink, const status_values& value);
void describe(value_sink& sink, const select_result& value);
void describe(value_sink& sink, const append_result& value);
void describe(value_sink& sink, const copy_result& value);
void describe(value_sink& sink, const expunge_result& value);
void describe(value_sink& sink, const search_result& value);
void describe(value_sink& sink, const store_result& value);

/// As an object with `event`, its name, first.
void describe(value_sink& sink, const event& value);

/// A response of a known type without what a whole response has around it.
template<class T>
void describe(value_sink& sink, const kept<T>& value) {
    if (!value)
        return sink.null();
    sink.begin_object();
    T::rule.describe(sink, &*value);
    sink.end_object();
}

} // namespace coimap
