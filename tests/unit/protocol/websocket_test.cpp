#include "minimeta/protocol/websocket.hpp"

#include <string>
#include <string_view>

#include "catch.hpp"
#include "minimeta/protocol/json.hpp"
#include "minimeta/protocol/text.hpp"
#include "support/websocket_frames.hpp"
#include "unit/described.hpp"

using namespace minimeta;
using test::ClientFrame;
using test::close_frame;
using test::text_frame;

namespace {

const std::string request =
    "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

template <class Inner>
struct Wire {
    // The commands of these bytes; of what is sent back, its first line.
    std::string feed(std::string_view bytes) {
        std::string commands;
        while (const auto command = protocol.decode(decoder, bytes)) {
            const std::string text = described(*command);
            commands += text.substr(0, text.find('\r')) + "\n";
        }
        CHECK(bytes.empty());
        return commands;
    }
    std::string reply(const Reply& reply) {
        return appended([&](ByteLog& log) { protocol.encode(log, reply, "lily", decoder); });
    }

    WebSocket<Inner> protocol;
    typename WebSocket<Inner>::decoder decoder;
};

const std::string upgraded = "send back HTTP/1.1 101 Switching Protocols\ngreet\n";

}  // namespace

TEST_CASE("WebSocket: the room greets behind the handshake, in whatever pieces that comes") {
    for (std::size_t piece = 1; piece <= request.size(); ++piece) {
        Wire<Text> wire;
        CHECK(wire.feed("") == "");
        std::string commands;
        for (std::size_t at = 0; at < request.size(); at += piece) commands += wire.feed(request.substr(at, piece));
        CHECK(commands == upgraded);
    }
    Wire<Text> eager;
    CHECK(eager.feed(request + text_frame("name:lily")) == upgraded + "name [lily]\n");
}

TEST_CASE("WebSocket: what is no request for an upgrade is refused, and nothing behind it is looked at") {
    const std::string bad = "disconnect HTTP/1.1 400 Bad Request\n";
    for (const std::string head : {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "name:lily\n\r\n\r\n", "\r\n\r\n"}) {
        Wire<Text> wire;
        CHECK(wire.feed(head + request) == bad);
        CHECK(wire.feed(request) == "");
    }
    Wire<Text> foreign;
    CHECK(foreign.feed(
              "GET / HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\nUpgrade: websocket\r\n\r\n") ==
          "disconnect HTTP/1.1 403 Forbidden\n");
    Wire<Text> endless;
    std::string commands;
    for (int i = 0; i < 10'000 && commands.empty(); ++i) commands = endless.feed("0123456789");
    CHECK(commands == bad);
}

TEST_CASE("WebSocket: each message is a line of the inner protocol, with a line end or without") {
    Wire<Text> text;
    text.feed(request);
    CHECK(text.feed(text_frame("hello") + text_frame("two\nlines\n") + text_frame("") + text_frame("/who")) ==
          "say hello\nsay two\nsay lines\nwho\n");
    CHECK(text.feed(ClientFrame{0x01, "in "}.bytes()) == "");
    CHECK(text.feed(ClientFrame{0x89, "x"}.bytes()) == "send back \x8A\x01x\n");
    CHECK(text.feed(ClientFrame{0x80, "pieces"}.bytes()) == "say in pieces\n");
    Wire<Json> json;
    json.feed(request);
    CHECK(json.feed(text_frame(R"({"type":"who"})")) == "who\n");
}

TEST_CASE("WebSocket: events and replies are a message each, without a line end") {
    Wire<Json> wire;
    wire.feed(request);
    const auto event = [&](const Event& e) { return appended([&](ByteLog& log) { wire.protocol.encode(log, e); }); };
    CHECK(event(Joined{"lily", {3}}) == "\x81\x2A{\"type\":\"joined\",\"name\":\"lily\",\"number\":3}");
    CHECK(event(Resumed{"lily"}).empty());
    CHECK(wire.reply(AwayChanged{true}) == "\x81\x23{\"type\":\"away_changed\",\"away\":true}");
    Wire<Text> text;
    text.feed(request);
    CHECK(text.reply(Welcome{"lily", 2}).find('\n') == std::string::npos);
    CHECK(appended([&](ByteLog& log) {
              text.protocol.encode(log, Said{"lily", "hi", Manner::speech, "", {{7, 1}, {}}}, 1);
          }) == "\x81\x0F+7-1 0 lily: hi");
}

TEST_CASE("WebSocket: an answer has the number of the request that came in its message") {
    Wire<Json> wire;
    wire.feed(request);
    const std::string bytes = text_frame(R"({"type":"who","request":7})");
    std::string_view fed = bytes;
    REQUIRE(wire.protocol.decode(wire.decoder, fed));
    CHECK(wire.reply(Farewell{}).starts_with("\x81\x1F{\"type\":\"farewell\",\"request\":7}"));
    CHECK_FALSE(wire.protocol.decode(wire.decoder, fed));
    CHECK(wire.reply(Farewell{}).starts_with("\x81\x13{\"type\":\"farewell\"}"));
}

TEST_CASE("WebSocket: who closes with 1000 leaves, any other end is a lost connection, and is answered") {
    const auto end = [](const std::string& bytes) {
        Wire<Json> wire;
        wire.feed(request);
        const std::string command = wire.feed(bytes + text_frame("more"));
        CHECK(wire.feed(text_frame("more")) == "");
        return command;
    };
    CHECK(end(close_frame(1000, "bye")) == "disconnect \x88\x02\x03\xE8\n");
    CHECK(end(close_frame(1001)) == "lose \x88\x02\x03\xE9\n");
    CHECK(end(ClientFrame{0x88}.bytes()) == std::string("lose \x88\x00\n", 8));
    CHECK(end(ClientFrame{0x82, "binary"}.bytes()) == "lose \x88\x02\x03\xEB\n");
    CHECK(end(ClientFrame{0x81, "\xFF"}.bytes()) == "lose \x88\x02\x03\xEF\n");
    CHECK(end(text_frame(std::string(10'000, 'x'))) == "lose \x88\x02\x03\xF1\n");
}

TEST_CASE("WebSocket: the room's last words are followed by a close, or are an answer of HTTP") {
    Wire<Text> wire;
    CHECK(wire.reply(Removed{Errc::no_name_in_time, "", 60}).starts_with("HTTP/1.1 408 "));
    CHECK(appended([&](ByteLog& log) {
              wire.protocol.encode(log, Removed{Errc::room_full}, "");
          }).starts_with("HTTP/1.1 503 "));
    wire.feed(request);
    CHECK(wire.reply(Farewell{}) == "\x81\x0B-- Goodbye!\x88\x02\x03\xE8");
    CHECK(wire.reply(Removed{Errc::kicked, "enough"}).ends_with("\x88\x02\x03\xF0"));
}
