#include "minimeta/protocol/text/telnet.hpp"

#include <string>
#include <string_view>

#include "catch.hpp"
#include "minimeta/minimeta.hpp"

using namespace std::string_literals;
using namespace std::string_view_literals;

namespace {

std::string text_of(std::string_view line) {
    std::string scratch;
    return std::string(minimeta::without_telnet(line, scratch));
}

}  // namespace

TEST_CASE("what a telnet client negotiates is not part of the line") {
    CHECK(text_of("hello") == "hello");
    CHECK(text_of("\xFF\xFD\x03\xFF\xFB\x18name:lily") == "name:lily");        // IAC DO SGA IAC WILL TTYPE
    CHECK(text_of("\xFF\xFA\x1F\x00\x50\x00\x18\xFF\xF0hello"sv) == "hello");  // IAC SB NAWS 80 24 IAC SE
    CHECK(text_of("he\xFF\xF1llo\xFF\xF9") == "hello");                        // IAC NOP, IAC GA
    CHECK(text_of("hello\xFF\xFB") == "hello");                                // cut off
    CHECK(text_of("hello\xFF\xFA\x1F") == "hello");
}

TEST_CASE("a byte 255 that begins no command stays, and so makes the line no UTF-8") {
    CHECK(text_of("\xFF") == "\xFF");
    CHECK(text_of("a\xFF z") == "a\xFF z");
    CHECK(text_of("a\xFF\xFF z") == "a\xFF\xFF z");
}

TEST_CASE("a line of telnet ends with CR NUL or CR LF, however it is cut") {
    const std::string sent = "\xFF\xFD\x03name:lily\r\0hello\r\0a\0b\r\0and\r\n\rx\n"s;
    for (std::size_t size = 1; size <= sent.size(); ++size) {
        CAPTURE(size);
        minimeta::MemoryTransport transport;
        minimeta::Room room{transport};
        const auto bob = transport.open(room), lily = transport.open(room);
        transport.send_to(room, bob, "name:bob\n");
        for (std::size_t at = 0; at < sent.size(); at += size) transport.send_to(room, lily, sent.substr(at, size));
        transport.settle(room);
        CHECK(transport.take(bob).ends_with("-- lily joined.\nlily: hello\nlily: and\n"));
        CHECK(transport.take(lily).find("\n! ") != std::string::npos);  // one line has a NUL in it, the last one a CR
    }
}

TEST_CASE("a line of telnet that is too long ends where it ends, however it is cut") {
    const std::string sent = "name:lily\n" + std::string(100, 'x') + "\r\0hello\r\0"s;
    for (std::size_t size = 1; size <= sent.size(); ++size) {
        CAPTURE(size);
        minimeta::MemoryTransport transport;
        minimeta::Room room{transport, minimeta::Limits{.line_bytes = 40}};
        const auto bob = transport.open(room), lily = transport.open(room);
        transport.send_to(room, bob, "name:bob\n");
        for (std::size_t at = 0; at < sent.size(); at += size) transport.send_to(room, lily, sent.substr(at, size));
        transport.settle(room);
        CHECK(transport.take(bob).ends_with("-- lily joined.\nlily: hello\n"));
    }
}
