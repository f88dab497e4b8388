// Delivery: how bytes get to peers, in one order and in bounded memory.
//
// What is for a group goes through its Fanout. What is for few peers is written to a log of its own and sent at once,
// after all that they should have read before. So each peer reads one order, that in which things happened; for members
// of several groups, FlushQueue tells what that takes.
//
// What is sent and not taken is bounded by Limits::backlog_bytes. A peer with more than that waiting is too slow: it is
// sent nothing more, its input is not looked at, and the room closes it before the next turn at the latest. How much
// memory that pins is up to the transport's queue (outbox.hpp).
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/bytes.hpp"
#include "minimeta/delivery/fanout.hpp"
#include "minimeta/delivery/flush_queue.hpp"
#include "minimeta/event.hpp"
#include "minimeta/metrics.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/transport.hpp"

namespace minimeta {

/// Delivers to the kinds of peer, member and group of `Kinds`, such as Types (state/types.hpp), which it needs to know
/// this of: a peer has an id, a lane, a member or none; a member's memberships tell where it sits in a group; a group has
/// a Fanout.
template <class Kinds>
class Delivery {
public:
    using Transport = typename Kinds::Transport;
    using Protocols = typename Kinds::Protocols;
    using connection_id = typename Kinds::connection_id;
    using Peer = typename Kinds::Peer;
    using Peers = typename Kinds::Peers;
    using Group = typename Kinds::Group;

    /// All of these outlive it.
    Delivery(Transport& transport, Protocols& protocols, const Peers& peers, std::size_t backlog_bytes,
             Metrics& metrics)
        : transport_(transport),
          protocols_(protocols),
          peers_(peers),
          backlog_bytes_(backlog_bytes),
          metrics_(metrics) {}

    // ---- Seats

    /// A member, which has a membership of the group, reads it from now on.
    void seat(Peer& peer, Group& group) { *seat_in(peer, group) = group.fanout.seat(peer.id, peer.lane()); }

    /// A member does not read a group any more. What was said there and not given to it yet is lost to it: catch it up
    /// before, if it is still there.
    void unseat(Peer& peer, Group& group) {
        Seat& seat = *seat_in(peer, group);
        if (!seat) return;
        if (const auto moved = group.fanout.unseat(seat)) *seat_in(*peers_.find(*moved), group) = seat;
        seat = {};
    }

    /// Gives a peer all that its groups have said by now.
    void catch_up(Peer& peer) {
        if (peer.member == nullptr) return;
        for (const auto& each : peer.member->memberships)
            if (each.seat) each.group->fanout.catch_up(each.seat);
    }

    // ---- Broadcast and unicast

    /// Broadcasts an event to a group, except to `except`, if that is not null.
    void publish(Group& group, const Event& event, Peer* except = nullptr) {
        const std::size_t seats = group.fanout.size();
        if (seats == 0) return;
        metrics_.deliveries += except != nullptr ? seats - 1 : seats;
        catch_up_before(group);
        queue_.move_to_back(group);
        group.fanout.broadcast(except != nullptr ? *seat_in(*except, group) : Seat{},
                               [&](std::size_t lane, ByteLog& log) { protocols_.encode(lane, log, event); });
    }

    /// The same, and not to these, each of which is there once.
    void publish(Group& group, const Event& event, Peer* except, std::span<Peer* const> hidden_from) {
        for (Peer* peer : hidden_from) catch_up(*peer);
        publish(group, event, except);
        for (Peer* peer : hidden_from) {
            const Seat* seat = seat_in(*peer, group);
            if (seat == nullptr) continue;
            group.fanout.skip(*seat);
            --metrics_.deliveries;
        }
    }

    /// Sends an event to these few, each of which is there once.
    void publish(std::span<Peer* const> few, const Event& event) {
        metrics_.deliveries += few.size();
        for (std::size_t lane = 0; lane < Protocols::lanes; ++lane) {
            Bytes bytes;
            for (Peer* peer : few) {
                if (peer->lane() != lane) continue;
                if (bytes.empty() || protocols_.names_recipients(lane))
                    bytes = write([&](ByteLog& log) { protocols_.encode_for(lane, log, event, peer->name()); });
                send(*peer, bytes);
            }
        }
    }

    /// Answers one peer.
    void tell(Peer& peer, const Reply& reply) {
        send(peer, write([&](ByteLog& log) { protocols_.encode(peer.decoder, log, reply, peer.name()); }));
    }

