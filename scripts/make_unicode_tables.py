#!/usr/bin/env python3
"""Writes include/minimeta/base/unicode_tables.hpp from the Unicode Character Database and ICU's copy of the security data.

usage: /usr/bin/python3 scripts/make_unicode_tables.py > include/minimeta/base/unicode_tables.hpp

Debian packages: unicode-data (UnicodeData, CaseFolding, DerivedCoreProperties, Scripts) and python3-icu (the confusables
and the recommended characters of UTS #39, and the emoji properties). Both have the same version of Unicode.
"""
import re
import icu

UCD = '/usr/share/unicode/'


def fields(name):
    for line in open(UCD + name, encoding='utf-8'):
        line = line.split('#')[0].strip()
        if line:
            yield [part.strip() for part in line.split(';')]


def code_points(text):
    first, _, last = text.partition('..')
    return range(int(first, 16), int(last or first, 16) + 1)


def property_of(name, wanted):
    return {c for row in fields(name) if row[1] == wanted for c in code_points(row[0])}


version = re.search(r'-([\d.]+)\.txt', open(UCD + 'Scripts.txt', encoding='utf-8').readline()).group(1)
assert version.startswith(icu.UNICODE_VERSION), 'unicode-data and ICU are of different versions'

category, combining, decomposition, compatible = {}, {}, {}, {}
for row in fields('UnicodeData.txt'):
    c = int(row[0], 16)
    category[c], combining[c] = row[2], int(row[3])
    if row[5].startswith('<'):
        compatible[c] = row[5].split('>')[0][1:], [int(x, 16) for x in row[5].split()[1:]]
    elif row[5]:
        decomposition[c] = [int(x, 16) for x in row[5].split()]
for first, last in ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0x17000, 0x187F7), (0x18D00, 0x18D08),
                    (0x20000, 0x2A6DF), (0x2A700, 0x2B739), (0x2B740, 0x2B81D), (0x2B820, 0x2CEA1),
                    (0x2CEB0, 0x2EBE0), (0x30000, 0x3134A), (0x31350, 0x323AF)):
    for c in range(first, last + 1):
        category[c], combining[c] = 'Lo', 0

case = {}
for row in fields('CaseFolding.txt'):
    if row[1] in 'CF':
        case[int(row[0], 16)] = [int(x, 16) for x in row[2].split()]

script = {}
for row in fields('Scripts.txt'):
    for c in code_points(row[0]):
        script[c] = row[1]

# UAX #31, table 7: in everyday use, but by small communities. ICU's recommended set leaves them out.
LIMITED_USE = set('''Adlam Balinese Bamum Batak Canadian_Aboriginal Chakma Cham Cherokee Hanifi_Rohingya Javanese Kayah_Li
Lepcha Limbu Lisu Mandaic Meetei_Mayek Miao New_Tai_Lue Newa Nko Nyiakeng_Puachue_Hmong Ol_Chiki Osage Saurashtra
Sundanese Syloti_Nagri Syriac Tai_Le Tai_Tham Tai_Viet Tifinagh Vai Wancho Yi'''.split())

continues = property_of('DerivedCoreProperties.txt', 'XID_Continue')
recommended = icu.SpoofChecker.getRecommendedUnicodeSet()


# Written as one character in Thai and Lao, though compatibility decompositions make two of them.
WHOLE = {0xE33, 0xEB3, 0xEDC, 0xEDD}

nfc = icu.Normalizer2.getNFCInstance()

COMMON = ('Common', 'Inherited')


def is_identifier(c):
    """A letter, digit or mark of the profile; ASCII is in the code."""
    return (c >= 0x80 and c in continues and category[c][0] in 'LMN' and c not in compatible and
            bool(nfc.isNormalized(chr(c))) and (recommended.contains(chr(c)) or script[c] in LIMITED_USE))


