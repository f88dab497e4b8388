// TimerQueue: functions that are due at a time, each called once. A binary heap, ordered by time and then by age.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "minimeta/base/function.hpp"
#include "minimeta/time.hpp"

namespace minimeta::net {

class TimerQueue {
public:
    /// Adds a function that is due at `time`. O(log n); a time that has passed already is allowed.
    void add(Time time, Function<void()> function) {
        timers_.push_back({time, added_++, std::move(function)});
        std::push_heap(timers_.begin(), timers_.end(), later);
    }

    /// Removes the functions that are due by `now`, and calls them in order of time, those of one time in order of adding.
    /// What they add is called the next time at the earliest, even if it is due: a function that adds itself again for a
    /// time in the past cannot hold up the loop. They must not throw.
    void call_due(Time now) {
        std::vector<Timer> due;
        while (!timers_.empty() && timers_.front().time <= now) {
            std::pop_heap(timers_.begin(), timers_.end(), later);
            due.push_back(std::move(timers_.back()));
            timers_.pop_back();
        }
        for (Timer& each : due) each.function();
    }

    /// When the first function is due; nothing if there is none.
    [[nodiscard]] std::optional<Time> next_deadline() const {
        return timers_.empty() ? std::nullopt : std::optional(timers_.front().time);
    }

    [[nodiscard]] std::size_t size() const noexcept { return timers_.size(); }

private:
    struct Timer {
        Time time;
        std::uint64_t number = 0;  // of those added
        Function<void()> function;
    };

    static bool later(const Timer& a, const Timer& b) {
        return a.time != b.time ? a.time > b.time : a.number > b.number;
    }

    std::vector<Timer> timers_;
    std::uint64_t added_ = 0;
};

}  // namespace minimeta::net
