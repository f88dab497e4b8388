#include "minimeta/features/validation.hpp"

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "unit/described.hpp"
#include "unit/reference_utf8.hpp"

using minimeta::check_name;
using minimeta::check_text;
using minimeta::Errc;
using minimeta::invalid_code_point;
using minimeta::is_name_character;
using minimeta::take_code_point;

namespace {

// Byte by byte, what check_text does eight bytes at a time.
minimeta::Refusal reference_check(std::string_view text) {
    while (!text.empty()) {
        const std::size_t size = reference_size(text);
        if (size == 0) return Errc::invalid_utf8;
        if (!minimeta::is_shown(take_code_point(text))) return Errc::control_character;
    }
    return {};
}

}  // namespace

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

TEST_CASE("a name is of letters, digits, _ and -, of the scripts in use, and of emoji") {
    for (const std::string_view name :
         {"lily",   "Bob",        "R2-D2", "_",        "b--",  "_-",   "1",        "你好",
          "ｂｏｂ", "Ærøskøbing", "Миша",  "ひらがな", "한국", "😀",    "né",       "ne\u0301",
          "İpek",   "Σίσυφος",    "עומר",  "मुकेश",      "ใหม่",  "กำธร", "ເສືອ",      "ᏣᎳᎩ",
          "ⵜⵉⴼ",    "ʻOkina",     "٣٤",    "👩",        "☺",    "🇩🇪",   "👍🏽", "e\u0302\u0323\u0301"}) {
        CAPTURE(name);
        CHECK(described(check_name(name, 32)) == "done");
    }
}

TEST_CASE("joiners stand in a name where a language or an emoji needs them, and nowhere else") {
    for (const std::string_view name : {"نامه\u200Cای", "න\u0DCA\u200Dය", "क्\u200Cष", "👩\u200D💻", "❤\uFE0F",
                                        "👁\uFE0F\u200D🗨", "bob_👩\u200D👩\u200D👦"}) {
        CAPTURE(name);
        CHECK(described(check_name(name, 32)) == "done");
    }
    for (const std::string_view name :
         {"\u200Dbob", "bo\u200Db", "bob\u200D", "bo\u200Cb", "bob\uFE0F", "👩\u200D", "👩\u200D\u200D💻", "👩\u200Cb",
          "نام\u200C", "نا\u200Dم", "你\u200D好", "a\u0301\u200Cb", "\u200C", "\uFE0F"}) {
        CAPTURE(name);
        CHECK(described(check_name(name, 32)) == "name_character");
    }
}

TEST_CASE("a mark stands on a letter, not twice, and with few others") {
    for (const std::string_view name : {"\u0301", "\u0301bob", "_\u0301", "-\u0301", "😀\u0301", "e\u0301\u0301",
                                        "e\u0301\u0302\u0303\u0304\u0306", "\u0E31ใหม่"}) {
        CAPTURE(name);
        CHECK(described(check_name(name, 32)) == "name_character");
    }
    CHECK(described(check_name("e\u0301\u0302\u0303\u0304", 32)) == "done");
}

TEST_CASE("a name is in scripts that are written together") {
    for (const std::string_view name :
         {"Kim한국", "日本語かなカナ", "中文ㄅㄆ", "한국大", "محمد_ali", "bob漢", "Ali-דוד", "ｂｏｂ漢", "Миша_1"}) {
        CAPTURE(name);
        CHECK(described(check_name(name, 32)) == "done");
    }
    for (const std::string_view name :
         {"bаnk", "аdmin", "Ωmega", "ｂаnk", "Мишაა", "かな한국", "ㄅかな", "漢Миша", "ᏣᎳᎩbob", "אبا"}) {
        CAPTURE(name);
        CHECK(described(check_name(name, 32)) == "name_scripts");
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
        {U'\uE000', "a character of private use"},
        {U'\U000E0041', "a tag"},
        {U'\u24D1', "a letter in a circle"},
        {U'\u24C2', "a letter in a circle, that is an emoji"},
        {U'\u017F', "an s of old"},
        {U'\u01C6', "two letters in one"},
        {U'\u212C', "a letter that is a symbol"},
        {U'\u0378', "a character that is not assigned"},
        {U'\uFFFE', "no character"},
        {U'\U0001D159', "a blank of music"},
        {U'\U00016FE4', "a filler of Khitan"},
        {U'\uA789', "a letter like a colon"},
        {U'\u2236', "a sign like a colon"},
        {U'\u2605', "a star"},
        {U'\u16A0', "a rune"},
        {U'\u00B5', "a sign that is a letter to Greeks"},
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
    for (const std::string_view name : {"-", "--", "-bob", "\uFF0Dbob"})
        CHECK(described(check_name(name, 32)) == "name_character");
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

// All of this can be asked of constants, too.
static_assert(!check_name("lily", 32));
static_assert(check_name("li ly", 32) == Errc::name_character);

TEST_CASE("a text of which nothing is seen is empty") {
    const minimeta::Limits limits;
    for (const std::string_view text : {"", " ", "\u200B", "\u2800", "\u3164", "\uFEFF", " \u2060\t\uFE0F", "\u00AD",
                                        "\u115F", "\U000E0001", "\uFFF9", "\U00013430"})
        CHECK(described(check_said(text, limits)) == "text_empty");
    for (const std::string_view text : {"x", " x", "\u200Bx", "\u2801", "👩‍💻"})
        CHECK(described(check_said(text, limits)) == "done");
}