identifiers = [c for c in sorted(category) if is_identifier(c)]
emoji = property_of('emoji/emoji-data.txt', 'Emoji')
emoji = {c for c in emoji if category[c] in ('So', 'Sk', 'Sm') and c not in compatible and c not in case} - {0xA9, 0xAE}


# ---- Folding: case, width and canonical decomposition

def folded_once(c):
    if c in WHOLE or (c in compatible and compatible[c][0] in ('wide', 'narrow')):
        return compatible[c][1]
    return case.get(c) or decomposition.get(c) or [c]


def folded(c):
    before, after = None, [c]
    while after != before:
        before, after = after, [x for y in after for x in folded_once(y)]
    return after


widths = [c for c in compatible if compatible[c][0] in ('wide', 'narrow') and not 0xFF01 <= c <= 0xFF5E and
          all(x in identifiers for x in folded(c))]
letters = sorted(set(identifiers) | set(widths) | WHOLE)
folds = {c: folded(c) for c in letters if folded(c) != [c]}


# ---- Confusables

checker = icu.SpoofChecker()
capital = {case[c][0]: c for c in letters if c in case and len(case[c]) == 1}


def prototype(c):
    return [y for x in checker.getSkeleton(0, chr(c)) for y in folded(ord(x))]


def skeleton(c):
    """What it looks like: as it is, or as its capital letter, whichever is like ASCII."""
    small = prototype(c)
    if c in capital and not all(x < 0x80 for x in small):
        large = prototype(capital[c])
        if all(x < 0x80 for x in large):
            return large
    return small


def is_syllable(c):
    return 0xAC00 <= c <= 0xD7A3  # Hangul, which ICU takes apart


bare = sorted({x for c in letters for x in folded(c) if x >= 0x80 and not is_syllable(x)})
skeletons = {c: skeleton(c) for c in bare}
for _ in range(8):  # a prototype may have one itself
    skeletons = {c: [y for x in found for y in skeletons.get(x, [x])] for c, found in skeletons.items()}

# What no name can spell is worth a row only if several characters look like it; the first of them stands for it.
groups = {}
for c, found in skeletons.items():
    groups.setdefault(tuple(found), []).append(c)
can_be_spelled = set(bare) | {ord(x) for x in 'abcdefghijklmnopqrstuvwxyz0123456789'}
skeletons = {}
for found, group in groups.items():
    target = list(found) if set(found) <= can_be_spelled else [group[0]]
    skeletons.update({c: target for c in group if [c] != target})


skeletons = dict(sorted(skeletons.items()))


# ---- Writing

def runs(items):
    """Ranges of neighbours with the same value."""
    found = []
    for c, value in items:
        if found and found[-1][1] == c - 1 and found[-1][2] == value:
            found[-1][1] = c
        else:
            found.append([c, c, value])
    return found


def shifts(singles):
    """Runs of characters that become another one at the same distance, each one or each second one."""
    found = []
    for c, to in singles:
        by = to - c
        if found:
            first, last, step, before = found[-1]
            if before == by and (c - last == step or (first == last and c - last == 2)):
                found[-1] = [first, c, c - last, by]
                continue
        found.append([c, c, 1, by])
    return found


RECOMMENDED_FIRST = ['Common', 'Inherited', 'Latin', 'Greek', 'Cyrillic', 'Han', 'Hiragana', 'Katakana', 'Bopomofo', 'Hangul',
                     'Arabic']
used = {script[c] for c in letters}
scripts = RECOMMENDED_FIRST + sorted(used - LIMITED_USE - set(RECOMMENDED_FIRST)) + sorted(used & LIMITED_USE)


def kind(c):
    if combining[c] == 9:
        return 'virama'
    return {'Mn': 'mark', 'Me': 'mark', 'Mc': 'spacing_mark'}.get(category[c], 'letter')


def unicode_class(c):
    return (script[c], kind(c))


pool = []


def in_pool(sequence):
    for at in range(len(pool) - len(sequence) + 1):
        if pool[at:at + len(sequence)] == sequence:
            return at
    pool.extend(sequence)
    return len(pool) - len(sequence)


