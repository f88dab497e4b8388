#include "minimeta/protocol/text.hpp"

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "minimeta/protocol/text/phrases_zh.hpp"
#include "unit/described.hpp"

using namespace minimeta;

namespace {

// One connection: what it is fed becomes commands, as text.
class Wire {
public:
    explicit Wire(Text& protocol) : text_(protocol) {}

    std::string feed(std::string_view bytes) {
        std::string commands;
        while (auto command = text_.decode(decoder_, bytes)) commands += described(*command) + "\n";
        CHECK(bytes.empty());  // nothing means: not yet
        return commands;
    }

    [[nodiscard]] std::size_t kept() const { return decoder_.bytes.size(); }

private:
    Text& text_;
    Text::decoder decoder_;
};

Text with_lines_of(std::size_t bytes) {
    Text text;
    text.use(Limits{.line_bytes = bytes});
    return text;
}

}  // namespace

TEST_CASE("text greets at once, and once") {
    Text text;
    Wire wire(text);
    CHECK(wire.feed("") == "greet\n");
    CHECK(wire.feed("") == "");
    CHECK(wire.feed("hi\n") == "say hi\n");
}

TEST_CASE("a line ends with a line feed, and a carriage return before it is not part of it") {
    Text text;
    Wire wire(text);
    wire.feed("");
    CHECK(wire.feed("one\ntwo\r\nthree\n") == "say one\nsay two\nsay three\n");
    CHECK(wire.feed("\n\r\n \n") == "");
    CHECK(wire.feed("a\rb\n") == "say a\rb\n");  // which the room refuses
    CHECK(wire.feed("a\r\r\n") == "say a\r\n");
}

TEST_CASE("a line that is not complete waits for the rest") {
    Text text;
    Wire wire(text);
    wire.feed("");
    CHECK(wire.feed("hel") == "");
    CHECK(wire.feed("lo") == "");
    CHECK(wire.feed("\nand") == "say hello\n");
    CHECK(wire.feed(" more\n") == "say and more\n");
    CHECK(wire.kept() == 0);
}

TEST_CASE("connections that share a protocol do not mix their lines") {
    Text text;
    Wire lily(text), bob(text);
    lily.feed("");
    bob.feed("");
    lily.feed("from ");
    bob.feed("hello ");
    CHECK(lily.feed("lily\n") == "say from lily\n");
    CHECK(bob.feed("world\n") == "say hello world\n");
}

TEST_CASE("a line may be as long as the limit, without its end") {
    Text text = with_lines_of(8);
    for (const std::string_view end : {"\n", "\r\n"}) {
        const std::string fits = "12345678" + std::string(end), too_long = "123456789" + std::string(end);
        Wire wire(text);
        wire.feed("");
        CHECK(wire.feed(fits) == "say 12345678\n");
        CHECK(wire.feed(too_long) == "malformed line_too_long\n");
        CHECK(wire.feed(fits) == "say 12345678\n");
    }
}

TEST_CASE("a line that is too long is refused once, and the next one is heard") {
    Text text = with_lines_of(8);
    Wire wire(text);
    wire.feed("");
    CHECK(wire.feed("123456789") == "malformed line_too_long\n");
    for (int i = 0; i < 100; ++i) CHECK(wire.feed("and so on and on") == "");
    CHECK(wire.kept() == 0);
    CHECK(wire.feed("\nhi\n") == "say hi\n");
}

TEST_CASE("no more of a line is kept than the limit and a carriage return") {
    Text text = with_lines_of(8);
    Wire wire(text);
    wire.feed("");
    for (int i = 0; i < 100; ++i) {
        wire.feed("x");
        CHECK(wire.kept() <= 8 + 1);
    }
}

TEST_CASE("it makes no difference where the bytes are cut") {
    Text text = with_lines_of(16);
    const std::string input =
        "name:lily\r\n你好 @小明\n\n/who\r\nsixteen bytes ok\nsixteen bytes ok\r\nseventeen bytes..\n"
        "seventeen bytes..\r\nsixteen bytes ok\r\r\n\xFF\n//x\n/me 挥手\n"
        "#dev 你好\r\n##dev\n＃开\n/join ＃开\n/history 7\n";
    Wire whole(text);
    const std::string expected = whole.feed("") + whole.feed(input);

    SECTION("into two, at every byte") {
        for (std::size_t at = 0; at <= input.size(); ++at) {
            Wire wire(text);
            std::string commands = wire.feed("");
            commands += wire.feed(std::string_view(input).substr(0, at));
            commands += wire.feed(std::string_view(input).substr(at));
            INFO("cut at " << at);
            CHECK(commands == expected);
        }
    }
    SECTION("into single bytes") {
        Wire wire(text);
        std::string commands = wire.feed("");
        for (const char byte : input) commands += wire.feed({&byte, 1});
        CHECK(commands == expected);
    }
    SECTION("at random") {
        const auto seed = GENERATE(range(1u, 101u));
        INFO("seed " << seed);
        std::mt19937 random(seed);
        Wire wire(text);
        std::string commands = wire.feed("");
        for (std::string_view rest = input; !rest.empty();) {
            const auto size =
                std::uniform_int_distribution<std::size_t>(0, std::min<std::size_t>(rest.size(), 20))(random);
            commands += wire.feed(rest.substr(0, size));
            rest.remove_prefix(size);
        }
        CHECK(commands == expected);
    }
}

TEST_CASE("a mention in a line that came in pieces can still be read") {
    Text text;
    Wire wire(text);
    wire.feed("");
    CHECK(wire.feed("hi @somebody-with-a-long-na") == "");
    CHECK(wire.feed("me and @@you\n") ==
          "whisper [somebody-with-a-long-name] hi @somebody-with-a-long-name and @you\n");
}

TEST_CASE("text speaks English unless given other phrases") {
    Text text, other(chinese);
    CHECK(appended([&](ByteLog& log) { text.encode(log, Joined{"lily"}); }) == "-- lily joined.\n");
    CHECK(appended([&](ByteLog& log) { other.encode(log, Joined{"lily"}); }) == "-- lily 来了。\n");
    CHECK(appended([&](ByteLog& log) { other.encode(log, Farewell{}, "lily"); }) == "-- 再见！\n");
}

TEST_CASE("text can encode a message with its stamp, for peers that can resume") {
    static_assert(protocol_with_stamps<Text>);
    Text text;
    const Event event = Said{"lily", "hi", Manner::speech, "", {{7, 230}, {5'000'000}}};
    CHECK(appended([&](ByteLog& log) { text.encode(log, event); }) == "lily: hi\n");
    CHECK(appended([&](ByteLog& log) { text.encode_stamped(log, event); }) == "+7-230 5 lily: hi\n");
}
