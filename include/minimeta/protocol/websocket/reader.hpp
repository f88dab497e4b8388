// Reads the messages of a WebSocket client (RFC 6455): unmasks frames, joins fragments, and tells what breaks the rules as soon
// as that is clear. It does no I/O, and answers nothing itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "minimeta/base/narrow.hpp"
#include "minimeta/protocol/websocket/frame.hpp"
#include "minimeta/protocol/websocket/utf8_validator.hpp"

namespace minimeta::websocket {

/// What one connection's client sends.
class Reader {
public:
    /// A whole message, or a control frame. `bytes` live until the next one.
    struct Message {
        Opcode opcode;           // of a whole message its first frame's
        std::string_view bytes;  // of a close frame the reason, without the code
        std::optional<CloseCode> broken =
            {};  // then the connection is to be closed with this, and nothing more is read
        std::optional<std::uint16_t> code = {};  // of a close frame that has one
    };

    /// Returns the next message of `fed`, of which it is taken; nothing if it is not complete, and then all of `fed` is taken. A
    /// message of more than `most` bytes breaks the rules. What is kept is what has come of one message, and of one control
    /// frame.
    std::optional<Message> next(std::string_view& fed, std::size_t most) {
        if (delivered_) forget();
        while (!closed_) {
            if (header_size_ < needed_) {
                if (fed.empty()) return {};
                header_[header_size_++] = static_cast<unsigned char>(fed.front());
                fed.remove_prefix(1);
                if (header_size_ < needed_) continue;
                if (const auto wrong = look_at_header(most)) return breaks(*wrong);
                if (header_size_ < needed_) continue;
            }
            const std::string_view piece = fed.substr(0, left_ < fed.size() ? narrow<std::size_t>(left_) : fed.size());
            fed.remove_prefix(piece.size());
            left_ -= piece.size();
            if (!take(piece)) return breaks(CloseCode::invalid_payload);
            if (left_ != 0) return {};
            header_size_ = 0;
            needed_ = 2;
            if (auto message = end_of_frame()) return message;
        }
        fed = {};
        return {};
    }

private:
    [[nodiscard]] bool is_control() const { return opcode() >= 8; }
    [[nodiscard]] unsigned opcode() const { return header_[0] & 0x0Fu; }
    [[nodiscard]] bool is_final() const { return (header_[0] & 0x80u) != 0; }

    // At first two bytes, then the rest of the length and the mask.
    std::optional<CloseCode> look_at_header(std::size_t most) {
        const unsigned length = header_[1] & 0x7Fu;
        if (needed_ == 2) {
            const bool is_known = opcode() <= 2 || (opcode() >= 8 && opcode() <= 10);
            if ((header_[0] & 0x70u) != 0 || !is_known) return CloseCode::protocol_error;  // no extension was agreed on
            if ((header_[1] & 0x80u) == 0) return CloseCode::protocol_error;               // section 5.1
            if (is_control() && (!is_final() || length > most_control_bytes)) return CloseCode::protocol_error;
            if (!is_control() && (opcode() == 0) != begun_) return CloseCode::protocol_error;
            needed_ = 2 + (length == 126 ? 2u : length == 127 ? 8u : 0u) + 4;
            return {};
        }
        left_ = length;
        if (length >= 126) {
            left_ = 0;
            for (std::size_t i = 2; i < needed_ - 4; ++i) left_ = left_ << 8 | header_[i];
            const bool is_shortest = length == 126 ? left_ >= 126 : left_ > 0xFFFF;
            if (!is_shortest || left_ >> 63 != 0) return CloseCode::protocol_error;  // section 5.2
        }
        if (is_control()) control_.clear();
        else if (left_ > most || message_.size() > most - left_) return CloseCode::too_big;
        if (!is_control() && opcode() != 0) {
            begun_ = true;
            kind_ = static_cast<Opcode>(opcode());
        }
        at_ = 0;
        return {};
    }

    // Unmasks a piece of a frame. False if it is of a text, and no UTF-8.
    bool take(std::string_view piece) {
        std::string& into = is_control() ? control_ : message_;
        const std::size_t before = into.size();
        into.append(piece);
        const unsigned char* mask = header_ + needed_ - 4;
        for (std::size_t i = before; i < into.size(); ++i)
            into[i] = static_cast<char>(static_cast<unsigned char>(into[i]) ^ mask[at_++ % 4]);
        if (is_control() || kind_ != Opcode::text) return true;
        return text_.feed(std::string_view(into).substr(before));
    }

    std::optional<Message> end_of_frame() {
        if (is_control()) return end_of_control_frame();
        if (!is_final()) return {};
        if (kind_ == Opcode::text && !text_.is_complete()) return breaks(CloseCode::invalid_payload);
        delivered_ = true;
        return Message{kind_, message_};
    }

    std::optional<Message> end_of_control_frame() {
        const auto which = static_cast<Opcode>(opcode());
        if (which != Opcode::close) return Message{which, control_};
        closed_ = true;
        if (control_.empty()) return Message{which, {}};
        if (control_.size() == 1) return breaks(CloseCode::protocol_error);
        const auto code = static_cast<std::uint16_t>(static_cast<unsigned char>(control_[0]) << 8 |
                                                     static_cast<unsigned char>(control_[1]));
        const std::string_view reason = std::string_view(control_).substr(2);
        Utf8Validator valid;
        if (!is_valid_close_code(code)) return breaks(CloseCode::protocol_error);
        if (!valid.feed(reason) || !valid.is_complete()) return breaks(CloseCode::invalid_payload);
        return Message{which, reason, {}, code};
    }

    Message breaks(CloseCode why) {
        closed_ = true;
        return {Opcode::close, {}, why};
    }

    void forget() {
        message_.clear();
        if (message_.capacity() > largest_kept) message_.shrink_to_fit();
        begun_ = delivered_ = false;
        text_ = {};
    }

    static constexpr std::size_t largest_kept = 16'384;

    unsigned char header_[14]{};  // of the frame at hand
    std::size_t header_size_ = 0, needed_ = 2;
    std::uint64_t left_ = 0;  // bytes of its payload
    std::size_t at_ = 0;      // in it
    std::string message_;     // unmasked, what has come of it
    std::string control_;     // the same of a control frame, which may come within a message
    Opcode kind_ = Opcode::text;
    Utf8Validator text_;
    bool begun_ = false;  // a message, of which more frames may come
    bool delivered_ = false;
    bool closed_ = false;
};

}  // namespace minimeta::websocket
