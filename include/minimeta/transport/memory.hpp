// MemoryTransport: records what each connection was sent. For tests, yours as much as ours.
//
// It is driven by hand: open a connection, let its peer send, and `settle` what the room's answers bring about. It
// fails on purpose where a test asks for it.
#pragma once

#include <cstddef>
#include <map>
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
        Connection* connection = find(id);
        if (connection == nullptr || connection->closed) return;
        if (fail_in_ && (*fail_in_)-- == 0) {
            fail_in_.reset();
            connection->closed = true;
            return;
        }
        ++sends_;
        if (connection->stalled) connection->waiting.append(bytes);
        else connection->received.append(bytes);
    }

    void close(connection_id id) {
        if (Connection* connection = find(id)) connection->closed = true;
    }

    [[nodiscard]] std::size_t backlog(connection_id id) {
        Connection* connection = find(id);
        return connection != nullptr ? connection->waiting.size() : 0;
    }

    // ---- Being a peer

    /// Opens a connection in a room.
    template <class Room>
    connection_id open(Room& room, ProtocolIndex protocol = {}) {
        const connection_id id = opened_++;
        connections_[id];
        room.on_open(id, protocol);
        return id;
    }

    /// The peer sends bytes, in one piece.
    template <class Room>
    void send_to(Room& room, connection_id id, std::string_view bytes) {
        const Connection* connection = find(id);
        if (connection != nullptr && !connection->closed) room.on_receive(id, bytes);
    }

    /// The peer is gone.
    template <class Room>
    void hang_up(Room& room, connection_id id) {
        if (Connection* connection = find(id)) end(room, id, *connection);
    }

    /// Ends the turn: flushes the room and reports connections as closed, until nothing is left to do.
    template <class Room>
    void settle(Room& room) {
        for (bool again = true; std::exchange(again, false);) {
            room.flush();
            for (std::size_t id = 0; id < opened_; ++id) {
                Connection* connection = find(id);
                if (connection == nullptr || !connection->closed) continue;
                end(room, id, *connection);
                again = true;
            }
        }
    }

    /// What the connection has received since the last call, also if it is closed by now.
    [[nodiscard]] std::string take(connection_id id) {
        if (Connection* connection = find(id)) return std::exchange(connection->received, {});
        return std::exchange(received_before_[id], {});
    }

    /// Whether the connection is still open.
    [[nodiscard]] bool is_open(connection_id id) {
        const Connection* connection = find(id);
        return connection != nullptr && !connection->closed;
    }

    /// The peer stops reading, or reads again, with all that has been waiting.
    void stall(connection_id id, bool stalled = true) {
        if (Connection* connection = find(id)) {
            connection->stalled = stalled;
            if (!stalled) connection->received += std::exchange(connection->waiting, {});
        }
    }

    // ---- Failing

    /// Lets the send after this many more break its connection: nothing arrives, and it is reported as closed.
    void fail_after(std::size_t sends) { fail_in_ = sends; }

    /// How many sends have not failed.
    [[nodiscard]] std::size_t sends() const noexcept { return sends_; }

private:
    struct Connection {
        std::string received;
        std::string waiting;  // sent, and not read by a peer that is stalled
        bool stalled = false;
        bool closed = false;  // and not yet reported
    };

    template <class Room>
    void end(Room& room, connection_id id, Connection& connection) {
        received_before_[id] = std::move(connection.received);
        connections_.erase(id);
        room.on_close(id);
    }

    [[nodiscard]] Connection* find(connection_id id) {
        const auto place = connections_.find(id);
        return place != connections_.end() ? &place->second : nullptr;
    }

    std::map<connection_id, Connection> connections_;
    std::map<connection_id, std::string> received_before_;  // by connections that are closed
    connection_id opened_ = 0;
    std::size_t sends_ = 0;
    std::optional<std::size_t> fail_in_;
};

static_assert(transport_with_backlog<MemoryTransport>);

}  // namespace minimeta
