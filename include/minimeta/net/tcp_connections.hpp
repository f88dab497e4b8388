// TcpConnections: the connections of a TcpTransport, how their bytes are written and how they end. It does not know the
// room; tcp_transport.hpp explains what happens when, and why.
//
// Connections are stored in a vector, each at the index of its descriptor. A connection goes through these stages:
//
//     absent ── open() ──> open ── close() ──> closing ──> reported ── close_finished() ──> absent
//                            └──────── the peer ended, or it broke ───────┘
//
// or release() makes it absent at once, since its descriptor continues elsewhere.
//
// `reported` means that the room was notified of the end. Independently, a connection is *blocked* while the kernel
// takes no more output, *paused* while its input is left to the kernel, *ended* when the peer sends no more, *shut* when
// it has been shut down for writing, and *finished* when only its descriptor is left to be closed. A connection that may
// have to be written, shut or finished at the end of a turn is *unsettled* until settle() has looked at it.
#pragma once

#include <sys/socket.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <queue>
#include <span>
#include <utility>
#include <vector>

#include "minimeta/bytes.hpp"
#include "minimeta/net/address_limiter.hpp"
#include "minimeta/net/connection_id.hpp"
#include "minimeta/net/dead_peer.hpp"
#include "minimeta/net/outbox_pool.hpp"
#include "minimeta/net/poller.hpp"
#include "minimeta/net/socket.hpp"
#include "minimeta/time.hpp"

namespace minimeta::net {

template <poller Poller>
class TcpConnections {
public:
    /// Watches its descriptors with the poller, and releases connections from the limiter; both outlive it. `linger`
    /// bounds how long a close may take, and a peer that acknowledges nothing for `dead_after` is dead.
    TcpConnections(Poller& poller, AddressLimiter& addresses, Duration linger, Duration dead_after) noexcept
        : poller_(poller), addresses_(addresses), linger_(linger), dead_peers_(dead_after) {}
    TcpConnections(const TcpConnections&) = delete;
    TcpConnections& operator=(const TcpConnections&) = delete;
    ~TcpConnections() {
        for (std::size_t i = 0; i < connections_.size(); ++i)
            if (connections_[i].stage != Stage::absent) Descriptor(static_cast<int>(i)).reset();
    }

    // ---- Lookup

    /// Whether this is the descriptor of a connection.
    [[nodiscard]] bool contains(int descriptor) const noexcept {
        const auto index = static_cast<std::size_t>(descriptor);
        return index < connections_.size() && connections_[index].stage != Stage::absent;
    }

    /// Whether this id identifies a connection.
    [[nodiscard]] bool contains(TcpConnectionId id) const noexcept {
        return contains(id.descriptor) && at(id.descriptor).generation == id.generation;
    }

    /// The id of a connection, given its descriptor.
    [[nodiscard]] TcpConnectionId id_of(int descriptor) const noexcept {
        return {descriptor, at(descriptor).generation};
    }

    /// Whether input from the connection is passed to the room.
    [[nodiscard]] bool is_open(int descriptor) const noexcept { return at(descriptor).stage == Stage::open; }

    /// Whether input from the connection is to be read, even if only to discard it.
    [[nodiscard]] bool is_read(int descriptor) const noexcept {
        return !at(descriptor).ended && !at(descriptor).finished;
    }

    /// Bytes sent that the kernel has not taken yet; 0 for an unknown id.
    [[nodiscard]] std::size_t backlog(TcpConnectionId id) const noexcept {
        return contains(id) ? outboxes_.size_bytes(at(id.descriptor).outbox) : 0;
    }

    /// Where a connection comes from; 0 for an unknown id.
    [[nodiscard]] Origin origin(TcpConnectionId id) const noexcept {
        return contains(id) ? at(id.descriptor).origin : 0;
    }

    // ---- For the room

    /// Queues bytes. While write_at_once is set, also writes what the kernel takes of the queue.
    void send(TcpConnectionId id, const Bytes& bytes) {
        if (!contains(id) || bytes.empty()) return;
        Connection& to = at(id.descriptor);
        if (to.stage != Stage::open || to.finished) return;
        if (!at_once_ || to.blocked) {
            outboxes_.push(to.outbox, bytes);
            if (!to.blocked) settle_later(id.descriptor);
        } else if (to.outbox == OutboxPool::none) {
            write_now(id.descriptor, bytes);
        } else {
            outboxes_.push(to.outbox, bytes);
            write(id.descriptor);
        }
    }

    /// Closes the connection after the bytes already sent to it.
    void close(TcpConnectionId id) {
        if (!contains(id) || at(id.descriptor).stage != Stage::open) return;
        at(id.descriptor).stage = Stage::closing;
        resume(id.descriptor);
        linger(id.descriptor);
        settle_later(id.descriptor);
    }

