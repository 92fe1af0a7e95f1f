// A command that the library does not have, with a response type of its own: GETQUOTAROOT (RFC 9208), as far
// as a program that only wants to know how full its INBOX is needs it. Nothing of the library changes for it.

#include "coimap/coimap.hpp"
#include "coimap/wire/lexer.hpp"

#include "examples/run.hpp"

#include <optional>
#include <string_view>

/// `* QUOTA root (STORAGE used limit)`: kept as its octets.
struct quota_data {
    static const coimap::wire::rule rule;
    std::string_view text;
};

const void* parse_quota(coimap::wire::lexer& input, std::uint32_t) {
    const std::string_view text = input.rest();
    input.go_to(input.end());
    return input.memory().make<quota_data>(text);
}

void describe_quota(coimap::value_sink& sink, const void* data) {
    coimap::field(sink, "text", static_cast<const quota_data*>(data)->text);
}

const coimap::wire::rule quota_data::rule{"QUOTA", parse_quota, describe_quota};

class get_quota_root : public coimap::command_of<std::optional<std::string>> {
public:
    explicit get_quota_root(coimap::mailbox_name mailbox) : mailbox_(std::move(mailbox)) {}

    std::string_view name() const noexcept override { return "GETQUOTAROOT"; }
    coimap::pipelining_traits traits() const noexcept override {
        return {coimap::command_effect::needs_authenticated, "QUOTA"};
    }
    std::error_code write(coimap::wire::command_writer& out, const coimap::session_context&) override {
        out.raw("GETQUOTAROOT").sp().mailbox(mailbox_);
        return {};
    }
    coimap::claim on_untagged(const coimap::wire::response& response, coimap::session_context&) override {
        const auto* quota = response.as<quota_data>();
        if (quota == nullptr)
            return coimap::claim::not_mine;
        quota_ = std::string(quota->text);
        return coimap::claim::mine;
    }
    std::optional<std::string> take_result() override { return quota_; }

private:
    coimap::mailbox_name mailbox_;
    std::optional<std::string> quota_;
};

asio::awaitable<void> show_quota(example_server server) {
    coimap::connect_options options;
    options.ca_file(server.ca_file).response_rule(quota_data::rule);
    auto client = co_await coimap::connect(server.url, options);
    co_await client.login("alice", "secret");
    const std::optional<std::string> quota = co_await client.execute(get_quota_root("INBOX"));
    std::cout << "quota: " << quota.value_or("none") << '\n';
    co_await client.logout();
}

int main() {
    return run_example(show_quota(example_server()));
}
