#include "minimeta/protocol/websocket/utf8_validator.hpp"

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

#include "catch.hpp"
#include "minimeta/base/utf8.hpp"
#include "scenario/seed.hpp"

using minimeta::websocket::Utf8Validator;

namespace {

bool is_utf8(std::string_view text) {
    while (!text.empty())
        if (minimeta::take_code_point(text) == minimeta::invalid_code_point) return false;
    return true;
}

}  // namespace

TEST_CASE("in any pieces, UTF-8 is what it is as a whole") {
    std::mt19937 random(seed_of_this_run());
    const std::string_view parts[] = {"a",
                                      "é",
                                      "你",
                                      "🌍",
                                      "\xF4\x8F\xBF\xBF",
                                      "\xED\x9F\xBF",
                                      "\xEE\x80\x80",
                                      "\x80",
                                      "\xC0\x80",
                                      "\xED\xA0\x80",
                                      "\xF4\x90\x80\x80",
                                      "\xE4\xBD",
                                      "\xFF"};
    for (int i = 0; i < 20'000; ++i) {
        std::string text;
        for (std::size_t n = random() % 5; n > 0; --n) text += parts[random() % (random() % 4 == 0 ? 13 : 7)];
        Utf8Validator validator;
        bool valid = true;
        for (std::size_t at = 0; at < text.size() && valid;) {
            const std::size_t size = 1 + random() % 4;
            valid = validator.feed(std::string_view(text).substr(at, size));
            at += size;
        }
        REQUIRE((valid && validator.is_complete()) == is_utf8(text));
    }
}

TEST_CASE("what cannot become UTF-8 is wrong with its first wrong byte") {
    for (const std::string_view text :
         {"\xC0", "\xC1", "\xF5", "\x80", "\xE0\x9F", "\xF0\x8F", "\xED\xA0", "\xF4\x90", "\xE4\xBD\x41", "a\xFF"}) {
        Utf8Validator validator;
        CHECK(validator.feed(text.substr(0, text.size() - 1)));
        CHECK_FALSE(validator.feed(text.substr(text.size() - 1)));
    }
}
