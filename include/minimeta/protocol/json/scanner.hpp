// Scans JSON texts (RFC 8259): what is valid, and where its parts are.
//
// It accepts what the grammar of the RFC has, and nothing else: no byte order mark, no comments, no trailing commas, no
// leading zeros; strings are UTF-8 without control characters. Nesting is followed without recursion, up to a depth.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "minimeta/base/utf8.hpp"

namespace minimeta {

/// Takes values from the front of a text. What cannot be taken leaves the text in between.
class JsonScanner {
public:
    /// Levels of arrays and objects within each other, as much as an implementation may refuse (RFC 8259, section 9).
    static constexpr std::size_t deepest = 512;

    explicit constexpr JsonScanner(std::string_view text) : rest_(text) {}

    [[nodiscard]] constexpr std::string_view rest() const noexcept { return rest_; }

    constexpr void skip_blanks() {
        while (!rest_.empty() && std::string_view(" \t\n\r").find(rest_.front()) != std::string_view::npos)
            rest_.remove_prefix(1);
    }

    /// Whether nothing is left but blanks.
    [[nodiscard]] constexpr bool at_end() { return skip_blanks(), rest_.empty(); }

    /// Takes this character if it comes next, behind blanks.
    constexpr bool take(char c) {
        skip_blanks();
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    /// Takes a string, and sets `inner` to what is between its quotes: with its escapes, as in the text.
    constexpr bool take_string(std::string_view& inner) {
        if (!take('"')) return false;
        const std::string_view begin = rest_;
        while (!rest_.empty() && rest_.front() != '"')
            if (!(rest_.front() == '\\' ? take_escape() : take_character())) return false;
        inner = begin.substr(0, begin.size() - rest_.size());
        return take('"');
    }

    /// Takes a number, as it stands there.
    constexpr bool take_number(std::string_view& number) {
        skip_blanks();
        const std::string_view begin = rest_;
        take_here('-');
        if (!take_here('0') && !take_digits()) return false;
        if (take_here('.') && !take_digits()) return false;
        if (take_here('e') || take_here('E')) {
            if (!take_here('+')) take_here('-');
            if (!take_digits()) return false;
        }
        number = begin.substr(0, begin.size() - rest_.size());
        return true;
    }

    /// Takes `true`, `false` or `null`, if it comes next.
    constexpr bool take_word(std::string_view word) {
        skip_blanks();
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }

    /// Takes a value of any kind, in which there are no more than `depth` levels, at most `deepest`.
    constexpr bool take_value(std::size_t depth) {
        std::array<std::uint64_t, deepest / 64> objects{};  // a bit for each open level: whether it is an object
        std::size_t open = 0;
        for (bool complete = false;;) {
            const bool in_object = open != 0 && (objects[(open - 1) / 64] >> (open - 1) % 64 & 1) != 0;
            if (complete) {
                if (open == 0) return true;
                if (take(in_object ? '}' : ']')) --open;
                else if (!take(',') || (in_object && !take_key())) return false;
                else complete = false;
                continue;
            }
            const bool begins_object = take('{');
            if (!begins_object && !take('[')) {
                if (!take_scalar()) return false;
                complete = true;
                continue;
            }
            if (open == depth || open == deepest) return false;
            const std::uint64_t bit = std::uint64_t{1} << open % 64;
            objects[open / 64] = begins_object ? objects[open / 64] | bit : objects[open / 64] & ~bit;
            ++open;
            complete = take(begins_object ? '}' : ']');
            if (complete) --open;
            else if (begins_object && !take_key()) return false;
        }
    }

private:
    constexpr bool take_here(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    constexpr bool take_digits() {
        std::size_t count = 0;
        while (count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9') ++count;
        rest_.remove_prefix(count);
        return count != 0;
    }
    constexpr bool take_character() {
        const auto byte = static_cast<unsigned char>(rest_.front());
        if (byte < 0x20) return false;
        if (byte >= 0x80) return take_code_point(rest_) != invalid_code_point;
        rest_.remove_prefix(1);
        return true;
    }
    constexpr bool take_escape() {
        rest_.remove_prefix(1);
        if (rest_.empty()) return false;
        const char kind = rest_.front();
        rest_.remove_prefix(1);
        if (kind != 'u') return std::string_view("\"\\/bfnrt").find(kind) != std::string_view::npos;
        if (rest_.size() < 4) return false;
        for (const char digit : rest_.substr(0, 4))
            if (std::string_view("0123456789abcdefABCDEF").find(digit) == std::string_view::npos) return false;
        rest_.remove_prefix(4);
        return true;
    }
    constexpr bool take_key() {
        std::string_view key;
        return take_string(key) && take(':');
    }
    constexpr bool take_scalar() {
        std::string_view taken;
        skip_blanks();
        if (rest_.starts_with('"')) return take_string(taken);
        return take_word("true") || take_word("false") || take_word("null") || take_number(taken);
    }

    std::string_view rest_;
};

/// Whether this is one JSON text.
[[nodiscard]] constexpr bool is_json(std::string_view text) {
    JsonScanner scanner(text);
    return scanner.take_value(JsonScanner::deepest) && scanner.at_end();
}

}  // namespace minimeta
