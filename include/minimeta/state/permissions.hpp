// Permissions: who may do what, read off memberships and rules.
#pragma once

#include <string_view>

#include "minimeta/error.hpp"
#include "minimeta/role.hpp"

namespace minimeta {

/// The role of a member in a group that it is in: its own there, or that in the room if that is an operator's or an owner's.
template <class Member, class Group>
[[nodiscard]] Role role_in(Member& member, const Group& group) {
    const Role in_room = member.memberships.in_lobby().role;
    const auto* membership = member.memberships.find(group);
    const Role own = membership != nullptr ? membership->role : Role::member;
    return in_room >= Role::op && in_room > own ? in_room : own;
}

/// The name of who acts; empty for the embedding program (null).
template <class Member>
[[nodiscard]] std::string_view name_of_actor(const Member* actor) {
    return actor != nullptr ? std::string_view(actor->name) : std::string_view{};
}

/// Refuses what takes at least this role; the embedding program (null) may do all.
template <class Member, class Group>
[[nodiscard]] Refusal require_role(Member* actor, const Group& group, Role needed) {
    if (actor == nullptr || role_in(*actor, group) >= needed) return {};
    return needed == Role::owner ? Errc::owner_required : Errc::operator_required;
}

/// Refuses what is done to a member whose role is not below that of who acts.
template <class Member, class Group>
[[nodiscard]] Refusal require_rank(Member* actor, Member& target, const Group& group) {
    if (actor == nullptr || role_in(*actor, group) > role_in(target, group)) return {};
    return Errc::outranked;
}

}  // namespace minimeta
