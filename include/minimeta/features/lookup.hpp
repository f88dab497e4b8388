// Directory: what members may know of each other: who is here, in which groups, and whether somebody attends.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "minimeta/event.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/state/presence.hpp"
#include "minimeta/state/registry.hpp"
#include "minimeta/state/sessions.hpp"
#include "minimeta/transport.hpp"

namespace minimeta {

template <transport Transport, class Spoken>
class Directory {
    using Rooms = Registry<Transport, Spoken>;

public:
    using Peer = typename Rooms::Peer;
    using Group = typename Rooms::Group;
    using Entry = typename Rooms::Entry;

    /// All of these outlive it.
    Directory(Rooms& assembly, const PresenceBoard& away, const Sessions<Entry>& sessions, const Limits& limits)
        : assembly_(assembly), away_(away), sessions_(sessions), limits_(limits) {}

    [[nodiscard]] Presence presence_of(const Entry& entry) const {
        return {entry.first, away_.text(entry.second.number).has_value(), entry.second.peer == nullptr};
    }

    /// Limits::listed_names of those who are in a group, in the order of their names.
    [[nodiscard]] std::vector<Presence> members_of(const Group& group) const {
        std::vector<Presence> some;
        const auto is_full = [&] { return some.size() == limits_.listed_names; };
        if (&group == &assembly_.lobby()) {
            for (const Entry& entry : assembly_.roster()) {
                if (is_full()) break;
                some.push_back(presence_of(entry));
            }
        } else {
            group.fanout.each([&](const auto& id) {
                if (!is_full()) some.push_back(presence_of(*assembly_.peers().find(id)->second.entry));
            });
            sessions_.each_lost([&](Entry& entry) {
                if (!is_full() && entry.second.membership(group) != nullptr) some.push_back(presence_of(entry));
            });
        }
        std::sort(some.begin(), some.end(), [](const Presence& a, const Presence& b) { return a.name < b.name; });
        return some;
    }

    /// Every group and its size, the lobby first, then in the order of their names.
    [[nodiscard]] std::vector<GroupSize> groups() const {
        std::vector<GroupSize> all{{assembly_.lobby().name, assembly_.lobby().members}};  // whose name is empty
        for (const auto& [name, group] : assembly_.groups()) all.push_back({name, group.members});
        std::sort(all.begin(), all.end(), [](const GroupSize& a, const GroupSize& b) { return a.name < b.name; });
        return all;
    }

    /// The names of a member's groups, in the order in which it joined them.
    [[nodiscard]] std::vector<std::string_view> groups_of(const Entry& entry) const {
        std::vector<std::string_view> names;
        for (const auto& membership : entry.second.groups) names.push_back(membership.group->name);
        return names;
    }

private:
    Rooms& assembly_;
    const PresenceBoard& away_;
    const Sessions<Entry>& sessions_;
    const Limits& limits_;
};

}  // namespace minimeta
