// TcpConnections: the open connections of a TcpTransport, and how their bytes get out and their ends come about. It
// does not know the room; what happens when, and why, is told in tcp_transport.hpp.
//
// They live in a vector, each at the index of its descriptor. A connection goes through these stages:
//
//     absent ── open() ──> open ── close() ──> closing ──> reported ── close_finished() ──> absent
//                            └──────── the peer ended, or it broke ───────┘
//
// or release() makes it absent at once, since its descriptor goes on elsewhere.
//
// `reported` means that the room was told of the end. Beside that, a connection is *blocked* while the kernel takes
// no more of it, *ended* when the peer sends no more, *shut* when the peer was told that nothing more comes, and
// *finished* when only its descriptor is left to be closed. Whatever may have to be written, shut or finished at the
// end of a turn is *unsettled* until settle() has looked at it.
#pragma once

#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "minimeta/bytes.hpp"
#include "minimeta/net/connection_id.hpp"
#include "minimeta/net/outbox_pool.hpp"
#include "minimeta/net/poller.hpp"
#include "minimeta/net/socket.hpp"
#include "minimeta/time.hpp"

namespace minimeta::net {

template <poller Poller>
class TcpConnections {
public:
    /// Uses the poller, which must live longer, for its descriptors. `linger` bounds how long an end may take.
    TcpConnections(Poller& poller, Duration linger) noexcept : poller_(poller), linger_(linger) {}
    TcpConnections(const TcpConnections&) = delete;
    TcpConnections& operator=(const TcpConnections&) = delete;
    ~TcpConnections() {
        for (std::size_t i = 0; i < connections_.size(); ++i)
            if (connections_[i].stage != Stage::absent) Descriptor(static_cast<int>(i)).reset();
    }

    // ---- Looking up

    /// Whether this descriptor is a connection's.
    [[nodiscard]] bool contains(int descriptor) const noexcept {
        const auto index = static_cast<std::size_t>(descriptor);
        return index < connections_.size() && connections_[index].stage != Stage::absent;
    }

    /// Whether this id names a connection.
    [[nodiscard]] bool contains(TcpConnectionId id) const noexcept {
        return contains(id.descriptor) && at(id.descriptor).generation == id.generation;
    }

    /// The id of a descriptor that is a connection's.
    [[nodiscard]] TcpConnectionId id_of(int descriptor) const noexcept {
        return {descriptor, at(descriptor).generation};
    }

    /// Whether what it sends is for the room.
    [[nodiscard]] bool is_open(int descriptor) const noexcept { return at(descriptor).stage == Stage::open; }

    /// Whether there is something to be read from it, be it to throw it away.
    [[nodiscard]] bool is_read(int descriptor) const noexcept {
        return !at(descriptor).ended && !at(descriptor).finished;
    }

    /// Bytes that the kernel has not taken yet; none for an id that names nothing.
    [[nodiscard]] std::size_t backlog(TcpConnectionId id) const noexcept {
        return contains(id) ? outboxes_.size_bytes(at(id.descriptor).outbox) : 0;
    }

    // ---- For the room

    /// Queues bytes; while write_at_once, writes what the kernel takes of them and of what is queued.
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

    /// Ends the connection after what was sent to it.
    void close(TcpConnectionId id) {
        if (!contains(id) || at(id.descriptor).stage != Stage::open) return;
        at(id.descriptor).stage = Stage::closing;
        linger(id.descriptor);
        settle_later(id.descriptor);
    }

    // ---- For the loop

    /// Adds a connection whose descriptor the poller watches for reading, and takes the descriptor over.
    void open(int descriptor) {
        const auto index = static_cast<std::size_t>(descriptor);
        if (index >= connections_.size()) connections_.resize(index + 1);
        at(descriptor).stage = Stage::open;
        at(descriptor).watched = {.reading = true};
    }

    /// Gives an open connection's descriptor away, still connected, after writing what is queued for it. None, and it
    /// stays a connection, if it is not open, or the kernel does not take all of that now.
    [[nodiscard]] Descriptor release(TcpConnectionId id) {
        if (!contains(id) || at(id.descriptor).stage != Stage::open || at(id.descriptor).finished) return {};
        write(id.descriptor);
        if (at(id.descriptor).finished || at(id.descriptor).outbox != OutboxPool::none) return {};
        vacate(id.descriptor);
        return Descriptor(id.descriptor);
    }

    /// Begins a turn: finishes those that have lingered for too long.
    void begin_turn(Time now) {
        now_ = now;
        for (; !lingering_.empty() && lingering_.front().until <= now; lingering_.pop_front())
            if (contains(lingering_.front().id)) finish(lingering_.front().id.descriptor);
    }

