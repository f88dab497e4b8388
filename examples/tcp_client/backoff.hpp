// How long to wait before one tries to connect again.
//
// Twice as long after each failure, so that a server in trouble is not pressed, and a different time for each client:
// when a server with a thousand of them starts again, they must not come back at the same moment, and again at the same
// moment after they have been too many. At least half of the time is always waited, or else those who draw a short one
// would hardly wait at all.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include "minimeta/time.hpp"

namespace tcp_client {

class Backoff {
public:
    /// Short enough that one hardly notices a server that starts again.
    static constexpr minimeta::Duration first = minimeta::milliseconds(500);

    /// However long the server is away, one comes back soon after it does.
    static constexpr minimeta::Duration longest = minimeta::seconds(30);

    /// The next delay. `luck` is uniform in 0...1, without the 1.
    minimeta::Duration next(double luck) {
        const minimeta::Duration whole = delay_;
        delay_ = std::min(whole * 2, longest);
        const auto half = whole.nanoseconds / 2;
        return {half + static_cast<std::int64_t>(static_cast<double>(half) * luck)};
    }

    /// It was worth while: begins again with the first delay.
    void reset() { delay_ = first; }

private:
    minimeta::Duration delay_ = first;
};

/// For people, as "0.4 s" or "12 s"; a short time is not rounded to none.
inline std::string seconds_text(minimeta::Duration span) {
    const std::int64_t tenths = (span.nanoseconds + 99'999'999) / 100'000'000;
    if (tenths >= 100) return std::to_string((tenths + 9) / 10) + " s";
    const std::string whole = std::to_string(tenths / 10);
    return tenths % 10 == 0 ? whole + " s" : whole + '.' + std::to_string(tenths % 10) + " s";
}

}  // namespace tcp_client
