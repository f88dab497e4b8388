#include "minimeta/base/name.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include "catch.hpp"

using minimeta::is_name_character;

namespace {

bool same_name(std::string_view a, std::string_view b) {
    const bool same = minimeta::FoldedEqual{}(a, b);
    if (same) CHECK(minimeta::FoldedHash{}(a) == minimeta::FoldedHash{}(b));
    return same;
}

bool confusable(std::string_view a, std::string_view b) {
    const bool equal = minimeta::SkeletonEqual{}(a, b);
    if (equal) CHECK(minimeta::SkeletonHash{}(a) == minimeta::SkeletonHash{}(b));
    return equal;
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

TEST_CASE("names are the same with letters composed or not, and with joiners or not") {
    CHECK(same_name("né", "ne\u0301"));
    CHECK(same_name("ÉLISE", "e\u0301lise"));
    CHECK(same_name("Việt", "Vie\u0302\u0323t"));
    CHECK(same_name("Vie\u0323\u0302t", "Vie\u0302\u0323t"));
    CHECK(same_name("ガ", "ｶﾞ"));
    CHECK(same_name("Weiß", "WEISS"));
    CHECK(same_name("İpek", "i\u0307pek"));
    CHECK(same_name("نامه\u200Cای", "نامهای"));
    CHECK(same_name("❤\uFE0F", "❤"));
}

TEST_CASE("names are two if they differ in a letter") {
    CHECK_FALSE(same_name("bob", "bobb"));
    CHECK_FALSE(same_name("bobb", "bob"));
    CHECK_FALSE(same_name("bob", ""));
    CHECK_FALSE(same_name("bob", "b0b"));
    CHECK_FALSE(same_name("bob", "bоb"));  // a Cyrillic о
    CHECK_FALSE(same_name("カタカナ", "かたかな"));
    CHECK_FALSE(same_name("resume", "résumé"));
    CHECK_FALSE(same_name("o\u0302\u0301", "o\u0301\u0302"));  // one above the other
    CHECK_FALSE(same_name("Işık", "Isik"));
}

TEST_CASE("names are confusable if they look the same, in either case") {
    CHECK(confusable("раура", "paypa"));  // Cyrillic
    CHECK(confusable("ВОВ", "bob"));
    CHECK(confusable("вов", "BOB"));
    CHECK(confusable("ΤΕΑ", "TEA"));  // Greek
    CHECK(confusable("ıl", "il"));
    CHECK(confusable("ロ", "口"));  // katakana and Han
    CHECK(confusable("علي", "على"));
    CHECK(confusable("bob", "Bob"));
    CHECK_FALSE(confusable("bob", "b0b"));
    CHECK_FALSE(confusable("lily", "1ily"));
    CHECK_FALSE(confusable("modern", "modem"));
    CHECK_FALSE(confusable("ΝΟΤΑ", "NOTA"));  // a small ν looks like a v, and is not both
    CHECK_FALSE(confusable("Миша", "Маша"));
    CHECK_FALSE(confusable("你好", "您好"));
}

TEST_CASE("what is read as a name may have any number of marks, and any bytes") {
    std::string marks = "e", more;
    for (int i = 0; i < 1'000; ++i) marks += i % 2 == 0 ? "\u0301" : "\u0323";
    more = marks + "\u0301";
    CHECK(same_name(marks, marks));
    CHECK(confusable(marks, marks));
    CHECK_FALSE(same_name(marks, more));
    CHECK(same_name("\xFF\xC3", "\xFF\xC3"));
    CHECK_FALSE(same_name("\xFF", "a"));
}

TEST_CASE("the longest name in front is taken, with joiners where they have an effect") {
    const auto taken = [](std::string_view text) { return std::string(minimeta::take_name(text)); };
    CHECK(taken("bob: hi") == "bob");
    CHECK(taken("👩\u200D💻 hi") == "👩\u200D💻");
    CHECK(taken("👩\u200D hi") == "👩");
    CHECK(taken("bob\u200D") == "bob");
    CHECK(taken("\u200Dbob") == "");
    CHECK(taken("نامه\u200Cای.") == "نامه\u200Cای");
    CHECK(taken("e\u0301!") == "e\u0301");
    CHECK(taken("") == "");
    CHECK(taken("\xFF") == "");
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
