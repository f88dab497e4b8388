// Frames as a WebSocket client sends them (RFC 6455): masked, or as broken as a test wants them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace test {

/// The first byte, and a payload; the length in so many bytes (0, 2, 8), the shortest form by default.
struct ClientFrame {
    unsigned first;
    std::string_view payload = {};
    int length_bytes = -1;
    bool masked = true;

    [[nodiscard]] std::string bytes() const {
        const std::size_t size = payload.size();
        int more = length_bytes;
        if (more < 0) more = size < 126 ? 0 : size <= 0xFFFF ? 2 : 8;
        std::string frame(1, static_cast<char>(first));
        frame += static_cast<char>((masked ? 0x80u : 0u) | (more == 0 ? size : more == 2 ? 126u : 127u));
        for (int i = more; i-- > 0;) frame += static_cast<char>(size >> 8 * static_cast<unsigned>(i) & 0xFF);
        constexpr std::string_view mask = "\x37\xfa\x21\x3d";
        if (masked) frame += mask;
        for (std::size_t i = 0; i < size; ++i)
            frame += masked ? static_cast<char>(payload[i] ^ mask[i % 4]) : payload[i];
        return frame;
    }
};

inline std::string text_frame(std::string_view payload) { return ClientFrame{0x81, payload}.bytes(); }
inline std::string close_frame(unsigned code, std::string_view reason = "") {
    std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
    payload += reason;
    return ClientFrame{0x88, payload}.bytes();
}

}  // namespace test
