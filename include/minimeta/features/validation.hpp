// Validation: which names and texts the room accepts.
#pragma once

#include <cstddef>
#include <string_view>

#include "minimeta/base/name.hpp"
#include "minimeta/base/script_set.hpp"
#include "minimeta/base/unicode.hpp"
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

/// Refuses an account that may not be shown, or has more characters than a name.
inline Refusal check_account(std::string_view account, const Limits& limits) {
    if (Refusal refused = check_text(account)) return refused;
    std::size_t characters = 0;
    for (std::string_view rest = account; !rest.empty(); ++characters) (void)take_code_point(rest);
    return characters > limits.name_characters ? Errc::name_too_long : Refusal();
}

/// Refuses what is not a name: Errc::name_empty, name_character, name_scripts, or name_too_long for more than `characters`
/// characters. A name does not begin with `-`, since `--: hi` would look like a line of the room itself, nor with a mark.
/// A mark stands on a letter, where no mark follows its like, and no more than four are in a row (UTS #39, section 5.4).
constexpr Refusal check_name(std::string_view name, std::size_t characters) {
    using unicode::Kind;
    if (name.empty()) return Errc::name_empty;
    std::string_view rest = name;
    if (take_name(rest); !rest.empty()) return Errc::name_character;
    unicode::ScriptSet scripts;
    std::size_t count = 0, marks = 0;
    char32_t before = '-';
    Kind kind_before = Kind::none;
    for (rest = name; !rest.empty(); ++count) {
        const char32_t c = take_code_point(rest);
        if (unicode::is_joiner(c)) continue;
        const auto [kind, script] = unicode::class_of(c);
        const bool is_mark = kind != Kind::letter && kind != Kind::emoji;
        const bool has_base = kind_before != Kind::none && kind_before != Kind::emoji && before != '_' && before != '-';
        if (is_mark && (!has_base || before == c)) return Errc::name_character;
        marks = is_mark && kind != Kind::spacing_mark ? marks + 1 : 0;
        if (marks > 4 || (count == 0 && unicode::half_width(c) == '-')) return Errc::name_character;
        scripts.add(script);
        before = unicode::half_width(c);
        kind_before = kind;
    }
    if (count > characters) return Errc::name_too_long;
    return scripts.is_written_together() ? Refusal() : Errc::name_scripts;
}

}  // namespace minimeta
