// Notices: who comes, goes and changes its name, told in such a way that a large room does not drown in it.
//
// Where few are, each of it is told as it happens. In a group of more than Limits::noticed_members it is counted, and
// the sum is told once in Limits::summary_seconds. What concerns a member as such is told in the lobby, where everybody
// is, and so once to each; but if the lobby is one of the large groups, it is told in the member's small ones as well,
// to whoever shares any of them, once.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "minimeta/base/timeout_queue.hpp"
#include "minimeta/event.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/state/registry.hpp"
#include "minimeta/time.hpp"
#include "minimeta/transport.hpp"

namespace minimeta {

template <transport Transport, class Spoken>
class Notices {
public:
    using Peer = typename Registry<Transport, Spoken>::Peer;
    using Member = typename Registry<Transport, Spoken>::Member;
    using Group = typename Registry<Transport, Spoken>::Group;
    using Kind = std::size_t MembershipSummary::*;

    /// Both outlive it.
    Notices(Registry<Transport, Spoken>& assembly, const Limits& limits)
        : assembly_(assembly), limits_(limits), waiting_(limits.summary_seconds) {}

    /// It is `now`. Without time, nothing is summed up.
    void advance(Time now) { now_ = now; }

    /// Tells a group that somebody comes or goes there.
    void tell(Group& group, const Event& event, Kind kind, Peer* except = nullptr) {
        if (is_large(group)) count(group, kind);
        else assembly_.delivery().publish(group, event, except);
    }

    /// Tells everybody whom it concerns what happens to a member as such.
    void tell_all(const Member& member, const Event& event, Kind kind, Peer* except = nullptr) {
        tell(assembly_.lobby(), event, kind, except);
        if (is_large(assembly_.lobby())) assembly_.delivery().publish(neighbours(member, except), event);
    }

    /// A group in which the sum is due, if there is any; and when the first one is.
    [[nodiscard]] Group* overdue(Time now) const { return waiting_.expired(now); }
    [[nodiscard]] std::optional<Time> deadline() const { return waiting_.deadline(); }

    /// The sum of a group; it begins anew.
    [[nodiscard]] MembershipSummary take(Group& group) {
        TimeoutQueue<Group>::cancel(group);
        MembershipSummary sum = std::exchange(group.news, {});
        sum.group = group.name;
        return sum;
    }

private:
    [[nodiscard]] bool is_large(const Group& group) const { return now_ && group.members > limits_.noticed_members; }

    void count(Group& group, Kind kind) {
        if (group.news.joined + group.news.left + group.news.renamed == 0) waiting_.restart(group, *now_);
        ++(group.news.*kind);
    }

    // Whoever shares a small group with a member, each once. It may be on its way out.
    [[nodiscard]] std::vector<Peer*> neighbours(const Member& member, const Peer* except) {
        std::vector<Peer*> all;
        for (const auto& each : member.groups) {
            if (is_large(*each.group)) continue;
            each.group->fanout.each([&](const auto& id) { all.push_back(&assembly_.peers().find(id)->second); });
        }
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
        std::erase(all, except);
        return all;
    }

    Registry<Transport, Spoken>& assembly_;
    const Limits& limits_;
    TimeoutQueue<Group> waiting_;
    std::optional<Time> now_;
};

}  // namespace minimeta
