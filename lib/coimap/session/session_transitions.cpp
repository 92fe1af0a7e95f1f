// What an answer changes in the session itself: its state, its mailbox, its capabilities.

#include "coimap/session/session.hpp"

#include "coimap/wire/codes/lists.hpp"
#include "coimap/wire/responses/capability.hpp"

namespace coimap {

void session::apply_transition(const command_entry& entry, bool ok, const wire::response& response) {
    switch (entry.command->transition()) {
    case transition::none:
        break;
    case transition::authenticates:
        if (!ok)
            break;
        state_ = session_state::authenticated;
        // What the server could do before is no promise now, unless it told anew on the way.
        if (told_capabilities_ == told_at_login_)
            capabilities_.forget();
        break;
    case transition::selects:
        if (ok) {
            mailbox_ = selecting_ ? std::move(*selecting_) : mailbox_view();
            mailbox_->set_read_only(response.state.code.is("READ-ONLY") ||
                                    entry.command->name() == "EXAMINE");
            state_ = session_state::selected;
            change_selection(entry.command->selected_name());
        } else if (response.state.status == wire::status::no && mailbox_) {
            // A SELECT that fails leaves no mailbox selected (RFC 9051 section 6.3.2).
            deselect();
        }
        selecting_.reset();
        break;
    case transition::deselects:
        if (ok)
            deselect();
        break;
    case transition::starts_tls:
        awaits_tls_ = ok;
        break;
    case transition::logs_out:
        if (ok) {
            finished_ = true;
            state_ = session_state::logout;
        }
        logout_until_.reset();
        break;
    }
}

void session::deselect() {
    mailbox_.reset();
    state_ = session_state::authenticated;
    change_selection({});
}

void session::change_selection(std::string name) {
    if (++selection_ == 1)
        return;
    events::selection_changed change{std::move(name), 0, 0};
    if (mailbox_) {
        change.uid_validity = mailbox_->uid_validity();
        change.exists = mailbox_->exists();
    }
    events_.push(std::move(change));
}

void session::take_capabilities(const wire::response& response) {
    const list<std::string_view>* names = nullptr;
    if (const auto* code = response.state.code.as<capability_code>())
        names = &code->names;
    else if (const auto* data = response.as<capability_data>())
        names = &data->names;
    if (names == nullptr)
        return;
    capabilities_.assign(*names);
    ++told_capabilities_;
    if (state_ != session_state::greeting)
        events_.push(events::capabilities_changed{});
}

} // namespace coimap
