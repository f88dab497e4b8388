// The context: what all features share. Features meet here and in the state only; they hold no facts of their own that
// another one needs.
//
// Each operation of a feature goes in this order: it refuses; it changes the state; it appends bytes; it calls the hook,
// last. So a hook sees the room in order. What a hook does is done at once, nested: after it, nothing that was known
// before counts as known.
//
// A feature has `on(peer, command)` for each command that it carries out, which answers the peer, and functions that the
// embedding program calls through Room. Where a command takes a member, the room has checked that the peer is one
// (`peer.member`).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "minimeta/base/utf8.hpp"
#include "minimeta/delivery/delivery.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/features/notices.hpp"
#include "minimeta/history/journal.hpp"
#include "minimeta/hooks.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/metrics.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/state/group_rules.hpp"
#include "minimeta/state/registry.hpp"
#include "minimeta/state/session_table.hpp"
#include "minimeta/state/types.hpp"
#include "minimeta/time.hpp"
#include "minimeta/transport.hpp"

namespace minimeta {

/// The state of a room of these Types, and how peers and the program are notified of it.
template <class Types>
struct Context {
    using connection_id = typename Types::connection_id;
    using Peer = typename Types::Peer;
    using Member = typename Types::Member;
    using Group = typename Types::Group;

    /// All of these outlive it.
    Context(typename Types::Transport& room_transport, typename Types::Protocols& protocols, const Limits& room_limits)
        : transport(room_transport), limits(room_limits), registry(room_transport, protocols, room_limits, metrics) {}

    typename Types::Transport& transport;
    const Limits& limits;
    std::optional<Time> now;  // none before the first advance

    Metrics metrics;
    Registry<Types> registry;
    Delivery<Types>& delivery = registry.delivery();
    Journal journal{limits};
    SessionTable<Member> sessions{limits.resume_seconds, limits.connections};
    Notices<Types> notices{registry, limits};
    Hooks<connection_id> hooks;

    /// It is `now`, which is never earlier than before.
    void advance(Time to, WallTime wall_time) {
        MINIMETA_ASSERT(!now || to >= *now);
        now = to;
        journal.sequencer().advance(wall_time);
        notices.advance(to);
    }

    /// The present time. Before the first advance, everything happens at one time.
    [[nodiscard]] Time present() const { return now.value_or(Time{}); }

    /// How long an answer may be, in bytes: it must not make the peer that asks for it too slow.
    [[nodiscard]] std::size_t answer_bytes() const { return limits.backlog_bytes / 2; }

    /// Where a peer's connection comes from; 0 if the transport does not know.
    [[nodiscard]] std::uint64_t origin_of(const Peer& peer) const {
        if constexpr (transport_with_origin<typename Types::Transport>) return transport.origin(peer.id);
        else return (void)peer, 0;
    }

    /// By what a member is recognised.
    [[nodiscard]] Identity identity_of(const Member& member) const {
        const std::uint64_t origin = member.peer != nullptr ? origin_of(*member.peer) : 0;
        return {member.number, member.name, member.details().account, origin};
    }

    // ---- To one peer

    void tell(Peer& peer, const Reply& reply) { delivery.tell(peer, reply); }

    /// The same to a member, if it has a connection.
    void tell(Member& member, const Reply& reply) {
        if (member.peer != nullptr) tell(*member.peer, reply);
    }

    /// Tells a peer why something is refused, and what that is about, as far as it can be shown.
    void refuse(Peer& peer, Errc why, std::span<const std::string_view> subject = {}) {
        count_refused(why);
        std::vector<std::string_view> shown;
        for (const std::string_view part : subject)
            if (const auto begin = shown_beginning(part, limits.name_characters); !begin.empty())
                shown.push_back(begin);
        tell(peer, Refused{why, shown, limit_behind(why, limits)});
    }

    void count_refused(Errc why) { ++metrics.refused[static_cast<std::size_t>(why)]; }

    /// The same, if something was refused.
    void answer(Peer& peer, Refusal refused, std::string_view subject = {}) {
        if (refused) refuse(peer, *refused, std::span(&subject, 1));
    }

    /// Has a peer do something in a group that it is in, `act(group)`, and answers what is refused: not_your_group about the
    /// group, anything else about `subject`.
    template <class Act>
    void in_group(Peer& peer, std::string_view group_name, std::string_view subject, Act&& act) {
        Group* group = registry.group_of(*peer.member, group_name);
        if (group == nullptr) return answer(peer, Errc::not_your_group, group_name);
        answer(peer, act(*group), subject);
    }

    // ---- To many

    /// Broadcasts an event to a group, except to `except`, and notifies the hook.
    void publish(Group& group, const Event& event, Peer* except = nullptr) {
        delivery.publish(group, event, except);
        hooks.notify(event);
    }

    /// The same for a join or a leave, which is summarised in a large group (notices.hpp).
    void announce_change(Group& group, const Event& event, typename Notices<Types>::Kind kind, Peer* except = nullptr) {
        notices.announce(group, event, kind, except);
        hooks.notify(event);
    }

    /// The same for what happens to a member as such, for all members that it concerns.
    void announce_change(Member& member, const Event& event, typename Notices<Types>::Kind kind,
                         Peer* except = nullptr) {
        notices.announce(member, event, kind, except);
        hooks.notify(event);
    }
};

}  // namespace minimeta
