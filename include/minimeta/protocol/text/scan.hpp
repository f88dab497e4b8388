// Scanning: takes signs, words and names off the front of a text.
#pragma once

#include <string_view>

#include "minimeta/base/name.hpp"
#include "minimeta/base/unicode.hpp"
#include "minimeta/base/utf8.hpp"

namespace minimeta {

/// Takes what is in front of the first blank; everything, if there is none.
constexpr std::string_view take_to_blank(std::string_view& text) {
    return take_while(text, [](char32_t c) { return !is_blank(c); });
}

/// Takes what is in front of the first blank, and removes the blanks behind it.
constexpr std::string_view take_word(std::string_view& text) {
    const std::string_view word = take_to_blank(text);
    text = trim_front(text);
    return word;
}

/// Whether the text begins with a character that is not seen. Where a name begins or ends with one, nobody can tell from
/// what is shown whose name it is.
constexpr bool begins_unseen(std::string_view text) { return !text.empty() && is_invisible(take_code_point(text)); }

/// Takes an ASCII sign, or its full-width form. Returns false, without
/// effect, if the text begins with neither.
constexpr bool take_sign(std::string_view& text, char sign) {
    if (text.empty()) return false;
    std::string_view rest = text;
    if (unicode::half_width(take_code_point(rest)) != static_cast<char32_t>(sign)) return false;
    text = rest;
    return true;
}

/// Takes a keyword of lowercase ASCII letters, in either case. Returns false, without effect, if the text does not
/// begin with it.
constexpr bool take_keyword(std::string_view& text, std::string_view keyword) {
    if (!FoldedEqual{}(text.substr(0, keyword.size()), keyword)) return false;
    text.remove_prefix(keyword.size());
    return true;
}

/// Whether a word is this keyword, in either case.
constexpr bool is_keyword(std::string_view word, std::string_view keyword) {
    return take_keyword(word, keyword) && word.empty();
}

}  // namespace minimeta
