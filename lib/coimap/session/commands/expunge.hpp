#pragma once
// EXPUNGE (RFC 9051 section 6.4.3): removes every message with \Deleted.
//
//   sends   EXPUNGE
//   yields  expunge_result: the numbers as the server sent them, each counted after the ones before it are
//           gone; or, with QRESYNC, UIDs
//   claims  EXPUNGE and VANISHED while it is under way, as events, too: the watcher of the mailbox has to
//           follow. What another connection expunges meanwhile cannot be told apart and is in the result.

#include "coimap/session/command.hpp"

#include <vector>

namespace coimap {

struct expunge_result {
    std::vector<std::uint32_t> sequence_numbers; ///< in order; the numbers shift with each of them
    uid_set vanished;                            ///< with QRESYNC in place of the numbers

    std::uint64_t count() const noexcept { return sequence_numbers.size() + vanished.count(); }

    friend bool operator==(const expunge_result&, const expunge_result&) = default;
};

namespace commands {

class expunge_command : public command_of<expunge_result> {
public:
    std::string_view name() const noexcept override { return "EXPUNGE"; }

    /// Its EXPUNGE responses shift the numbers: no command by number may follow at once.
    pipelining_traits traits() const noexcept override { return {command_effect::needs_selected, "EXPUNGE"}; }

    std::error_code write(wire::command_writer& out, const session_context& context) override;
    claim on_untagged(const wire::response& response, session_context& context) override;
    void on_abandoned() noexcept override;
    expunge_result take_result() override { return std::move(result_); }

private:
    expunge_result result_;
    bool abandoned_ = false;
};

} // namespace commands
} // namespace coimap
