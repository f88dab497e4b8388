#include "minimeta/protocol/unframed.hpp"

#include <string>
#include <string_view>

#include "catch.hpp"
#include "minimeta/protocol/text/phrases_zh.hpp"
#include "unit/described.hpp"

using namespace minimeta;

namespace {

class Wire {
public:
    std::string feed(std::string_view bytes) {
        std::string commands;
        while (auto command = unframed.decode(decoder_, bytes)) commands += described(*command) + "\n";
        CHECK(bytes.empty());
        return commands;
    }
    void skip(std::string_view& fed) { unframed.skip(decoder_, fed); }

    Unframed unframed;

private:
    Unframed::decoder decoder_;
};

}  // namespace

TEST_CASE("unframed greets at once, and once") {
    Wire wire;
    CHECK(wire.feed("") == "greet\n");
    CHECK(wire.feed("") == "");
}

TEST_CASE("each piece is a command") {
    Wire wire;
    wire.feed("");
    CHECK(wire.feed("name:lily") == "name [lily]\n");
    CHECK(wire.feed("hello @bob") == "whisper [bob] hello @bob\n");
    CHECK(wire.feed("/who") == "who\n");
    CHECK(wire.feed("#dev hi") == "say #dev hi\n");
    CHECK(wire.feed("/join #dev") == "join [dev]\n");
    CHECK(wire.feed(" ") == "");
}

TEST_CASE("a line's end ends a command, too") {
    Wire wire;
    wire.feed("");
    CHECK(wire.feed("one\n") == "say one\n");
    CHECK(wire.feed("one\r\ntwo\n\nthree") == "say one\nsay two\nsay three\n");
    CHECK(wire.feed("four\r") == "say four\n");
}

TEST_CASE("a piece that is too long is refused, and not what is behind it") {
    Wire wire;
    wire.unframed.use(Limits{.line_bytes = 8});
    wire.feed("");
    CHECK(wire.feed("12345678") == "say 12345678\n");
    CHECK(wire.feed("12345678\r\n") == "say 12345678\n");
    CHECK(wire.feed("123456789") == "malformed line_too_long\n");
    CHECK(wire.feed("123456789\nhi") == "malformed line_too_long\nsay hi\n");
}

TEST_CASE("of a flood, what is skipped are lines that have an end, but not the last of them") {
    Wire wire;
    for (const std::string_view kept : {"", "hi", "hi\n", "hi\nho"}) {
        std::string_view fed = kept;
        wire.skip(fed);
        CHECK(fed == kept);
    }
    std::string_view fed = "one\n\ntwo\nthree";
    wire.skip(fed);
    CHECK(fed == "two\nthree");
}

TEST_CASE("what unframed peers read ends with a line's end all the same") {
    Unframed unframed, other(chinese);
    CHECK(appended([&](ByteLog& log) { unframed.encode(log, Said{"lily", "hi"}); }) == "lily: hi\n");
    CHECK(appended([&](ByteLog& log) { other.encode(log, Greeting{}, ""); }).ends_with("name:lily\n"));
}

TEST_CASE("unframed peers can resume, too") {
    static_assert(protocol_with_stamps<Unframed>);
    Unframed unframed;
    const Event event = Said{"lily", "hi", Manner::speech, "", {{7, 230}, {5'000'000}}};
    CHECK(appended([&](ByteLog& log) { unframed.encode_stamped(log, event); }) == "+7-230 5 lily: hi\n");
}