    // ---- For the loop

    /// Adds a connection whose descriptor the poller watches for reading, and takes ownership of the descriptor.
    void open(int descriptor, Origin origin) {
        const auto index = static_cast<std::size_t>(descriptor);
        if (index >= connections_.size()) connections_.resize(index + 1);
        at(descriptor).origin = origin;
        at(descriptor).stage = Stage::open;
        at(descriptor).watched = {.reading = true};
    }

    /// Writes what is queued for an open connection, then gives up its descriptor, still connected. Returns none, and
    /// keeps the connection, if it is not open or the kernel does not take the whole queue now.
    [[nodiscard]] Descriptor release(TcpConnectionId id) {
        if (!contains(id) || at(id.descriptor).stage != Stage::open || at(id.descriptor).finished) return {};
        write(id.descriptor);
        if (at(id.descriptor).finished || at(id.descriptor).outbox != OutboxPool::none) return {};
        vacate(id.descriptor);
        return Descriptor(id.descriptor);
    }

    /// Does not watch a connection for input until then.
    void pause(int descriptor, Time until) {
        if (!at(descriptor).watched.reading) return;
        paused_.push({until, id_of(descriptor)});
        rewatch(descriptor, false);
    }

    /// Begins a turn: finishes connections that have lingered for too long or whose peers are dead, and goes on with those
    /// that were paused.
    void begin_turn(Time now) {
        now_ = now;
        for (; !paused_.empty() && paused_.top().until <= now; paused_.pop())
            if (contains(paused_.top().id)) resume(paused_.top().id.descriptor);
        for (; !lingering_.empty() && lingering_.front().until <= now; lingering_.pop_front())
            if (contains(lingering_.front().id)) finish(lingering_.front().id.descriptor);
        dead_peers_.look(now, static_cast<int>(connections_.size()), *this);
    }

    /// When begin_turn is due at the latest; nothing if no connection lingers, is paused or owes an acknowledgement.
    [[nodiscard]] std::optional<Time> next_deadline() {
        while (!lingering_.empty() && !contains(lingering_.front().id)) lingering_.pop_front();
        std::optional<Time> due = dead_peers_.deadline();
        if (!lingering_.empty() && (!due || lingering_.front().until < *due)) due = lingering_.front().until;
        if (!paused_.empty() && (!due || paused_.top().until < *due)) due = paused_.top().until;
        return due;
    }

    /// The kernel takes output again. The queue is written in send or settle, together with what is sent until then.
    void on_writable(int descriptor) {
        if (std::exchange(at(descriptor).blocked, false)) settle_later(descriptor);
    }

    /// The peer sends no more. What is queued for it is still written.
    void on_ended(int descriptor) {
        at(descriptor).ended = true;
        if (at(descriptor).stage == Stage::open) linger(descriptor);
        settle_later(descriptor);
    }

    /// Marks a connection as finished: nothing is written or read any more, and its queue is dropped.
    void finish(int descriptor) {
        if (std::exchange(at(descriptor).finished, true)) return;
        outboxes_.clear(at(descriptor).outbox);
        finished_.push_back(descriptor);
    }

    /// Sets whether send writes at once, as it does while the room flushes, since there is nothing more to gather then.
    void write_at_once(bool at_once) noexcept { at_once_ = at_once; }

    /// Writes what is queued for connections that are not blocked, and takes the next step of those that are ending.
    void settle() {
        for (const int descriptor : unsettled_) settle(descriptor);
        unsettled_.clear();
    }

    /// Calls `report(id)` unless the end of this connection has been reported before. Returns whether it called it. What
    /// is sent meanwhile to a peer that has only ended its own side is still written.
    template <class F>
    bool report_end(int descriptor, F&& report) {
        if (at(descriptor).stage == Stage::reported) return false;
        report(id_of(descriptor));
        at(descriptor).stage = Stage::reported;
        return true;
    }

    /// Does the same for all finished connections. Returns whether any was reported.
    template <class F>
    bool report_finished(F&& report) {
        bool any = false;
        for (std::size_t i = 0; i < finished_.size(); ++i) any |= report_end(finished_[i], report);
        return any;
    }

    /// Closes the descriptors of finished connections, all of which are reported. Returns whether there were any.
    bool close_finished() {
        if (finished_.empty()) return false;
        for (const int descriptor : finished_) {
            vacate(descriptor);
            Descriptor(descriptor).reset();
        }
        finished_.clear();
        return true;
    }

