// Unsent lines: what was typed and is not yet said, in order. A paste is sent at a pace that the room admits, and what is
// typed while the connection is lost waits until it is back.
//
// Pure: the time is an argument.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>

#include "minimeta/base/rate_limiter.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/time.hpp"

namespace tcp_client {

class UnsentLines {
public:
    static constexpr std::size_t max_bytes = 1'048'576;

    /// Half of a room's default burst is sent at once, and then `pace` lines a second; 0 does not limit it.
    explicit UnsentLines(std::uint32_t pace) : rate_{pace, minimeta::Limits{}.burst / 2} {}

    /// Adds a line at the end. Returns false, without effect, if there are too many bytes already.
    bool add(std::string line) {
        if (bytes_ + line.size() > max_bytes) return false;
        bytes_ += line.size();
        lines_.push_back(std::move(line));
        return true;
    }

    /// Counts a line, and returns true, if the pace admits one more now.
    bool admit(minimeta::Time now) { return rate_limiter_.admit(now, rate_); }

    /// Removes and returns the next line, if the pace admits it now.
    std::optional<std::string> next(minimeta::Time now) {
        if (lines_.empty() || !admit(now)) return {};
        std::string line = std::move(lines_.front());
        lines_.pop_front();
        bytes_ -= line.size();
        return line;
    }

    /// When the pace admits the next line; nothing if there is none.
    [[nodiscard]] std::optional<minimeta::Time> due(minimeta::Time now) const {
        return lines_.empty() ? std::nullopt : std::optional(rate_limiter_.admits_at(now, rate_));
    }

    /// Removes and returns all lines.
    std::deque<std::string> take_all() {
        bytes_ = 0;
        return std::exchange(lines_, {});
    }

    [[nodiscard]] bool empty() const { return lines_.empty(); }
    [[nodiscard]] std::size_t size() const { return lines_.size(); }

private:
    const minimeta::Rate rate_;
    minimeta::RateLimiter rate_limiter_;
    std::deque<std::string> lines_;
    std::size_t bytes_ = 0;
};

}  // namespace tcp_client
