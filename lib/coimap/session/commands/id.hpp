#pragma once
// ID (RFC 2971): who the program is, and who the server says it is.
//
//   sends   ID ("name" "value" ...); ID NIL for no fields, since some servers refuse (). Always quoted:
//           atoms break it at Yahoo
//   yields  the ID response; empty when the server sent none
//   errors  errc::not_supported without ID; errc::invalid_argument for more than 30 fields, names of more
//           than 30 octets or given twice, values of more than 1024 octets, and control characters

#include "coimap/session/command.hpp"
#include "coimap/wire/responses/id.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace coimap {

/// Fields and values in the order in which they are sent; a value may be NIL.
using id_parameters = std::vector<std::pair<std::string, std::optional<std::string>>>;

namespace commands {

class id_command : public command_of<kept<id_data>> {
public:
    explicit id_command(id_parameters parameters = id_parameters()) : parameters_(std::move(parameters)) {}

    std::string_view name() const noexcept override { return "ID"; }

    /// Any number may overlap: the answer is the same for all.
    pipelining_traits traits() const noexcept override { return {}; }

    std::error_code write(wire::command_writer& out, const session_context& context) override;
    claim on_untagged(const wire::response& response, session_context& context) override;
    kept<id_data> take_result() override { return std::move(result_); }

private:
    bool legal() const;

    id_parameters parameters_;
    kept<id_data> result_;
};

} // namespace commands
} // namespace coimap
