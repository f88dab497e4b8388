#include "minimeta/base/parse_duration.hpp"

#include <cstdint>
#include <string_view>

#include "catch.hpp"

using minimeta::parse_duration;

TEST_CASE("a number and a unit are so many seconds") {
    constexpr struct {
        std::string_view text;
        std::uint64_t seconds;
    } cases[] = {{"1s", 1},
                 {"30s", 30},
                 {"10m", 600},
                 {"2h", 7'200},
                 {"7d", 604'800},
                 {"10M", 600},
                 {"1000000000s", 1'000'000'000},
                 {"11574d", 999'993'600}};
    for (const auto& [text, expected] : cases) {
        CAPTURE(text);
        std::uint64_t seconds = 0;
        CHECK(parse_duration(text, seconds));
        CHECK(seconds == expected);
    }
}

TEST_CASE("anything else is no span of time") {
    for (const std::string_view text : {"", "s", "10", "0s", "-1s", "+1s", "1.5h", "1 s", "1w", "s1", "1000000001s",
                                        "11575d", "99999999999999999999d", "１s"}) {
        CAPTURE(text);
        std::uint64_t seconds = 0;
        CHECK_FALSE(parse_duration(text, seconds));
    }
}