    /// When begin_turn has something to do, if that is known.
    [[nodiscard]] std::optional<Time> next_deadline() {
        while (!lingering_.empty() && !contains(lingering_.front().id)) lingering_.pop_front();
        if (lingering_.empty()) return std::nullopt;
        return lingering_.front().until;
    }

    /// The kernel takes more again. It is given that in send or settle, together with what comes in between.
    void on_writable(int descriptor) {
        if (std::exchange(at(descriptor).blocked, false)) settle_later(descriptor);
    }

    /// The peer sends no more. What is queued for it is written nevertheless.
    void on_ended(int descriptor) {
        at(descriptor).ended = true;
        if (at(descriptor).stage == Stage::open) linger(descriptor);
        settle_later(descriptor);
    }

    /// It is over: nothing is written or read any more.
    void finish(int descriptor) {
        if (std::exchange(at(descriptor).finished, true)) return;
        outboxes_.clear(at(descriptor).outbox);
        finished_.push_back(descriptor);
    }

    /// Whether send writes. It does while the room flushes, since then there will be nothing more to gather.
    void write_at_once(bool at_once) noexcept { at_once_ = at_once; }

    /// Writes what is still queued for anybody who is not blocked, and takes the next step of those that are ending.
    void settle() {
        for (const int descriptor : unsettled_) settle(descriptor);
        unsettled_.clear();
    }

    /// Calls `report(id)` unless it has been called for this connection before, and tells whether it was.
    template <class F>
    bool report_end(int descriptor, F&& report) {
        if (std::exchange(at(descriptor).stage, Stage::reported) == Stage::reported) return false;
        report(id_of(descriptor));
        return true;
    }

    /// The same for all that are finished; true if any was reported.
    template <class F>
    bool report_finished(F&& report) {
        bool any = false;
        for (std::size_t i = 0; i < finished_.size(); ++i) any |= report_end(finished_[i], report);
        return any;
    }

    /// Closes the descriptors of those that are finished and reported; true if there were any.
    bool close_finished() {
        if (finished_.empty()) return false;
        for (const int descriptor : finished_) {
            vacate(descriptor);
            Descriptor(descriptor).reset();
        }
        finished_.clear();
        return true;
    }

    /// Finishes all, without waiting for anybody. What is still queued is lost, what the kernel has is not.
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

    // Of each descriptor. Small, since there may be ten thousand that say nothing.
    struct Connection {
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
    static_assert(sizeof(Connection) <= 16);

    struct Lingering {
        Time until;
        TcpConnectionId id;
    };

    // Slices gathered by one call; a turn rarely queues more than three for anybody, and every system takes 16.
    static constexpr std::size_t gathered_slices = 16;

    [[nodiscard]] Connection& at(int descriptor) noexcept { return connections_[static_cast<std::size_t>(descriptor)]; }
    [[nodiscard]] const Connection& at(int descriptor) const noexcept {
        return connections_[static_cast<std::size_t>(descriptor)];
    }

    // The common case: nothing is queued, and the kernel takes it all. Then the slice is not even held.
    void write_now(int descriptor, const Bytes& bytes) {
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
            std::array<iovec, gathered_slices> parts;
            std::size_t count = 0;
            std::size_t gathered = 0;
            outboxes_[to.outbox].each([&](const Bytes& slice) {
                parts[count++] = {const_cast<char*>(slice.data()), slice.size()};  // sendmsg does not write there
                gathered += slice.size();
                return count < parts.size();
            });
            const Moved sent = net::send(descriptor, std::span(parts.data(), count));
            if (sent.outcome == Moving::broken) return finish(descriptor);
            outboxes_.consume(to.outbox, sent.bytes);
            to.blocked = sent.bytes < gathered;
        }
        rewatch(descriptor);
    }

    void rewatch(int descriptor) {
        Connection& connection = at(descriptor);
        const Interest interest{.reading = !connection.ended, .writing = connection.blocked};
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

    // The descriptor is no connection's any more; the next one that has it is another one.
    void vacate(int descriptor) {
        poller_.forget(descriptor);
        const std::uint32_t generation = at(descriptor).generation + 1;
        at(descriptor) = Connection{};
        at(descriptor).generation = generation;
    }

    // The time is the same for all, so the first one in this queue is the first one due.
    void linger(int descriptor) { lingering_.push_back({now_ + linger_, id_of(descriptor)}); }

    Poller& poller_;
    const Duration linger_;
    std::vector<Connection> connections_;  // by descriptor
    OutboxPool outboxes_;
    std::vector<int> unsettled_;
    std::vector<int> finished_;
    std::deque<Lingering> lingering_;
    Time now_;
    bool at_once_ = false;
};

}  // namespace minimeta::net
