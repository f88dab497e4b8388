// Sessions: a peer that asks for one may go on as the same member over another connection, and reads what it missed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/features/friends.hpp"
#include "minimeta/features/lifecycle.hpp"
#include "minimeta/history/query.hpp"
#include "minimeta/message.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/time.hpp"

namespace minimeta::features {

template <class Context>
class Sessions {
public:
    using Peer = typename Context::Peer;
    using Member = typename Context::Member;

    Sessions(Context& context, auto& features) : context_(context), lifecycle_(features), friends_(features) {}

    void on(Peer& peer, const OpenSession&) { context_.answer(peer, open_session(peer)); }
    void on(Peer& peer, const Resume& command) { context_.answer(peer, resume(peer, command.token, command.seen)); }

    /// Tells a peer that has asked for a session its name and its token, if it is a member; from then on it has a session, if
    /// the room offers any.
    void identify(Peer& peer) {
        if (!peer.stamped || peer.member == nullptr) return;
        context_.tell(peer, CurrentName{peer.member->name});
        if (!offered()) return;
        const std::string token = context_.sessions.open(peer.member->number, *peer.member);
        context_.tell(peer, Session{token, context_.journal.sequencer().newest(), context_.limits.resume_seconds});
    }

    /// Lets members leave that have been lost for too long.
    void expire(Time now) {
        while (Member* member = context_.sessions.expired(now)) lifecycle_.remove(*member, {});
    }
    [[nodiscard]] std::optional<Time> deadline() const { return context_.sessions.deadline(); }

private:
    // A peer is able to resume, and reads messages with their stamps from now on, also where it cannot resume.
    Refusal open_session(Peer& peer) {
        context_.registry.use_stamps(peer);
        identify(peer);
        return offered() ? Refusal() : Errc::no_sessions;
    }

    // A peer that is no member goes on as the member whose token this is, and is sent what it missed. Where that happens too
    // often, it is closed, so that it tries again later, as after any other loss.
    Refusal resume(Peer& peer, std::string_view token, MessageId seen) {
        if (!offered()) return Errc::no_sessions;
        if (peer.member != nullptr) return Errc::named_already;
        context_.registry.use_stamps(peer);
        Member* member = context_.sessions.find(token);
        if (member == nullptr) return Errc::session_unknown;
        if (!context_.sessions.admit(member->number, *context_.now)) {
            constexpr Errc why = Errc::resumed_too_often;
            lifecycle_.close(peer, lifecycle_.removed(why), why);
            return {};
        }
        std::optional<typename Lifecycle<Context>::ConnectionEvent> handed_over;
        if (member->peer != nullptr) handed_over = lifecycle_.hand_over(*member->peer);
        context_.registry.attach(peer, *member);
        lifecycle_.touch(peer);
        context_.sessions.regain(member->number);

        const MissedMessages missed = missed_by(*member, context_.journal.sequencer().completed(seen));
        context_.tell(peer, CaughtUp{member->name, missed.messages(), missed.gap_begin(), missed.gap_end()});
        identify(peer);
        friends_.deliver(*member);
        ++context_.metrics.resumed;
        context_.hooks.notify(Resumed{member->name, member->number});
        if (handed_over) context_.hooks.notify(*handed_over);
        return {};
    }

    [[nodiscard]] MissedMessages missed_by(Member& member, MessageId seen) {
        const std::uint64_t epoch = context_.journal.sequencer().newest().epoch;
        MissedMessages missed(member.number, seen, std::as_const(member).details().ignores);
        for (const auto& each : member.memberships) {
            const bool reads_all = each.first_sequence == 0;
            missed.add(each.group->history, each.group->name,
                       reads_all ? MessageId{} : MessageId{epoch, each.first_sequence - 1});
        }
        if (const auto& history = std::as_const(member).details().private_history) missed.add(*history, {}, {});
        missed.finish(context_.answer_bytes());
        return missed;
    }

    // Without time there would be no end to the waiting.
    [[nodiscard]] bool offered() const {
        return context_.now && context_.sessions.offered() && context_.limits.resume_seconds != 0;
    }

    Context& context_;
    Lifecycle<Context>& lifecycle_;
    Friends<Context>& friends_;
};

}  // namespace minimeta::features
