// Sanctions: members are removed, banned and muted, and what they said is taken back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/base/utf8.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/features/friends.hpp"
#include "minimeta/features/groups.hpp"
#include "minimeta/features/lifecycle.hpp"
#include "minimeta/features/rules.hpp"
#include "minimeta/features/validation.hpp"
#include "minimeta/message.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/role.hpp"
#include "minimeta/state/group_rules.hpp"
#include "minimeta/state/permissions.hpp"
#include "minimeta/time.hpp"

namespace minimeta::features {

template <class Context>
class Sanctions {
public:
    using Peer = typename Context::Peer;
    using Member = typename Context::Member;
    using Group = typename Context::Group;

    Sanctions(Context& context, auto& features)
        : context_(context), lifecycle_(features), friends_(features), groups_(features), rules_(features) {}

    void on(Peer& peer, const Kick& command) {
        Member* target = context_.registry.members().find(command.name);
        if (target == nullptr) return context_.answer(peer, Errc::no_such_member, command.name);
        context_.in_group(peer, command.group, command.name,
                          [&](Group& group) { return remove_from(peer.member, group, *target, command.text); });
    }
    void on(Peer& peer, const Punish& command) {
        context_.in_group(peer, command.group, command.name, [&](Group& group) {
            return punish(peer.member, group, command.sanction, trim(command.name), command.seconds);
        });
    }
    void on(Peer& peer, const Pardon& command) {
        context_.in_group(peer, command.group, command.name, [&](Group& group) {
            return pardon(peer.member, group, command.sanction, trim(command.name));
        });
    }
    void on(Peer& peer, const ListSanctions& command) {
        context_.in_group(peer, command.group, command.group, [&](Group& group) -> Refusal {
            if (Refusal refused = require_role(peer.member, group, Role::op)) return refused;
            context_.tell(peer, minimeta::Sanctions{sanctions_of(group), group.name});
            return {};
        });
    }
    void on(Peer& peer, const Purge& command) {
        context_.in_group(peer, command.group, command.name,
                          [&](Group& group) { return purge(peer.member, group, trim(command.name)); });
    }

    // ---- By a member, or by the program (null)

    /// A member has to leave a group; or the room, and its connection is closed.
    Refusal remove_from(Member* actor, Group& group, Member& target, std::string_view text) {
        text = trim(text);
        if (Refusal refused = check_words(text, context_.limits)) return refused;
        if (target.memberships.find(group) == nullptr) return Errc::not_there;
        if (Refusal refused = require_role(actor, group, Role::op)) return refused;
        if (Refusal refused = require_rank(actor, target, group)) return refused;
        const MemberNumber number = target.number;
        const std::string name(group.name);  // which may end
        const std::string_view by = name_of_actor(actor);
        if (&group != &context_.registry.lobby()) context_.tell(target, KickedFrom{group.name, text, by});
        context_.publish(group, Kicked{target.name, text, by, group.name, number}, target.peer);
        return remove(name, number, text);
    }

    /// The member of this name, or whoever has it as its name or account later, is muted, or banned and removed. `seconds` is
    /// 0 for good. The same again counts from now on.
    Refusal punish(Member* actor, Group& group, Sanction sanction, std::string_view name, std::uint64_t seconds) {
        if (name.empty()) return Errc::name_empty;
        if (Refusal refused = check_account(name, context_.limits)) return refused;
        if (Refusal refused = require_role(actor, group, Role::op)) return refused;
        Member* target = context_.registry.members().find(name);
        auto* membership = target != nullptr ? target->memberships.find(group) : nullptr;
        if (target != nullptr)
            if (Refusal refused = require_rank(actor, *target, group)) return refused;

        Identity who{.name = name};
        if (target != nullptr) who = context_.identity_of(*target);
        const bool is_lobby = &group == &context_.registry.lobby();
        const std::uint64_t origin = is_lobby && sanction == Sanction::ban ? who.origin : 0;
        if (Refusal refused = add(group, {sanction, who.number, std::string(who.name), std::string(who.account), origin,
                                          end_of(seconds)}))
            return refused;
        if (sanction == Sanction::mute)  // others may have the name as their account
            for (Member& each : context_.registry.members()) Rules<Context>::suspect(each);
        const std::string spelled(who.name), of(group.name);
        context_.publish(group, Punished{sanction, spelled, seconds, name_of_actor(actor), group.name, who.number});
        if (membership != nullptr && sanction == Sanction::ban) (void)remove(of, who.number, {}, Errc::banned);
        return {};
    }

