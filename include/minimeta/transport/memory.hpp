// MemoryTransport: records what each connection was sent. For tests, yours as much as ours.
//
// It is driven by hand: open a connection, let its peer send, and `settle` what the room's answers bring about. It
// fails on purpose where a test asks for it.
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

/// Keeps, for each connection, all the bytes it was sent. Connections are numbers, counted from 0.
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

    // ---- Being a peer

    /// Opens a connection in a room.
    template <class Room>
    connection_id open(Room& room, ProtocolIndex protocol = {}) {
        const connection_id id = connections_.size();
        connections_.emplace_back();
        room.on_open(id, protocol);
        return id;
    }

    /// The peer sends bytes, in one piece.
    template <class Room>
    void send_to(Room& room, connection_id id, std::string_view bytes) {
        if (is_open(id)) room.on_receive(id, bytes);
    }

    /// The peer is gone.
    template <class Room>
    void hang_up(Room& room, connection_id id) {
        if (connections_[id].state == State::ended) return;
        connections_[id].state = State::ended;
        connections_[id].waiting.clear();
        room.on_close(id);
    }

    /// Ends the turn: flushes the room and reports connections as closed, until nothing is left to do.
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

    /// What the connection has received since the last call, also if it is closed by now.
    [[nodiscard]] std::string take(connection_id id) { return std::exchange(connections_[id].received, {}); }

    /// Whether neither side has ended the connection.
    [[nodiscard]] bool is_open(connection_id id) const {
        return id < connections_.size() && connections_[id].state == State::open;
    }

    /// The peer stops reading, or reads again, with all that has been waiting.
    void stall(connection_id id, bool stalled = true) {
        Connection& connection = connections_[id];
        connection.stalled = stalled;
        if (!stalled) connection.received += std::exchange(connection.waiting, {});
    }

    // ---- Failing

    /// Lets the send after this many more break its connection: nothing arrives, and it is reported as closed.
    void fail_after(std::size_t sends) { fail_in_ = sends; }

    /// How many sends have not failed.
    [[nodiscard]] std::size_t sends() const noexcept { return sends_; }

private:
    enum class State : unsigned char { open, ending, ended };  // ending until the room has been told

    struct Connection {
        std::string received;
        std::string waiting;  // sent, and not read by a peer that is stalled
        State state = State::open;
        bool stalled = false;
    };

    std::vector<Connection> connections_;
    std::size_t sends_ = 0;
    std::optional<std::size_t> fail_in_;
};

static_assert(transport_with_backlog<MemoryTransport>);

}  // namespace minimeta
