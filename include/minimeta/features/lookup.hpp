// Lookup: what members may know of each other: names, groups, and whether a member attends.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/base/partition_point.hpp"
#include "minimeta/base/sort.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/state/member.hpp"
#include "minimeta/state/permissions.hpp"
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
        const Group* group = context_.registry.group_of(*peer.member, command.group);
        if (group == nullptr) return context_.answer(peer, Errc::not_your_group, command.group);
        context_.tell(peer, Members{members_of(*group), group->members, group->name});
    }

    void on(Peer& peer, const Whois& command) {
        Member* member = context_.registry.members().find(command.name);
        if (member == nullptr) return context_.answer(peer, Errc::no_such_member, command.name);
        const Duration silent = member->peer != nullptr ? context_.present() - member->peer->restarted : Duration{};
        const MemberDetails& details = std::as_const(*member).details();
        const std::string_view away_text = details.away_text ? std::string_view(*details.away_text) : "";
        context_.tell(peer, Profile{presence_of(*member, context_.registry.lobby()), away_text,
                                    groups_of(*member, peer.member), silent, details.account});
    }

    void on(Peer& peer, const ListGroups&) {
        auto& registry = context_.registry;
        std::vector<GroupSize> some = groups(context_.limits.listed_names, peer.member);
        std::size_t hidden = registry.hidden_groups();
        for (const auto& each : peer.member->memberships) {
            const std::string_view name = each.group->name;
            if (std::as_const(*each.group).rules()[Setting::hidden] != 0) --hidden;
            const std::size_t at = partition_point(some.size(), [&](std::size_t i) { return some[i].name < name; });
            if (at != some.size() && some[at].name == name) some[at].joined = true;
        }
        context_.tell(peer, minimeta::Groups{some, registry.groups().size() + 1 - hidden});
    }

    /// The groups and their sizes, but not more than `most`: the lobby first, then in the order of their names. Without those
    /// that are hidden from a member; the program (null) sees all.
    [[nodiscard]] std::vector<GroupSize> groups(std::size_t most, Member* reader = nullptr) const {
        const Group& lobby = context_.registry.lobby();
        std::vector<GroupSize> some;
        if (most != 0) some.push_back({lobby.name, lobby.members});  // whose name is empty
        for (const Group* group : context_.registry.groups_by_name()) {
            if (some.size() == most) break;
            if (!is_hidden_from(reader, *group)) some.push_back({group->name, group->members});
        }
        return some;
    }

    /// Up to Limits::listed_names members of a group, in the order of their names. Where there are more, residents and lost
    /// members come last; of the lost ones, no more than some hundreds are looked at.
    [[nodiscard]] std::vector<Presence> members_of(const Group& group) const {
        std::vector<Presence> some;
        const auto is_full = [&] { return some.size() == context_.limits.listed_names; };
        group.fanout.each([&](const auto& id) {
            if (is_full()) return false;
            some.push_back(presence_of(*context_.registry.peers().find(id)->member, group));
            return true;
        });
        std::size_t lost = group.members - group.fanout.size();
        for (Member* member : context_.registry.residents())
            if (!is_full() && member->memberships.find(group) != nullptr)
                --lost, some.push_back(presence_of(*member, group));
        std::size_t looks = lost_members_looked_at;
        context_.sessions.each_lost([&](Member& member) {
            if (is_full() || lost == 0 || looks-- == 0) return false;
            if (member.memberships.find(group) != nullptr) --lost, some.push_back(presence_of(member, group));
            return true;
        });
        sort(some, [](const Presence& a, const Presence& b) { return a.name < b.name; });
        return some;
    }

    /// The names of a member's groups beside the lobby, in the order in which it joined them; without those that are hidden
    /// from a reader.
    [[nodiscard]] std::vector<std::string_view> groups_of(Member& member, Member* reader = nullptr) const {
        std::vector<std::string_view> names;
        for (const auto& each : member.memberships)
            if (each.group != &context_.registry.lobby() && !is_hidden_from(reader, *each.group))
                names.push_back(each.group->name);
        return names;
    }

private:
    // For one answer. Each look takes as long as the member has groups.
    static constexpr std::size_t lost_members_looked_at = 500;

    [[nodiscard]] static Presence presence_of(Member& member, const Group& group) {
        const MemberDetails& details = std::as_const(member).details();
        return {member.name, member.away(), member.lost(), details.resident, role_in(member, group)};
    }

    [[nodiscard]] static bool is_hidden_from(Member* reader, const Group& group) {
        return reader != nullptr && group.rules()[Setting::hidden] != 0 && reader->memberships.find(group) == nullptr;
    }

    Context& context_;
};

}  // namespace minimeta::features
