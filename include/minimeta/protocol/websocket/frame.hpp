// Frames of WebSocket (RFC 6455, section 5), as a server sends them; and its close codes (section 7.4).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace minimeta::websocket {

enum class Opcode : unsigned char { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

/// Why a connection is closed. Those of an endpoint that never go over the wire are not here.
enum class CloseCode : std::uint16_t {
    normal = 1000,
    unacceptable = 1003,  ///< a kind of message that is not accepted
    protocol_error = 1002,
    invalid_payload = 1007,  ///< a text that is not UTF-8
    policy = 1008,
    too_big = 1009,
};

/// Payload of a control frame, at most.
inline constexpr std::size_t most_control_bytes = 125;

/// Whether a peer may send this code (section 7.4, and the registry of IANA up to 1014).
[[nodiscard]] constexpr bool is_valid_close_code(unsigned code) {
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

/// The header of an unmasked frame that is a whole message, in its shortest form.
class FrameHeader {
public:
    constexpr FrameHeader(Opcode opcode, std::uint64_t payload) {
        push(0x80u | static_cast<unsigned>(opcode));
        const unsigned bytes = payload < 126 ? 0 : payload <= 0xFFFF ? 2 : 8;  // of the length, behind its first
        push(bytes == 0 ? payload : bytes == 2 ? 126 : 127);
        for (unsigned i = bytes; i-- > 0;) push(payload >> 8 * i & 0xFF);
    }

    [[nodiscard]] constexpr std::string_view view() const noexcept { return {bytes_.data(), size_}; }
    operator std::string_view() const noexcept { return view(); }

private:
    constexpr void push(std::uint64_t byte) { bytes_[size_++] = static_cast<char>(byte); }

    std::array<char, 10> bytes_{};
    std::size_t size_ = 0;
};

/// A close frame with this code, or without one.
[[nodiscard]] inline std::string close_frame(std::optional<std::uint16_t> code) {
    std::string frame(FrameHeader(Opcode::close, code ? 2 : 0).view());
    if (code) frame.append({static_cast<char>(*code >> 8), static_cast<char>(*code & 0xFF)});
    return frame;
}
[[nodiscard]] inline std::string close_frame(CloseCode code) { return close_frame(static_cast<std::uint16_t>(code)); }

}  // namespace minimeta::websocket
