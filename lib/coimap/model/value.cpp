#include "coimap/model/value.hpp"

namespace coimap {

void describe(value_sink& sink, const value& value) {
    using kind = coimap::value::kind;
    switch (value.type) {
    case kind::nil:
        sink.null();
        return;
    case kind::number:
        sink.number(value.number);
        return;
    case kind::string:
        sink.string(value.text);
        return;
    case kind::list:
        sink.begin_list();
        for (const coimap::value& each : value.items)
            describe(sink, each);
        sink.end_list();
        return;
    }
}

} // namespace coimap
