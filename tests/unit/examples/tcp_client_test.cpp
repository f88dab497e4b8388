// The pure parts of the terminal client, except for line editor and reconnecting, which have files of their own.
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "../../../examples/tcp_client/line_splitter.hpp"
#include "../../../examples/tcp_client/options.hpp"
#include "../../../examples/tcp_client/screen.hpp"
#include "../../../examples/tcp_client/typed_line.hpp"
#include "../../../examples/tcp_client/unsent_lines.hpp"
#include "catch.hpp"

using tcp_client::LineSplitter;
using tcp_client::Options;
using tcp_client::UnsentLines;
using Meaning = tcp_client::TypedLine::Meaning;

namespace {

Options parsed(std::initializer_list<const char*> arguments) {
    std::vector<std::string> copies(arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& copy : copies) pointers.push_back(copy.data());
    return tcp_client::parse_options(pointers);
}

std::string said_of(std::string_view line) {
    const auto typed = tcp_client::read_typed_line(line);
    return typed.meaning == Meaning::chat ? std::string(typed.text) : "(a command)";
}

std::vector<std::string> lines_of(LineSplitter& splitter) {
    std::vector<std::string> lines;
    while (const auto line = splitter.next()) lines.push_back(*line);
    return lines;
}

}  // namespace

TEST_CASE("typed line: commands begin with a colon of either width") {
    CHECK(tcp_client::read_typed_line(":start").meaning == Meaning::start);
    CHECK(tcp_client::read_typed_line(":stop  ").meaning == Meaning::stop);
    CHECK(tcp_client::read_typed_line("：quit").meaning == Meaning::quit);
    CHECK(tcp_client::read_typed_line(":help").meaning == Meaning::help);
}

TEST_CASE("typed line: a mistyped command is not said") {
    for (const std::string_view line : {":strat", ":START", ":quit now", "：stopp", ":D", ":q"}) {
        CHECK(tcp_client::read_typed_line(line).meaning == Meaning::mistyped);
    }
}

TEST_CASE("typed line: everything else is said as it is") {
    for (const std::string_view line : {"hello", ":)", ":-D", ":", ": start", " :start", "/help", "a :start", "：）"})
        CHECK(said_of(line) == line);
}

TEST_CASE("typed line: a doubled colon says a colon") {
    CHECK(said_of("::start") == ":start");
    CHECK(said_of("::") == ":");
    CHECK(said_of("：：好") == "：好");
}

TEST_CASE("typed line: the advice names the nearest command") {
    const auto advice = [](std::string_view word) { return tcp_client::advice_on(word); };
    CHECK(advice("strat").find("Did you mean :start?") != std::string::npos);
    CHECK(advice("sop").find("Did you mean :stop?") != std::string::npos);
    CHECK(advice("q").find("See :help.") != std::string::npos);
    CHECK(advice("quit").find("stands alone") != std::string::npos);
    CHECK(advice("strat").find("::strat") != std::string::npos);
}

TEST_CASE("line splitter: lines come out the same however they are cut") {
    const std::string stream = "one\r\n\ntwo 你好\nthree";
    for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
        LineSplitter splitter;
        splitter.feed(std::string_view(stream).substr(0, cut));
        splitter.feed(std::string_view(stream).substr(cut));
        splitter.finish();
        CHECK(lines_of(splitter) == std::vector<std::string>{"one", "", "two 你好", "three"});
    }
}

TEST_CASE("line splitter: the rest of a line without end is dropped") {
    LineSplitter splitter;
    for (int i = 0; i < 10; ++i) splitter.feed(std::string(LineSplitter::max_line_bytes / 3, 'x'));
    splitter.feed("\nnext\n");
    const auto lines = lines_of(splitter);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].size() == LineSplitter::max_line_bytes);
    CHECK(lines[1] == "next");
}

// ---- Unsent lines

