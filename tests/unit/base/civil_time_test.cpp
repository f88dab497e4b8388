#include "minimeta/base/civil_time.hpp"

#include <cstdint>
#include <limits>
#include <string>

#include "catch.hpp"

using minimeta::Date;
using minimeta::date_of;
using minimeta::utc_text;

namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t day = 86'400;

}  // namespace

TEST_CASE("civil time is written as people write it") {
    CHECK(utc_text({}) == "1970-01-01 00:00:00");
    CHECK(utc_text({1'795'442'602 * second}) == "2026-11-23 14:03:22");
    CHECK(utc_text({1'234'567'890 * second}) == "2009-02-13 23:31:30");
    CHECK(utc_text({1'000'000'000 * second}) == "2001-09-09 01:46:40");
    CHECK(utc_text({951'782'400 * second}) == "2000-02-29 00:00:00");
    CHECK(utc_text({4'107'542'400 * second}) == "2100-03-01 00:00:00");
    CHECK(utc_text({4'107'542'399 * second}) == "2100-02-28 23:59:59");
}

TEST_CASE("fractions of a second are cut off, also before 1970") {
    CHECK(utc_text({second - 1}) == "1970-01-01 00:00:00");
    CHECK(utc_text({second}) == "1970-01-01 00:00:01");
    CHECK(utc_text({-1}) == "1969-12-31 23:59:59");
    CHECK(utc_text({-second}) == "1969-12-31 23:59:59");
    CHECK(utc_text({-second - 1}) == "1969-12-31 23:59:58");
    CHECK(utc_text({-day * second}) == "1969-12-31 00:00:00");
    CHECK(utc_text({-day * second - 1}) == "1969-12-30 23:59:59");
}

TEST_CASE("the first and the last point that there are can be written") {
    CHECK(utc_text({std::numeric_limits<std::int64_t>::min()}) == "1677-09-21 00:12:43");
    CHECK(utc_text({std::numeric_limits<std::int64_t>::max()}) == "2262-04-11 23:47:16");
}

TEST_CASE("a day has a date, however far away it is") {
    CHECK(date_of(0) == Date{1970, 1, 1});
    CHECK(date_of(-1) == Date{1969, 12, 31});
    CHECK(date_of(-719'468) == Date{0, 3, 1});
    CHECK(date_of(-719'469) == Date{0, 2, 29});
    CHECK(date_of(2'932'896) == Date{9999, 12, 31});
    CHECK(date_of(2'932'897) == Date{10'000, 1, 1});
}

// Counts from the first to the last day of these years with nothing but the lengths of the months.
TEST_CASE("dates follow each other as in a calendar on the wall") {
    const auto length = [](std::int64_t year, int month) {
        const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        if (month == 2) return leap ? 29 : 28;
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    };
    std::int64_t days = -719'528 - 146'097;
    Date date{-400, 1, 1};
    int wrong = 0;
    for (; date.year < 10'100; ++days) {
        if (date_of(days) != date) ++wrong;
        if (++date.day <= length(date.year, date.month)) continue;
        date.day = 1;
        if (++date.month <= 12) continue;
        date.month = 1;
        ++date.year;
    }
    CHECK(wrong == 0);
}

TEST_CASE("every second of a day is written in its place") {
    std::int64_t at = 1'795'392'000;  // 2026-11-23
    int wrong = 0;
    for (int hour = 0; hour < 24; ++hour) {
        for (int minute = 0; minute < 60; ++minute) {
            for (int within = 0; within < 60; ++within, ++at) {
                const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
                if (utc_text({at * second}) != "2026-11-23 " + two(hour) + ':' + two(minute) + ':' + two(within))
                    ++wrong;
            }
        }
    }
    CHECK(wrong == 0);
}
