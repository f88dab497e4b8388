// Grapheme clusters: what users take for one character. Of the rules of Unicode Standard Annex #29, those that matter to
// somebody who types: marks, emoji sequences, flags.
#pragma once

#include <cstddef>
#include <string_view>

#include "display_width.hpp"
#include "minimeta/base/unicode.hpp"
#include "minimeta/base/utf8.hpp"

namespace tcp_client {

constexpr bool is_emoji_modifier(char32_t c) { return c >= 0x1F3FB && c <= 0x1F3FF; }      // of skin colour
constexpr bool is_regional_indicator(char32_t c) { return c >= 0x1F1E6 && c <= 0x1F1FF; }  // two make a flag
constexpr bool is_emoji(char32_t c) { return minimeta::unicode::class_of(c).kind == minimeta::unicode::Kind::emoji; }

/// Takes the first cluster off the text, if there is any.
inline void take_cluster(std::string_view& text) {
    if (text.empty()) return;
    const char32_t first = minimeta::take_code_point(text);
    char32_t before = first;
    bool flag = is_regional_indicator(first);
    for (std::string_view next = text; !next.empty(); text = next) {
        const char32_t c = minimeta::take_code_point(next);
        const bool joined = before == minimeta::unicode::zero_width_joiner && is_emoji(first) && is_emoji(c);
        const bool coloured = is_emoji_modifier(c) && is_emoji(before);
        const bool completes_flag = flag && is_regional_indicator(c);
        if (width_of(c) != 0 && !joined && !coloured && !completes_flag) return;
        flag = false;
        before = c;
    }
}

/// Returns the number of cells of a text. Some terminals take fewer for an emoji that is made of several, none takes more.
inline std::size_t width_of(std::string_view text) {
    std::size_t cells = 0, before = 0;
    while (!text.empty()) {
        const char32_t c = minimeta::take_code_point(text);
        // A sign that is shown as an emoji is as wide as one.
        const bool widens = c == minimeta::unicode::emoji_presentation && before == 1;
        cells += before = widens ? 1 : width_of(c);
    }
    return cells;
}

}  // namespace tcp_client
