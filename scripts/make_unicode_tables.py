#!/usr/bin/env python3
"""Writes include/minimeta/base/unicode_tables.hpp from Python's own copy of the Unicode Character Database.

usage: scripts/make_unicode_tables.py > include/minimeta/base/unicode_tables.hpp
"""
import unicodedata as ucd

# Default_Ignorable_Code_Point (DerivedCoreProperties.txt), as far as the general category does not tell, and the braille
# blank: characters that print nothing, or that only change how their neighbour looks.
UNSEEN = {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x2800, 0x3164, 0xFFA0, *range(0x180B, 0x1810),
          *range(0xFE00, 0xFE10), *range(0xFFF0, 0xFFF9), *range(0xE0000, 0xE1000)}
STYLED = range(0x1D400, 0x1D800)  # the mathematical alphabets: other letters' shapes


def unknown(c):
    return ucd.category(chr(c)) == 'Cn'


def outside_names(c):
    if 0xFF01 <= c <= 0xFF5E:  # the full-width twins of ASCII: what is no name character there is none here
        return not chr(c - 0xFEE0).isalnum()
    category = ucd.category(chr(c))
    return category[0] in 'ZP' or category in ('Cc', 'Cf', 'Cs', 'Co') or c in UNSEEN or c in STYLED


def folded(c):
    char = chr(c)
    if ucd.decomposition(char).startswith(('<wide>', '<narrow>')):
        narrow = ucd.normalize('NFKC', char)
        char = narrow if len(narrow) == 1 else char
    elif ucd.decomposition(char) and ucd.normalize('NFKC', char) != char:
        return c
    for candidate in (char.casefold(), char.lower()):
        if len(candidate) == 1:
            return ord(candidate)
    return ord(char)


def excluded_ranges():
    """Ranges of what names may not hold. Code points that are not assigned yet neither begin nor end a range."""
    ranges, current = [], None
    for c in range(0x80, 0x110000):
        if outside_names(c):
            current = current or [c, c]
            current[1] = c
        elif current and not unknown(c):
            ranges.append(current)
            current = None
    return ranges + ([current] if current else [])


def fold_ranges():
    """Runs of characters that fold by the same distance, each one or each second one."""
    runs = []
    for c in range(0x80, 0x110000):
        if unknown(c) or outside_names(c) or folded(c) == c:
            continue
        distance = folded(c) - c
        if runs:
            first, last, step, by = runs[-1]
            gap = c - last
            if by == distance and (gap == step or (first == last and gap == 2)):
                runs[-1] = [first, c, gap, by]
                continue
        runs.append([c, c, 1, distance])
    return runs


def rows(items, per_line):
    items = list(items)
    for i in range(0, len(items), per_line):
        print('    ' + ', '.join(items[i:i + per_line]) + ',')


print(f'''// Which characters no name may hold, and which are the same but for case and width. base/name.hpp reads these tables.
//
// Written by scripts/make_unicode_tables.py from the Unicode Character Database, version {ucd.unidata_version}
// (UnicodeData.txt, CaseFolding.txt); do not edit.
#pragma once

#include <cstdint>

namespace minimeta::detail {{

struct CodePointRange {{
    char32_t first;
    char32_t last;
}};

struct FoldRange {{
    char32_t first;
    char32_t last;
    std::uint8_t step;  // each one, or each second one
    std::int32_t by;    // what leads to the folded character
}};

// clang-format off
inline constexpr CodePointRange outside_names[] = {{''')
rows((f'{{{a:#x}, {b:#x}}}' for a, b in excluded_ranges()), 5)
print('''};

inline constexpr FoldRange folds[] = {''')
rows((f'{{{a:#x}, {b:#x}, {s}, {d}}}' for a, b, s, d in fold_ranges()), 4)
print('''};
// clang-format on

}  // namespace minimeta::detail''')
