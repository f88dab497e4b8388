// The opening handshake of WebSocket on the server's side (RFC 6455, section 4.2).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "minimeta/base/base64.hpp"
#include "minimeta/base/sha1.hpp"
#include "minimeta/protocol/http/answer.hpp"
#include "minimeta/protocol/http/request_head.hpp"

namespace minimeta::websocket {

/// Whether a request asks to go on as a WebSocket, rightly or not.
[[nodiscard]] inline bool asks_for_upgrade(const http::RequestHead& head) { return head.lists("Upgrade", "websocket"); }

/// Whether this is the base64 of 16 bytes, in its only form: the last digit has 2 of 6 bits.
[[nodiscard]] constexpr bool is_key(std::string_view key) {
    if (key.size() != 24 || !key.ends_with("==")) return false;
    for (const char c : key.substr(0, 22)) {
        const bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!is_letter && !(c >= '0' && c <= '9') && c != '+' && c != '/') return false;
    }
    return std::string_view("AQgw").find(key[21]) != std::string_view::npos;
}

/// What answers a key.
[[nodiscard]] inline std::string accept_of(std::string_view key) {
    return base64(sha1(std::string(key).append("258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
}

/// The answer to a request for an upgrade, and whether it is granted. An extension or a subprotocol is never agreed on.
struct Handshake {
    bool accepted;
    std::string answer;
};
[[nodiscard]] inline Handshake shake_hands(const http::RequestHead& head) {
    const auto version = head.find("Sec-WebSocket-Version"), key = head.find("Sec-WebSocket-Key");
    if (head.method() != "GET" || head.minor_version() < 1 || head.content_length() != 0 ||
        !head.lists("Connection", "upgrade") || !key || !is_key(*key))
        return {false, http::closing_answer("400 Bad Request")};
    if (version != "13")
        return {false,
                http::closing_answer("426 Upgrade Required", "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n")};
    return {true,
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Accept: " +
                accept_of(*key) + "\r\n\r\n"};
}

}  // namespace minimeta::websocket