    /// Finishes all connections, without waiting for any peer. What is still queued is lost; what the kernel has is
    /// not.
    void finish_all(std::span<char> scratch) {
        for (std::size_t i = 0; i < connections_.size(); ++i) {
            const int descriptor = static_cast<int>(i);
            if (!contains(descriptor)) continue;
            part(descriptor, scratch);
            finish(descriptor);
        }
    }

private:
    enum class Stage : std::uint8_t { absent, open, closing, reported };

    // The state of each descriptor. Small, since ten thousand of them may be idle.
    struct Connection {
        Origin origin = 0;
        OutboxPool::Index outbox = OutboxPool::none;
        std::uint32_t generation = 0;
        Interest watched;  // what the poller watches it for
        Stage stage = Stage::absent;
        bool blocked = false;
        bool ended = false;
        bool shut = false;
        bool unsettled = false;  // in unsettled_
        bool finished = false;   // in finished_
    };
    static_assert(sizeof(Connection) <= 24);

    struct Waiting {
        Time until;
        TcpConnectionId id;

        // The earliest is the top of a priority_queue.
        friend bool operator<(const Waiting& a, const Waiting& b) { return a.until > b.until; }
    };

    [[nodiscard]] Connection& at(int descriptor) noexcept { return connections_[static_cast<std::size_t>(descriptor)]; }
    [[nodiscard]] const Connection& at(int descriptor) const noexcept {
        return connections_[static_cast<std::size_t>(descriptor)];
    }

    // The common case: nothing is queued, and the kernel takes all bytes. Then the slice is not even kept.
    void write_now(int descriptor, const Bytes& bytes) {
        dead_peers_.expect_acknowledgement(now_);
        const Moved sent = net::send(descriptor, bytes.view());
        if (sent.bytes == bytes.size()) return;
        if (sent.outcome == Moving::broken) return finish(descriptor);
        Bytes rest = bytes;
        rest.remove_prefix(sent.bytes);
        outboxes_.push(at(descriptor).outbox, rest);
        at(descriptor).blocked = true;
        rewatch(descriptor);
    }

    // Writes what is queued, as far as the kernel takes it.
    void write(int descriptor) {
        Connection& to = at(descriptor);
        while (to.outbox != OutboxPool::none && !to.blocked) {
            auto gathered = outboxes_.gather(to.outbox);
            dead_peers_.expect_acknowledgement(now_);
            const Moved sent = net::send(descriptor, std::span(gathered.parts.data(), gathered.count));
            if (sent.outcome == Moving::broken) return finish(descriptor);
            outboxes_.consume(to.outbox, sent.bytes);
            to.blocked = sent.bytes < gathered.bytes;
        }
        rewatch(descriptor);
    }

    void resume(int descriptor) { rewatch(descriptor, true); }

    void rewatch(int descriptor) { rewatch(descriptor, at(descriptor).watched.reading); }
    void rewatch(int descriptor, bool reading) {
        Connection& connection = at(descriptor);
        const Interest interest{.reading = reading && !connection.ended, .writing = connection.blocked};
        if (interest == connection.watched) return;
        connection.watched = interest;
        poller_.change(descriptor, interest);
    }

    void settle(int descriptor) {
        Connection& connection = at(descriptor);
        connection.unsettled = false;
        if (connection.finished || connection.stage == Stage::absent) return;  // absent: released in this turn
        write(descriptor);
        if (connection.finished || connection.outbox != OutboxPool::none) return;
        if (connection.ended) {
            finish(descriptor);
        } else if (connection.stage == Stage::closing && !connection.shut) {
            ::shutdown(descriptor, SHUT_WR);
            connection.shut = true;
        }
    }

    void settle_later(int descriptor) {
        if (std::exchange(at(descriptor).unsettled, true)) return;
        unsettled_.push_back(descriptor);
    }

    // Removes the connection of a descriptor; the next one with that descriptor has another generation.
    void vacate(int descriptor) {
        poller_.forget(descriptor);
        addresses_.release(at(descriptor).origin);
        const std::uint32_t generation = at(descriptor).generation + 1;
        at(descriptor) = Connection{};
        at(descriptor).generation = generation;
    }

    // Bounds how long the connection may take to end. The time is the same for all, so the front of the queue is due
    // first.
    void linger(int descriptor) { lingering_.push_back({now_ + linger_, id_of(descriptor)}); }

    Poller& poller_;
    AddressLimiter& addresses_;
    const Duration linger_;
    std::vector<Connection> connections_;  // by descriptor
    OutboxPool outboxes_;
    std::vector<int> unsettled_;
    std::vector<int> finished_;
    std::deque<Waiting> lingering_;
    std::priority_queue<Waiting> paused_;
    DeadPeerDetector dead_peers_;
    Time now_;
    bool at_once_ = false;
};

}  // namespace minimeta::net
