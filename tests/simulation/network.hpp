// The virtual network: a transport, and a driver of a room, that does what TcpTransport and a kernel do, as slowly and as
// badly as one number decides.
//
// Its turn goes as tcp_transport.hpp tells it. Ids are used again as soon as they may be. Sends fail, input comes in
// pieces, peers end their side, reset, or never close.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "minimeta/bytes.hpp"
#include "minimeta/time.hpp"
#include "minimeta/transport.hpp"
#include "minimeta/transport/outbox.hpp"
#include "simulation/memory.hpp"
#include "simulation/random.hpp"
#include "simulation/violation.hpp"
#include "simulation/wire.hpp"

class Network {
public:
    using connection_id = std::size_t;
    using WirePtr = std::shared_ptr<Wire>;

    /// Peers with more than that waiting are too slow.
    explicit Network(std::size_t backlog_bytes) : backlog_bytes_(backlog_bytes) {}

    // ---- The transport

    void send(connection_id id, const minimeta::Bytes& bytes) {
        if (bytes.empty()) throw Violation{"an empty send"};
        Connection* to = find(id);
        if (to == nullptr || to->stage != Stage::open || to->finished) return;
        if (fail_in_ && (*fail_in_)-- == 0) {
            fail_in_.reset();
            return finish(*to);
        }
        ++sends_;
        {
            const Unmetered ours;
            to->sent.append(bytes.view());
            to->wire->given.append(bytes.view());
        }
        to->outbox.push(bytes);
        if (at_once_) write(*to);
        if (to->outbox.size_bytes() > backlog_bytes_) to->wire->over = true;
    }
    void close(connection_id id) {
        Connection* connection = find(id);
        if (connection == nullptr || connection->stage != Stage::open) throw Violation{"a connection is closed twice"};
        connection->stage = Stage::closing;
        const Unmetered ours;
        closed_.push_back(id);
        linger(*connection);
    }
    [[nodiscard]] std::size_t backlog(connection_id id) const {
        const Connection* connection = find(id);
        return connection != nullptr ? connection->outbox.size_bytes() : 0;
    }
    [[nodiscard]] std::uint64_t origin(connection_id id) const {
        const Connection* connection = find(id);
        return connection != nullptr ? connection->wire->origin : 0;
    }

    // ---- The peers

    /// Connects; the room learns of it in a later turn.
    void connect(WirePtr wire) { waiting_.push_back(std::move(wire)); }

    /// Lets the send after so many more fail.
    void fail_after(std::size_t sends) { fail_in_ = sends; }
    /// No send fails any more, and all that are connected are not.
    void ends_all() {
        fail_in_.reset();
        waiting_.clear();
        for (const connection_id id : ids_) find(id)->wire->reset = true;
    }
    [[nodiscard]] std::size_t sends() const { return sends_; }

    // ---- What the world looks at

    /// What happened so far: connections opened and ended, pieces received by the room, taken by the kernel.
    [[nodiscard]] std::uint64_t events() const { return events_; }
    [[nodiscard]] std::size_t connections() const { return ids_.size(); }
    [[nodiscard]] const std::vector<connection_id>& ids() const { return ids_; }
    [[nodiscard]] bool is_open(connection_id id) const {
        const Connection* connection = find(id);
        return connection != nullptr && connection->stage == Stage::open;
    }
    /// Whether the room was told that it has ended.
    [[nodiscard]] bool is_reported(connection_id id) const { return find(id)->stage == Stage::reported; }
    [[nodiscard]] const Wire& wire(connection_id id) const { return *find(id)->wire; }

    /// What the room has closed since the last time, in that order.
    [[nodiscard]] std::vector<connection_id> take_closed() { return std::exchange(closed_, {}); }

    /// What the room has sent to a connection and was not taken from here yet.
    [[nodiscard]] const std::string& sent(connection_id id) const { return find(id)->sent; }

    /// The same, and takes it.
    [[nodiscard]] std::string take_sent(connection_id id) { return std::exchange(find(id)->sent, {}); }

    // ---- The driver

    /// Runs one turn, at a time and a time on the wall. With `gathers`, what was said waits for a later turn.
    template <class Room>
    void turn(Room& room, minimeta::Time now, minimeta::WallTime wall_time, Random random, bool gathers) {
        now_ = now;
        for (; !lingering_.empty() && lingering_.front().first <= now; lingering_.pop_front())
            if (Connection* late = find(lingering_.front().second)) finish(*late);
        room.advance(now, wall_time);
        const std::vector<connection_id> ready = ids_;
        const std::size_t first = ready.empty() ? 0 : random.below(ready.size());
        for (std::size_t i = 0; i < ready.size(); ++i) serve(room, ready[(first + i) % ready.size()], random);
        while (!waiting_.empty() && !random.one_in(20)) admit(room);
        do {
            at_once_ = !gathers;
            if (!gathers) room.flush();
            at_once_ = false;
            settle();
        } while (report_finished(room));
        close_finished();
    }

private:
    static constexpr minimeta::Duration linger_time = minimeta::seconds(5);

