// Whole numbers in text. <charconv> parses more, and is among the headers that cost most to compile.
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <string_view>

namespace minimeta {

/// Sets `number` to the value of `text`, which consists of digits in this base (2 to 16, lowercase), behind a `-` if the
/// number may be negative. Returns false, without effect, if anything else is in it (also a plus or a blank), if it has
/// no digits, or if the value does not fit.
template <std::integral Number>
[[nodiscard]] constexpr bool parse_number(std::string_view text, Number& number, unsigned base = 10) {
    const bool negative = std::signed_integral<Number> && text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const std::uint64_t most = std::uint64_t{(std::numeric_limits<Number>::max)()} + (negative ? 1 : 0);
    std::uint64_t value = 0;
    for (const char c : text) {
        const unsigned digit = c >= '0' && c <= '9'   ? static_cast<unsigned>(c - '0')
                               : c >= 'a' && c <= 'f' ? static_cast<unsigned>(c - 'a' + 10)
                                                      : base;
        if (digit >= base || digit > most || value > (most - digit) / base) return false;
        value = value * base + digit;
    }
    if (text.empty()) return false;
    number = static_cast<Number>(negative ? 0 - value : value);
    return true;
}

}  // namespace minimeta
