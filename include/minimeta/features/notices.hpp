// Notices: announces joins, leaves and renames; summarised in large groups.
//
// In a group of up to Limits::noticed_members, each change is announced as it happens. In a larger one it is counted, and
// the counts are published once in Limits::summary_seconds. What concerns a member as such is announced in the lobby,
// where every member is, and so once to each; but if the lobby is one of the large groups, also to the members that share
// a small group with it and to its friends, once to each.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "minimeta/base/sort.hpp"
#include "minimeta/base/timeout_queue.hpp"
#include "minimeta/event.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/message.hpp"
#include "minimeta/role.hpp"
#include "minimeta/state/friend_table.hpp"
#include "minimeta/state/registry.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

template <class Types>
class Notices {
public:
    using Peer = typename Types::Peer;
    using Member = typename Types::Member;
    using Group = typename Types::Group;

    /// Which count of a MembershipSummary.
    using Kind = std::size_t MembershipSummary::*;

    /// Both outlive it.
    Notices(Registry<Types>& registry, const Limits& limits)
        : registry_(registry), limits_(limits), summaries_(limits.summary_seconds) {}

    /// It is `now`. Without time, nothing is summarised.
    void advance(Time now) { now_ = now; }

    /// Announces a change in a group, except to `except`.
    void announce(Group& group, const Event& event, Kind kind, Peer* except = nullptr) {
        if (is_large(group)) count(group, kind);
        else registry_.delivery().publish(group, event, except);
    }

    /// Announces a change of a member to all that it concerns.
    void announce(Member& member, const Event& event, Kind kind, Peer* except = nullptr) {
        announce(registry_.lobby(), event, kind, except);
        if (is_large(registry_.lobby())) registry_.delivery().publish(neighbours(member, except), event);
    }

    /// Announces to the friends of a member what does not concern others.
    void announce_to_friends(const Member& member, const Event& event) {
        registry_.delivery().publish(friends_of(member), event);
    }

    /// The connections of a member's friends, without those that do not want to hear it.
    [[nodiscard]] std::vector<Peer*> friends_of(const Member& member) const {
        std::vector<Peer*> all;
        const Person* person = registry_.friends().of(member);
        if (person == nullptr) return all;
        for (const Tie& tie : person->ties) {
            if (tie.relationship != Relationship::friends) continue;
            for (const MemberNumber number : tie.who->members) {
                const Member* other = registry_.find(number);
                if (other->peer != nullptr && !other->ignores(member.number)) all.push_back(other->peer);
            }
        }
        return all;
    }

    /// Returns a group whose summary is due; null if there is none.
    [[nodiscard]] Group* due(Time now) const { return summaries_.expired(now); }

    /// When the next summary is due, if any is waiting.
    [[nodiscard]] std::optional<Time> deadline() const { return summaries_.deadline(); }

    /// Returns the summary of a group, and begins the next one.
    [[nodiscard]] MembershipSummary take(Group& group) {
        TimeoutQueue<Group>::cancel(group);
        MembershipSummary summary = std::exchange(group.summary, {});
        summary.group = group.name;
        return summary;
    }

private:
    [[nodiscard]] bool is_large(const Group& group) const { return now_ && group.members > limits_.noticed_members; }

    void count(Group& group, Kind kind) {
        const MembershipSummary& summary = group.summary;
        if (summary.joined + summary.left + summary.renamed == 0) summaries_.restart(group, *now_);
        ++(group.summary.*kind);
    }

    // The friends of a member, which may be on its way out, and the peers that share a small group with it; each once.
    [[nodiscard]] std::vector<Peer*> neighbours(Member& member, const Peer* except) {
        std::vector<Peer*> all = friends_of(member);
        for (const auto& each : member.memberships) {
            if (is_large(*each.group)) continue;
            each.group->fanout.each([&](const auto& id) {
                all.push_back(registry_.peers().find(id));
                return true;
            });
        }
        sort(all, [](const Peer* a, const Peer* b) { return a < b; });
        std::size_t kept = 0;
        for (Peer* peer : all)
            if (peer != except && (kept == 0 || all[kept - 1] != peer)) all[kept++] = peer;
        all.resize(kept);
        return all;
    }

    Registry<Types>& registry_;
    const Limits& limits_;
    TimeoutQueue<Group> summaries_;
    std::optional<Time> now_;
};

}  // namespace minimeta
