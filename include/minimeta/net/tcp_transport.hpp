// TcpTransport: connections over TCP, and the event loop that drives the room. Start with SelectTransport.
//
//     minimeta::SelectTransport transport;
//     minimeta::Room room{transport};
//     if (auto listening = transport.listen("127.0.0.1", 5000)) transport.run(room);
//     else std::puts(listening.error().text().c_str());
//
// POSIX only: Linux, the BSDs, macOS. Everything except `post` and `stop` belongs to one thread, that of run() or turn().
//
// One turn
//
//   1. Wait until something is ready or due, and read the clock: what follows happens at that time.
//   2. room.advance, and the functions that are due (`at`). Then, whatever is ready: posted functions are called; input is
//      read, at most one buffer from each connection, so that none holds up the others (on_receive, on_close); new
//      connections are accepted (on_open).
//   3. room.flush, unless it was called less than TcpOptions::flush_interval ago. In it, each send is written at once,
//      together with what was queued for that connection earlier in the turn. So a member costs at most one system call
//      a turn, and its backlog is what the kernel did not take.
//   4. What is still queued is written, as for connections without a name, to which a flush sends nothing.
//   5. Connections found broken in 3 and 4 are reported (on_close), and 3 is repeated, so that the other members are
//      notified in the same turn.
//   6. Descriptors are closed: only here, so that no descriptor stands for two connections within a turn.
//
// How a connection ends
//
//   The room closes it   What was sent before is written; then the connection is shut down for writing. Further input
//                        is read and discarded until the peer closes too: closing a socket that holds unread bytes
//                        would make the kernel send a reset, and that destroys last words.
//   The peer ends it     (closes, or half-closes as `printf … | nc -N` does.) The room is notified at once. What is
//                        queued, the answers to the peer's last commands, is still written.
//   It breaks            (a reset, a failed send, a dead peer.) What is queued is dropped, and the room is notified.
//
// The first two take at most TcpOptions::linger. A connection whose kernel buffer is full is left alone until the
// poller reports that it is writable; sends only queue meanwhile, and no other connection waits for it.
//
// The room is anything that is `drivable` (driver/drivable.hpp).
#pragma once

#include "minimeta/version.hpp"  // first, since it refuses what is older than C++20

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "minimeta/base/function.hpp"
#include "minimeta/bytes.hpp"
#include "minimeta/driver/drivable.hpp"
#include "minimeta/error.hpp"
#include "minimeta/net/address_limiter.hpp"
#include "minimeta/net/clock.hpp"
#include "minimeta/net/connection_id.hpp"
#include "minimeta/net/epoll_poller.hpp"
#include "minimeta/net/mailbox.hpp"
#include "minimeta/net/poller.hpp"
#include "minimeta/net/select_poller.hpp"
#include "minimeta/net/socket.hpp"
#include "minimeta/net/tcp_connections.hpp"
#include "minimeta/net/tcp_options.hpp"
#include "minimeta/net/timer_queue.hpp"
#include "minimeta/net/watched_acceptor.hpp"
#include "minimeta/protocol.hpp"
#include "minimeta/time.hpp"
#include "minimeta/transport.hpp"

namespace minimeta {

/// A model of `transport` with a backlog and an origin, and a driver for it.
template <poller Poller>
class TcpTransport {
public:
    using connection_id = TcpConnectionId;
    using TurnedAway = net::AddressLimiter::TurnedAway;

    explicit TcpTransport(TcpOptions options = {})
        : addresses_(std::move(options.addresses)),
          connections_(poller_, addresses_, options.linger, options.dead_after),
          buffer_(buffer_bytes),
          flush_interval_(options.flush_interval) {
        if (mailbox_error_ == 0 && !poller_.watch(mailbox_.descriptor(), {.reading = true})) mailbox_error_ = EMFILE;
    }
    TcpTransport(const TcpTransport&) = delete;
    TcpTransport& operator=(const TcpTransport&) = delete;

    /// Closes everything at once, without notifying the room; end run() with stop() for that.
    ~TcpTransport() = default;

    // ---- For the program

