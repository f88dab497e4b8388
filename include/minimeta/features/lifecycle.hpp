// Lifecycle: connections open and close, and members leave.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "minimeta/base/timeout_queue.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/features/validation.hpp"
#include "minimeta/hooks.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/message.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/time.hpp"

namespace minimeta::features {

template <class Context>
class Lifecycle {
public:
    using connection_id = typename Context::connection_id;
    using Peer = typename Context::Peer;
    using Member = typename Context::Member;
    using Group = typename Context::Group;
    using ConnectionEvent = minimeta::ConnectionEvent<connection_id>;

    Lifecycle(Context& context, auto&)
        : context_(context),
          undecided_(context.limits.decision_seconds),
          nameless_(context.limits.name_seconds),
          silent_(context.limits.idle_seconds) {}

    // ---- Commands that are about the connection

    void on(Peer& peer, const Greet&) { context_.tell(peer, Greeting{}); }
    void on(Peer& peer, const Quit&) { close(peer, Farewell{}, {}); }
    void on(Peer& peer, const SendBack& command) { context_.delivery.send_back(peer, command.bytes); }
    void on(Peer& peer, const Disconnect& command) {
        end(peer, {}, !command.leaves, [&] { context_.delivery.send_back(peer, command.bytes); });
    }
    void on(Peer& peer, const Malformed& command) { context_.answer(peer, command.why, command.what); }

    // ---- Connections

    /// Adds a connection, which has no name yet.
    Peer& open(const connection_id& id) {
        Peer& peer = context_.registry.open(id);
        nameless_.set_timeout(patience());
        nameless_.restart(peer, context_.present());
        return peer;
    }

    /// A connection waits for what its peer will say first.
    void wait(Peer& peer) {
        if (context_.limits.decision_seconds != 0) undecided_.restart(peer, context_.present());
    }

    /// Returns a connection that has waited for that long enough, whether it is decided by now or not; null if there is none.
    [[nodiscard]] Peer* waited(Time now) {
        Peer* peer = undecided_.expired(now);
        if (peer != nullptr) nameless_.restart(*peer, now);
        return peer;
    }

    /// A peer gave a sign of life, or became a member.
    void touch(Peer& peer) {
        if (peer.member != nullptr) silent_.restart(peer, context_.present());
    }

    /// Closes a connection after these words. Its member leaves, unless it was too slow and has a session.
    void close(Peer& peer, const Reply& last_words, Refusal why) {
        end(peer, why, why == Errc::too_slow, [&] { context_.tell(peer, last_words); });
    }

    /// Closes a connection on behalf of the program, with these words if there are any.
    Refusal kick(Peer& peer, std::string_view words) {
        if (Refusal refused = check_words(words, context_.limits)) return refused;
        close(peer, Removed{Errc::kicked, words}, Errc::kicked);
        return {};
    }
    Refusal kick(Member& member, std::string_view words) {
        if (member.peer != nullptr) return kick(*member.peer, words);
        remove(member, Errc::kicked);
        return {};
    }

    /// A connection has ended, by either side. A peer that has ended only its own is given what was said to it before.
    void on_close(Peer& peer) {
        if (!peer.closing) {
            const ConnectionEvent closed = end_of(peer, {});
            context_.delivery.catch_up(peer);
            peer.closing = true;  // so that no hook can bring it back
            lose(peer, {});
            context_.hooks.notify(closed);
        }
        context_.registry.close(peer);
    }

    /// A member goes on over another connection than this one, which may not even know that it is dead. Returns what the hook
    /// is to be notified of.
    [[nodiscard]] ConnectionEvent hand_over(Peer& peer) {
        const ConnectionEvent closed = end_of(peer, Errc::resumed);
        peer.closing = true;
        context_.tell(peer, removed(Errc::resumed));
        context_.transport.close(peer.id);
        TimeoutQueue<Peer>::cancel(peer);
        context_.registry.detach(peer);
        return closed;
    }

