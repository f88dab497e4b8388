// LoopbackTransport: peers in the same process, such as bots, game objects, or a benchmark's thousand members.
//
// Nothing is copied on the way out: a peer reads the very slices that the room wrote. What a peer writes is delivered
// in the next turn, so a peer may write while it reads, and the room is never called from within itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/protocol.hpp"
#include "minimeta/transport.hpp"
#include "minimeta/transport/outbox.hpp"

namespace minimeta {

/// Connects peers of this process to a room. A number names a connection until it is closed and its peer has let go
/// of it.
class LoopbackTransport {
public:
    using connection_id = std::uint32_t;

    // ---- The transport

    void send(connection_id id, const Bytes& bytes) {
        if (id < peers_.size() && peers_[id].state == State::open) peers_[id].inbox.push(bytes);
    }
    void close(connection_id id) {
        if (id < peers_.size() && peers_[id].state == State::open) end(id);
    }
    [[nodiscard]] std::size_t backlog(connection_id id) const {
        return id < peers_.size() ? peers_[id].inbox.size_bytes() : 0;
    }

    // ---- Being a peer

    /// Connects; the room hears of it in the next turn.
    connection_id connect(ProtocolIndex protocol = {}) {
        connection_id id = static_cast<connection_id>(peers_.size());
        if (free_.empty()) {
            peers_.emplace_back();
        } else {
            id = free_.back();
            free_.pop_back();
        }
        peers_[id] = Peer{.protocol = protocol, .state = State::opening};
        due_.push_back(id);
        return id;
    }

    /// Sends bytes to the room; they arrive in the next turn. Nothing, once the connection is closed.
    void write(connection_id id, std::string_view bytes) {
        Peer& peer = peers_[id];
        if (peer.state == State::closed) return;
        if (peer.written.empty()) due_.push_back(id);
        peer.written.append(bytes);
    }

    /// Calls `use(const Bytes&)` with each slice that has come since the last read.
    template <class F>
    void read(connection_id id, F&& use) {
        const Outbox slices = std::exchange(peers_[id].inbox, {});
        slices.each([&](const Bytes& slice) { return use(slice), true; });
    }

    /// Hangs up and lets go of the connection: the number may name another one from now on. Also owed by a peer whose
    /// connection the room has closed.
    void disconnect(connection_id id) {
        peers_[id].abandoned = true;
        peers_[id].inbox.clear();
        if (peers_[id].state == State::closed) free_.push_back(id);
        else if (peers_[id].state != State::opening) end(id);  // or else it is due already
    }

    /// Whether the room has not closed the connection.
    [[nodiscard]] bool is_open(connection_id id) const {
        return peers_[id].state == State::opening || peers_[id].state == State::open;
    }

    /// One turn: the room gets what the peers did, and is flushed. Returns whether there was anything to do. The
    /// caller has called room.advance(now), if it wants the room to know the time.
    template <class Room>
    bool turn(Room& room) {
        const std::vector<connection_id> due = std::exchange(due_, {});
        for (const connection_id id : due) {
            if (peers_[id].state == State::opening) {
                peers_[id].state = peers_[id].abandoned ? State::closing : State::open;
                room.on_open(id, peers_[id].protocol);
            }
            if (const std::string written = std::exchange(peers_[id].written, {}); !written.empty())
                room.on_receive(id, written);
            if (peers_[id].state == State::closing) {
                peers_[id].state = State::closed;
                if (peers_[id].abandoned) free_.push_back(id);
                room.on_close(id);
            }
        }
        room.flush();
        return !due.empty();
    }

    /// Turns until nothing is left to do; for ever, if two bots keep answering each other.
    template <class Room>
    void run(Room& room) {
        while (turn(room)) {
        }
    }

private:
    enum class State : std::uint8_t { closed, opening, open, closing };

    struct Peer {
        Outbox inbox = {};
        std::string written = {};
        ProtocolIndex protocol = {};
        State state = State::closed;
        bool abandoned = false;
    };

    // The room hears of the end in the next turn.
    void end(connection_id id) {
        peers_[id].state = State::closing;
        due_.push_back(id);
    }

    std::vector<Peer> peers_;
    std::vector<connection_id> free_;
    std::vector<connection_id> due_;  // have something for the next turn
};

static_assert(transport_with_backlog<LoopbackTransport>);

}  // namespace minimeta
