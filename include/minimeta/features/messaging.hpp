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
#include "minimeta/features/recipients.hpp"
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

    Messaging(Context& context, auto& features) : context_(context), away_(features) {}

    void on(Peer& peer, const Say& command) {
        context_.answer(peer, say(peer, command.group, command.text, command.manner), command.group);
    }
    void on(Peer& peer, const Whisper& command) {
        const Whispering done = whisper(peer, command.to, command.text, command.manner);
        if (done.refused) context_.refuse(peer, *done.refused, done.subject);
    }

    /// A member says something in a group that it is in.
    Refusal say(Peer& peer, std::string_view group_name, std::string_view text, Manner manner) {
        Group* group = context_.registry.group_of(peer, group_name);
        if (group == nullptr) return Errc::not_in_group;
        if (Refusal refused = check_said(text, context_.limits)) return refused;
        const bool was_away = away_.end(peer);
        const Stamp stamp = context_.journal.add(
            group->history, {.from = peer.name(), .text = text, .manner = manner, .author = peer.member->number});
        context_.publish(*group, Said{peer.name(), text, manner, group->name, stamp}, &peer);
        notify_if_back(peer, was_away);
        return {};
    }

    /// A member says something to a few others.
    Whispering whisper(Peer& peer, std::span<const std::string_view> to, std::string_view text, Manner manner) {
        if (Refusal refused = check_said(text, context_.limits)) return {refused, {}};
        const auto recipients =
            Recipients<Member>::look_up(context_.registry.members(), to, *peer.member, context_.limits.recipients);
        if (recipients.refused) return {recipients.refused, recipients.absent};
        std::vector<Journal::Party> parties;
        std::vector<Peer*> connected;
        std::vector<std::string_view> lost;
        std::vector<Absence> away;
        for (Member* member : recipients.members) {
            parties.push_back(party_of(*member));
            if (member->peer != nullptr) connected.push_back(member->peer);
            else lost.push_back(member->name);
            if (member->away_text) away.push_back({member->name, *member->away_text});
        }
        if (!lost.empty() && !context_.journal.keeps_private()) return {Errc::unreachable, std::move(lost)};

        const bool was_away = away_.end(peer);
        const Stamp stamp =
            context_.journal.add_private(party_of(*peer.member), parties, {.text = text, .manner = manner});
        const Event event = Whispered{peer.name(), recipients.names, text, manner, stamp};
        context_.delivery.publish(connected, event);
        context_.tell(peer, Delivered{recipients.names, away, lost});
        context_.hooks.notify(event);
        notify_if_back(peer, was_away);
        return {};
    }

    /// The program says something in a group.
    Refusal announce(std::string_view group_name, std::string_view text) {
        Group* group = context_.registry.find_group(group_name);
        if (group == nullptr) return Errc::no_such_group;
        if (Refusal refused = check_said(text, context_.limits)) return refused;
        const Stamp stamp = context_.journal.add(group->history, {.text = text});
        context_.publish(*group, Announced{text, group->name, stamp});
        return {};
    }

private:
    // The hook before this one may have closed the peer.
    void notify_if_back(Peer& peer, bool was_away) {
        if (was_away && !peer.closing) context_.hooks.notify(CameBack{peer.name()});
    }

    [[nodiscard]] Journal::Party party_of(Member& member) const {
        return {member.number, member.name, context_.sessions.has(member.number), &member.private_history};
    }

    Context& context_;
    Away<Context>& away_;
};

}  // namespace minimeta::features
