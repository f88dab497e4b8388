// Rooms: any number of rooms on one thread, with one transport.
//
// A transport drives one room. To its transport, this class is that room: it passes each call on to the room of the
// connection. A room begins to exist with its first connection, and ceases to with its last.
//
// Idle rooms cost nothing per turn: only awake rooms are flushed. A room wakes up when one of its connections has
// input, or its deadline has come.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "minimeta/minimeta.hpp"
#include "minimeta/net/random.hpp"
#include "minimeta/net/tcp_transport.hpp"

namespace many_rooms {

#if MINIMETA_HAS_EPOLL
using Transport = minimeta::EpollTransport;  // select() ends at 1,024 descriptors
#else
using Transport = minimeta::SelectTransport;
#endif

class Rooms {
public:
    using Id = Transport::connection_id;

    Rooms() = default;
    ~Rooms() {
        transport_.stop();
        thread_.join();
    }
    Rooms(const Rooms&) = delete;
    Rooms& operator=(const Rooms&) = delete;

    /// Moves a connection into the room of this name. `received` is what was received from it already. From any thread.
    void admit(minimeta::net::Descriptor socket, std::string name, std::string received) {
        transport_.post(
            [this, socket = std::move(socket), name = std::move(name), received = std::move(received)]() mutable {
                const std::optional<Id> id = transport_.adopt(std::move(socket));
                if (!id) return;
                Place& place = *rooms_.try_emplace(name, transport_).first;
                entered_[*id] = &place;
                ++place.second.connections;
                wake(place).on_open(*id);
                wake(place).on_receive(*id, received);
            });
    }

    // ---- What a transport calls. This one has no listener, so that all connections come from `admit`.

    void on_open(Id, minimeta::ProtocolIndex) {}
    [[nodiscard]] minimeta::Bytes refusal(minimeta::Errc, minimeta::ProtocolIndex) { return {}; }

    auto on_receive(Id id, std::string_view bytes) { return wake(*entered_.at(id)).on_receive(id, bytes); }
    void on_close(Id id) {
        const auto node = entered_.extract(id);
        wake(*node.mapped()).on_close(id);
        --node.mapped()->second.connections;
    }
    void advance(minimeta::Time now, minimeta::WallTime wall_time) {
        now_ = now;
        wall_time_ = wall_time;
        for (Place* each : awake_)
            each->second.room.advance(now, wall_time);  // awake since an earlier turn, if there is a flush interval
        while (!due_.empty() && due_.begin()->first <= now) wake(*due_.begin()->second);
    }
    void flush() {
        for (Place* each : awake_) {
            Chat& chat = each->second;
            chat.room.flush();
            chat.awake = false;
            chat.due = chat.room.next_deadline();
            if (chat.connections == 0) rooms_.erase(rooms_.find(each->first));
            else if (chat.due) due_.emplace(*chat.due, each);
        }
        awake_.clear();
    }
    [[nodiscard]] std::optional<minimeta::Time> next_deadline() const {
        return due_.empty() ? std::nullopt : std::optional(due_.begin()->first);
    }

private:
    struct Chat {
        explicit Chat(Transport& transport) : room(transport) {}
        minimeta::Room<Transport> room;
        std::size_t connections = 0;        // including those that the room refused, until they close
        std::optional<minimeta::Time> due;  // its key in due_, if it is there
        bool awake = false;                 // in awake_
    };
    // `Tea` and `tea` are one room, as they are one name within a room.
    using Map = std::unordered_map<std::string, Chat, minimeta::FoldedHash, minimeta::FoldedEqual>;
    using Place = Map::value_type;

    // Returns the room, advanced to the present time. It is flushed at the end of this turn.
    minimeta::Room<Transport>& wake(Place& place) {
        Chat& chat = place.second;
        if (std::exchange(chat.awake, true)) return chat.room;
        awake_.push_back(&place);
        if (chat.due) due_.erase({*chat.due, &place});
        chat.due.reset();
        chat.room.advance(now_, wall_time_);
        return chat.room;
    }

    Transport transport_;
    minimeta::Time now_;
    minimeta::WallTime wall_time_;
    Map rooms_{0, minimeta::FoldedHash{minimeta::net::random_key()}};  // strangers choose the names
    std::unordered_map<Id, Place*> entered_;
    std::set<std::pair<minimeta::Time, Place*>> due_;
    std::vector<Place*> awake_;
    std::thread thread_{[this] { transport_.run(*this); }};  // last: it uses the other members
};

}  // namespace many_rooms
