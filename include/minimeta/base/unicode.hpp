// Unicode properties of the characters of names: class, script, folding, canonical order, and what looks alike.
//
// ASCII and its full-width twins (block Halfwidth and Fullwidth Forms) are computed; for all others there are tables.
#pragma once

#include <cstddef>
#include <cstdint>

#include "minimeta/base/partition_point.hpp"
#include "minimeta/base/unicode_tables.hpp"

namespace minimeta::unicode {

/// Returns an ASCII character for its twin at full width; other characters as they are.
constexpr char32_t half_width(char32_t c) { return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c; }

constexpr bool is_ascii_letter(char32_t c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

inline constexpr char32_t zero_width_non_joiner = 0x200C, zero_width_joiner = 0x200D, emoji_presentation = 0xFE0F;

/// Whether a character only tells how its neighbours are written; names are the same with and without it.
constexpr bool is_joiner(char32_t c) {
    return c == zero_width_non_joiner || c == zero_width_joiner || c == emoji_presentation;
}

namespace tables {

/// Returns the row of a sorted table that is about this character; null if none is. O(log size).
template <std::size_t size>
constexpr const Range* find(const Range (&table)[size], char32_t c) {
    const std::size_t at = partition_point(size, [&](std::size_t i) { return table[i].first + table[i].more < c; });
    return at != size && table[at].first <= c ? &table[at] : nullptr;
}
template <std::size_t size>
constexpr const Shift* find(const Shift (&table)[size], char32_t c) {
    const std::size_t at = partition_point(size, [&](std::size_t i) { return table[i].last < c; });
    const bool found = at != size && table[at].first <= c && (c - table[at].first) % table[at].step == 0;
    return found ? &table[at] : nullptr;
}
template <std::size_t size>
constexpr const Sequence* find(const Sequence (&table)[size], char32_t c) {
    const std::size_t at = partition_point(size, [&](std::size_t i) { return table[i].from < c; });
    return at != size && table[at].from == c ? &table[at] : nullptr;
}

/// Calls `use(character)` for each character that one is mapped to; for itself, if the tables have none.
template <class Shifts, class Sequences, class Use>
constexpr void each_mapped(const Shifts& shifts, const Sequences& sequences, char32_t c, Use&& use) {
    if (const Shift* shift = find(shifts, c))
        return use(static_cast<char32_t>(static_cast<std::int32_t>(c) + shift->by));
    const Sequence* sequence = find(sequences, c);
    if (sequence == nullptr) return use(c);
    for (std::size_t i = 0; i < sequence->size; ++i) use(pool[sequence->at + i]);
}

}  // namespace tables

/// What a character is within a name, and its script.
struct Class {
    Kind kind = Kind::none;
    Script script = Script::common;
};

/// Returns the class of a character: Kind::none if no name contains it. A letter is also a digit.
constexpr Class class_of(char32_t c) {
    c = half_width(c);
    if (is_ascii_letter(c)) return {Kind::letter, Script::latin};
    if (c < 0x80) return {(c >= '0' && c <= '9') || c == '_' || c == '-' ? Kind::letter : Kind::none, Script::common};
    const tables::Range* row = tables::find(tables::classes, c);
    if (row == nullptr) row = tables::find(tables::emoji, c);
    return row != nullptr ? Class{static_cast<Kind>(row->kind), static_cast<Script>(row->script)} : Class{};
}

/// Returns the canonical combining class (Unicode Standard, section 3.11): 0 for all but some marks.
constexpr std::uint8_t combining_class(char32_t c) {
    if (c < 0x300) return 0;
    const tables::Range* row = tables::find(tables::combining_classes, c);
    return row != nullptr ? row->kind : std::uint8_t{0};
}

/// Calls `use(character)` for each character of what `c` folds to: full case folding, ASCII or katakana instead of another
/// width, canonical decomposition, without joiners. That is NFD of NFKC_Casefold (Unicode Standard, section 3.13), for the
/// characters of names.
template <class Use>
constexpr void each_folded(char32_t c, Use&& use) {
    c = half_width(c);
    if (c < 0x80) return use(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    if (!is_joiner(c)) tables::each_mapped(tables::fold_shifts, tables::fold_sequences, c, use);
}

/// Calls `use(character)` for each character of what a folded one looks like: its skeleton (UTS #39, section 4). Of letters
/// that look alike only as capitals, the skeleton is that of these. ASCII characters stay what they are: 0 is not o.
template <class Use>
constexpr void each_of_skeleton(char32_t c, Use&& use) {
    if (c < 0x80) return use(c);
    tables::each_mapped(tables::skeleton_shifts, tables::skeleton_sequences, c, use);
}

}  // namespace minimeta::unicode
