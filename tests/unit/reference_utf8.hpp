// UTF-8 as RFC 3629 has it, written another way than the library does.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

inline std::string utf8(char32_t c) {
    const auto byte = [](char32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
    if (c < 0x80) return {byte(c)};
    if (c < 0x800) return {byte(0xC0 + c / 64), byte(0x80 + c % 64)};
    if (c < 0x1'0000) return {byte(0xE0 + c / 4096), byte(0x80 + c / 64 % 64), byte(0x80 + c % 64)};
    return {byte(0xF0 + c / 262144), byte(0x80 + c / 4096 % 64), byte(0x80 + c / 64 % 64), byte(0x80 + c % 64)};
}

// A row of the syntax in RFC 3629, section 4: the first two bytes' ranges, and how many bytes 80-BF follow these.
struct Row {
    unsigned first, last, second_first, second_last;
    std::size_t tails;
};
inline constexpr Row rfc3629[] = {{0xC2, 0xDF, 0x80, 0xBF, 0}, {0xE0, 0xE0, 0xA0, 0xBF, 1}, {0xE1, 0xEC, 0x80, 0xBF, 1},
                                  {0xED, 0xED, 0x80, 0x9F, 1}, {0xEE, 0xEF, 0x80, 0xBF, 1}, {0xF0, 0xF0, 0x90, 0xBF, 2},
                                  {0xF1, 0xF3, 0x80, 0xBF, 2}, {0xF4, 0xF4, 0x80, 0x8F, 2}};

// How many bytes the first character has; 0 if it is not one.
inline std::size_t reference_size(std::string_view text) {
    const auto in = [&](std::size_t i, unsigned first, unsigned last) {
        return i < text.size() && static_cast<unsigned char>(text[i]) >= first &&
               static_cast<unsigned char>(text[i]) <= last;
    };
    if (in(0, 0x00, 0x7F)) return 1;
    for (const Row& row : rfc3629) {
        if (!in(0, row.first, row.last) || !in(1, row.second_first, row.second_last)) continue;
        for (std::size_t i = 0; i < row.tails; ++i)
            if (!in(2 + i, 0x80, 0xBF)) return 0;
        return 2 + row.tails;
    }
    return 0;
}
