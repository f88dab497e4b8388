// FlushQueue: which groups have spoken in this turn, so that whoever is in several of them hears one order.
//
// Each group has a log of its own, and a member of two groups could be given what the second one said before what the
// first one did. So before a group speaks, its members are given all that other groups have said to them. Then at any
// time a member has something to be given from one group at most, and in which order the groups are flushed does not
// matter.
//
// Who has to be caught up in what is found here: only groups that have spoken since this one did last. A group that
// goes on talking alone pays nothing.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

namespace minimeta {

/// The groups that have something to be flushed, the one that spoke last at the end.
template <class Group>
class FlushQueue {
public:
    /// Calls `settle(other)` for each group that has spoken since this one did last, and forgets those for which that
    /// returns true: they have nothing left to be flushed.
    template <class Settle>
    void settle(const Group& group, Settle&& settle) {
        const auto last = std::find(spoke_.begin(), spoke_.end(), &group);
        const auto since = last != spoke_.end() ? last + 1 : spoke_.begin();
        spoke_.erase(std::remove_if(since, spoke_.end(), [&](Group* other) { return settle(*other); }), spoke_.end());
    }

    /// A group speaks now.
    void speaks(Group& group) {
        if (!spoke_.empty() && spoke_.back() == &group) return;
        forget(group);
        spoke_.push_back(&group);
    }

    /// All who have spoken.
    [[nodiscard]] std::span<Group* const> all() const { return spoke_; }

    /// A group has nothing to be flushed, or does not exist any more.
    void forget(const Group& group) { std::erase(spoke_, &group); }
    void clear() { spoke_.clear(); }

private:
    std::vector<Group*> spoke_;
};

}  // namespace minimeta
