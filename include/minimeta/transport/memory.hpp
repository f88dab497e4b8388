// MemoryTransport: records what each connection was sent. For tests, yours as much as ours.
//
// It is driven by hand: open a connection, send as its peer, and `settle` the consequences. It fails on purpose where a
// test requests it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/protocol.hpp"
#include "minimeta/transport.hpp"

namespace minimeta {

/// Keeps all bytes that each connection was sent. Ids are numbers, counted from 0.
class MemoryTransport {
public:
    using connection_id = std::size_t;

    // ---- The transport

    void send(connection_id id, const Bytes& bytes) {
        if (!is_open(id)) return;
        Connection& connection = connections_[id];
        if (fail_in_ && (*fail_in_)-- == 0) {
            fail_in_.reset();
            connection.state = State::ending;
            return;
        }
        ++sends_;
        (connection.stalled ? connection.waiting : connection.received).append(bytes);
    }

    void close(connection_id id) {
        if (is_open(id)) connections_[id].state = State::ending;
    }

    [[nodiscard]] std::size_t backlog(connection_id id) const {
        return id < connections_.size() ? connections_[id].waiting.size() : 0;
    }

    // ---- The peers

    /// Opens a connection to a room.
    template <class Room>
    connection_id open(Room& room, ProtocolIndex protocol = {}) {
        const connection_id id = connections_.size();
        connections_.emplace_back();
        room.on_open(id, protocol);
        return id;
    }

    /// Sends bytes as the peer, in one piece.
    template <class Room>
    void send_to(Room& room, connection_id id, std::string_view bytes) {
        if (is_open(id)) room.on_receive(id, bytes);
    }

    /// Closes the connection as the peer.
    template <class Room>
    void hang_up(Room& room, connection_id id) {
        if (connections_[id].state == State::ended) return;
        connections_[id].state = State::ended;
        connections_[id].waiting.clear();
        room.on_close(id);
    }

    /// Ends the turn: flushes the room and reports closed connections, until nothing is left to do.
    template <class Room>
    void settle(Room& room) {
        for (bool again = true; std::exchange(again, false);) {
            room.flush();
            for (connection_id id = 0; id < connections_.size(); ++id) {
                if (connections_[id].state != State::ending) continue;
                hang_up(room, id);
                again = true;
            }
        }
    }

    /// Returns what the connection has received since the last call, even if it is closed by now.
    [[nodiscard]] std::string take(connection_id id) { return std::exchange(connections_[id].received, {}); }

    /// Whether neither side has ended the connection.
    [[nodiscard]] bool is_open(connection_id id) const {
        return id < connections_.size() && connections_[id].state == State::open;
    }

    /// Makes the peer stop reading; or (false) read again, beginning with what is waiting.
    void stall(connection_id id, bool stalled = true) {
        Connection& connection = connections_[id];
        connection.stalled = stalled;
        if (!stalled) connection.received += std::exchange(connection.waiting, {});
    }

    // ---- Failures

    /// Makes the send after `sends` more of them break its connection: nothing arrives, and the connection is reported
    /// as closed.
    void fail_after(std::size_t sends) { fail_in_ = sends; }

    /// The number of sends that have not failed.
    [[nodiscard]] std::size_t sends() const noexcept { return sends_; }

private:
    enum class State : unsigned char { open, ending, ended };  // ending until the room is notified

    struct Connection {
        std::string received;
        std::string waiting;  // sent, and not read by a stalled peer
        State state = State::open;
        bool stalled = false;
    };

    std::vector<Connection> connections_;
    std::size_t sends_ = 0;
    std::optional<std::size_t> fail_in_;
};

static_assert(transport_with_backlog<MemoryTransport>);

}  // namespace minimeta
