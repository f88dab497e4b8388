// Groups: members create, enter and leave them; the program makes some permanent.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "minimeta/base/utf8.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/features/recall.hpp"
#include "minimeta/features/rules.hpp"
#include "minimeta/features/validation.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/role.hpp"
#include "minimeta/time.hpp"

namespace minimeta::features {

template <class Context>
class Groups {
public:
    using Peer = typename Context::Peer;
    using Member = typename Context::Member;
    using Group = typename Context::Group;

    Groups(Context& context, auto& features) : context_(context), recall_(features), rules_(features) {}

    void on(Peer& peer, const Join& command) {
        const std::string_view name = trim(command.group);
        context_.answer(peer, join(*peer.member, name, false, command.key), name);
    }
    void on(Peer& peer, const Leave& command) {
        const std::string_view name = trim(command.group);
        context_.answer(peer, leave(*peer.member, name), name);
    }

    /// A member enters a group, which is created if there is none of this name.
    /// Its maker owns it. If the program wants it (`anyhow`), the rules of the group do not count.
    Refusal join(Member& member, std::string_view name, bool anyhow, std::string_view key = {}) {
        auto& registry = context_.registry;
        Group* group = registry.find_group(name);
        if (group == nullptr)
            if (Refusal refused = check_name(name, context_.limits.name_characters)) return refused;
        const bool has_key = group != nullptr && !std::as_const(*group).rules().key.empty();
        if (!key.empty() && !has_key) return Errc::name_character;  // more likely a name with a blank in it
        if (group != nullptr && member.memberships.find(*group) != nullptr) return Errc::in_group_already;
        if (member.memberships.count_beside_lobby() >= context_.limits.groups_per_member) return Errc::too_many_groups;
        const bool makes = group == nullptr;
        if (makes) group = registry.create_group(name);
        if (group == nullptr) return Errc::no_more_groups;
        if (!anyhow)
            if (Refusal refused = rules_.admit(member, *group, key)) return refused;
        auto& membership = registry.join(member, *group, context_.journal.sequencer().newest());
        if (makes) membership.role = Role::owner;
        Rules<Context>::suspect(member);
        context_.tell(member, GroupEntered{group->name, group->members});
        rules_.tell_topic(member, *group);
        recall_.tell_recent(member, *group);
        context_.announce_change(*group, GroupJoined{member.name, group->name, member.number},
                                 &MembershipSummary::joined, member.peer);
        return {};
    }

    /// A member leaves a group, which ends with its last one.
    Refusal leave(Member& member, std::string_view name) {
        auto& registry = context_.registry;
        Group* group = registry.group_of(member, name);
        if (group == nullptr) return Errc::not_your_group;
        if (group == &registry.lobby()) return Errc::in_lobby_always;
        const auto ended = registry.leave(member, *group);  // keeps the group until this is published
        context_.tell(member, GroupExited{group->name});
        context_.announce_change(*group, GroupLeft{member.name, group->name, member.number}, &MembershipSummary::left);
        return {};
    }

    /// A group exists also without members from now on, or with members only.
    Refusal make_permanent(std::string_view name, bool permanent) {
        auto& registry = context_.registry;
        Group* group = registry.find_group(name);
        if (group == nullptr && !permanent) return Errc::no_such_group;
        if (group == nullptr) {
            if (Refusal refused = check_name(name, context_.limits.name_characters)) return refused;
            group = registry.create_group(name);
            if (group == nullptr) return Errc::no_more_groups;
        }
        group->permanent = permanent;
        (void)registry.remove_if_empty(*group);
        return {};
    }

    /// Publishes the summaries of large groups that are due.
    void expire(Time now) {
        while (Group* group = context_.notices.due(now)) context_.publish(*group, context_.notices.take(*group));
    }
    [[nodiscard]] std::optional<Time> deadline() const { return context_.notices.deadline(); }

private:
    Context& context_;
    Recall<Context>& recall_;
    Rules<Context>& rules_;
};

}  // namespace minimeta::features
