#include "minimeta/protocol/websocket/handshake.hpp"

#include <string>

#include "catch.hpp"

using namespace minimeta;

namespace {

// The first line of the answer to a request whose fields are good, but for one that is replaced: `Upgrade: x`; or left out.
std::string answer(const std::string& replaced = "", const std::string& first = "GET /chat HTTP/1.1") {
    std::string text = first + "\r\n";
    const std::string name = replaced.substr(0, replaced.find(':'));
    for (const std::string field : {"Host: a", "Upgrade: WebSocket", "Connection: keep-alive, Upgrade",
                                    "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="})
        text += field.substr(0, field.find(':')) == name ? (replaced == name ? "" : replaced + "\r\n") : field + "\r\n";
    text += "\r\n";
    http::RequestHead head;
    REQUIRE(head.parse(text));
    if (!websocket::asks_for_upgrade(head)) return "no upgrade";
    const auto shaken = websocket::shake_hands(head);
    CHECK(shaken.accepted == shaken.answer.starts_with("HTTP/1.1 101 "));
    return shaken.answer.substr(0, shaken.answer.find('\r'));
}

}  // namespace

TEST_CASE("the key of the RFC's example is answered as there") {
    CHECK(websocket::accept_of("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST_CASE("a request is granted an upgrade if all of it is as it must be") {
    CHECK(answer() == "HTTP/1.1 101 Switching Protocols");
    CHECK(answer("Connection: upgrade") == "HTTP/1.1 101 Switching Protocols");
    CHECK(answer("Upgrade: h2c, websocket") == "HTTP/1.1 101 Switching Protocols");
    CHECK(answer("Upgrade") == "no upgrade");
    CHECK(answer("Upgrade: h2c") == "no upgrade");
    CHECK(answer("Connection") == "HTTP/1.1 400 Bad Request");
    CHECK(answer("Connection: close") == "HTTP/1.1 400 Bad Request");
    CHECK(answer("Sec-WebSocket-Key") == "HTTP/1.1 400 Bad Request");
    for (const char* key : {"", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZR==", "dGhlIHNhbXBsZSBub25j====",
                            "dGhlIHNhbXBsZSBub25jZQ=A", "dGhlIHNhbXBsZSBub25j Q=="})
        CHECK(answer("Sec-WebSocket-Key: " + std::string(key)) == "HTTP/1.1 400 Bad Request");
    for (const char* version : {"8", "14", "13, 8"})
        CHECK(answer("Sec-WebSocket-Version: " + std::string(version)) == "HTTP/1.1 426 Upgrade Required");
    CHECK(answer("Sec-WebSocket-Version") == "HTTP/1.1 426 Upgrade Required");
    CHECK(answer("", "POST /chat HTTP/1.1") == "HTTP/1.1 400 Bad Request");
    CHECK(answer("", "GET /chat HTTP/1.0") == "HTTP/1.1 400 Bad Request");
}
