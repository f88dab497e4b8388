#include "minimeta/base/name.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include "catch.hpp"

using minimeta::fold;
using minimeta::is_name_character;

namespace {

bool same_name(std::string_view a, std::string_view b) {
    const bool same = minimeta::FoldedEqual{}(a, b);
    if (same) CHECK(minimeta::FoldedHash{}(a) == minimeta::FoldedHash{}(b));
    return same;
}

}  // namespace

TEST_CASE("names are the same if they differ in case or width only") {
    CHECK(same_name("Bob", "bob"));
    CHECK(same_name("bob", "ｂｏｂ"));
    CHECK(same_name("BOB", "ＢＯＢ"));
    CHECK(same_name("r2d2", "Ｒ２Ｄ２"));
    CHECK(same_name("ÆRØ", "ærø"));
    CHECK(same_name("ΣΊΣΥΦΟΣ", "σίσυφοσ"));
    CHECK(same_name("σίσυφος", "σίσυφοσ"));  // a final sigma is a sigma
    CHECK(same_name("МИША", "миша"));
    CHECK(same_name("カタカナ", "ｶﾀｶﾅ"));
    CHECK(same_name("你好", "你好"));
}

TEST_CASE("names are two if they differ in a letter") {
    CHECK_FALSE(same_name("bob", "bobb"));
    CHECK_FALSE(same_name("bobb", "bob"));
    CHECK_FALSE(same_name("bob", ""));
    CHECK_FALSE(same_name("bob", "b0b"));
    CHECK_FALSE(same_name("bob", "bоb"));      // a Cyrillic о
    CHECK_FALSE(same_name("né", "ne\u0301"));  // a letter with a mark, and a letter and a mark
    CHECK_FALSE(same_name("カタカナ", "かたかな"));
    CHECK_FALSE(same_name("resume", "résumé"));
}

TEST_CASE("a folded character folds no further") {
    for (char32_t c = 0; c <= 0x10'FFFF; ++c)
        if (fold(fold(c)) != fold(c)) FAIL("U+" << std::hex << static_cast<std::uint32_t>(c));
}

TEST_CASE("every name character can be shown, and is no blank") {
    for (char32_t c = 0; c <= 0x10'FFFF; ++c)
        if (is_name_character(c) && (!minimeta::is_shown(c) || minimeta::is_blank(c)))
            FAIL("U+" << std::hex << static_cast<std::uint32_t>(c));
}

// All of this can be asked of constants, too.
static_assert(minimeta::FoldedEqual{}("Bob", "bOB"));

TEST_CASE("which names have the same hash is known to whoever knows the key only") {
    using minimeta::FoldedHash;
    const auto buckets = [](minimeta::SipKey key) {
        std::string all;
        for (char c = 'a'; c <= 'z'; ++c) all += static_cast<char>('0' + FoldedHash{key}(std::string(3, c)) % 8);
        return all;
    };
    CHECK(buckets({1, 2}) == buckets({1, 2}));
    CHECK(buckets({1, 2}) != buckets({1, 3}));
    CHECK(buckets({1, 2}) != buckets({2, 2}));
}

TEST_CASE("names of other characters have other hashes, however these are encoded") {
    std::set<std::size_t> hashes;
    const std::string_view names[] = {"a", "aa", "\u00E0", "\u00E1", "\u4F60", "\U0001F600", "a\u00E0", "\u00E0a"};
    for (const std::string_view name : names) hashes.insert(minimeta::FoldedHash{}(name));
    CHECK(hashes.size() == std::size(names));
}
