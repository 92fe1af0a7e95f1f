// Commands and responses of the program's own, and raw lines.

#include "support/scripted_peer.hpp"

#include "coimap/wire/lexer.hpp"

#include <asio/error.hpp>

using namespace coimap;
using namespace coimap::test;

namespace {

/// A response of the program's own: `* XWEATHER sunny`.
struct weather_data {
    static const wire::rule rule;
    std::string_view words;
};

const void* parse_weather(wire::lexer& input, std::uint32_t) {
    const std::string_view words = input.rest();
    input.go_to(input.end());
    return input.memory().make<weather_data>(words);
}

void describe_weather(value_sink& sink, const void* data) {
    field(sink, "words", static_cast<const weather_data*>(data)->words);
}

const wire::rule weather_data::rule{"XWEATHER", parse_weather, describe_weather};

class weather_command final : public command_of<std::string> {
public:
    explicit weather_command(std::string place) : place_(std::move(place)) {}

    std::string_view name() const noexcept override { return "XWEATHER"; }
    pipelining_traits traits() const noexcept override {
        return {command_effect::needs_authenticated, "XWEATHER"};
    }
    std::error_code write(wire::command_writer& out, const session_context& context) override {
        if (!context.caps().has("XWEATHER"))
            return errc::not_supported;
        out.raw("XWEATHER ").string(place_);
        return {};
    }
    claim on_untagged(const wire::response& response, session_context&) override {
        const auto* data = response.as<weather_data>();
        if (data == nullptr)
            return claim::not_mine;
        words_ = std::string(data->words);
        return claim::mine;
    }
    std::string take_result() override { return words_; }

private:
    std::string place_;
    std::string words_;
};

} // namespace

BOOST_AUTO_TEST_SUITE(own_commands)

BOOST_AUTO_TEST_CASE(a_command_with_its_own_response_is_one_of_the_librarys) {
    scripted_peer peer;
    peer.connect("* PREAUTH [CAPABILITY IMAP4rev1 XWEATHER LITERAL+] welcome\r\n",
                 connect_options().response_rule(weather_data::rule));
    const auto weather = peer.start(peer.client().execute(weather_command("the \"sea\"")));
    const auto second = peer.start(peer.client().execute(weather_command("inland")));
    const std::string tag = peer.expect("XWEATHER \"the \\\"sea\\\"\"");
    BOOST_TEST(peer.silent()); // one of its family at a time, since nothing was said about overlapping
    peer.serve("* XWEATHER sunny, 21 degrees\r\n" + tag + " OK done\r\n");
    BOOST_REQUIRE(weather->value);
    BOOST_TEST(weather->value->find("sunny, 21 degrees") != std::string::npos);
    peer.serve(peer.expect("XWEATHER \"inland\"") + " NO [UNAVAILABLE] fog\r\n");
    BOOST_TEST(second->code() == make_error_code(errc::no));
    // Unasked, it is an event like any other.
    peer.serve("* XWEATHER rain\r\n");
    const auto other = peer.events_of<events::other_data>();
    BOOST_REQUIRE_EQUAL(other.size(), 1u);
    BOOST_TEST(other[0].name == "XWEATHER");
}

BOOST_AUTO_TEST_CASE(what_it_refuses_to_write_is_not_sent) {
    scripted_peer peer;
    peer.connect();
    const auto weather = peer.start(peer.client().execute(weather_command("the sea")));
    BOOST_TEST(weather->code() == make_error_code(errc::not_supported));
    BOOST_TEST(weather->details().operation == "XWEATHER");
    BOOST_TEST(peer.silent());
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(no_argument_ends_the_line_or_starts_another_command) {
    scripted_peer peer;
    peer.connect("* PREAUTH [CAPABILITY IMAP4rev1 XWEATHER] no LITERAL+\r\n");
    const auto weather = peer.start(peer.client().execute(weather_command("x\r\nA1 LOGOUT")));
    const std::string line = peer.take_line();
    BOOST_TEST(line.ends_with("XWEATHER {12}"));
    BOOST_TEST(peer.silent()); // a literal, which the server asks for first
}

BOOST_AUTO_TEST_CASE(raw_yields_every_response_and_is_one_line) {
    scripted_peer peer;
    peer.connect();
    peer.select();
    const auto raw = peer.start(peer.client().raw("XSTRANGE (1 2)"));
    const std::string tag = peer.expect("XSTRANGE (1 2)");
    peer.serve("* XSTRANGE a b\r\n* 4 EXISTS\r\n" + tag + " OK done\r\n");
    BOOST_REQUIRE(raw->value);
    BOOST_REQUIRE_EQUAL(raw->value->size(), 2u);
    BOOST_TEST((*raw->value)[0]->name == "XSTRANGE");
    BOOST_TEST(peer.events_of<events::exists>().size() == 1u); // and the mailbox's news are news

    for (const char* line :
         {"NOOP\r\nA1 LOGOUT", "X {5}", "X {5+}", "", "LOGIN alice secret", "STARTTLS", "IDLE"}) {
        const auto refused = peer.start(peer.client().raw(line));
        BOOST_REQUIRE(refused->done);
        BOOST_TEST((kind_of(refused->code()) == error_kind::usage), line);
        BOOST_TEST(peer.silent());
    }
    peer.require_usable();
}

BOOST_AUTO_TEST_SUITE_END()
