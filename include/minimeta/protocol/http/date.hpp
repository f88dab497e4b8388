// Dates as HTTP writes them (RFC 9110, section 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "minimeta/base/civil_time.hpp"
#include "minimeta/time.hpp"

namespace minimeta::http {

[[nodiscard]] inline std::string date_text(WallTime time) {
    constexpr std::string_view days = "ThuFriSatSunMonTueWed";  // 1970-01-01 was a Thursday
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const std::int64_t day = divide_down(time.nanoseconds, std::int64_t{86'400} * 1'000'000'000);
    const std::string utc = utc_text(time);  // 1994-11-06 08:49:37
    const auto weekday = static_cast<std::size_t>(day - 7 * divide_down(day, 7));
    const auto month = static_cast<std::size_t>(date_of(day).month - 1);
    return std::string(days.substr(3 * weekday, 3)) + ", " + utc.substr(8, 2) + " " +
           std::string(months.substr(3 * month, 3)) + " " + utc.substr(0, 4) + " " + utc.substr(11) + " GMT";
}

}  // namespace minimeta::http