    /// Opens a listener for connections that speak `protocol`; there may be several. `host` is an address of this
    /// machine, as text or as a name (its first address counts), or empty for all of IPv6 and IPv4. Port 0 selects a
    /// free one. Returns the address and port in use. While another thread is in run(), call this through post.
    net::Result<net::Endpoint> listen(const std::string& host, std::uint16_t port, ProtocolIndex protocol = {}) {
        if (mailbox_error_ != 0) return net::NetError{net::reason_of(mailbox_error_), {host, port}};
        auto socket = net::listen(host, port);
        if (!socket) return socket.error();
        net::Endpoint where = net::local_endpoint(socket->value());
        if (!acceptor_.add({std::move(*socket), protocol})) return net::NetError{net::reason_of(EMFILE), where};
        return where;
    }

    /// Drives the room until stop(). Then the turn is finished, connections are shut down without waiting for their
    /// peers, the room is notified of each close, and the listeners are closed; their ports can be used again at once.
    /// Returns immediately if the transport could not get the descriptors that it needs itself; listen() reports that.
    template <class Room>
    void run(Room& room) {
        while (turn(room)) continue;
    }

    /// Runs one turn, for a program with a loop of its own, such as the frames of a game; without run(). Waits until there
    /// is something to do, but not longer than `at_most`: {} does not wait. What the program said before is delivered at the
    /// end of the turn, so after that wait. Returns false if it was the last turn, since stop() was called, or if run() would
    /// return immediately; then all that run() does at its end has been done. Not to be called from within a turn.
    template <class Room>
    bool turn(Room& room, Duration at_most = without_limit) {
        static_assert(drivable<Room, connection_id>);  // no constraint: at the call, the class may still be incomplete
        if (mailbox_error_ != 0) return false;
        if (take_turn(room, at_most != without_limit ? std::optional(at_most) : std::nullopt)) return true;
        shut_down(room);
        mailbox_.withdraw_stop();  // however often this run was stopped, the next one is not
        return false;
    }

    /// Ends run() after the functions posted so far have been called; the next run(), if there is none now, so that a
    /// stop before its run is not lost. Callable from any thread and from a signal handler.
    void stop() noexcept { mailbox_.request_stop(); }

    /// Makes run() call `function` in its thread, in the order of posting; the next run(), if there is none now.
    /// Callable from any thread.
    void post(Function<void()> function) { mailbox_.post(std::move(function)); }

    /// Makes run() call `function` in the first turn at or after `time`, a time of net::monotonic_time() and so of
    /// std::chrono::steady_clock; once, and in order of time. No turn waits beyond it. If the time has passed, the next turn
    /// calls it, never this one. The function must not throw, and may do what a posted one may. Callable between turns, from
    /// a hook and from such a function; from another thread through post. What is not due at stop() is kept for the next run.
    void at(Time time, Function<void()> function) { timers_.add(time, std::move(function)); }

    /// Takes over a connection that was made elsewhere: connected and nonblocking, as net::accept and `release` return
    /// it. Does not notify the room: call its on_open with this id next. Returns nothing, and closes the socket, if the
    /// poller cannot watch it, or if its address has as many connections as TcpOptions::addresses allows. Call it in the
    /// thread of run(), for example through post:
    ///     transport.post([&, socket = std::move(socket)]() mutable {
    ///         if (const auto id = transport.adopt(std::move(socket))) room.on_open(*id);
    ///     });
    [[nodiscard]] std::optional<connection_id> adopt(net::Descriptor socket) {
        const net::Origin origin = addresses_.origin_of(net::peer_address(socket.value()));
        if (!addresses_.adopt(origin, now_)) return std::nullopt;
        if (!poller_.watch(socket.value(), {.reading = true})) return addresses_.release(origin), std::nullopt;
        const int descriptor = socket.release();
        connections_.open(descriptor, origin);
        return connections_.id_of(descriptor);
    }

    /// Writes what was sent to a connection, then gives the connection up, still connected, for another transport to
    /// adopt in any thread; the id is unknown from now on. Does not notify the room: call its on_close next, if it
    /// continues. Returns none, and keeps the connection, if it is not open or the kernel does not take all bytes now.
    /// Call it in the thread of run(), but not from within the room's flush.
    [[nodiscard]] net::Descriptor release(connection_id id) { return connections_.release(id); }

