// Validation: which names and texts the room accepts.
#pragma once

#include <cstddef>
#include <string_view>

#include "minimeta/base/name.hpp"
#include "minimeta/base/utf8.hpp"
#include "minimeta/error.hpp"
#include "minimeta/limits.hpp"

namespace minimeta {

/// Refuses a text that may not be shown: Errc::invalid_utf8 or Errc::control_character, whichever fault comes first.
inline Refusal check_text(std::string_view text) {
    const auto fault = first_not_shown(text);
    if (!fault) return {};
    return *fault == invalid_code_point ? Errc::invalid_utf8 : Errc::control_character;
}

/// Refuses words that may not be shown, or are longer than Limits::line_bytes.
inline Refusal check_words(std::string_view words, const Limits& limits) {
    return words.size() > limits.line_bytes ? Errc::line_too_long : check_text(words);
}

/// Refuses a text that cannot be said: as above, and Errc::text_empty where there is nothing to be seen.
inline Refusal check_said(std::string_view text, const Limits& limits) {
    const Refusal refused = check_words(text, limits);
    return !refused && trim_unseen(text).empty() ? Errc::text_empty : refused;
}

/// Refuses what is not a name: Errc::name_empty, name_character, or name_too_long for more than `characters`
/// characters. A name does not begin with `-`, since `--: hi` would look like a line of the room itself.
constexpr Refusal check_name(std::string_view name, std::size_t characters) {
    if (name.empty()) return Errc::name_empty;
    std::string_view first = name;
    if (fold(take_code_point(first)) == '-') return Errc::name_character;
    std::size_t count = 0;
    while (!name.empty()) {
        if (!is_name_character(take_code_point(name))) return Errc::name_character;
        ++count;
    }
    if (count > characters) return Errc::name_too_long;
    return {};
}

}  // namespace minimeta
