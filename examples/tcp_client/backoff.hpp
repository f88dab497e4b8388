// Exponential backoff with jitter: how long to wait before the next attempt to connect.
//
// The delay doubles after each failure, to spare a server in trouble. The jitter spreads the clients of a server that
// restarts over time, so that they do not all return at the same moment. It takes off at most half of the delay, so
// that every client waits.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include "minimeta/time.hpp"

namespace tcp_client {

class Backoff {
public:
    /// Short enough that users hardly notice a restart of the server.
    static constexpr minimeta::Duration first = minimeta::milliseconds(500);

    /// Bounds the wait after the server is back, however long it was down.
    static constexpr minimeta::Duration longest = minimeta::seconds(30);

    /// Returns the next delay. `jitter` is uniform in [0, 1).
    minimeta::Duration next(double jitter) {
        const minimeta::Duration whole = delay_;
        delay_ = std::min(whole * 2, longest);
        const auto half = whole.nanoseconds / 2;
        return {half + static_cast<std::int64_t>(static_cast<double>(half) * jitter)};
    }

    /// The next delay is the first one again.
    void reset() { delay_ = first; }

private:
    minimeta::Duration delay_ = first;
};

/// Formats a duration as "0.4 s" or "12 s", rounded up.
inline std::string seconds_text(minimeta::Duration span) {
    const std::int64_t tenths = (span.nanoseconds + 99'999'999) / 100'000'000;
    if (tenths >= 100) return std::to_string((tenths + 9) / 10) + " s";
    const std::string whole = std::to_string(tenths / 10);
    return tenths % 10 == 0 ? whole + " s" : whole + '.' + std::to_string(tenths % 10) + " s";
}

}  // namespace tcp_client
