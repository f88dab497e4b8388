#include "minimeta/base/parse_number.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "catch.hpp"

using minimeta::parse_number;

TEST_CASE("a number is read from its digits, up to the largest that fits") {
    std::uint16_t small = 0;
    CHECK(parse_number("0", small));
    CHECK(small == 0);
    CHECK(parse_number("65535", small));
    CHECK(small == 65535);
    std::int64_t large = 0;
    CHECK(parse_number(std::to_string(std::numeric_limits<std::int64_t>::min()), large));
    CHECK(large == std::numeric_limits<std::int64_t>::min());
    std::uint64_t hex = 0;
    CHECK(parse_number("ffffffffffffffff", hex, 16));
    CHECK(hex == std::numeric_limits<std::uint64_t>::max());
}

TEST_CASE("what is not just a number, or does not fit, is refused and changes nothing") {
    for (const std::string_view text :
         {"", " ", "many", "65536", "-1", "+1", " 1", "1 ", "50 00", "1x", "0x1", "1\n"}) {
        CAPTURE(text);
        std::uint16_t number = 7;
        CHECK_FALSE(parse_number(text, number));
        CHECK(number == 7);
    }
}
