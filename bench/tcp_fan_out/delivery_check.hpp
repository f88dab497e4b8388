// Delivery check: verifies that each member receives the messages of each speaker once, and in their order.
//
// It keeps the next number that is due for each member and speaker, and the numbers that were skipped and may still
// arrive. So its memory does not grow during a run without faults.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "minimeta/time.hpp"

/// Counts of wrong deliveries. `damaged` are lines that are not messages of this run; `unexpected` are messages that
/// the member must not receive: its own, or one not said yet.
struct Faults {
    std::uint64_t lost = 0, duplicated = 0, out_of_order = 0, damaged = 0, unexpected = 0;

    std::uint64_t all() const { return lost + duplicated + out_of_order + damaged + unexpected; }
};

class DeliveryCheck {
public:
    /// Members are numbered from 0, first the speakers, then the receivers.
    DeliveryCheck(std::size_t receivers, std::size_t speakers, std::size_t messages)
        : speakers_(speakers),
          audience_(receivers + speakers - 1),
          next_((receivers + speakers) * speakers),
          due_(messages, audience_),
          said_at_(messages),
          complete_at_(messages) {}

    /// The number of members that receive a message: all but its speaker.
    std::size_t audience() const { return audience_; }

    /// The number of deliveries so far, in order or not, without duplicates.
    std::uint64_t delivered() const { return delivered_; }
    std::size_t said() const { return said_; }

    /// Records that the next message was said.
    void say(minimeta::Time now) { said_at_[said_++] = now; }

    /// Records that a member received the message with this number.
    void deliver(std::size_t member, std::uint32_t number, minimeta::Time now) {
        const std::size_t speaker = number % speakers_;
        if (number >= said_ || member == speaker) {
            ++faults_.unexpected;
            return;
        }
        std::uint32_t& next = next_[member * speakers_ + speaker];  // counts the messages of this speaker, from 0
        const auto position = static_cast<std::uint32_t>(number / speakers_);
        if (position >= next) {
            for (; next < position; ++next) skipped_.insert({member, next * speakers_ + speaker});
            ++next;
        } else if (skipped_.erase({member, number}) != 0) {
            ++faults_.out_of_order;
        } else {
            ++faults_.duplicated;
            return;
        }
        ++delivered_;
        if (--due_[number] == 0) complete_at_[number] = now;
    }

    /// Records that a member received a line that is not a message of this run.
    void damaged() { ++faults_.damaged; }

    /// Returns the faults so far. Messages that have not arrived yet count as lost.
    Faults faults() const {
        Faults made = faults_;
        made.lost = said_ * audience_ - delivered_;
        return made;
    }

    /// Returns the time from being said to the last delivery, for each message from number `first` on that has reached
    /// its whole audience.
    std::vector<minimeta::Duration> delays(std::size_t first) const {
        std::vector<minimeta::Duration> made;
        for (std::size_t i = first; i < said_; ++i)
            if (due_[i] == 0) made.push_back(complete_at_[i] - said_at_[i]);
        return made;
    }

private:
    std::size_t speakers_;
    std::size_t audience_;
    std::size_t said_ = 0;
    std::uint64_t delivered_ = 0;
    Faults faults_;
    std::vector<std::uint32_t> next_;                        // per member and speaker
    std::set<std::pair<std::size_t, std::size_t>> skipped_;  // member, number
    std::vector<std::size_t> due_;                           // per message: deliveries to come
    std::vector<minimeta::Time> said_at_, complete_at_;
};