    // ---- Members

    /// A member is no member any more.
    void remove(Member& member, Refusal why) {
        context_.sessions.end(member.number);
        const auto departed = context_.registry.remove(member);
        context_.announce_change(member, Left{member.name, why, member.number, std::as_const(member).details().data},
                                 &MembershipSummary::left);
    }

    // ---- The turn

    /// Time begins: what peers owe is counted from now on.
    void begin(Time now) {
        for (Peer& peer : context_.registry.peers()) peer.restarted = now;
    }

    /// Closes peers that owe a name or a sign of life for too long, and those that a driver that flushes less often than
    /// once a turn has let become too slow.
    void expire(Time now) {
        const std::uint32_t name_seconds = patience();
        nameless_.set_timeout(name_seconds);
        context_.delivery.remove_slow([this](Peer& peer) { remove(peer, Errc::too_slow); });
        while (Peer* peer = nameless_.expired(now))
            close(*peer, Removed{Errc::no_name_in_time, {}, name_seconds}, Errc::no_name_in_time);
        while (Peer* peer = silent_.expired(now)) remove(*peer, Errc::idle);
    }
    [[nodiscard]] std::optional<Time> deadline() const {
        std::optional<Time> first = undecided_.deadline();
        for (const auto& due : {nameless_.deadline(), silent_.deadline()})
            if (due && (!first || *due < *first)) first = due;
        return first;
    }

    /// Delivers what was said, and closes peers that are too slow.
    void flush() {
        context_.delivery.flush([this](Peer& peer) { remove(peer, Errc::too_slow); });
    }

    /// The last words for a connection that the room closes.
    [[nodiscard]] Removed removed(Errc why) const { return {why, {}, limit_behind(why, context_.limits)}; }

private:
    // Where places run short, peers that owe a name have less time for it.
    [[nodiscard]] std::uint32_t patience() const {
        const std::size_t places = context_.limits.connections;
        const bool crowded = context_.registry.peers().size() > places - places / 4;
        const std::uint32_t whole = context_.limits.name_seconds;
        return crowded ? (whole + 5) / 6 : whole;
    }

    void remove(Peer& peer, Errc why) { close(peer, removed(why), why); }

    // Closes a connection after what `say_last_words()` sends. Its member leaves, unless it may resume.
    template <class SayLastWords>
    void end(Peer& peer, Refusal why, bool may_resume, SayLastWords&& say_last_words) {
        const ConnectionEvent closed = end_of(peer, why);
        peer.closing = true;
        say_last_words();
        context_.transport.close(peer.id);
        if (may_resume) {
            lose(peer, why);
        } else {
            TimeoutQueue<Peer>::cancel(peer);
            if (peer.member != nullptr) remove(*peer.member, why);
        }
        context_.hooks.notify(closed);
    }

    [[nodiscard]] static ConnectionEvent end_of(const Peer& peer, Refusal why) {
        return {peer.id, ConnectionEvent::Kind::closed, why, peer.number()};
    }

    // A connection ended against its peer's will. A member with a session may resume, and stays a member until then.
    void lose(Peer& peer, Refusal why) {
        TimeoutQueue<Peer>::cancel(peer);
        if (peer.member == nullptr) return;
        Member& member = *peer.member;
        auto& sessions = context_.sessions;
        if (!sessions.has(member.number)) return remove(member, why);
        const MemberNumber number = member.number;
        context_.registry.detach(peer);
        if (Member* displaced = sessions.lose(number, context_.origin_of(peer), context_.present()))
            remove(*displaced, {});
        // The hook for that may have given up this member, too.
        if (sessions.has(number)) context_.hooks.notify(ConnectionLost{member.name, number});
    }

    Context& context_;
    TimeoutQueue<Peer> undecided_;  // may not have shown what they speak
    TimeoutQueue<Peer> nameless_;   // owe a name
    TimeoutQueue<Peer> silent_;     // owe a sign of life; members
};

}  // namespace minimeta::features
