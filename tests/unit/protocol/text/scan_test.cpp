#include "minimeta/protocol/text/scan.hpp"

#include <string>
#include <string_view>

#include "catch.hpp"

using namespace minimeta;

TEST_CASE("a word ends at a blank of any width, and the blanks behind it are taken with it") {
    std::string_view text = "one two\u3000 三  ";
    CHECK(take_word(text) == "one");
    CHECK(take_word(text) == "two");
    CHECK(take_to_blank(text) == "三");
    CHECK(text == "  ");
    CHECK(take_word(text).empty());
    CHECK(text.empty());
    CHECK(take_word(text).empty());
}

TEST_CASE("a name ends at what is no name character, bytes that are not UTF-8 among it") {
    for (const std::string_view behind : {"", " x", ",", "@", "：", "\xFF"}) {
        const std::string line = "小明-2_b" + std::string(behind);
        std::string_view text = line;
        CHECK(take_name(text) == "小明-2_b");
        CHECK(text == behind);
    }
}

TEST_CASE("a sign may be full-width, and only one is taken") {
    for (const std::string_view signs : {"##x", "＃#x"}) {
        std::string_view text = signs;
        CHECK(take_sign(text, '#'));
        CHECK(text == "#x");
        CHECK_FALSE(take_sign(text, '@'));
        CHECK(text == "#x");
    }
    std::string_view nothing;
    CHECK_FALSE(take_sign(nothing, '#'));
}

TEST_CASE("a keyword is known in either case, and taken only as a whole") {
    std::string_view text = "NaMe:x";
    CHECK_FALSE(take_keyword(text, "names"));
    CHECK(text == "NaMe:x");
    CHECK(take_keyword(text, "name"));
    CHECK(text == ":x");
    CHECK(is_keyword("Before", "before"));
    CHECK_FALSE(is_keyword("beforehand", "before"));
    CHECK_FALSE(is_keyword("be", "before"));
    CHECK_FALSE(is_keyword("", "before"));
}
