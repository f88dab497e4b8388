// Validates UTF-8 (RFC 3629) that comes in pieces: as soon as a byte cannot be right, it is wrong.
#pragma once

#include <cstddef>
#include <string_view>

namespace minimeta::websocket {

class Utf8Validator {
public:
    /// Whether what came so far, and this, can be the beginning of UTF-8.
    constexpr bool feed(std::string_view piece) {
        for (const char c : piece)
            if (!feed_byte(static_cast<unsigned char>(c))) return false;
        return true;
    }

    /// Whether it may end here: not within a character.
    [[nodiscard]] constexpr bool is_complete() const noexcept { return left_ == 0; }

private:
    // The table of well-formed sequences (RFC 3629, section 4): only the first byte behind a lead has bounds of its own.
    constexpr bool feed_byte(unsigned char byte) {
        if (left_ != 0) {
            if (byte < least_ || byte > most_) return false;
            least_ = 0x80;
            most_ = 0xBF;
            --left_;
            return true;
        }
        if (byte < 0x80) return true;
        if (byte < 0xC2 || byte > 0xF4) return false;
        left_ = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
        least_ = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
        most_ = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
        return true;
    }

    unsigned char left_ = 0;                    // bytes of the character at hand
    unsigned char least_ = 0x80, most_ = 0xBF;  // what the next one may be
};

}  // namespace minimeta::websocket
