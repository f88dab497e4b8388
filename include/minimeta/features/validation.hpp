// Validation: which names and texts the room accepts.
#pragma once

#include <cstddef>
#include <string_view>

#include "minimeta/base/name.hpp"
#include "minimeta/base/utf8.hpp"
#include "minimeta/error.hpp"

namespace minimeta {

/// Refuses a text that may not be shown: Errc::invalid_utf8 or Errc::control_character, whichever fault comes first.
inline Refusal check_text(std::string_view text) {
    const auto fault = first_not_shown(text);
    if (!fault) return {};
    return *fault == invalid_code_point ? Errc::invalid_utf8 : Errc::control_character;
}

/// Refuses what is not a name: Errc::name_empty, name_character, or name_too_long for more than `characters`
/// characters. A name does not begin with `-`, since `--: hi` would look like a line of the room itself.
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

}  // namespace minimeta
