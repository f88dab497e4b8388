// The room's control lines as the terminal client reads them, and the token by which it resumes its session.
#include <string>
#include <string_view>
#include <variant>

#include "../../../examples/tcp_client/control_line.hpp"
#include "../../../examples/tcp_client/resume_token.hpp"
#include "catch.hpp"
#include "minimeta/message.hpp"

using tcp_client::ControlLine;
using tcp_client::read_control_line;
using tcp_client::ResumeToken;
using tcp_client::SessionOpened;
using tcp_client::SessionRefused;
using tcp_client::Stamped;

namespace {

constexpr std::string_view not_understood = "! There is no command \"/session\"; nobody got the line.";

bool is_for_user(std::string_view line) { return std::holds_alternative<std::monostate>(read_control_line(line)); }

/// What the user sees of a line; "(nothing)" if that is not shown.
std::string shown(ResumeToken& token, std::string_view line) {
    return std::string(token.on_receive(line).shown.value_or("(nothing)"));
}

ResumeToken::Answer answer(ResumeToken& token, std::string_view line) { return token.on_receive(line).answer; }

}  // namespace

// ---- Control lines

TEST_CASE("control line: a message has an id, and a line for the user") {
    const ControlLine read = read_control_line("+1700000000-42 1700000123456 lily: +1 from me");
    REQUIRE(std::holds_alternative<Stamped>(read));
    CHECK(std::get<Stamped>(read).id == minimeta::MessageId{1'700'000'000, 42});
    CHECK(std::get<Stamped>(read).line == "lily: +1 from me");
    CHECK(std::get<Stamped>(read_control_line("+1-2 0 ")).line.empty());
    CHECK(std::get<Stamped>(read_control_line("+1-2 0  two blanks")).line == " two blanks");
}

TEST_CASE("control line: a session has a token and the newest id") {
    const ControlLine read = read_control_line("+session 12.a0f-Z 7-0 60");
    REQUIRE(std::holds_alternative<SessionOpened>(read));
    CHECK(std::get<SessionOpened>(read).token == "12.a0f-Z");
    CHECK(std::get<SessionOpened>(read).newest == minimeta::MessageId{7, 0});
    CHECK(std::holds_alternative<SessionRefused>(read_control_line("+nosession ! There are no sessions here.")));
}

TEST_CASE("control line: a line that is not exactly one is for the user") {
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
        CHECK(is_for_user(line));
    }
}

TEST_CASE("control line: a token has at most max_token_bytes") {
    const std::string token(tcp_client::max_token_bytes, 'x');
    CHECK_FALSE(is_for_user("+session " + token + " 1-2 60"));
    CHECK(is_for_user("+session " + token + "x 1-2 60"));
}

// ---- The resume token

TEST_CASE("resume token: the token and the newest id are sent to resume") {
    ResumeToken token;
    CHECK_FALSE(token);
    CHECK(token.request() == "/session");
    CHECK(shown(token, "-- Welcome, lily!") == "-- Welcome, lily!");
    CHECK_FALSE(token);
    CHECK(shown(token, "+session abc 7-3 60") == "(nothing)");
    CHECK(token);
    CHECK(token.request() == "/resume abc 7-3");
    CHECK(shown(token, "+7-4 1700000000000 bob: hello") == "bob: hello");
    CHECK(shown(token, "-- eve joined.") == "-- eve joined.");
    CHECK(token.request() == "/resume abc 7-4");
    CHECK(answer(token, "+session def 7-9 60") == ResumeToken::Answer::granted);
    CHECK(token.request() == "/resume def 7-9");
}

TEST_CASE("resume token: an older message that is shown again does not count as the last") {
    ResumeToken token;
    token.on_receive("+session abc 7-30 60");
    token.on_receive("+7-12 0 bob: long ago");
    CHECK(token.request() == "/resume abc 7-30");
    token.on_receive("+session abc 6-1 60");  // but another room may be older
    CHECK(token.request() == "/resume abc 6-1");
}

TEST_CASE("resume token: the greeting is not shown when resuming") {
    ResumeToken token;
    token.request();
    CHECK(shown(token, "-- Hello! Tell us your name.") == "-- Hello! Tell us your name.");
    token.on_receive("+session abc 7-3 60");
    token.request();
    CHECK(shown(token, "-- Hello! Tell us your name.") == "(nothing)");
    CHECK(shown(token, "-- Welcome back, lily!") == "-- Welcome back, lily!");
    token.request();
    CHECK(shown(token, "! The room is full.") == "! The room is full.");
    CHECK(shown(token, "-- bob joined.") == "-- bob joined.");
}

TEST_CASE("resume token: the refusal of a room without sessions is not shown") {
    ResumeToken token;
    token.request();
    CHECK(shown(token, "+nosession ! There are no sessions here.") == "(nothing)");
    CHECK_FALSE(token);
    CHECK(token.request() == "/session");
}

TEST_CASE("resume token: the refusal of a room that does not know the command is not shown, once") {
    ResumeToken token;
    token.request();
    CHECK(shown(token, "-- Hello!") == "-- Hello!");
    CHECK(shown(token, "! The name lily is taken.") == "! The name lily is taken.");
    CHECK(shown(token, "bob: what is /session?") == "bob: what is /session?");
    CHECK(shown(token, not_understood) == "(nothing)");
    CHECK(shown(token, not_understood) == not_understood);  // this one was typed
    CHECK_FALSE(token);
}

TEST_CASE("resume token: after the answer, no other refusal is taken for one") {
    ResumeToken token;
    token.request();
    token.on_receive("+session abc 7-3 60");
    CHECK(shown(token, not_understood) == not_understood);
    CHECK(token);
}

TEST_CASE("resume token: it expires when it is refused, in either way") {
    const std::string refusal = GENERATE("+nosession ! Too late.", "! There is no command \"/resume\".");
    ResumeToken token;
    token.on_receive("+session abc 7-3 60");
    token.request();
    CHECK(answer(token, refusal) == ResumeToken::Answer::expired);
    CHECK_FALSE(token);
    CHECK(token.request() == "/session");
    CHECK(answer(token, "+nosession ! No sessions.") == ResumeToken::Answer::none);
}

TEST_CASE("resume token: a refusal without a request changes nothing") {
    ResumeToken token;
    token.on_receive("+session abc 7-3 60");
    for (int i = 0; i < 3; ++i) CHECK(answer(token, "+nosession ! What?") == ResumeToken::Answer::none);
    CHECK(token.request() == "/resume abc 7-3");
}

TEST_CASE("resume token: a malformed control line is shown as it is") {
    ResumeToken token;
    token.request();
    for (const std::string line : {"+1 to that", "+session", "+1-2 x y", "+"}) CHECK(shown(token, line) == line);
    CHECK(token.request() == "/session");
}
