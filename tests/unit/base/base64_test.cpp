#include "minimeta/base/base64.hpp"

#include <string_view>
#include <utility>

#include "catch.hpp"

TEST_CASE("base64 of the vectors of RFC 4648") {
    const std::pair<std::string_view, std::string_view> all[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
        {"\xFB\xFF\xBE", "+/++"},
    };
    for (const auto& [bytes, text] : all) CHECK(minimeta::base64(bytes) == text);
}
