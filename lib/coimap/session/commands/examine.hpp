#pragma once
// EXAMINE (RFC 9051 section 6.3.3): SELECT without the right to change anything; nothing loses \Recent by
// it.
//
//   sends   EXAMINE mailbox [(CONDSTORE)]
//   yields  select_result, read_only

#include "coimap/session/commands/select.hpp"

namespace coimap::commands {

class examine_command : public select_command {
public:
    explicit examine_command(mailbox_name mailbox, select_options options = select_options())
        : select_command("EXAMINE", std::move(mailbox), std::move(options)) {}
};

} // namespace coimap::commands
