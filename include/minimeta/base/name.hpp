// Names: what a name may look like, and which names count as the same.
//
// A name is an identifier in a profile of UAX #31: letters, digits and marks of the scripts that are in use today, `_` and
// `-`, and emoji with their sequences. Joiners that some languages and emoji need stand where they have an effect. Names
// are in one script, or in those that are written together (UTS #39, section 5.2, moderately restrictive): Latin beside
// one other one, but neither Cyrillic nor Greek.
//
// Two names are the same if they are equal after folding: case, width, and letters composed with their marks or not. Two
// names are *confusable* if they look the same (UTS #39, section 4); then only one of them can be in use. Who is addressed
// must be the same, not just confusable.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "minimeta/base/narrow.hpp"
#include "minimeta/base/siphash.hpp"
#include "minimeta/base/unicode.hpp"
#include "minimeta/base/utf8.hpp"

namespace minimeta {

/// Whether a name may contain this character; joiners depend on their neighbours (take_name).
constexpr bool is_name_character(char32_t c) { return unicode::class_of(c).kind != unicode::Kind::none; }

namespace detail {

/// Whether letters of this script are joined to each other, unless a non-joiner stands between them.
constexpr bool is_cursive(unicode::Script script) {
    using unicode::Script;
    return script == Script::arabic || script == Script::syriac || script == Script::nko || script == Script::adlam ||
           script == Script::mandaic || script == Script::hanifi_rohingya;
}

/// Whether a joiner has an effect between these two (UAX #31, section 2.3, in a simple form).
constexpr bool is_joined(char32_t joiner, unicode::Class before, unicode::Class after) {
    using unicode::Kind;
    if (joiner == unicode::emoji_presentation) return before.kind == Kind::emoji;
    if (before.kind == Kind::virama) return after.kind == Kind::letter;
    if (joiner == unicode::zero_width_joiner) return before.kind == Kind::emoji && after.kind == Kind::emoji;
    return is_cursive(before.script) && after.script == before.script && after.kind == Kind::letter;
}

}  // namespace detail

/// Takes the longest beginning of `text` that consists of name characters, and of joiners where they have an effect.
constexpr std::string_view take_name(std::string_view& text) {
    const std::string_view begun = text;
    unicode::Class before;
    for (std::string_view next = text; !next.empty(); text = next) {
        if (const auto byte = static_cast<unsigned char>(next.front()); byte < 0x80) {
            before = unicode::class_of(byte);
            if (before.kind == unicode::Kind::none) break;
            next.remove_prefix(1);
            continue;
        }
        const char32_t c = take_code_point(next);
        const unicode::Class found = unicode::class_of(c);
        if (found.kind != unicode::Kind::none) {
            // A mark that is inherited has the script of what it stands on.
            const bool inherits = found.script == unicode::Script::inherited;
            before = {found.kind, inherits ? before.script : found.script};
            continue;
        }
        std::string_view rest = next;
        const unicode::Class after = rest.empty() ? unicode::Class{} : unicode::class_of(take_code_point(rest));
        if (!unicode::is_joiner(c) || !detail::is_joined(c, before, after)) break;
    }
    return begun.substr(0, begun.size() - text.size());
}

namespace detail {

/// Reads a name in a form that is the same for all its spellings: folded, decomposed, marks in canonical order. With
/// `by_looks`, for all names that are confusable with it.
template <bool by_looks>
class NameReader {
public:
    constexpr explicit NameReader(std::string_view name) : rest_(name) {}

