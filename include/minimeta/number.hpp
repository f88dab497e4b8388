// A whole number out of text.
#pragma once

#include <charconv>
#include <string_view>

namespace minimeta {

/// Sets `number` to what the text says, in digits of this base and nothing else; false, and nothing happens, if there
/// is anything else in it (also a plus or a blank), if it is empty, or if it does not fit.
template <class Number>
[[nodiscard]] bool read_number(std::string_view text, Number& number, int base = 10) {
    Number value{};
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value, base);
    if (error != std::errc{} || stopped != end) return false;
    number = value;
    return true;
}

}  // namespace minimeta
