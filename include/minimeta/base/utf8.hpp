// UTF-8 text: decoding and encoding (RFC 3629), and which characters may be shown to a person.
//
// A character may be shown if it cannot act on a terminal or on the order of the text around it: no control characters
// (C0 except the tab, DEL, C1), no line separators, no characters that embed, override or isolate a direction (Unicode
// Standard Annex #9, section 2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace minimeta {

/// What take_code_point returns for bytes that are not UTF-8; not a code point.
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

/// Appends a character to a std::string, which need not be known here. `c` is a code point, and no surrogate.
template <class String>
constexpr void append_code_point(String& text, char32_t c) {
    const auto append = [&](char32_t byte) { text.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    const auto append_tail = [&](unsigned shift) { append(0x80u | (c >> shift & 0x3Fu)); };
    if (c < 0x80) return append(c);
    if (c < 0x800) append(0xC0u | c >> 6);
    else if (c < 0x1'0000) append(0xE0u | c >> 12);
    else append(0xF0u | c >> 18), append_tail(12);
    if (c >= 0x800) append_tail(6);
    append_tail(0);
}

/// Whether a character may be shown to a person.
constexpr bool is_shown(char32_t c) {
    if (c < 0x20) return c == '\t';
    if (c < 0xA0) return c < 0x7F;
    return !(c == 0x2028 || c == 0x2029 || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
             c > 0x10'FFFF);
}

/// Whether a character is a blank: a tab or a space of any width.
constexpr bool is_blank(char32_t c) {
    return c == ' ' || c == '\t' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

/// Whether a character takes no room and is not seen (Default_Ignorable_Code_Point in DerivedCoreProperties.txt of Unicode
/// 15, and its reserved ranges; and the controls of annotations and of hieroglyphs, which ought to be seen).
constexpr bool is_invisible(char32_t c) {
    constexpr struct {
        char32_t first, last;
    } ranges[] = {{0xAD, 0xAD},       {0x34F, 0x34F},     {0x61C, 0x61C},    {0x115F, 0x1160}, {0x17B4, 0x17B5},
                  {0x180B, 0x180F},   {0x200B, 0x200F},   {0x202A, 0x202E},  {0x2060, 0x206F}, {0x3164, 0x3164},
                  {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},  {0xFFF0, 0xFFFB}, {0x13430, 0x13440},
                  {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}};
    if (c < 0xAD) return false;
    for (const auto& range : ranges)
        if (c <= range.last) return c >= range.first;
    return false;
}

/// Returns the first character of `text` that may not be shown, invalid_code_point if the bytes there are not UTF-8;
/// nothing if all of it may be shown.
inline std::optional<char32_t> first_not_shown(std::string_view text) {
    while (!text.empty()) {
        // Eight printable ASCII characters at a time: none has its top bit set, and none is below 0x20 or DEL, which
        // shows as a borrow or a carry into the top bit.
        std::size_t printable = 0;
        for (std::uint64_t eight; printable + 8 <= text.size(); printable += 8) {
            constexpr std::uint64_t ones = 0x0101'0101'0101'0101, tops = 0x80 * ones;
            std::memcpy(&eight, text.data() + printable, 8);
            if (((eight | (eight + ones) | (eight - 0x20 * ones)) & tops) != 0) break;
        }
        text.remove_prefix(printable);
        if (text.empty()) break;
        const char32_t c = take_code_point(text);
        if (c == invalid_code_point || !is_shown(c)) return c;
    }
    return {};
}

/// Returns the beginning of `text` that may be shown, of at most `characters` characters: enough to recognise it by.
constexpr std::string_view shown_beginning(std::string_view text, std::size_t characters) {
    std::string_view rest = text;
    std::size_t size = 0;
    while (!rest.empty() && characters-- != 0 && is_shown(take_code_point(rest))) size = text.size() - rest.size();
    return text.substr(0, size);
}

/// Takes the characters up to the first for which `wanted(character)` is false.
template <class Wanted>
constexpr std::string_view take_while(std::string_view& text, Wanted&& wanted) {
    const std::string_view begun = text;
    for (std::string_view next = text; !next.empty() && wanted(take_code_point(next));) text = next;
    return begun.substr(0, begun.size() - text.size());
}

/// `text` without the blanks in front of it.
constexpr std::string_view trim_front(std::string_view text) {
    take_while(text, is_blank);
    return text;
}

/// `text` from the first character on that can be seen. A Braille pattern without dots, U+2800, cannot.
constexpr std::string_view trim_unseen(std::string_view text) {
    take_while(text, [](char32_t c) { return is_blank(c) || is_invisible(c) || c == 0x2800; });
    return text;
}

/// `text` without the blanks around it.
constexpr std::string_view trim(std::string_view text) {
    text = trim_front(text);
    std::size_t end = 0;  // after the last character that is not a blank
    for (std::string_view rest = text; !rest.empty();)
        if (!is_blank(take_code_point(rest))) end = text.size() - rest.size();
    return text.substr(0, end);
}

}  // namespace minimeta
