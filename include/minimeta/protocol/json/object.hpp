// A JSON object that a message consists of: flat, of few members, each found by its key.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "minimeta/base/parse_number.hpp"
#include "minimeta/base/utf8.hpp"
#include "minimeta/protocol/json/scanner.hpp"

namespace minimeta {

/// Reads one object after the other, and allocates only until its scratch has grown. What it returns lives until the next one
/// is read.
class JsonObject {
public:
    /// Members that are looked at; further ones are passed over, as are those that nobody asks for.
    static constexpr std::size_t most_members = 32;

    /// Levels that a value may have, also one that is passed over.
    static constexpr std::size_t deepest = 8;

    /// Reads a text that is one object, with blanks around it or not. False if it is something else, not valid, or too deep.
    bool read(std::string_view text) {
        count_ = 0;
        scratch_.clear();
        scratch_.reserve(text.size());  // what an escape stands for is shorter than it
        JsonScanner scanner(text);
        if (!scanner.take('{')) return false;
        if (scanner.take('}')) return scanner.at_end();
        do {
            Member member;
            if (!scanner.take_string(member.key) || !scanner.take(':')) return false;
            member.key = unescaped(member.key).value_or("");
            scanner.skip_blanks();
            const std::string_view begin = scanner.rest();
            if (!scanner.take_value(deepest)) return false;
            member.value = begin.substr(0, begin.size() - scanner.rest().size());
            if (count_ < most_members) members_[count_++] = member;
        } while (scanner.take(','));
        return scanner.take('}') && scanner.at_end();
    }

    /// Whether there is a member with this key; of several, the last one counts.
    [[nodiscard]] bool has(std::string_view key) { return find(key) != nullptr; }

    /// The text of a member; nothing if it is no string, or has half of a surrogate pair in it (RFC 8259, section 8.2).
    [[nodiscard]] std::optional<std::string_view> string(std::string_view key) {
        Member* member = find(key);
        return member != nullptr ? text_of(*member) : std::nullopt;
    }

    /// The number of a member; nothing if it is none, or is negative, has a fraction or an exponent, or is too large.
    [[nodiscard]] std::optional<std::uint64_t> number(std::string_view key) {
        std::uint64_t number = 0;
        if (!parse_number(value_of(key), number)) return {};
        return number;
    }

    /// The truth of a member; nothing if it is neither true nor false.
    [[nodiscard]] std::optional<bool> boolean(std::string_view key) {
        const std::string_view value = value_of(key);
        if (value == "true") return true;
        if (value == "false") return false;
        return {};
    }

    /// The texts of a member that is an array of strings, or one string. False if it is something else; then `all` has some of
    /// them. To be asked for once: an array with escapes is not read again.
    bool strings(std::string_view key, std::vector<std::string_view>& all) {
        all.clear();
        if (const auto one = string(key)) return all.push_back(*one), true;
        JsonScanner scanner(value_of(key));
        if (!scanner.take('[')) return false;
        if (scanner.take(']')) return true;
        do {
            std::string_view inner;
            if (!scanner.take_string(inner)) return false;
            const auto text = unescaped(inner);
            if (!text) return false;
            all.push_back(*text);
        } while (scanner.take(','));
        return true;
    }

private:
    struct Member {
        std::string_view key;
        std::string_view value;  // as it stands there; of a text that was asked for, without its quotes and escapes
        bool is_text = false;
    };

    // Null if there is none.
    [[nodiscard]] Member* find(std::string_view key) {
        for (std::size_t i = count_; i-- > 0;)
            if (members_[i].key == key) return &members_[i];
        return nullptr;
    }
    [[nodiscard]] std::string_view value_of(std::string_view key) {
        const Member* member = find(key);
        return member != nullptr && !member->is_text ? member->value : std::string_view{};
    }

    [[nodiscard]] std::optional<std::string_view> text_of(Member& member) {
        if (member.is_text) return member.value;
        if (member.value.front() != '"') return {};
        const auto text = unescaped(member.value.substr(1, member.value.size() - 2));
        if (text) member.value = *text, member.is_text = true;
        return text;
    }

    // A text without its escapes, which are valid; nothing if one is half of a surrogate pair.
    [[nodiscard]] std::optional<std::string_view> unescaped(std::string_view text) {
        if (text.find('\\') == text.npos) return text;
        if (scratch_.capacity() - scratch_.size() < text.size()) return {};  // or what is in it would move
        const std::size_t begin = scratch_.size();
        while (!text.empty()) {
            const std::size_t plain = text.find('\\');
            scratch_.append(text.substr(0, plain));
            if (plain == text.npos) break;
            text.remove_prefix(plain + 1);
            if (!append_escaped(text)) return {};
        }
        return std::string_view(scratch_).substr(begin);
    }

    // Takes an escape behind its backslash.
    bool append_escaped(std::string_view& text) {
        constexpr std::string_view kinds = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
        const char kind = text.front();
        text.remove_prefix(1);
        if (kind != 'u') return scratch_.push_back(meanings[kinds.find(kind)]), true;
        char32_t c = take_unit(text);
        if (c >= 0xDC00 && c <= 0xDFFF) return false;
        if (c >= 0xD800 && c <= 0xDBFF) {
            if (!text.starts_with("\\u")) return false;
            text.remove_prefix(2);
            const char32_t low = take_unit(text);
            if (low < 0xDC00 || low > 0xDFFF) return false;
            c = 0x1'0000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        }
        append_code_point(scratch_, c);
        return true;
    }

    // Takes the four digits of an escape.
    static char32_t take_unit(std::string_view& text) {
        char32_t unit = 0;
        for (const char c : text.substr(0, 4))
            unit = unit << 4 | static_cast<char32_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
        text.remove_prefix(4);
        return unit;
    }

    std::array<Member, most_members> members_;
    std::size_t count_ = 0;
    std::string scratch_;  // texts without their escapes
};

}  // namespace minimeta