    /// Returns the address of the peer, as `127.0.0.1:5000`; empty if the id is unknown or the connection is broken.
    [[nodiscard]] std::string address(connection_id id) const {
        if (!connections_.contains(id)) return {};
        const net::Endpoint peer = net::peer_endpoint(id.descriptor);
        return peer.address.empty() ? std::string() : peer.text();
    }

    /// Sets the function that is called with what was turned away for TcpOptions::addresses, at most once in ten seconds,
    /// in the thread of run(); it must not throw. Call it before run(), or through post.
    void on_turned_away(Function<void(const TurnedAway&)> function) { on_turned_away_ = std::move(function); }

    // ---- For the room

    /// Accepts bytes for delivery; within flush, writes what the kernel takes of them.
    void send(connection_id id, const Bytes& bytes) { connections_.send(id, bytes); }

    /// Closes the connection after the bytes already sent to it.
    void close(connection_id id) { connections_.close(id); }

    /// Bytes sent to the connection that the kernel has not taken yet.
    [[nodiscard]] std::size_t backlog(connection_id id) const { return connections_.backlog(id); }

    /// Where the connection comes from: its address, or of IPv6 the first 64 bits. 0 if the address is trusted.
    [[nodiscard]] net::Origin origin(connection_id id) const { return connections_.origin(id); }

private:
    // The size of one recv, which each connection gets once a turn: many lines of one, few enough for the others to wait.
    static constexpr std::size_t buffer_bytes = 16 * 1024;
    // Between two reads of input that is discarded.
    static constexpr Duration discard_pause = milliseconds(10);
    // A rush of new connections must not starve the members.
    static constexpr int accepts_per_turn = 64;
    static constexpr Duration without_limit{(std::numeric_limits<std::int64_t>::max)()};

    template <class Room>
    bool take_turn(Room& room, std::optional<Duration> at_most) {
        const std::span<const Ready> ready = poller_.wait(timeout(room, at_most));
        now_ = net::monotonic_time();
        connections_.begin_turn(now_);  // first, so that the linger time of what the room closes is counted from now
        room.advance(now_, net::wall_time());
        timers_.call_due(now_);
        acceptor_.resume_if_due(now_);
        if (const auto turned_away = addresses_.summary(now_)) on_turned_away_(*turned_away);
        bool stopping = false;
        for (const Ready& each : ready) {
            if (connections_.contains(each.descriptor)) serve(room, each);
            else if (each.descriptor == mailbox_.descriptor()) stopping = mailbox_.open();
            else if (const net::Listener* listener = acceptor_.find(each.descriptor)) admit(room, *listener);
        }
        gathering_ = !stopping && now_ < flush_due_;
        if (!gathering_) flush_due_ = now_ + flush_interval_;
        do {
            if (gathering_) connections_.settle();
            else flush(room);
        } while (report_finished(room));
        if (connections_.close_finished()) acceptor_.resume();
        return !stopping;
    }

    template <class Room>
    void flush(Room& room) {
        connections_.write_at_once(true);
        room.flush();
        connections_.write_at_once(false);
        connections_.settle();
    }

    // How long nothing is due, but not longer than `at_most`; nothing if there is no limit.
    template <class Room>
    std::optional<Duration> timeout(Room& room, std::optional<Duration> at_most) {
        if (at_most && *at_most <= Duration{}) return Duration{};
        std::optional<Time> due = room.next_deadline();
        const auto consider = [&due](std::optional<Time> t) {
            if (t && (!due || *t < *due)) due = t;
        };
        consider(timers_.next_deadline());
        consider(connections_.next_deadline());
        consider(addresses_.deadline());
        consider(acceptor_.next_deadline());
        if (gathering_) consider(flush_due_);
        if (!due) return at_most;
        const Time now = net::monotonic_time();  // the program may have spent time between two turns
        return clamp(*due - now, Duration{}, at_most.value_or(seconds(3600)));
    }