TEST_CASE("unsent lines: some are sent at once, and then at the pace, in their order") {
    UnsentLines lines(5);
    const minimeta::Time start = minimeta::Time{} + minimeta::seconds(100);
    CHECK_FALSE(lines.due(start));
    for (int i = 0; i < 40; ++i) CHECK(lines.add(std::to_string(i)));
    std::size_t next = 0;
    while (const auto line = lines.next(start)) CHECK(*line == std::to_string(next++));
    CHECK(next == minimeta::Limits{}.burst / 2);
    CHECK(lines.size() == 40 - next);
    CHECK(lines.due(start) == start + minimeta::milliseconds(200));
    CHECK(lines.next(start + minimeta::milliseconds(200)) == std::to_string(next++));
    CHECK_FALSE(lines.next(start + minimeta::milliseconds(399)));
    const auto rest = lines.take_all();
    CHECK(rest.front() == std::to_string(next));
    CHECK(rest.back() == "39");
    CHECK(lines.empty());
}

TEST_CASE("unsent lines: there is a bound to what waits") {
    UnsentLines lines(0);
    const std::string line(UnsentLines::max_bytes / 4, 'x');
    for (int i = 0; i < 4; ++i) CHECK(lines.add(line));
    CHECK_FALSE(lines.add("x"));
    CHECK(lines.next({}) == line);
    CHECK(lines.add("x"));
    (void)lines.take_all();
    for (int i = 0; i < 4; ++i) CHECK(lines.add(line));
}

TEST_CASE("options: what is not given has a default") {
    const Options options = parsed({});
    CHECK(options.error.empty());
    CHECK(options.host == "127.0.0.1");
    CHECK(options.port == 5000);
    CHECK(options.name.empty());
    CHECK(options.pace == 8);
}

TEST_CASE("options: values stand behind a blank or an equals sign") {
    const Options options = parsed({"--host", "::1", "--port=65535", "--name", "莉莉", "--pace=0"});
    CHECK(options.error.empty());
    CHECK(options.host == "::1");
    CHECK(options.port == 65535);
    CHECK(options.name == "莉莉");
    CHECK(options.pace == 0);
    CHECK(parsed({"--port", "1", "--help"}).help);
    CHECK(parsed({"--once", "--port", "1"}).once);
    CHECK_FALSE(parsed({"--start"}).once);
}

TEST_CASE("options: what cannot be used is an error") {
    CHECK_FALSE(parsed({"--port", "0"}).error.empty());
    CHECK_FALSE(parsed({"--port", "65536"}).error.empty());
    CHECK_FALSE(parsed({"--port", "50x"}).error.empty());
    CHECK_FALSE(parsed({"--port"}).error.empty());
    CHECK_FALSE(parsed({"--host="}).error.empty());
    CHECK_FALSE(parsed({"--name", "a\nb"}).error.empty());
    CHECK_FALSE(parsed({"--name", ""}).error.empty());
    CHECK_FALSE(parsed({"--pace", "-1"}).error.empty());
    CHECK_FALSE(parsed({"--loud", "1"}).error.empty());
    CHECK_FALSE(parsed({"5000"}).error.empty());
}

TEST_CASE("screen: what others send cannot act on the terminal") {
    using tcp_client::made_safe;
    CHECK(made_safe("hi 你好\t🙂") == "hi 你好\t🙂");
    CHECK(made_safe("\x1b[2J\x07\x7f") == "\uFFFD[2J\uFFFD\uFFFD");
    CHECK(made_safe("a\xC2\x9B\xE2\x80\xAE\xE2\x81\xA6\xE2\x80\xA8z") == "a\uFFFD\uFFFD\uFFFD\uFFFDz");
    CHECK(made_safe("a\xFF\xE4\xBD") == "a\uFFFD\uFFFD\uFFFD");
    CHECK(made_safe(std::string("a\0b", 3)) == "a\uFFFDb");
}

TEST_CASE("screen: the label of a line is its sign, or the speaker's name") {
    const auto label = [](std::string_view line) { return line.substr(0, tcp_client::label_size(line)); };
    CHECK(label("lily: hi: there") == "lily: ");
    CHECK(label("[private] lily: hi") == "[private] lily: ");
    CHECK(label("莉莉：see: this") == "莉莉：");
    CHECK(label("-- lily joined: yes") == "-- ");
    CHECK(label("* lily waves: hi") == "* ");
    CHECK(label("no label").empty());
}
