// Delivery: how bytes get to a room's peers, in one order and within bounded memory.
//
// What is for a group goes through its Fanout; what is for few is written to a log of its own and sent at once, behind
// all that they should have heard before. Each peer so hears one order, that in which things happened; for members of
// several groups, FlushQueue tells what that takes.
//
// What is sent and not taken is bounded by Limits::backlog_bytes. A peer's slices pin the part of a log that it is
// behind by, and so also what it said itself meanwhile, which is not in its backlog: both count. Whoever has more
// waiting is noted, and removed at the end of the turn by the room.
#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "minimeta/bytes.hpp"
#include "minimeta/delivery/flush_queue.hpp"
#include "minimeta/event.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/state/types.hpp"
#include "minimeta/transport.hpp"

namespace minimeta {

template <transport Transport, class Spoken>
class Delivery {
    using Kinds = People<Transport, Spoken>;

public:
    using connection_id = typename Kinds::connection_id;
    using Peer = typename Kinds::Peer;
    using Group = typename Kinds::Group;

    /// All of these outlive it. Every member is in `lobby`.
    Delivery(Transport& transport, Spoken& speech, typename Kinds::Peers& peers, Group& lobby,
             std::size_t backlog_bytes)
        : transport_(transport), speech_(speech), peers_(peers), lobby_(lobby), backlog_bytes_(backlog_bytes) {}

    // ---- Who hears a group

    /// A member hears a group from now on; it is in the lobby, or has a membership of the group.
    void seat(Peer& peer, Group& group) { *seat_in(peer, group) = group.fanout.seat(peer.id, peer.lane()); }

    /// A member does not hear a group any more. What was said there and not given to it yet is lost to it: catch it up
    /// first, if it is still there.
    void unseat(Peer& peer, Group& group) {
        Seat& seat = *seat_in(peer, group);
        if (!seat) return;
        if (const auto moved = group.fanout.unseat(seat)) *seat_in(peers_.find(*moved)->second, group) = seat;
        seat = {};
    }

    /// Gives a peer all that its groups have said by now.
    void catch_up(Peer& peer) {
        if (peer.seat) lobby_.fanout.catch_up(peer.seat);
        if (peer.entry == nullptr) return;
        for (const auto& each : peer.entry->second.groups)
            if (each.seat) each.group->fanout.catch_up(each.seat);
    }

    /// A group has nobody in it any more, and will not be heard of again.
    void forget(const Group& group) { order_.forget(group); }

    // ---- What is said

    /// Says something to everybody in a group but `except`, if that is not null.
    void publish(Group& group, const Event& event, Peer* except = nullptr) {
        if (group.fanout.size() == 0) return;
        catch_up_before(group);
        order_.speaks(group);
        const std::size_t skipped =
            group.fanout.broadcast(except != nullptr ? *seat_in(*except, group) : Seat{},
                                   [&](std::size_t lane, ByteLog& log) { speech_.encode(lane, log, event); });
        if (except != nullptr) note_skipped(*except, skipped);
    }

    /// Says something to these few, each of whom is there once.
    void publish(std::span<Peer* const> few, const Event& event) {
        for (std::size_t lane = 0; lane < Spoken::lanes; ++lane) {
            Bytes bytes;
            for (Peer* peer : few) {
                if (peer->lane() != lane) continue;
                if (bytes.empty()) bytes = write([&](ByteLog& log) { speech_.encode(lane, log, event); });
                send(*peer, bytes);
            }
        }
    }

    /// Answers one peer.
    void tell(Peer& peer, const Reply& reply) {
        send(peer, write([&](ByteLog& log) { speech_.encode(peer.decoder.index(), log, reply, peer.name()); }));
    }

    /// Sends one peer bytes that no protocol needs to encode.
    void send_back(Peer& peer, std::string_view bytes) {
        send(peer, write([&](ByteLog& log) { log.append(bytes); }));
    }

    // ---- The turn

    /// A turn begins. What the transport has delivered by now is behind nobody any more.
    void begin_turn() { forget_skipped(); }

    /// Gives everybody what was said. `remove(peer)` is called for whoever does not take what it is sent, and may say
    /// more.
    template <class Remove>
    void flush(Remove&& remove) {
        do {
            for (const connection_id& id : std::exchange(slow_, {}))
                if (Peer* peer = Kinds::open_peer(peers_, id)) remove(*peer);
            for (Group* group : order_.all()) give(*group);
            order_.clear();
            forget_skipped();
        } while (!slow_.empty());
    }

    /// A connection is gone; the next one with its id is another one.
    void forget(const connection_id& id) { std::erase(slow_, id); }

private:
    // Where a member sits in a group; null if it is not in it.
    [[nodiscard]] Seat* seat_in(Peer& peer, const Group& group) {
        if (&group == &lobby_) return &peer.seat;
        auto* membership = peer.entry->second.membership(group);
        return membership != nullptr ? &membership->seat : nullptr;
    }

    // ---- One order

    void give(Group& group) {
        group.fanout.flush([this](const connection_id& id) { note_if_slow(id); });
    }

    // Gives a group's members what other groups said to them. A group that is no larger is flushed: to look for those
    // who are in both would take longer. In a larger one, this group's members are looked for. So before the lobby
    // speaks, all others are flushed.
    void catch_up_before(Group& group) {
        order_.settle(group, [&](Group& other) {
            if (other.fanout.size() <= group.fanout.size()) return give(other), true;
            group.fanout.each([&](const connection_id& id) {
                const Seat* there = seat_in(peers_.find(id)->second, other);
                if (there != nullptr) other.fanout.catch_up(*there);
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

    // Sends bytes behind all that the peer should have heard before. If it has something waiting, it gets a copy of
    // its own: a few bytes that wait for somebody slow must not pin a whole chunk.
    void send(Peer& peer, const Bytes& bytes) {
        catch_up(peer);
        if (bytes.empty()) return;
        if (backlog(peer.id) == 0) transport_.send(peer.id, bytes);
        else transport_.send(peer.id, Bytes::copy(bytes));
        note_if_slow(peer.id);
    }

    // ---- Who is behind

    void note_if_slow(const connection_id& id) {
        const std::size_t waiting = backlog(id);
        if (waiting == 0) return;
        const Peer* peer = Kinds::open_peer(peers_, id);
        if (peer != nullptr && waiting + peer->skipped_bytes > backlog_bytes_) slow_.push_back(id);
    }

    void note_skipped(Peer& peer, std::size_t bytes) {
        if (backlog(peer.id) == 0) return;
        if (peer.skipped_bytes == 0) behind_.push_back(peer.id);
        peer.skipped_bytes += bytes;
    }

    // Forgets what those skipped who have everything by now. At the beginning of a turn nothing is queued that the
    // transport had no chance to deliver.
    void forget_skipped() {
        std::erase_if(behind_, [this](const connection_id& id) {
            Peer* peer = Kinds::open_peer(peers_, id);
            if (peer == nullptr) return true;
            if (backlog(id) == 0) peer->skipped_bytes = 0;
            return peer->skipped_bytes == 0;
        });
    }

    [[nodiscard]] std::size_t backlog(const connection_id& id) {
        if constexpr (transport_with_backlog<Transport>) return transport_.backlog(id);
        else return 0;
    }

    Transport& transport_;
    Spoken& speech_;
    typename Kinds::Peers& peers_;
    Group& lobby_;
    std::size_t backlog_bytes_;

    FlushQueue<Group> order_;
    ByteLog log_;                        // what is for few
    std::vector<connection_id> slow_;    // seen to be too slow since the last flush
    std::vector<connection_id> behind_;  // have skipped something
};

}  // namespace minimeta
