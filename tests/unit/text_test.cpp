#include "minimeta/text.hpp"

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "unit/described.hpp"

using minimeta::check_name;
using minimeta::check_text;
using minimeta::Errc;
using minimeta::fold;
using minimeta::invalid_code_point;
using minimeta::is_name_character;
using minimeta::take_code_point;

namespace {

std::string utf8(char32_t c) {
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
constexpr Row rfc3629[] = {{0xC2, 0xDF, 0x80, 0xBF, 0}, {0xE0, 0xE0, 0xA0, 0xBF, 1}, {0xE1, 0xEC, 0x80, 0xBF, 1},
                           {0xED, 0xED, 0x80, 0x9F, 1}, {0xEE, 0xEF, 0x80, 0xBF, 1}, {0xF0, 0xF0, 0x90, 0xBF, 2},
                           {0xF1, 0xF3, 0x80, 0xBF, 2}, {0xF4, 0xF4, 0x80, 0x8F, 2}};

// How many bytes the first character has; 0 if it is not one.
std::size_t reference_size(std::string_view text) {
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

// Byte by byte, what check_text does eight bytes at a time.
minimeta::Refusal reference_check(std::string_view text) {
    while (!text.empty()) {
        const std::size_t size = reference_size(text);
        if (size == 0) return Errc::invalid_utf8;
        if (!minimeta::is_shown(take_code_point(text))) return Errc::control_character;
    }
    return {};
}

bool same_name(std::string_view a, std::string_view b) {
    const bool same = minimeta::FoldedEqual{}(a, b);
    if (same) CHECK(minimeta::FoldedHash{}(a) == minimeta::FoldedHash{}(b));
    return same;
}

}  // namespace

TEST_CASE("every code point but the surrogates is decoded from its own bytes") {
    for (char32_t c = 0; c <= 0x11'0000; ++c) {
        const std::string bytes = utf8(c);
        std::string_view rest = bytes;
        const char32_t decoded = take_code_point(rest);
        const bool valid = c <= 0x10'FFFF && (c < 0xD800 || c > 0xDFFF);
        const std::size_t left = valid ? 0 : bytes.size() - 1;
        if (decoded == (valid ? c : invalid_code_point) && rest.size() == left) continue;
        FAIL("U+" << std::hex << static_cast<std::uint32_t>(c));
    }
}

TEST_CASE("any four bytes are decoded as RFC 3629 has it") {
    // The ends of all its ranges, and their neighbours.
    const unsigned edges[] = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF,
                              0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};
    for (const unsigned a : edges)
        for (const unsigned b : edges)
            for (const unsigned c : edges)
                for (const unsigned d : edges) {
                    std::string four;
                    for (const unsigned byte : {a, b, c, d})
                        four += static_cast<char>(static_cast<unsigned char>(byte));
                    for (std::string_view text = four; !text.empty(); text.remove_suffix(1)) {
                        const std::size_t size = reference_size(text);
                        std::string_view rest = text;
                        const bool valid = take_code_point(rest) != invalid_code_point;
                        const std::size_t taken = text.size() - rest.size();
                        if (valid == (size != 0) && taken == (size != 0 ? size : 1)) continue;
                        FAIL(std::hex << a << ' ' << b << ' ' << c << ' ' << d << ", of which " << text.size());
                    }
                }
}

TEST_CASE("what acts on a terminal or on the order of a text is not shown") {
    using minimeta::is_shown;
    for (const char32_t c : {U'\0', U'\n', U'\r', U'\x1B', U'\x1F', U'\x7F'}) CHECK_FALSE(is_shown(c));
    for (char32_t c = 0x80; c < 0xA0; ++c) CHECK_FALSE(is_shown(c));
    for (char32_t c = 0x2028; c <= 0x202E; ++c) CHECK_FALSE(is_shown(c));
    for (char32_t c = 0x2066; c <= 0x2069; ++c) CHECK_FALSE(is_shown(c));
    CHECK_FALSE(is_shown(0x11'0000));
    CHECK_FALSE(is_shown(invalid_code_point));

    for (const char32_t c : {U'\t', U' ', U'~', U'\u00A0', U'é', U'你', U'\u202F', U'\u2065', U'\u206A', U'😀'})
        CHECK(is_shown(c));
}

TEST_CASE("a text is refused for its first fault") {
    CHECK(described(check_text("")) == "done");
    CHECK(described(check_text("hello, 世界 😀\t!")) == "done");
    CHECK(described(check_text("red \x1b[31m")) == "control_character");
    CHECK(described(check_text("two\nlines")) == "control_character");
    CHECK(described(check_text("wrong \xff byte")) == "invalid_utf8");
    CHECK(described(check_text("cut \xe4\xbd")) == "invalid_utf8");
    CHECK(described(check_text("\xff and \x1b")) == "invalid_utf8");
    CHECK(described(check_text("\x1b and \xff")) == "control_character");
}

TEST_CASE("any byte at any place is judged as it would be alone") {
    const std::string plain = "twenty-four plain bytes.";
    for (unsigned byte = 0; byte < 256; ++byte)
        for (std::size_t at = 0; at < plain.size(); ++at) {
            std::string text = plain;
            text[at] = static_cast<char>(static_cast<unsigned char>(byte));
            if (check_text(text) != reference_check(text)) FAIL("byte " << byte << " at " << at);
        }
}

TEST_CASE("a check of eight bytes at a time agrees with one of each") {
    const auto seed = GENERATE(range(1u, 9u));
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const auto below = [&](unsigned n) { return std::uniform_int_distribution<unsigned>(0, n - 1)(random); };
    const std::vector<std::string> parts{"a", "plain words ", "\x7E", " ", "\t", "é", "世", "😀", "\u00A0", "ok"};
    const std::vector<std::string> faults{"\x1F", "\x7F", "\x80", "\xFF", "\xC2", "\u0085", "\u202E", "\xED\xA0\x80"};
    for (int i = 0; i < 5000; ++i) {
        std::string text;
        for (unsigned count = below(12); count != 0; --count)
            text += below(30) == 0 ? faults[below(static_cast<unsigned>(faults.size()))]
                                   : parts[below(static_cast<unsigned>(parts.size()))];
        CAPTURE(text);
        REQUIRE(described(check_text(text)) == described(reference_check(text)));
    }
}

TEST_CASE("a name is of letters, digits, _ and -, and of what one can see in other scripts") {
    for (const std::string_view name : {"lily", "Bob", "R2-D2", "_", "b--", "_-", "你好", "ｂｏｂ", "Ærøskøbing",
                                        "Миша", "ひらがな", "한국", "😀", "né", "ne\u0301"}) {
        CAPTURE(name);
        CHECK(described(check_name(name, 32)) == "done");
    }
}

TEST_CASE("a name has nothing in it that separates, hides, reverses or disguises") {
    struct {
        char32_t character;
        const char* what;
    } const refused[] = {
        {U' ', "a space"},
        {U'\t', "a tab"},
        {U'\n', "a line's end"},
        {U'\x1B', "an escape"},
        {U'\x7F', "delete"},
        {U'@', "what begins a mention"},
        {U'＠', "what begins a mention, too"},
        {U':', "what ends a name"},
        {U'：', "what ends a name, too"},
        {U',', "what separates names"},
        {U'，', "what separates names, too"},
        {U'/', "a slash"},
        {U'*', "a sign of the room's own lines"},
        {U'[', "a sign of the room's own lines"},
        {U'!', "a sign of the room's own lines"},
        {U'。', "a full stop"},
        {U'\u00A0', "a space that does not break"},
        {U'\u3000', "an ideographic space"},
        {U'\u200B', "a space without width"},
        {U'\u200D', "a joiner"},
        {U'\u00AD', "a soft hyphen"},
        {U'\u202E', "a right-to-left override"},
        {U'\u2028', "a line separator"},
        {U'\uFEFF', "a byte order mark"},
        {U'\uFE0F', "a variation selector"},
        {U'\u3164', "a Hangul filler"},
        {U'\u115F', "a Hangul filler"},
        {U'\u2800', "a braille blank"},
        {U'\U0001D41B', "a mathematical b"},
        {U'\uFF04', "a full-width dollar"},
        {U'\uFF5E', "a full-width tilde"},
        {U'\uFF0D', "a full-width dash"},
        {U'\uE000', "a character of private use"},
        {U'\U000E0041', "a tag"},
    };
    for (const auto& [character, what] : refused) {
        CAPTURE(what);
        CHECK_FALSE(is_name_character(character));
        CHECK(described(check_name("bo" + utf8(character) + "b", 32)) == "name_character");
    }
    CHECK(described(check_name("bo\xFF", 32)) == "name_character");
    CHECK(described(check_name("bo\xE4\xBD", 32)) == "name_character");
    CHECK_FALSE(is_name_character(0x11'0000));
    CHECK_FALSE(is_name_character(invalid_code_point));
}

TEST_CASE("a name does not begin with the sign that the room's own lines begin with") {
    for (const std::string_view name : {"-", "--", "-bob"}) CHECK(described(check_name(name, 32)) == "name_character");
}

TEST_CASE("a name is as long as it has characters, whatever their bytes") {
    std::string latin(32, 'x'), chinese, faces;
    for (int i = 0; i < 32; ++i) chinese += "你", faces += "😀";
    for (const std::string& name : {latin, chinese, faces}) {
        CHECK(described(check_name(name, 32)) == "done");
        CHECK(described(check_name(name + "y", 32)) == "name_too_long");
    }
    CHECK(described(check_name("", 32)) == "name_empty");
    CHECK(described(check_name("x", 0)) == "name_too_long");
    CHECK(described(check_name(latin + latin + "@", 32)) == "name_character");  // what cannot be mended comes first
}

TEST_CASE("names are one if they differ in case or width only") {
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

TEST_CASE("blanks of any width are trimmed, at the ends only") {
    using minimeta::trim;
    CHECK(trim("  lily\t ") == "lily");
    CHECK(trim("\u3000你 好\u3000\u00A0") == "你 好");
    CHECK(trim(" \u2003\u3000\t") == "");
    CHECK(trim("") == "");
    CHECK(trim("x") == "x");
    CHECK(trim(" \xFF ") == "\xFF");
    CHECK(minimeta::trim_front(" \u3000x ") == "x ");
    CHECK(minimeta::trim_front(" \u3000") == "");
}

TEST_CASE("as much of a text is quoted as can be shown, up to a number of characters") {
    using minimeta::shown_beginning;
    CHECK(shown_beginning("hello", 32) == "hello");
    CHECK(shown_beginning("hello", 4) == "hell");
    CHECK(shown_beginning("你好吗", 2) == "你好");
    CHECK(shown_beginning("hello", 0) == "");
    CHECK(shown_beginning("ab\x1b[31m", 32) == "ab");
    CHECK(shown_beginning("ab\xFF", 32) == "ab");
    CHECK(shown_beginning("\xFF", 32) == "");
}

// All of this can be asked of constants, too.
static_assert(!check_name("lily", 32));
static_assert(check_name("li ly", 32) == Errc::name_character);
static_assert(minimeta::FoldedEqual{}("Bob", "bOB"));
static_assert(minimeta::trim(" x ") == "x");