    /// The next character; nothing at the end.
    constexpr std::optional<char32_t> next() {
        if (at_ == size_) fill();
        if (at_ == size_) return {};
        return buffer_[at_++];
    }

private:
    // Takes a character, and the marks behind it.
    constexpr void fill() {
        at_ = size_ = 0;
        while (!rest_.empty()) {
            std::string_view next = rest_;
            const char32_t c = take_code_point(next);
            // A name has few marks on a letter, but here anything may be read.
            if (size_ != 0 && (unicode::combining_class(c) == 0 || size_ >= most_taken)) break;
            rest_ = next;
            unicode::each_folded(c, [this](char32_t folded) { append(folded); });
        }
        if (!by_looks) return;
        char32_t folded[most_folded]{};
        const std::size_t count = size_;
        for (std::size_t i = 0; i < count; ++i) folded[i] = buffer_[i];
        size_ = 0;
        for (std::size_t i = 0; i < count; ++i) unicode::each_of_skeleton(folded[i], [this](char32_t c) { append(c); });
    }

    // Keeps marks in canonical order (Unicode Standard, section 3.11).
    constexpr void append(char32_t c) {
        std::size_t at = size_++;
        const std::uint8_t rank = unicode::combining_class(c);
        for (; rank != 0 && at != 0 && unicode::combining_class(buffer_[at - 1]) > rank; --at)
            buffer_[at] = buffer_[at - 1];
        buffer_[at] = c;
    }

    static constexpr std::size_t most_taken = 8;
    static constexpr std::size_t most_folded = most_taken + unicode::most_of_fold;

    std::string_view rest_;
    char32_t buffer_[most_folded * unicode::most_of_skeleton];
    std::size_t at_ = 0, size_ = 0;
};

// Whether a byte is a character.
constexpr bool is_ascii(char byte) { return static_cast<unsigned char>(byte) < 0x80; }
constexpr char small_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

// Most names are ASCII, so that needs no tables. What an ASCII character becomes does not depend on what follows it.
template <bool by_looks>
constexpr bool are_equal(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty() && is_ascii(a.front()) && is_ascii(b.front())) {
        if (small_ascii(a.front()) != small_ascii(b.front())) return false;
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    if (a.empty() && (b.empty() || is_ascii(b.front()))) return b.empty();
    if (b.empty() && is_ascii(a.front())) return false;
    NameReader<by_looks> one(a), other(b);
    for (;;) {
        const auto c = one.next();
        if (c != other.next()) return false;
        if (!c) return true;
    }
}

template <bool by_looks>
constexpr std::size_t hash(SipKey key, std::string_view name) {
    SipHasher<1, 3> hasher(key);
    for (; !name.empty() && is_ascii(name.front()); name.remove_prefix(1))
        hasher.add(static_cast<unsigned char>(small_ascii(name.front())));
    NameReader<by_looks> reader(name);
    // Each character is one byte if it is ASCII, otherwise three with their top bits set.
    while (const auto c = reader.next()) {
        if (*c < 0x80) hasher.add(static_cast<unsigned char>(*c));
        else
            for (int shift = 0; shift <= 14; shift += 7)
                hasher.add(static_cast<unsigned char>(0x80 | ((*c >> shift) & 0x7F)));
    }
    return narrow<std::size_t>(hasher.finish());
}

}  // namespace detail

/// Hashes a name, equally for all its spellings: SipHash-1-3 of its folded form. With a secret key, nobody can choose names
/// that share a bucket.
struct FoldedHash {
    using is_transparent = void;
    constexpr std::size_t operator()(std::string_view name) const { return detail::hash<false>(key, name); }

    SipKey key = {};
};

/// Compares names; equal if they are the same after folding.
struct FoldedEqual {
    using is_transparent = void;
    constexpr bool operator()(std::string_view a, std::string_view b) const { return detail::are_equal<false>(a, b); }
};

/// The same for names that are confusable, which names that are the same always are.
struct SkeletonHash {
    constexpr std::size_t operator()(std::string_view name) const { return detail::hash<true>(key, name); }

    SipKey key = {};
};
struct SkeletonEqual {
    constexpr bool operator()(std::string_view a, std::string_view b) const { return detail::are_equal<true>(a, b); }
};

}  // namespace minimeta
