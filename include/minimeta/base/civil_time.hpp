// Civil time: dates of the Gregorian calendar, and UTC as text. <chrono> costs too much to compile, and <ctime> asks the
// system.
#pragma once

#include <cstdint>
#include <string>

#include "minimeta/time.hpp"

namespace minimeta {

/// A day of the Gregorian calendar, also before it was introduced (proleptic).
struct Date {
    std::int64_t year;
    int month;  ///< 1 is January
    int day;    ///< from 1

    friend constexpr bool operator==(const Date&, const Date&) = default;
};

/// The quotient rounded down, where `/` rounds towards zero; the divisor is positive.
constexpr std::int64_t divide_down(std::int64_t value, std::int64_t divisor) {
    return value / divisor - (value % divisor < 0 ? 1 : 0);
}

/// Returns the date `days` days after 1970-01-01, or before it if negative.
constexpr Date date_of(std::int64_t days) {
    // A year is counted from March on, so that a leap day is the last day of its year, of its four years, and of its
    // 400. Where the longest year or century comes last, dividing by the common length counts one too many.
    constexpr std::int64_t year = 365, four_years = 4 * year + 1, century = 25 * four_years - 1,
                           cycle = 4 * century + 1;
    constexpr std::int64_t epoch = 719'468;  // from 0000-03-01 to 1970-01-01

    days += epoch;
    const std::int64_t cycles = divide_down(days, cycle);
    days -= cycles * cycle;
    const std::int64_t centuries = days < 4 * century ? days / century : 3;
    days -= centuries * century;
    const std::int64_t fours = days / four_years;
    days -= fours * four_years;
    const std::int64_t years = days < 4 * year ? days / year : 3;
    days -= years * year;

    // From March on, months have 31, 30, 31, 30, 31 days, again and again: 153 in five.
    const std::int64_t months = (5 * days + 2) / 153;
    days -= (153 * months + 2) / 5;
    const bool next_year = months >= 10;
    return {400 * cycles + 100 * centuries + 4 * fours + years + (next_year ? 1 : 0),
            static_cast<int>(next_year ? months - 9 : months + 3), static_cast<int>(days + 1)};
}

/// `2026-11-23 14:03:22`, in UTC; fractions of a second are cut off. Every WallTime is in a year of four digits.
inline std::string utc_text(WallTime time) {
    constexpr std::int64_t day = 24 * 60 * 60;
    const std::int64_t seconds = divide_down(time.nanoseconds, 1'000'000'000);
    const std::int64_t days = divide_down(seconds, day);
    const std::int64_t of_day = seconds - days * day;
    const Date date = date_of(days);

    std::string text = std::to_string(date.year);
    const auto append = [&text](char separator, std::int64_t number) {
        text += separator;
        text += static_cast<char>('0' + number / 10);
        text += static_cast<char>('0' + number % 10);
    };
    append('-', date.month);
    append('-', date.day);
    append(' ', of_day / 3'600);
    append(':', of_day / 60 % 60);
    append(':', of_day % 60);
    return text;
}

}  // namespace minimeta
