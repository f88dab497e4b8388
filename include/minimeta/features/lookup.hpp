// Lookup: what members may know of each other: names, groups, and whether a member attends.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "minimeta/base/sort.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/time.hpp"

namespace minimeta::features {

template <class Context>
class Lookup {
public:
    using Peer = typename Context::Peer;
    using Member = typename Context::Member;
    using Group = typename Context::Group;

    Lookup(Context& context, auto&) : context_(context) {}

    void on(Peer& peer, const Who& command) {
        const Group* group = context_.registry.group_of(peer, command.group);
        if (group == nullptr) return context_.answer(peer, Errc::not_your_group, command.group);
        context_.tell(peer, Members{members_of(*group), group->members, group->name});
    }

    void on(Peer& peer, const Whois& command) {
        Member* member = context_.registry.members().find(command.name);
        if (member == nullptr) return context_.answer(peer, Errc::no_such_member, command.name);
        const Duration silent = member->peer != nullptr ? context_.present() - member->peer->restarted : Duration{};
        const std::string_view away_text = member->away_text ? std::string_view(*member->away_text) : "";
        context_.tell(peer, Profile{presence_of(*member), away_text, groups_of(*member), silent});
    }

    void on(Peer& peer, const ListGroups&) {
        std::vector<GroupSize> some = groups();
        const std::size_t total = some.size();
        if (total > context_.limits.listed_names) some.resize(context_.limits.listed_names);
        for (GroupSize& each : some) each.joined = context_.registry.group_of(peer, each.name) != nullptr;
        context_.tell(peer, minimeta::Groups{some, total});
    }

    /// Every group and its size, the lobby first, then in the order of their names.
    [[nodiscard]] std::vector<GroupSize> groups() const {
        const Group& lobby = context_.registry.lobby();
        std::vector<GroupSize> all{{lobby.name, lobby.members}};  // whose name is empty
        for (const Group& group : context_.registry.groups()) all.push_back({group.name, group.members});
        sort(all, [](const GroupSize& a, const GroupSize& b) { return a.name < b.name; });
        return all;
    }

    /// Up to Limits::listed_names members of a group, in the order of their names. Where there are more, members without a
    /// connection come last.
    [[nodiscard]] std::vector<Presence> members_of(const Group& group) const {
        std::vector<Presence> some;
        const auto is_full = [&] { return some.size() == context_.limits.listed_names; };
        group.fanout.each([&](const auto& id) {
            if (is_full()) return false;
            some.push_back(presence_of(*context_.registry.peers().find(id)->member));
            return true;
        });
        context_.sessions.each_lost([&](Member& member) {
            if (!is_full() && member.memberships.find(group) != nullptr) some.push_back(presence_of(member));
        });
        sort(some, [](const Presence& a, const Presence& b) { return a.name < b.name; });
        return some;
    }

    /// The names of a member's groups beside the lobby, in the order in which it joined them.
    [[nodiscard]] std::vector<std::string_view> groups_of(Member& member) const {
        std::vector<std::string_view> names;
        for (const auto& each : member.memberships)
            if (each.group != &context_.registry.lobby()) names.push_back(each.group->name);
        return names;
    }

private:
    [[nodiscard]] static Presence presence_of(const Member& member) {
        return {member.name, static_cast<bool>(member.away_text), member.peer == nullptr};
    }

    Context& context_;
};

}  // namespace minimeta::features
