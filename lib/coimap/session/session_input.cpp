// Octets of the server: framing, literals that stream, and each whole response to its dispatch.

#include "coimap/session/session.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/wire/responses/fetch.hpp"

#include <algorithm>

namespace coimap {
namespace {

/// Literals of an abandoned FETCH that are larger than this are not even buffered.
constexpr std::uint64_t discard_over = 4096;

bool looks_like_fetch(std::string_view bytes) noexcept {
    if (!bytes.starts_with("* "))
        return false;
    std::size_t i = 2;
    while (i < bytes.size() && is_digit(bytes[i]))
        ++i;
    return i > 2 && istarts_with(bytes.substr(i), " FETCH ");
}

} // namespace

std::span<char> session::prepare(std::size_t count) {
    return input_.prepare(count);
}

void session::commit(std::size_t count, time_point now) {
    if (failed())
        return;
    input_.commit(count);
    last_activity_ = now;
    if (options_.tls_required && !options_.secure) {
        before_tls_ += count;
        if (before_tls_ > options_.limits.before_tls) {
            fail(make_error_code(errc::response_too_large),
                 {"STARTTLS", {}, {}, "too much before TLS", false});
            return;
        }
    }
    frame_input(now);
}

void session::frame_input(time_point now) {
    while (!failed() && !finished_) {
        if (literal_left_ != 0 && !stream_literal(now))
            return;
        if (input_.empty())
            return;
        if (awaits_tls_) {
            // What follows the tagged OK of STARTTLS in the clear was put there by somebody on the way.
            fail(make_error_code(errc::starttls_injection), {"STARTTLS", {}, {}, {}, false});
            return;
        }
        const wire::frame frame = framer_.advance(input_.view());
        switch (frame.type) {
        case wire::frame::kind::incomplete:
            return;
        case wire::frame::kind::broken:
            fail(frame.error);
            return;
        case wire::frame::kind::literal:
            begin_literal(frame);
            break;
        case wire::frame::kind::complete:
            dispatch(input_.view().substr(0, frame.size), now);
            input_.consume(frame.size);
            framer_.reset();
            break;
        }
    }
}

/// Decides where a literal goes: to a command that streams it, to nobody, or into the buffer.
void session::begin_literal(const wire::frame& frame) {
    const std::string_view head = input_.view().substr(0, frame.size);
    if (!looks_like_fetch(head)) {
        framer_.keep_literal();
        return;
    }
    bool wanted = false;
    bool abandoned = false;
    for (command_entry& entry : commands_) {
        if (!entry.under_way())
            continue;
        if (entry.abandoned) {
            abandoned = abandoned || entry.traits.family == "FETCH";
            continue;
        }
        const auto threshold = entry.command->streams_literals_over();
        if (threshold && frame.literal > *threshold) {
            std::vector<wire::elided_literal> elided = framer_.elided();
            elided.push_back({frame.size, frame.literal});
            scratch_.reset();
            const wire::response so_far = wire::parse_response(head, scratch_, parse_options(), elided);
            current_id_ = entry.id;
            if (entry.command->on_literal_begin(so_far, frame.literal, *this)) {
                literal_for_ = entry.id;
                literal_left_ = frame.literal;
                literal_offset_ = frame.size;
                framer_.take_literal();
                return;
            }
        }
        wanted = wanted || entry.traits.family == "FETCH";
    }
    if (abandoned && !wanted && frame.literal > discard_over) {
        literal_for_ = 0;
        literal_left_ = frame.literal;
        literal_offset_ = frame.size;
        framer_.take_literal();
        return;
    }
    framer_.keep_literal();
}

/// Passes on what has arrived of a streamed literal. Whether all of it has.
bool session::stream_literal(time_point) {
    const std::string_view arrived = input_.view().substr(literal_offset_);
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(literal_left_, arrived.size()));
    command_entry* entry = literal_for_ != 0 ? commands_.find(literal_for_) : nullptr;
    if (entry && !entry->abandoned) {
        if (count != 0) {
            entry->command->on_literal_data(arrived.substr(0, count));
            restart_drain();
        }
    } else {
        for (command_entry& each : commands_) {
            if (!each.abandoned || !each.under_way())
                continue;
            if (!within_budget(each, count))
                return false;
            break;
        }
    }
    input_.cut(literal_offset_, count);
    literal_left_ -= count;
    if (literal_left_ != 0)
        return false;
    if (entry && !entry->abandoned)
        entry->command->on_literal_end();
    literal_for_ = 0;
    return true;
}

/// Whether the response will be kept by a command, so that it is parsed in its own block at once.
bool session::wants_whole(std::string_view bytes) const noexcept {
    if (!looks_like_fetch(bytes))
        return false;
    return std::any_of(commands_.begin(), commands_.end(), [](const command_entry& each) {
        return each.under_way() && !each.abandoned && each.traits.family == "FETCH";
    });
}

void session::dispatch(std::string_view bytes, time_point now) {
    wire::response in_scratch;
    const wire::response* response = &in_scratch;
    if (wants_whole(bytes)) {
        current_kept_ = wire::kept_response::parse(bytes, parse_options(), framer_.elided());
        response = &*current_kept_;
    } else {
        scratch_.reset();
        in_scratch = wire::parse_response(bytes, scratch_, parse_options(), framer_.elided());
    }

    if (trace_) {
        const command_entry* first = nullptr;
        for (const command_entry& each : commands_)
            if (each.under_way() && !first)
                first = &each;
        if (response->type == wire::response::kind::continuation && first && first->octets.secret)
            trace_->received("+ <redacted>");
        else if (first)
            trace_octets(*trace_, false, first->command->mask_secrets(bytes));
        else
            trace_octets(*trace_, false, bytes);
    }

    if (state_ == session_state::greeting) {
        on_greeting(*response);
    } else if (!allowed_before_tls(*response)) {
        fail(make_error_code(errc::protocol_violation), {"STARTTLS", {}, {}, "data before TLS", false});
    } else {
        switch (response->type) {
        case wire::response::kind::continuation:
            on_continuation(*response, now);
            break;
        case wire::response::kind::tagged:
            on_tagged(*response, now);
            break;
        case wire::response::kind::status:
        case wire::response::kind::data:
            on_untagged(*response);
            break;
        case wire::response::kind::unreadable:
            // Blank lines are some servers' habit.
            if (bytes.find_first_not_of(std::string_view("\r\n \0", 4)) != std::string_view::npos)
                report_defect("no response", bytes);
            break;
        }
    }
    current_kept_ = {};
}

wire::kept_response session::keep(const wire::response& current) {
    if (current_kept_ && &*current_kept_ == &current)
        return current_kept_;
    return wire::kept_response::parse(current.bytes, parse_options(), framer_.elided());
}

} // namespace coimap