def rows(items):
    line = '   '
    for item in items:
        if len(line) + len(item) + 1 > 120:
            print(line)
            line = '   '
        line += (' ' if line.isspace() else '') + item + ','
    print(line)


KINDS = ['none', 'letter', 'mark', 'spacing_mark', 'virama', 'emoji']
class_rows = runs([(c, unicode_class(c)) for c in letters])
combining_rows = runs([(c, combining[c]) for c in letters if combining[c]])
emoji_rows = runs([(c, None) for c in sorted(emoji)])


def mapping_rows(mapping):
    singles = shifts([(c, to[0]) for c, to in mapping.items() if len(to) == 1])
    sequences = [(c, in_pool(to), len(to)) for c, to in mapping.items() if len(to) != 1]
    return singles, sequences


fold_shifts, fold_sequences = mapping_rows(folds)
skeleton_shifts, skeleton_sequences = mapping_rows(skeletons)
size = (8 * (len(class_rows) + len(combining_rows) + len(emoji_rows)) + 16 * (len(fold_shifts) + len(skeleton_shifts)) +
        8 * (len(fold_sequences) + len(skeleton_sequences)) + 4 * len(pool))

print(f'''// Unicode {version}: which characters a name may contain, what folds, and what looks alike; for base/unicode.hpp.
//
// Written by scripts/make_unicode_tables.py from the Unicode Character Database and from the security data of ICU
// {icu.ICU_VERSION}; do not edit. They take {size // 1024} KiB.
#pragma once

#include <cstddef>
#include <cstdint>

namespace minimeta::unicode {{

// clang-format off
/// The scripts of names (UAX #24): first those recommended in UAX #31, table 5, then those in limited use, table 7.
enum class Script : std::uint8_t {{''')
rows(name.lower() for name in scripts)
print(f'''}};
// clang-format on
inline constexpr Script first_limited_script = Script::{sorted(used & LIMITED_USE)[0].lower()};

/// How many characters one may become.
inline constexpr std::size_t most_of_fold = {max(map(len, folds.values()))};
inline constexpr std::size_t most_of_skeleton = {max(map(len, skeletons.values()))};

/// What a character is within a name.
enum class Kind : std::uint8_t {{ {', '.join(KINDS)} }};

namespace tables {{

struct Range {{
    char32_t first;
    std::uint16_t more;  // characters after the first
    std::uint8_t kind;   // a Kind; or a combining class
    std::uint8_t script = 0;
}};

struct Shift {{
    char32_t first, last;
    std::uint8_t step;  // each one, or each second one
    std::int32_t by;    // what leads to the other character
}};

struct Sequence {{
    char32_t from;
    std::uint16_t at, size;  // in the pool
}};

// clang-format off
inline constexpr Range classes[] = {{''')
rows(f'{{{a},{b - a},{KINDS.index(v[1])},{scripts.index(v[0])}}}' for a, b, v in class_rows)
print('};\n\ninline constexpr Range combining_classes[] = {')
rows(f'{{{a},{b - a},{v}}}' for a, b, v in combining_rows)
print('};\n\ninline constexpr Range emoji[] = {')
rows(f'{{{a},{b - a},{KINDS.index("emoji")}}}' for a, b, _ in emoji_rows)
for name, shift_rows, sequence_rows in (('fold', fold_shifts, fold_sequences),
                                        ('skeleton', skeleton_shifts, skeleton_sequences)):
    print(f'}};\n\ninline constexpr Shift {name}_shifts[] = {{')
    rows(f'{{{a},{b},{s},{d}}}' for a, b, s, d in shift_rows)
    print(f'}};\n\ninline constexpr Sequence {name}_sequences[] = {{')
    rows(f'{{{c},{at},{n}}}' for c, at, n in sequence_rows)
print('};\n\ninline constexpr char32_t pool[] = {')
rows(str(c) for c in pool)
print('''};
// clang-format on

}  // namespace tables

}  // namespace minimeta::unicode''')
