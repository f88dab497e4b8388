// ws_echo, which conformance suites talk to: a message of each kind and size comes back, and what breaks the rules ends it.
#include <string>
#include <string_view>

#include "catch.hpp"
#include "minimeta/protocol/websocket/frame.hpp"
#include "program.hpp"
#include "support/peer.hpp"
#include "support/websocket_frames.hpp"

using e2e::Program;
using minimeta::websocket::FrameHeader;
using minimeta::websocket::Opcode;
using test::ClientFrame;
using test::Peer;

namespace {

Peer upgraded(const e2e::net::Endpoint& where) {
    Peer peer(where);
    peer.send(
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: "
        "13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
    CHECK(
        peer.reads("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"));
    return peer;
}

std::string frame(Opcode opcode, std::string_view payload) {
    return std::string(FrameHeader(opcode, payload.size()).view()).append(payload);
}

}  // namespace

TEST_CASE("ws_echo: messages of each kind and of up to 16 MiB come back, and pings are answered in between") {
    Program server(MINIMETA_WS_ECHO_PATH, {"--port", "0"});
    Peer peer = upgraded(e2e::place_in(server.out.receive_line()));
    for (const std::size_t size : {0u, 1u, 125u, 126u, 65'535u, 65'536u, 16u << 20}) {
        const std::string payload(size, 'x');
        peer.send(ClientFrame{0x81, payload}.bytes());
        CHECK(peer.reads(frame(Opcode::text, payload)));
    }
    peer.send(ClientFrame{0x02, "\xFF"}.bytes() + ClientFrame{0x89, "ping"}.bytes() +
              ClientFrame{0x80, "\xFE"}.bytes());
    CHECK(peer.reads(frame(Opcode::pong, "ping") + frame(Opcode::binary, "\xFF\xFE")));
    peer.send(test::close_frame(1000, "bye"));
    CHECK(peer.receive_all() == frame(Opcode::close, "\x03\xE8"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("ws_echo: what breaks the rules is closed with the reason, and other connections go on") {
    Program server(MINIMETA_WS_ECHO_PATH, {"--port", "0"});
    const auto where = e2e::place_in(server.out.receive_line());
    Peer good = upgraded(where);
    const auto ends = [&](const std::string& bytes) {
        Peer peer = upgraded(where);
        peer.send(bytes);
        return peer.receive_all();
    };
    CHECK(ends(ClientFrame{0x83, "x"}.bytes()) == frame(Opcode::close, "\x03\xEA"));
    CHECK(ends(ClientFrame{0x81, "\xFF"}.bytes()) == frame(Opcode::close, "\x03\xEF"));
    CHECK(ends(ClientFrame{0x81, std::string((16u << 20) + 1, 'x')}.bytes().substr(0, 14)) ==
          frame(Opcode::close, "\x03\xF1"));
    Peer rude(where);
    rude.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(rude.receive_all().starts_with("HTTP/1.1 400 Bad Request\r\n"));
    good.send(test::text_frame("still here"));
    CHECK(good.reads(frame(Opcode::text, "still here")));
    CHECK(server.terminate() == 0);
}
