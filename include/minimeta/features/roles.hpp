// Roles: who may do what in the room and in each group, and who makes whom an operator.
#pragma once

#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/role.hpp"
#include "minimeta/state/permissions.hpp"

namespace minimeta::features {

template <class Context>
class Roles {
public:
    using Peer = typename Context::Peer;
    using Member = typename Context::Member;
    using Group = typename Context::Group;

    Roles(Context& context, auto&) : context_(context) {}

    void on(Peer& peer, const SetRole& command) {
        context_.in_group(peer, command.group, command.name, [&](Group& group) -> Refusal {
            Member* target = context_.registry.members().find(command.name);
            return target != nullptr ? set_role(peer.member, group, *target, command.role) : Errc::no_such_member;
        });
    }

    /// A member, or the program (null), gives a member of a group a role, which is below its own, as the present one is.
    /// No effect if the member has it already.
    Refusal set_role(Member* actor, Group& group, Member& target, Role role) {
        auto* membership = target.memberships.find(group);
        if (membership == nullptr) return Errc::not_there;
        const Role needed = role >= Role::op || membership->role >= Role::op ? Role::owner : Role::op;
        if (Refusal refused = require_role(actor, group, needed)) return refused;
        if (actor != nullptr && role == Role::owner) return Errc::owner_required;
        if (actor != &target)
            if (Refusal refused = require_rank(actor, target, group)) return refused;
        if (membership->role == role) return {};
        membership->role = role;
        context_.publish(group, RoleChanged{target.name, role, name_of_actor(actor), group.name, target.number});
        return {};
    }

private:
    Context& context_;
};

}  // namespace minimeta::features