    enum class Stage : unsigned char { open, closing, reported };

    struct Connection {
        connection_id id;
        WirePtr wire;
        minimeta::Outbox outbox;
        std::string sent;
        Stage stage = Stage::open;
        minimeta::Time paused_until{};
        bool ended = false;     // by the peer
        bool finished = false;  // only the id is left to be given back
    };

    [[nodiscard]] Connection* find(connection_id id) {
        return id < connections_.size() ? connections_[id].get() : nullptr;
    }
    [[nodiscard]] const Connection* find(connection_id id) const {
        return id < connections_.size() ? connections_[id].get() : nullptr;
    }

    void linger(const Connection& connection) { lingering_.emplace_back(now_ + linger_time, connection.id); }

    // Nothing is written or read any more.
    void finish(Connection& connection) {
        if (std::exchange(connection.finished, true)) return;
        if (!connection.wire->ended) connection.wire->broken = true;
        connection.outbox.clear();
    }

    // The kernel takes what it has room for.
    void write(Connection& to) {
        if (to.finished || to.outbox.empty()) return;
        if (to.wire->reset) return finish(to);
        std::string& arriving = to.wire->arriving;
        std::size_t room = arriving.size() < to.wire->capacity ? to.wire->capacity - arriving.size() : 0;
        if (room == 0) return;
        ++events_;
        std::size_t taken = 0;
        to.outbox.each([&](const minimeta::Bytes& slice) {
            const Unmetered ours;
            const std::size_t part = std::min(room - taken, slice.size());
            arriving.append(slice.view().substr(0, part));
            taken += part;
            return taken < room;
        });
        to.outbox.consume(taken);
    }

    template <class Room>
    void serve(Room& room, connection_id id, Random& random) {
        Connection& from = *find(id);
        Wire& wire = *from.wire;
        if (from.finished || from.ended) return;
        if (wire.reset || (wire.vanished && random.one_in(100)) || (wire.over && random.one_in(4))) {
            finish(from);
        } else if (wire.mouth.bytes() != 0) {
            if (from.paused_until > now_ || random.one_in(6)) return;
            std::size_t size = wire.mouth.piece(random.one_in(3) ? 1 + random.below(30) : 1 + random.below(6'000));
            if (random.one_in(8) && wire.mouth.before_line_feed() != 0) size = wire.mouth.before_line_feed();
            ++events_;
            if (from.stage != Stage::open) return void(wire.mouth.take(size));  // discarded
            const std::optional<minimeta::Time> calm = room.on_receive(id, wire.mouth, size);
            if (calm && from.stage == Stage::open) from.paused_until = *calm;
            return;
        } else if (wire.half_closed) {
            from.ended = true;
            if (from.stage == Stage::open) linger(from);
        } else {
            return;
        }
        report_end(room, from);
        if (from.finished && random.one_in(2)) give_back(id);  // so that the next one has it in this very turn
    }

    template <class Room>
    void admit(Room& room) {
        const WirePtr wire = waiting_.front();
        waiting_.pop_front();
        connection_id id = 0;
        while (find(id) != nullptr) ++id;
        if (id == connections_.size()) connections_.emplace_back();
        connections_[id].reset(new Connection{.id = id, .wire = wire, .outbox = {}, .sent = {}});
        ids_.push_back(id);
        wire->id = id;
        ++events_;
        room.on_open(id, *wire);
    }

    void settle() {
        for (const connection_id id : ids_) {
            Connection& connection = *find(id);
            write(connection);
            if (connection.finished || !connection.outbox.empty()) continue;
            if (connection.stage != Stage::open) connection.wire->ended = true;
            if (connection.ended) finish(connection);
        }
    }

    template <class Room>
    bool report_end(Room& room, Connection& connection) {
        if (connection.stage == Stage::reported) return false;
        ++events_;
        room.on_close(connection.id);
        connection.stage = Stage::reported;
        return true;
    }
    template <class Room>
    bool report_finished(Room& room) {
        bool any = false;
        for (const connection_id id : ids_)
            if (find(id)->finished) any |= report_end(room, *find(id));
        return any;
    }
    void close_finished() {
        for (const connection_id id : std::vector(ids_))
            if (find(id)->finished) give_back(id);
    }
    void give_back(connection_id id) {
        find(id)->wire->id.reset();
        connections_[id].reset();
        std::erase(ids_, id);
        std::erase_if(lingering_, [id](const auto& each) { return each.second == id; });
    }

    std::size_t backlog_bytes_;
    std::vector<std::unique_ptr<Connection>> connections_;  // by id
    std::vector<connection_id> ids_;                        // in use
    std::deque<WirePtr> waiting_;                           // to be accepted
    std::deque<std::pair<minimeta::Time, connection_id>> lingering_;
    std::vector<connection_id> closed_;
    std::optional<std::size_t> fail_in_;
    std::uint64_t events_ = 0;
    std::size_t sends_ = 0;
    minimeta::Time now_;
    bool at_once_ = false;
};

static_assert(minimeta::transport_with_backlog<Network> && minimeta::transport_with_origin<Network>);
