#pragma once
// How a value tells what it holds: it writes itself, field by field, to a sink. JSON, a table for a terminal
// and a comparison in a test are each one sink; no type of response needs to know any of them, and no sink
// needs to know the types.

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>

namespace coimap {

class value_sink {
public:
    virtual ~value_sink() = default;

    virtual void begin_object() = 0;
    virtual void key(std::string_view name) = 0; ///< snake_case; a value follows
    virtual void end_object() = 0;
    virtual void begin_list() = 0;
    virtual void end_list() = 0;
    virtual void null() = 0;
    virtual void boolean(bool value) = 0;
    virtual void number(std::uint64_t value) = 0;
    virtual void signed_number(std::int64_t value) = 0;
    virtual void
    string(std::string_view octets) = 0; ///< any octets; the sink decides how to show what is not UTF-8
};

// `describe(sink, value)` is the customization point: overloaded beside each type.

inline void describe(value_sink& sink, bool value) {
    sink.boolean(value);
}
template<std::unsigned_integral T>
requires(!std::same_as<T, bool>) void describe(value_sink& sink, T value) {
    sink.number(value);
}
inline void describe(value_sink& sink, std::string_view value) {
    sink.string(value);
}

template<class T>
void describe(value_sink& sink, const std::optional<T>& value) {
    if (value)
        describe(sink, *value);
    else
        sink.null();
}

/// Any range: a list.
template<class Range>
requires requires(const Range& range) {
    range.begin();
    range.end();
} &&(!std::convertible_to<const Range&, std::string_view>)void describe(value_sink& sink,
                                                                        const Range& range) {
    sink.begin_list();
    for (const auto& each : range)
        describe(sink, each);
    sink.end_list();
}

/// One field of an object.
template<class T>
void field(value_sink& sink, std::string_view name, const T& value) {
    sink.key(name);
    describe(sink, value);
}

/// The same, left out when there is nothing.
template<class T>
void field(value_sink& sink, std::string_view name, const std::optional<T>& value) {
    if (!value)
        return;
    sink.key(name);
    describe(sink, *value);
}

} // namespace coimap