    /// Takes back all bans or mutes of a name or account.
    Refusal pardon(Member* actor, Group& group, Sanction sanction, std::string_view name) {
        if (Refusal refused = require_role(actor, group, Role::op)) return refused;
        Identity who{.name = name, .account = name};
        if (const Member* target = context_.registry.members().find(name)) who.number = target->number;
        std::string spelled;
        group.rules().expire(context_.present());
        std::erase_if(group.rules().sanctions, [&](const SanctionRecord& each) {
            if (each.sanction != sanction || !each.concerns(who)) return false;
            spelled = each.name;
            return true;
        });
        if (spelled.empty()) return Errc::not_there;
        context_.publish(group, Pardoned{sanction, spelled, name_of_actor(actor), group.name});
        return {};
    }

    /// Forgets what a member, or one that has left, said in a group.
    Refusal purge(Member* actor, Group& group, std::string_view name) {
        if (Refusal refused = require_role(actor, group, Role::op)) return refused;
        Member* target = context_.registry.members().find(name);
        if (target != nullptr && target != actor)
            if (Refusal refused = require_rank(actor, *target, group)) return refused;
        const MemberNumber number = target != nullptr ? target->number : MemberNumber{};
        std::string spelled(target != nullptr ? std::string_view(target->name) : std::string_view{});
        const std::size_t removed = group.history.remove_if([&](const Message& message) {
            const bool is_its = number && message.author ? message.author == number
                                                         : !message.from.empty() && FoldedEqual{}(message.from, name);
            if (is_its && spelled.empty()) spelled = message.from;
            return is_its;
        });
        if (removed == 0) return Errc::not_there;
        context_.publish(group, Purged{spelled, name_of_actor(actor), group.name, number});
        return {};
    }

    /// Attaches an account to a member. If it is banned, the member is removed instead.
    Refusal attach_account(Member& member, std::string_view account) {
        if (Refusal refused = check_account(account, context_.limits)) return refused;
        if (rules_.is_banned({.account = account})) {
            (void)remove({}, member.number, {}, Errc::banned);
            return Errc::banned;
        }
        friends_.identify(member, account);
        Rules<Context>::suspect(member);
        return {};
    }

    /// The bans and mutes of a group.
    [[nodiscard]] std::vector<ListedSanction> sanctions_of(Group& group) const {
        std::vector<ListedSanction> all;
        if (!std::as_const(group).has_rules()) return all;
        group.rules().expire(context_.present());
        for (const SanctionRecord& each : group.rules().sanctions) {
            const Duration left = each.until ? *each.until - context_.present() : Duration{};
            const auto seconds = static_cast<std::uint64_t>((left.nanoseconds + 999'999'999) / 1'000'000'000);
            all.push_back({each.sanction, each.name, seconds});
        }
        return all;
    }

private:
    static constexpr std::uint64_t most_seconds = 1'000'000'000;

    // A time that is too far away to be counted is never.
    [[nodiscard]] std::optional<Time> end_of(std::uint64_t seconds) const {
        if (seconds == 0 || seconds > most_seconds) return {};
        return context_.present() + minimeta::seconds(static_cast<std::int64_t>(seconds));
    }

    Refusal add(Group& group, SanctionRecord record) {
        auto& all = group.rules().sanctions;
        group.rules().expire(context_.present());
        std::erase_if(all, [&](const SanctionRecord& each) {
            return each.sanction == record.sanction && FoldedEqual{}(each.name, record.name);
        });
        if (all.size() >= context_.limits.sanctions) return Errc::too_many_sanctions;
        all.push_back(std::move(record));
        return {};
    }

    // A hook may have removed the member, or the group, before.
    Refusal remove(std::string_view group_name, MemberNumber number, std::string_view text, Errc why = Errc::kicked) {
        Group* group = context_.registry.find_group(group_name);
        Member* target = context_.registry.find(number);
        if (group == nullptr || target == nullptr || target->memberships.find(*group) == nullptr) return {};
        if (group != &context_.registry.lobby()) return groups_.leave(*target, group->name);
        if (target->peer != nullptr) lifecycle_.close(*target->peer, Removed{why, text}, why);
        else lifecycle_.remove(*target, why);
        return {};
    }

    Context& context_;
    Lifecycle<Context>& lifecycle_;
    Friends<Context>& friends_;
    Groups<Context>& groups_;
    Rules<Context>& rules_;
};

}  // namespace minimeta::features
