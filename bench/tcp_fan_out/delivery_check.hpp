// Who has got which message, and what went wrong with it.
//
// Each member must hear the messages of each speaker in the order of their numbers. So all that has to be kept is which
// one comes next, and those that were skipped and may still come: a run without faults keeps the same few bytes however
// long it takes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "minimeta/time.hpp"

/// Deliveries that were not as they should be. `damaged` is a line that is no message of ours; `unexpected` is one that
/// this member should not get: its own, or one that was not said yet.
struct Faults {
    std::uint64_t lost = 0, duplicated = 0, out_of_order = 0, damaged = 0, unexpected = 0;

    std::uint64_t all() const { return lost + duplicated + out_of_order + damaged + unexpected; }
};

class Ledger {
public:
    /// Members are numbered: first the speakers, then the receivers.
    Ledger(std::size_t receivers, std::size_t speakers, std::size_t messages)
        : speakers_(speakers),
          audience_(receivers + speakers - 1),
          next_((receivers + speakers) * speakers),
          due_(messages, audience_),
          said_at_(messages),
          complete_at_(messages) {}

    /// How many get a message: everybody but its speaker.
    std::size_t audience() const { return audience_; }

    /// Right deliveries so far, early or late.
    std::uint64_t delivered() const { return delivered_; }
    std::size_t said() const { return said_; }

    /// The next message is said.
    void say(minimeta::Time now) { said_at_[said_++] = now; }

    /// A member got a line that is this message.
    void deliver(std::size_t member, std::uint32_t number, minimeta::Time now) {
        const std::size_t speaker = number % speakers_;
        if (number >= said_ || member == speaker) {
            ++faults_.unexpected;
            return;
        }
        std::uint32_t& next = next_[member * speakers_ + speaker];  // of this speaker's, counted from 0
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

    void damaged() { ++faults_.damaged; }

    /// What went wrong so far. What was said and has not arrived counts as lost.
    Faults faults() const {
        Faults made = faults_;
        made.lost = said_ * audience_ - delivered_;
        return made;
    }

    /// How long each message from number `first` on took until the last one of its audience had it, of those that came
    /// so far.
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
    std::set<std::pair<std::size_t, std::size_t>> skipped_;  // member and number
    std::vector<std::size_t> due_;                           // per message: how many have not got it
    std::vector<minimeta::Time> said_at_, complete_at_;
};
