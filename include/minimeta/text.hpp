// Text that people give and people see: UTF-8, what may be shown, which characters make a name, and which names are
// one.
//
// Three rules, used everywhere:
//
// - *Shown* is what cannot do anything to a terminal or to the order of what is on it: no control characters (C0 but
//   the tab, DEL, C1), no line separators, no characters that embed, override or isolate a direction (Unicode
//   Standard Annex #9, section 2), and valid UTF-8 (RFC 3629).
// - A *name character* is an ASCII letter or digit, `_`, `-`, or a character outside ASCII that one can see and that
//   is neither space, punctuation, control, format nor a letter styled for mathematics.
// - Two names are the same person's if they are the same after *folding* each character: upper to lower case (simple
//   case folding), full width to ASCII, half-width katakana to katakana. Characters of different scripts that look
//   alike stay different, and so do a letter with a mark and the letter followed by the mark.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "minimeta/error.hpp"
#include "minimeta/unicode_tables.hpp"

namespace minimeta {

/// What take_code_point returns for bytes that are not UTF-8. No character has this number.
inline constexpr char32_t invalid_code_point = 0xFFFF'FFFF;

/// Takes the first character off `text`, which is not empty. Bytes that are not UTF-8 (RFC 3629, section 4: also
/// overlong forms, surrogates and numbers above U+10FFFF) give invalid_code_point and are taken one at a time.
constexpr char32_t take_code_point(std::string_view& text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    std::size_t size = 1;
    char32_t value = lead;
    char32_t least = 0;  // below this, the form is longer than it need be
    if (lead >= 0x80) {
        value = invalid_code_point;
        if (lead >= 0xC2 && lead <= 0xDF) size = 2, value = lead & 0x1Fu, least = 0x80;
        else if (lead >= 0xE0 && lead <= 0xEF) size = 3, value = lead & 0x0Fu, least = 0x800;
        else if (lead >= 0xF0 && lead <= 0xF4) size = 4, value = lead & 0x07u, least = 0x1'0000;
        if (size > text.size()) value = invalid_code_point;
        for (std::size_t i = 1; i < size && value != invalid_code_point; ++i)
            value = (byte(i) & 0xC0u) == 0x80u ? value << 6 | (byte(i) & 0x3Fu) : invalid_code_point;
        if (value < least || value > 0x10'FFFF || (value >= 0xD800 && value <= 0xDFFF)) value = invalid_code_point;
        if (value == invalid_code_point) size = 1;
    }
    text.remove_prefix(size);
    return value;
}

/// Whether a character may be shown to a person.
constexpr bool is_shown(char32_t c) {
    if (c < 0x20) return c == '\t';
    if (c < 0xA0) return c < 0x7F;
    return !(c == 0x2028 || c == 0x2029 || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
             c > 0x10'FFFF);
}

/// Whether a character can be part of a name.
constexpr bool is_name_character(char32_t c) {
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
    if (c > 0x10'FFFF) return false;
    const auto* range = std::lower_bound(std::begin(detail::outside_names), std::end(detail::outside_names), c,
                                         [](const detail::CodePointRange& r, char32_t x) { return r.last < x; });
    return range == std::end(detail::outside_names) || c < range->first;
}

/// Whether a character is a blank: a tab or a space of any width.
constexpr bool is_blank(char32_t c) {
    return c == ' ' || c == '\t' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

/// The character that stands for this one and all that count as the same in names.
constexpr char32_t fold(char32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    const auto* range = std::lower_bound(std::begin(detail::folds), std::end(detail::folds), c,
                                         [](const detail::FoldRange& r, char32_t x) { return r.last < x; });
    if (range == std::end(detail::folds) || c < range->first || (c - range->first) % range->step != 0) return c;
    return static_cast<char32_t>(static_cast<std::int32_t>(c) + range->by);
}

/// Why a text may not be shown (Errc::invalid_utf8, Errc::control_character), if so.
inline Refusal check_text(std::string_view text) {
    while (!text.empty()) {
        // Eight printable ASCII characters at a time: none has its top bit set, and none is below 0x20 or DEL, which
        // shows as a borrow or a carry into the top bit.
        for (std::uint64_t eight; text.size() >= 8; text.remove_prefix(8)) {
            constexpr std::uint64_t ones = 0x0101'0101'0101'0101, tops = 0x80 * ones;
            std::memcpy(&eight, text.data(), 8);
            if (((eight | (eight + ones) | (eight - 0x20 * ones)) & tops) != 0) break;
        }
        if (text.empty()) break;
        const char32_t c = take_code_point(text);
        if (c == invalid_code_point) return Errc::invalid_utf8;
        if (!is_shown(c)) return Errc::control_character;
    }
    return {};
}

/// The beginning of `text` that may be shown, of at most so many characters: enough for somebody to recognise it.
constexpr std::string_view shown_beginning(std::string_view text, std::size_t characters) {
    std::string_view rest = text;
    std::size_t size = 0;
    while (!rest.empty() && characters-- != 0 && is_shown(take_code_point(rest))) size = text.size() - rest.size();
    return text.substr(0, size);
}

/// `text` without the blanks in front of it.
constexpr std::string_view trim_front(std::string_view text) {
    for (std::string_view rest = text; !rest.empty() && is_blank(take_code_point(rest));) text = rest;
    return text;
}

/// `text` without the blanks around it.
constexpr std::string_view trim(std::string_view text) {
    text = trim_front(text);
    std::size_t end = 0;  // behind the last character that is no blank
    for (std::string_view rest = text; !rest.empty();)
        if (!is_blank(take_code_point(rest))) end = text.size() - rest.size();
    return text.substr(0, end);
}

/// Why a name may not be taken by anybody, if so: Errc::name_empty, name_character, or name_too_long for more than
/// `characters` characters. It does not begin with `-`, or `--: hi` would look like a line of the room's own.
constexpr Refusal check_name(std::string_view name, std::size_t characters) {
    if (name.empty()) return Errc::name_empty;
    if (name.front() == '-') return Errc::name_character;
    std::size_t count = 0;
    while (!name.empty()) {
        if (!is_name_character(take_code_point(name))) return Errc::name_character;
        ++count;
    }
    if (count > characters) return Errc::name_too_long;
    return {};
}

/// Hashes a name so that all its spellings hash alike (FNV-1a, 64 bit, over the folded characters).
struct FoldedHash {
    using is_transparent = void;
    constexpr std::size_t operator()(std::string_view name) const {
        std::uint64_t hash = 0xCBF2'9CE4'8422'2325;
        while (!name.empty()) hash = (hash ^ fold(take_code_point(name))) * 0x0000'0100'0000'01B3;
        return static_cast<std::size_t>(hash);
    }
};

/// Whether two names are the same person's.
struct FoldedEqual {
    using is_transparent = void;
    constexpr bool operator()(std::string_view a, std::string_view b) const {
        while (!a.empty() && !b.empty())
            if (fold(take_code_point(a)) != fold(take_code_point(b))) return false;
        return a.empty() && b.empty();
    }
};

}  // namespace minimeta