    /// Tells a peer, if there is one (null), what it said, if its protocol wants to know.
    void tell_speaker(Peer* peer, const Sent& sent) {
        if constexpr (Protocols::some_hear_themselves)
            if (peer != nullptr && Protocols::hears_itself(peer->decoder)) tell(*peer, sent);
    }

    /// Sends one peer bytes that no protocol needs to encode.
    void send_back(Peer& peer, std::string_view bytes) {
        send(peer, write([&](ByteLog& log) { log.append(bytes); }));
    }

    // ---- The turn

    /// Gives all members what was said. Calls `remove(peer)` for each peer that does not take what it is sent; that may
    /// publish more.
    template <class Remove>
    void flush(Remove&& remove) {
        do {
            remove_slow(remove);
            for (Group* group : queue_.all()) give(*group);
            queue_.clear();
        } while (!slow_.empty());
        std::erase_if(grown_, [](Group* group) { return group->fanout.trim(), !group->fanout.has_grown(); });
    }

    /// Calls `remove(peer)` for those peers only.
    template <class Remove>
    void remove_slow(Remove&& remove) {
        if (slow_.empty()) return;
        for (const connection_id& id : std::exchange(slow_, {})) {
            Peer* peer = peers_.find_open(id);
            if (peer == nullptr) continue;
            peer->too_slow = false;  // for its last words
            remove(*peer);
        }
    }

    /// A connection has ended; the next one with its id is another one.
    void forget(const connection_id& id) { std::erase(slow_, id); }

    /// A group has no members any more, and will not speak again.
    void forget(const Group& group) {
        queue_.remove(group);
        std::erase(grown_, &group);
    }

private:
    // Where a member sits in a group; null if it is not in it.
    [[nodiscard]] static Seat* seat_in(Peer& peer, const Group& group) {
        auto* membership = peer.member->memberships.find(group);
        return membership != nullptr ? &membership->seat : nullptr;
    }

    // ---- One order

    void give(Group& group) {
        group.fanout.flush([this](const connection_id& id) { note_if_slow(id); });
        if (group.fanout.has_grown() && (grown_.empty() || grown_.back() != &group)) {
            std::erase(grown_, &group);
            grown_.push_back(&group);
        }
    }

    // Gives a group's members what other groups said to them. A group that is no larger is flushed: to look for the
    // members of both would take longer. In a larger one, this group's members are looked up. So before the lobby speaks,
    // all other groups are flushed.
    void catch_up_before(Group& group) {
        queue_.settle(group, [&](Group& other) {
            if (other.fanout.size() <= group.fanout.size()) return give(other), true;
            group.fanout.each([&](const connection_id& id) {
                const Seat* there = seat_in(*peers_.find(id), other);
                if (there != nullptr) other.fanout.catch_up(*there);
                return true;
            });
            return false;
        });
    }

    // ---- What is for few

    // Has an entry written to the log of what is for few, and returns it.
    template <class Write>
    [[nodiscard]] Bytes write(Write&& write_entry) {
        log_.recycle();  // each of its entries has been sent as soon as it was written
        ByteLog::Position from = log_.end();
        write_entry(log_);
        log_.commit();
        return log_.read(from);
    }

    // Sends bytes after all that the peer should have read before.
    void send(Peer& peer, const Bytes& bytes) {
        if (peer.too_slow) return;
        catch_up(peer);
        if (bytes.empty()) return;
        metrics_.bytes += bytes.size();
        transport_.send(peer.id, bytes);
        note_if_slow(peer.id);
    }

    // ---- Peers that are behind

    void note_if_slow(const connection_id& id) {
        if (backlog(id) <= backlog_bytes_) return;
        Peer* peer = peers_.find_open(id);
        if (peer == nullptr || std::exchange(peer->too_slow, true)) return;
        ++metrics_.slow;
        slow_.push_back(id);
    }

    [[nodiscard]] std::size_t backlog(const connection_id& id) {
        if constexpr (transport_with_backlog<Transport>) return transport_.backlog(id);
        else return 0;
    }

    Transport& transport_;
    Protocols& protocols_;
    const Peers& peers_;
    std::size_t backlog_bytes_;
    Metrics& metrics_;

    FlushQueue<Group> queue_;
    ByteLog log_;                      // what is for few
    std::vector<connection_id> slow_;  // too slow, and not removed yet
    std::vector<Group*> grown_;        // their logs are large
};

}  // namespace minimeta
