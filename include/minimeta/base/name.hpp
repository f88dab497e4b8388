// Names: which characters a name may contain, and which names count as the same.
//
// - A *name character* is an ASCII letter or digit, `_`, `-`, or a visible character outside ASCII that is neither space,
//   punctuation, control, format nor a letter styled for mathematics. At full width, ASCII counts as what it is.
// - Two names are the same if they are equal after *folding* each character: upper to lower case (simple case folding),
//   full width to ASCII, half-width katakana to katakana. Characters of different scripts that look alike stay
//   different, and so do a letter with a mark and the letter followed by the mark.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "minimeta/base/partition_point.hpp"
#include "minimeta/base/siphash.hpp"
#include "minimeta/base/unicode_tables.hpp"
#include "minimeta/base/utf8.hpp"

namespace minimeta {

namespace detail {

/// Returns the range of a sorted table that holds this character; null if none does. O(log size).
template <class Range, std::size_t size>
constexpr const Range* range_of(const Range (&table)[size], char32_t c) {
    const std::size_t at = partition_point(size, [&](std::size_t i) { return table[i].last < c; });
    return at != size && table[at].first <= c ? &table[at] : nullptr;
}

}  // namespace detail

/// Whether a character is an ASCII one at full width; its ASCII twin is `full_width` before it (Unicode block Halfwidth
/// and Fullwidth Forms).
inline constexpr char32_t full_width = 0xFEE0;
constexpr bool is_full_width(char32_t c) { return c >= 0xFF01 && c <= 0xFF5E; }

/// Whether a name may contain this character.
constexpr bool is_name_character(char32_t c) {
    if (is_full_width(c)) c -= full_width;
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
    return c <= 0x10'FFFF && detail::range_of(detail::outside_names, c) == nullptr;
}

/// Folds a character: returns the one that stands for all characters that count as the same in names.
constexpr char32_t fold(char32_t c) {
    if (is_full_width(c)) c -= full_width;
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    const auto* range = detail::range_of(detail::folds, c);
    if (range == nullptr || (c - range->first) % range->step != 0) return c;
    return static_cast<char32_t>(static_cast<std::int32_t>(c) + range->by);
}

/// Hashes a name, equally for all its spellings: SipHash-1-3 over the folded characters, each of which is one byte if it
/// is ASCII, otherwise three with their top bits set. With a secret key, nobody can choose names that share a bucket.
struct FoldedHash {
    using is_transparent = void;

    constexpr std::size_t operator()(std::string_view name) const {
        SipHasher<1, 3> hasher(key);
        while (!name.empty()) {
            const char32_t c = fold(take_code_point(name));
            if (c < 0x80) hasher.add(static_cast<unsigned char>(c));
            else
                for (int shift = 0; shift <= 14; shift += 7)
                    hasher.add(static_cast<unsigned char>(0x80 | ((c >> shift) & 0x7F)));
        }
        return static_cast<std::size_t>(hasher.finish());
    }

    SipKey key = {};
};

/// Compares names; equal if they are the same after folding.
struct FoldedEqual {
    using is_transparent = void;
    constexpr bool operator()(std::string_view a, std::string_view b) const {
        while (!a.empty() && !b.empty())
            if (fold(take_code_point(a)) != fold(take_code_point(b))) return false;
        return a.empty() && b.empty();
    }
};

}  // namespace minimeta
