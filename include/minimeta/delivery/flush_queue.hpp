// The queue of groups with output to flush, which keeps one order for members of several groups.
//
// Each group has a log of its own, and a member of two groups could be given what the second one said before what the
// first one said. So before a group speaks, its members are given all that other groups have said to them. Then at any
// time a member has output waiting from one group at most, and in which order the groups are flushed does not matter.
//
// Which other groups there are to catch up with is found here: only those that have spoken since this one did last. A
// group that goes on talking alone pays nothing.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace minimeta {

/// Groups with output to flush, in the order in which they last spoke.
template <class Group>
class FlushQueue {
public:
    /// Calls `settle(other)` for each group that has spoken since this one did last, and removes those for which it
    /// returns true: they have nothing left to flush.
    template <class Settle>
    void settle(const Group& group, Settle&& settle) {
        std::size_t since = groups_.size();
        while (since != 0 && groups_[since - 1] != &group) --since;
        std::size_t kept = since;
        for (std::size_t i = since; i < groups_.size(); ++i)
            if (!settle(*groups_[i])) groups_[kept++] = groups_[i];
        groups_.resize(kept);
    }

    /// Moves a group to the end, or adds it there: it speaks now.
    void move_to_back(Group& group) {
        if (!groups_.empty() && groups_.back() == &group) return;
        remove(group);
        groups_.push_back(&group);
    }

    [[nodiscard]] std::span<Group* const> all() const { return groups_; }

    /// A group has nothing to flush, or does not exist any more.
    void remove(const Group& group) { std::erase(groups_, &group); }
    void clear() { groups_.clear(); }

private:
    std::vector<Group*> groups_;
};

}  // namespace minimeta