    template <class Room>
    void serve(Room& room, const Ready& ready) {
        const int descriptor = ready.descriptor;
        if (ready.writable) connections_.on_writable(descriptor);
        if (!ready.readable || !connections_.is_read(descriptor)) return;
        const net::Moved got = net::receive(descriptor, buffer());
        if (got.outcome == net::Moving::not_yet) return;
        if (got.outcome == net::Moving::moved) {
            if (!connections_.is_open(descriptor))  // input after the end is discarded, in no hurry
                return connections_.pause(descriptor, now_ + discard_pause);
            const auto id = connections_.id_of(descriptor);
            const std::string_view bytes(buffer_.data(), got.bytes);
            if constexpr (std::is_void_v<decltype(room.on_receive(id, bytes))>) {
                room.on_receive(id, bytes);
            } else if (const std::optional<Time> calm = room.on_receive(id, bytes)) {
                if (connections_.contains(id) && connections_.is_open(descriptor))
                    connections_.pause(descriptor, *calm);
            }
            return;
        }
        if (got.outcome == net::Moving::ended) connections_.on_ended(descriptor);
        else connections_.finish(descriptor);
        connections_.report_end(descriptor, [&room](connection_id id) { room.on_close(id); });
    }

    template <class Room>
    void admit(Room& room, const net::Listener& listener) {
        const int door = listener.socket.value();
        const ProtocolIndex protocol = listener.protocol;
        for (int i = 0; i < accepts_per_turn; ++i) {
            // Looked up each time, since on_open may call a hook that opens another listener.
            std::optional<net::Accepted> visitor = acceptor_.accept(*acceptor_.find(door), now_);
            if (!visitor) break;
            const net::Origin origin = addresses_.origin_of(visitor->peer);
            if (!addresses_.admit(origin, visitor->peer, now_)) {
                turn_away(visitor->socket.value(), room.refusal(Errc::too_many_connections, protocol));
                continue;
            }
            if (visitor->refuse || !poller_.watch(visitor->socket.value(), {.reading = true})) {
                turn_away(visitor->socket.value(), room.refusal(Errc::room_full, protocol));
                addresses_.release(origin);
                continue;
            }
            const int descriptor = visitor->socket.release();
            connections_.open(descriptor, origin);
            room.on_open(connections_.id_of(descriptor), protocol);
        }
    }

    // Does not wait until the peer has read the last words: the kernel buffer of a new connection has room for them.
    void turn_away(int descriptor, const Bytes& last_words) {
        if (!last_words.empty()) (void)net::send(descriptor, last_words.view());
        net::part(descriptor, buffer());
    }

    // Reports finished connections to the room. Returns whether there were any.
    template <class Room>
    bool report_finished(Room& room) {
        return connections_.report_finished([&room](connection_id id) { room.on_close(id); });
    }

    template <class Room>
    void shut_down(Room& room) {
        connections_.finish_all(buffer());
        report_finished(room);
        room.flush();  // there is no connection left, but the room begins the next run with nothing left to send
        connections_.settle();
        connections_.close_finished();
        acceptor_.clear();
    }

    [[nodiscard]] std::span<char> buffer() noexcept { return buffer_; }

    Poller poller_;
    net::Mailbox mailbox_;
    int mailbox_error_ = mailbox_.error();  // zero, or the errno if the mailbox, and so the transport, is unusable
    net::WatchedAcceptor<Poller> acceptor_{poller_};
    net::AddressLimiter addresses_;
    Function<void(const TurnedAway&)> on_turned_away_;
    net::TcpConnections<Poller> connections_;
    std::vector<char> buffer_;  // for input
    net::TimerQueue timers_;
    Time now_ = net::monotonic_time();  // of this turn
    Duration flush_interval_;
    Time flush_due_;          // not before this
    bool gathering_ = false;  // there may be something to flush then
};

/// The transport to begin with: works on every POSIX system, for descriptors up to FD_SETSIZE, commonly 1,024.
using SelectTransport = TcpTransport<SelectPoller>;

static_assert(transport_with_backlog<SelectTransport> && transport_with_origin<SelectTransport>);

#if MINIMETA_HAS_EPOLL
/// The transport for thousands of connections. Linux only: elsewhere there is no such name.
using EpollTransport = TcpTransport<EpollPoller>;
#endif

}  // namespace minimeta
