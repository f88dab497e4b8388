// Keys: a parser of the bytes that a terminal sends for pressed keys.
//
// Characters are UTF-8. What is pasted comes between two sequences of its own (bracketed paste, xterm), and is text and line
// ends only. Other keys are control characters, or sequences that begin with ESC: ESC [ parameters letter
// (CSI) or ESC O letter (SS3), see ECMA-48 and the xterm control sequences. Unknown sequences are ignored.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "minimeta/base/utf8.hpp"

namespace tcp_client {

struct Key {
    enum class Kind : std::uint8_t {
        character,
        enter,
        backspace,
        remove,
        left,
        right,
        home,
        end,
        up,
        down,
        kill_to_start,
        kill_to_end,
        kill_word,
        clear_screen,
        end_of_input,
    };
    Kind kind = Kind::character;
    char32_t character = 0;

    friend bool operator==(const Key&, const Key&) = default;
};

class KeyReader {
public:
    /// Returns the next key, and removes its bytes from the front of `fed`. Returns nothing if there is no whole key:
    /// then `fed` is empty, and the beginning of a key is kept for the next call.
    std::optional<Key> next(std::string_view& fed) {
        while (!fed.empty()) {
            const auto byte = static_cast<unsigned char>(fed.front());
            fed.remove_prefix(1);
            if (const auto key = take(byte)) return key;
        }
        return {};
    }

    /// Whether the last bytes are an unfinished sequence. It is the beginning of a key, or the Escape key alone; if
    /// nothing follows within a short time, it is the latter: call end_escape().
    [[nodiscard]] bool in_escape() const { return within_ != Within::nothing; }
    void end_escape() { within_ = Within::nothing; }

private:
    enum class Within : std::uint8_t { nothing, escape, csi, ss3, console };

    std::optional<Key> take(unsigned char byte) {
        if (byte == 0x1B) {
            within_ = Within::escape;
            parameters_.clear();
            begun_.clear();
            return {};
        }
        switch (within_) {
            case Within::nothing: return byte < ' ' || byte == 0x7F ? control(byte) : take_of_character(byte);
            case Within::escape: return take_after_escape(byte);
            case Within::csi: return take_of_sequence(byte);
            case Within::ss3: return sequence(byte);
            case Within::console: within_ = Within::nothing; return {};
        }
        return {};
    }

    std::optional<Key> take_after_escape(unsigned char byte) {
        within_ = byte == '[' ? Within::csi : byte == 'O' ? Within::ss3 : Within::nothing;
        return {};
    }

    std::optional<Key> take_of_sequence(unsigned char byte) {
        if (byte == '[' && parameters_.empty()) {  // ESC [ [ A: a function key of the Linux console
            within_ = Within::console;
            return {};
        }
        if (byte >= 0x40) return sequence(byte);
        if (byte < ' ') {  // the sequence was cut off
            within_ = Within::nothing;
            return take(byte);
        }
        if (parameters_.size() < 16) parameters_ += static_cast<char>(byte);
        return {};
    }

    std::optional<Key> sequence(unsigned char final) {
        within_ = Within::nothing;
        switch (final) {
            case 'A': return Key{Key::Kind::up};
            case 'B': return Key{Key::Kind::down};
            case 'C': return Key{Key::Kind::right};
            case 'D': return Key{Key::Kind::left};
            case 'H': return Key{Key::Kind::home};
            case 'F': return Key{Key::Kind::end};
            default: break;
        }
        if (final != '~') return {};
        if (parameters_ == "200" || parameters_ == "201") in_paste_ = parameters_ == "200";
        if (parameters_ == "1" || parameters_ == "7") return Key{Key::Kind::home};
        if (parameters_ == "4" || parameters_ == "8") return Key{Key::Kind::end};
        if (parameters_ == "3") return Key{Key::Kind::remove};
        return {};
    }

    std::optional<Key> control(unsigned char byte) {
        begun_.clear();
        const auto ctrl = [](char letter) { return letter & 0x1F; };
        if (byte == '\r' || byte == '\n') return Key{Key::Kind::enter};
        if (byte == '\t') return Key{Key::Kind::character, ' '};
        if (in_paste_) return {};
        if (byte == ctrl('H') || byte == 0x7F) return Key{Key::Kind::backspace};
        if (byte == ctrl('A')) return Key{Key::Kind::home};
        if (byte == ctrl('E')) return Key{Key::Kind::end};
        if (byte == ctrl('B')) return Key{Key::Kind::left};
        if (byte == ctrl('F')) return Key{Key::Kind::right};
        if (byte == ctrl('P')) return Key{Key::Kind::up};
        if (byte == ctrl('N')) return Key{Key::Kind::down};
        if (byte == ctrl('U')) return Key{Key::Kind::kill_to_start};
        if (byte == ctrl('K')) return Key{Key::Kind::kill_to_end};
        if (byte == ctrl('W')) return Key{Key::Kind::kill_word};
        if (byte == ctrl('L')) return Key{Key::Kind::clear_screen};
        if (byte == ctrl('D')) return Key{Key::Kind::end_of_input};
        return {};
    }

    // Collects the bytes of a character. Invalid UTF-8 is ignored.
    std::optional<Key> take_of_character(unsigned char byte) {
        const bool continues = (byte & 0xC0) == 0x80;
        if (!continues) begun_.clear();
        begun_ += static_cast<char>(byte);
        if (begun_.size() < size_led_by(static_cast<unsigned char>(begun_.front()))) return {};
        const std::string bytes = std::exchange(begun_, {});
        std::string_view rest = bytes;
        const char32_t character = minimeta::take_code_point(rest);
        if (!rest.empty() || !minimeta::is_shown(character)) return {};
        return Key{Key::Kind::character, character};
    }

    // The number of bytes of a character with this first byte.
    static std::size_t size_led_by(unsigned char lead) {
        return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    }

    Within within_ = Within::nothing;
    bool in_paste_ = false;
    std::string parameters_;  // of a sequence
    std::string begun_;       // the first bytes of a character
};

}  // namespace tcp_client
