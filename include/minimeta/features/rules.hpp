// Rules: the topic, the settings and the key of a group or of the room, and who is let in or heard by them.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include "minimeta/base/utf8.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/features/validation.hpp"
#include "minimeta/message.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/role.hpp"
#include "minimeta/state/group_rules.hpp"
#include "minimeta/state/permissions.hpp"

namespace minimeta::features {

template <class Context>
class Rules {
public:
    using Peer = typename Context::Peer;
    using Member = typename Context::Member;
    using Group = typename Context::Group;

    Rules(Context& context, auto&) : context_(context) {}

    void on(Peer& peer, const SetTopic& command) {
        context_.in_group(peer, command.group, command.group,
                          [&](Group& group) { return set_topic(peer.member, group, command.text); });
    }
    void on(Peer& peer, const GetTopic& command) {
        context_.in_group(peer, command.group, command.group,
                          [&](Group& group) { return tell_topic(peer, group), Refusal(); });
    }
    void on(Peer& peer, const Configure& command) {
        context_.in_group(peer, command.group, command.group,
                          [&](Group& group) { return configure(peer.member, group, command.setting, command.value); });
    }
    void on(Peer& peer, const SetKey& command) {
        context_.in_group(peer, command.group, command.group,
                          [&](Group& group) { return set_key(peer.member, group, command.key); });
    }
    void on(Peer& peer, const Invite& command) {
        Member* guest = context_.registry.members().find(command.name);
        if (guest == nullptr) return context_.answer(peer, Errc::no_such_member, command.name);
        context_.in_group(peer, command.group, command.group,
                          [&](Group& group) { return invite(peer.member, group, *guest); });
    }

    // ---- Changes, by a member or by the program (null)

    Refusal set_topic(Member* actor, Group& group, std::string_view text) {
        text = trim(text);
        if (Refusal refused = check_words(text, context_.limits)) return refused;
        if (Refusal refused = require_role(actor, group, Role::op)) return refused;
        auto& rules = group.rules();
        rules.topic = text;
        rules.topic_by = name_of_actor(actor);
        context_.publish(group, TopicChanged{rules.topic, rules.topic_by, group.name});
        return {};
    }

    /// Values that are yes or no, and others that are too large to be meant, are refused.
    Refusal configure(Member* actor, Group& group, Setting setting, std::uint64_t value) {
        const bool counts = setting == Setting::slow_seconds || setting == Setting::member_limit;
        if (value > (counts ? most : 1)) return Errc::invalid_argument;
        if (&group == &context_.registry.lobby() && (setting == Setting::hidden || setting == Setting::member_limit))
            return Errc::groups_only;
        if (Refusal refused = require_role(actor, group, Role::op)) return refused;
        if (!context_.registry.configure(group, setting, value)) return {};
        context_.publish(group, SettingChanged{setting, value, name_of_actor(actor), group.name});
        return {};
    }

    Refusal set_key(Member* actor, Group& group, std::string_view key) {
        if (&group == &context_.registry.lobby()) return Errc::groups_only;
        if (Refusal refused = check_account(key, context_.limits)) return refused;
        if (Refusal refused = require_role(actor, group, Role::op)) return refused;
        auto& rules = group.rules();
        if (rules.key == key) return {};
        rules.key = key;
        context_.publish(group, KeyChanged{!key.empty(), name_of_actor(actor), group.name});
        return {};
    }

    Refusal invite(Member* actor, Group& group, Member& guest) {
        if (&group == &context_.registry.lobby()) return Errc::groups_only;
        if (guest.memberships.find(group) != nullptr) return Errc::in_group_already;
        if (Refusal refused = require_role(actor, group, Role::op)) return refused;
        auto& invited = group.rules().invited;
        std::erase_if(invited, [this](MemberNumber number) { return context_.registry.find(number) == nullptr; });
        if (!is_invited(group, guest)) {
            if (invited.size() >= context_.limits.sanctions) return Errc::too_many_sanctions;
            invited.push_back(guest.number);
        }
        const std::string_view by = name_of_actor(actor);
        context_.tell(guest, Invitation{group.name, by});
        context_.hooks.notify(Invited{guest.name, by, group.name, guest.number});
        return {};
    }

    // ---- What follows from them

    /// Tells a peer the topic of a group; a newcomer, if there is one.
    void tell_topic(Peer& peer, const Group& group) {
        context_.tell(peer, Topic{group.rules().topic, group.rules().topic_by, group.name});
    }
    void tell_topic(Member& newcomer, const Group& group) {
        if (newcomer.peer != nullptr && !group.rules().topic.empty()) tell_topic(*newcomer.peer, group);
    }

    /// Refuses a member that the rules of a group keep out. An invitation opens what is locked or needs a key.
    Refusal admit(Member& member, Group& group, std::string_view key) {
        if (!std::as_const(group).has_rules() || member.memberships.in_lobby().role >= Role::op) return {};
        auto& rules = group.rules();
        if (rules.concern(Sanction::ban, context_.identity_of(member), context_.present())) return Errc::banned;
        const std::uint64_t limit = rules[Setting::member_limit];
        if (limit != 0 && group.members >= limit) return Errc::group_full;
        if (std::erase(rules.invited, member.number) != 0) return {};
        if (rules[Setting::locked] != 0) return Errc::locked;
        return rules.key.empty() || rules.key == key ? Refusal() : Errc::wrong_key;
    }

    /// Refuses a newcomer that the rules of the room keep out.
    Refusal admit(const Peer& peer, std::string_view name) {
        if (is_banned({.name = name, .origin = context_.origin_of(peer)})) return Errc::banned;
        return std::as_const(context_.registry.lobby()).rules()[Setting::locked] != 0 ? Errc::locked : Refusal();
    }

    /// Whether somebody is banned from the room.
    [[nodiscard]] bool is_banned(const Identity& who) {
        Group& lobby = context_.registry.lobby();
        if (!std::as_const(lobby).has_rules()) return false;
        return lobby.rules().concern(Sanction::ban, who, context_.present());
    }

    /// Refuses a member that is not to be heard in a group.
    Refusal may_speak(Member& member, Group& group) {
        auto& in_lobby = member.memberships.in_lobby();
        if (in_lobby.muted && is_muted(member, context_.registry.lobby())) return Errc::muted;
        if (!std::as_const(group).has_rules()) return {};
        if (is_muted(member, group)) return Errc::muted;
        auto& rules = group.rules();
        const bool moderated = rules[Setting::moderated] != 0, slow = rules[Setting::slow_seconds] != 0;
        if ((!moderated && !slow) || role_in(member, group) >= Role::voice) return {};
        if (moderated) return Errc::voice_required;
        return rules.admit(member.number, context_.present()) ? Refusal() : Errc::slow_down;
    }

    /// A member has another name or account: it may be muted now.
    static void suspect(Member& member) {
        for (auto& each : member.memberships) each.muted = std::as_const(*each.group).has_rules();
    }

    /// Whether a member is muted in a group. Where the time is over, it is no longer.
    [[nodiscard]] bool is_muted(Member& member, Group& group) {
        auto* membership = member.memberships.find(group);
        if (membership == nullptr || !membership->muted) return false;
        membership->muted = group.rules().concern(Sanction::mute, context_.identity_of(member), context_.present());
        return membership->muted;
    }

private:
    static constexpr std::uint64_t most = 1'000'000'000;

    [[nodiscard]] static bool is_invited(const Group& group, const Member& member) {
        for (const MemberNumber number : group.rules().invited)
            if (number == member.number) return true;
        return false;
    }

    Context& context_;
};

}  // namespace minimeta::features
