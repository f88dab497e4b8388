// LoopbackTransport: connects peers in the same process: bots, game objects, or a benchmark's thousand members.
//
// Output is not copied: a peer reads the very slices that the room wrote. Input is delivered in the next turn, so a
// peer may write while it reads, and the room is never called from within itself.
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

/// Connects peers of this process to a room. An id identifies a connection until that is closed and its peer has called
/// disconnect.
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

    // ---- The peers

    /// Opens a connection; the room is notified in the next turn.
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

    /// Sends bytes to the room, which arrive in the next turn. No effect once the connection is closed.
    void write(connection_id id, std::string_view bytes) {
        Peer& peer = peers_[id];
        if (peer.state == State::closed) return;
        if (peer.written.empty()) due_.push_back(id);
        peer.written.append(bytes);
    }

    /// Calls `use(const Bytes&)` with each slice received since the last read. `use` must not read.
    template <class F>
    void read(connection_id id, F&& use) {
        std::swap(peers_[id].inbox, read_);
        read_.each([&](const Bytes& slice) { return use(slice), true; });
        read_.consume(read_.size_bytes());
    }

    /// Closes the connection and gives up its id, which may be reused from now on. A peer also calls this after the
    /// room has closed its connection.
    void disconnect(connection_id id) {
        peers_[id].abandoned = true;
        peers_[id].inbox.clear();
        if (peers_[id].state == State::closed) free_.push_back(id);
        else if (peers_[id].state != State::opening) end(id);  // an opening one is due already
    }

    /// Whether neither side has closed the connection.
    [[nodiscard]] bool is_open(connection_id id) const {
        return peers_[id].state == State::opening || peers_[id].state == State::open;
    }

    /// Runs one turn: passes what the peers did to the room, and flushes it. Returns whether there was anything to do.
    /// A caller that wants the room to know the time calls room.advance(now) before it.
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

    /// Runs turns until nothing is left to do; endlessly, if two bots keep answering each other.
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

    // Ends the connection; the room is notified in the next turn.
    void end(connection_id id) {
        peers_[id].state = State::closing;
        due_.push_back(id);
    }

    std::vector<Peer> peers_;
    Outbox read_;  // what is read just now; its memory goes on to the next inbox
    std::vector<connection_id> free_;
    std::vector<connection_id> due_;  // connections with something for the next turn
};

static_assert(transport_with_backlog<LoopbackTransport>);

}  // namespace minimeta
