// Parses a span of time, as people write it: a number and its unit, such as 30s, 10m, 2h or 7d.
#pragma once

#include <cstdint>
#include <string_view>

#include "minimeta/base/parse_number.hpp"

namespace minimeta {

/// Parses the whole text into seconds. Returns false, with `seconds` in an unspecified state, for anything else, for 0, and
/// for more than a thousand million seconds, which is 31 years.
inline bool parse_duration(std::string_view text, std::uint64_t& seconds) {
    constexpr std::uint64_t most = 1'000'000'000;
    if (text.empty()) return false;
    std::uint64_t unit = 0;
    switch (text.back()) {
        case 's':
        case 'S': unit = 1; break;
        case 'm':
        case 'M': unit = 60; break;
        case 'h':
        case 'H': unit = 3'600; break;
        case 'd':
        case 'D': unit = 86'400; break;
        default: return false;
    }
    text.remove_suffix(1);
    if (!parse_number(text, seconds) || seconds == 0 || seconds > most / unit) return false;
    seconds *= unit;
    return true;
}

}  // namespace minimeta
