// What the lines for programs mean to the terminal client, and what it shows to come back.
#include <string>
#include <string_view>
#include <variant>

#include "../../../examples/tcp_client/machine_line.hpp"
#include "../../../examples/tcp_client/ticket.hpp"
#include "catch.hpp"
#include "minimeta/message.hpp"

using tcp_client::MachineLine;
using tcp_client::read_machine_line;
using tcp_client::SessionOpened;
using tcp_client::SessionRefused;
using tcp_client::Stamped;
using tcp_client::Ticket;

namespace {

constexpr std::string_view not_understood = "! There is no command \"/session\"; nobody got the line.";

bool is_for_people(std::string_view line) { return std::holds_alternative<std::monostate>(read_machine_line(line)); }

/// What is shown of a line; "(nothing)" if it is kept from people.
std::string shown(Ticket& ticket, std::string_view line) {
    return std::string(ticket.hear(line).shown.value_or("(nothing)"));
}

Ticket::News news(Ticket& ticket, std::string_view line) { return ticket.hear(line).news; }

}  // namespace

// ---- Machine lines

TEST_CASE("machine line: a message has an id, and a line that is for people") {
    const MachineLine read = read_machine_line("+1700000000-42 1700000123456 lily: +1 from me");
    REQUIRE(std::holds_alternative<Stamped>(read));
    CHECK(std::get<Stamped>(read).id == minimeta::MessageId{1'700'000'000, 42});
    CHECK(std::get<Stamped>(read).line == "lily: +1 from me");
    CHECK(std::get<Stamped>(read_machine_line("+1-2 0 ")).line.empty());
    CHECK(std::get<Stamped>(read_machine_line("+1-2 0  two blanks")).line == " two blanks");
}

TEST_CASE("machine line: a session has a token and the newest id") {
    const MachineLine read = read_machine_line("+session 12.a0f-Z 7-0 60");
    REQUIRE(std::holds_alternative<SessionOpened>(read));
    CHECK(std::get<SessionOpened>(read).token == "12.a0f-Z");
    CHECK(std::get<SessionOpened>(read).newest == minimeta::MessageId{7, 0});
    CHECK(std::holds_alternative<SessionRefused>(read_machine_line("+nosession ! There are no sessions here.")));
}

TEST_CASE("machine line: whatever is not exactly one is for people") {
    for (const std::string_view line : {"",
                                        "+",
                                        "+ ",
                                        "+1",
                                        "+1 2",
                                        "+1 2 three",
                                        "+1-2",
                                        "+1-2 3",
                                        "+1-2  x",
                                        "+1-2 x y",
                                        "+1-2 3x y",
                                        "+-2 3 y",
                                        "+1- 3 y",
                                        "+-1-2 3 y",
                                        "+1-2-3 4 y",
                                        "+1-99999999999999999999 3 y",
                                        "+1-2 99999999999999999999 y",
                                        "++1-2 3 y",
                                        " +1-2 3 y",
                                        "1-2 3 y",
                                        "+session",
                                        "+session ",
                                        "+session abc",
                                        "+session abc 1-2",
                                        "+session abc 1-2 ",
                                        "+session abc 1-2 x",
                                        "+session abc 1-2 -1",
                                        "+session abc 1-2 60 more",
                                        "+session  1-2 60",
                                        "+session abc 12 60",
                                        "+session abc x-y 60",
                                        "+session a\tb 1-2 60",
                                        "+session a\x1b 1-2 60",
                                        "+session 你好 1-2 60",
                                        "+sessions abc 1-2 60",
                                        "+Session abc 1-2 60",
                                        "+nosession",
                                        "+1 to that"}) {
        CAPTURE(line);
        CHECK(is_for_people(line));
    }
}

TEST_CASE("machine line: a token is no longer than it may be") {
    const std::string token(tcp_client::most_token_bytes, 'x');
    CHECK_FALSE(is_for_people("+session " + token + " 1-2 60"));
    CHECK(is_for_people("+session " + token + "x 1-2 60"));
}

// ---- The ticket

TEST_CASE("ticket: the token and the newest id are shown on coming back") {
    Ticket ticket;
    CHECK_FALSE(ticket);
    CHECK(ticket.ask() == "/session");
    CHECK(shown(ticket, "-- Welcome, lily!") == "-- Welcome, lily!");
    CHECK_FALSE(ticket);
    CHECK(shown(ticket, "+session abc 7-3 60") == "(nothing)");
    CHECK(ticket);
    CHECK(ticket.ask() == "/resume abc 7-3");
    CHECK(shown(ticket, "+7-4 1700000000000 bob: hello") == "bob: hello");
    CHECK(shown(ticket, "-- eve joined.") == "-- eve joined.");
    CHECK(ticket.ask() == "/resume abc 7-4");
    CHECK(news(ticket, "+session def 7-9 60") == Ticket::News::valid);
    CHECK(ticket.ask() == "/resume def 7-9");
}

TEST_CASE("ticket: an older message that is shown again does not count as the last") {
    Ticket ticket;
    ticket.hear("+session abc 7-30 60");
    ticket.hear("+7-12 0 bob: long ago");
    CHECK(ticket.ask() == "/resume abc 7-30");
    ticket.hear("+session abc 6-1 60");  // but another room may be older
    CHECK(ticket.ask() == "/resume abc 6-1");
}

TEST_CASE("ticket: whoever comes back is not asked for a name") {
    Ticket ticket;
    ticket.ask();
    CHECK(shown(ticket, "-- Hello! Tell us your name.") == "-- Hello! Tell us your name.");
    ticket.hear("+session abc 7-3 60");
    ticket.ask();
    CHECK(shown(ticket, "-- Hello! Tell us your name.") == "(nothing)");
    CHECK(shown(ticket, "-- Welcome back, lily!") == "-- Welcome back, lily!");
    ticket.ask();
    CHECK(shown(ticket, "! The room is full.") == "! The room is full.");
    CHECK(shown(ticket, "-- bob joined.") == "-- bob joined.");
}

TEST_CASE("ticket: a room without sessions is not talked about") {
    Ticket ticket;
    ticket.ask();
    CHECK(shown(ticket, "+nosession ! There are no sessions here.") == "(nothing)");
    CHECK_FALSE(ticket);
    CHECK(ticket.ask() == "/session");
}

TEST_CASE("ticket: a room that does not know the command is not talked about, once") {
    Ticket ticket;
    ticket.ask();
    CHECK(shown(ticket, "-- Hello!") == "-- Hello!");
    CHECK(shown(ticket, "! The name lily is taken.") == "! The name lily is taken.");
    CHECK(shown(ticket, "bob: what is /session?") == "bob: what is /session?");
    CHECK(shown(ticket, not_understood) == "(nothing)");
    CHECK(shown(ticket, not_understood) == not_understood);  // this one was typed
    CHECK_FALSE(ticket);
}

TEST_CASE("ticket: once it was of use, no other refusal is taken for an answer") {
    Ticket ticket;
    ticket.ask();
    ticket.hear("+session abc 7-3 60");
    CHECK(shown(ticket, not_understood) == not_understood);
    CHECK(ticket);
}

TEST_CASE("ticket: it expires when it is refused, in whatever way") {
    const std::string refusal = GENERATE("+nosession ! Too late.", "! There is no command \"/resume\".");
    Ticket ticket;
    ticket.hear("+session abc 7-3 60");
    ticket.ask();
    CHECK(news(ticket, refusal) == Ticket::News::expired);
    CHECK_FALSE(ticket);
    CHECK(ticket.ask() == "/session");
    CHECK(news(ticket, "+nosession ! No sessions.") == Ticket::News::none);
}

TEST_CASE("ticket: a refusal of what nobody asked for changes nothing") {
    Ticket ticket;
    ticket.hear("+session abc 7-3 60");
    for (int i = 0; i < 3; ++i) CHECK(news(ticket, "+nosession ! What?") == Ticket::News::none);
    CHECK(ticket.ask() == "/resume abc 7-3");
}

TEST_CASE("ticket: a line that only looks like one for programs is shown as it is") {
    Ticket ticket;
    ticket.ask();
    for (const std::string line : {"+1 to that", "+session", "+1-2 x y", "+"}) CHECK(shown(ticket, line) == line);
    CHECK(ticket.ask() == "/session");
}
