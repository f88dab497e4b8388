// Messaging: what members say to a group or in private, and what the program announces.
#pragma once

#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/features/away.hpp"
#include "minimeta/features/friends.hpp"
#include "minimeta/features/ignoring.hpp"
#include "minimeta/features/recipients.hpp"
#include "minimeta/features/rules.hpp"
#include "minimeta/features/validation.hpp"
#include "minimeta/history/journal.hpp"
#include "minimeta/message.hpp"
#include "minimeta/reply.hpp"

namespace minimeta::features {

template <class Context>
class Messaging {
public:
    using Peer = typename Context::Peer;
    using Member = typename Context::Member;
    using Group = typename Context::Group;

    /// The outcome of a private message, and the names that a refusal is about.
    struct Whispering {
        Refusal refused;
        std::vector<std::string_view> subject;
    };

    Messaging(Context& context, auto& features)
        : context_(context), friends_(features), away_(features), rules_(features), ignoring_(features) {}

    void on(Peer& peer, const Say& command) {
        context_.answer(peer, say(*peer.member, command.group, command.text, command.manner, false), command.group);
    }
    void on(Peer& peer, const Whisper& command) {
        if (rules_.is_muted(*peer.member, context_.registry.lobby())) return context_.refuse(peer, Errc::muted);
        const Whispering done = whisper(*peer.member, command.to, command.text, command.manner);
        if (done.refused) context_.refuse(peer, *done.refused, done.subject);
    }

    /// A member says something in a group that it is in. If the program wants it (`anyhow`), the rules of the group do not
    /// count.
    Refusal say(Member& member, std::string_view group_name, std::string_view text, Manner manner, bool anyhow) {
        Group* group = context_.registry.group_of(member, group_name);
        if (group == nullptr) return Errc::not_in_group;
        if (Refusal refused = check_said(text, context_.limits)) return refused;
        if (!anyhow)
            if (Refusal refused = rules_.may_speak(member, *group)) return refused;
        const bool was_away = away_.end(member);
        const MemberNumber number = member.number;
        const Stamp stamp = context_.journal.add(
            group->history, {.from = member.name, .text = text, .manner = manner, .author = number});
        ++context_.metrics.said;
        const Event event = Said{member.name, text, manner, group->name, stamp, number};
        if (member.ignored_by().empty()) context_.delivery.publish(*group, event, member.peer);
        else context_.delivery.publish(*group, event, member.peer, ignoring_.deaf_to(member));
        context_.delivery.tell_speaker(member.peer, {stamp, text, manner, group->name});
        context_.hooks.notify(event);
        if (was_away) notify_back(number);
        return {};
    }

    /// A member says something to a few others.
    Whispering whisper(Member& member, std::span<const std::string_view> to, std::string_view text, Manner manner) {
        if (Refusal refused = check_said(text, context_.limits)) return {refused, {}};
        const auto recipients =
            Recipients<Member>::look_up(friends_.directory(member), to, member, context_.limits.recipients);
        if (recipients.refused) return {recipients.refused, recipients.absent};
        std::vector<Journal::Party> parties;
        std::vector<Peer*> connected;
        std::vector<std::string_view> lost, absent;
        std::vector<Absence> away;
        for (const auto& [recipient, absent_friend] : recipients.all) {
            if (recipient == nullptr) {
                parties.push_back({{}, absent_friend->account, &absent_friend->waiting});
                absent.push_back(absent_friend->account);
                continue;
            }
            const bool deaf = recipient->ignores(member.number);  // which is not told
            parties.push_back(party_of(*recipient));
            if (deaf) parties.back().history = nullptr;
            if (recipient->peer != nullptr && !deaf) connected.push_back(recipient->peer);
            if (recipient->lost()) lost.push_back(recipient->name);
            if (const auto& text_left = std::as_const(*recipient).details().away_text)
                away.push_back({recipient->name, *text_left});
        }
        if (!lost.empty() && !context_.journal.keeps_private()) return {Errc::unreachable, std::move(lost)};

        const bool was_away = away_.end(member);
        const MemberNumber number = member.number;
        const Stamp stamp = context_.journal.add_private(party_of(member), parties, {.text = text, .manner = manner});
        const Event event = Whispered{member.name, recipients.names, text, manner, stamp, number};
        ++context_.metrics.whispered;
        context_.delivery.publish(connected, event);
        context_.delivery.tell_speaker(member.peer, {stamp, text, manner, {}, recipients.names});
        context_.tell(member, Delivered{recipients.names, away, lost, absent});
        context_.hooks.notify(event);
        if (was_away) notify_back(number);
        return {};
    }

    /// The program says something in a group.
    Refusal announce(std::string_view group_name, std::string_view text) {
        Group* group = context_.registry.find_group(group_name);
        if (group == nullptr) return Errc::no_such_group;
        if (Refusal refused = check_said(text, context_.limits)) return refused;
        const Stamp stamp = context_.journal.add(group->history, {.text = text});
        ++context_.metrics.said;
        context_.publish(*group, Announced{text, group->name, stamp});
        return {};
    }

private:
    // The hook before this one may have removed the member.
    void notify_back(MemberNumber number) {
        if (const Member* member = context_.registry.find(number))
            context_.hooks.notify(CameBack{member->name, number});
    }

    // Of a message that is not kept, only members that may resume know that there was one.
    [[nodiscard]] Journal::Party party_of(Member& member) const {
        const bool noted = context_.journal.keeps_private() || context_.sessions.has(member.number);
        return {member.number, member.name, noted ? &member.details().private_history : nullptr};
    }

    Context& context_;
    Friends<Context>& friends_;
    Away<Context>& away_;
    Rules<Context>& rules_;
    Ignoring<Context>& ignoring_;
};

}  // namespace minimeta::features
