// Rooms: a thread, its transport, and any number of rooms on it.
//
// A transport drives one room. This looks like one to it, and passes what comes in on to the room in which the connection
// is. A room is made when the first one enters, and is gone with the last one.
//
// A turn costs nothing for a room in which nothing happens: only rooms that are awake are flushed, and a room wakes up when
// something comes in for it, or when it is due.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "minimeta/minimeta.hpp"
#include "minimeta/net/tcp_transport.hpp"

namespace many_rooms {

#if MINIMETA_HAS_EPOLL
using Transport = minimeta::EpollTransport;  // whoever has many rooms has more than the 1,024 descriptors of select()
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

    /// Takes a connection into the room of this name. `said` is what has been read from it already. From any thread.
    void admit(minimeta::net::Descriptor socket, std::string name, std::string said) {
        auto moving = std::make_shared<minimeta::net::Descriptor>(std::move(socket));
        transport_.post([this, moving = std::move(moving), name = std::move(name), said = std::move(said)] {
            const std::optional<Id> id = transport_.adopt(std::move(*moving));
            if (!id) return;
            Place& place = *rooms_.try_emplace(name, transport_).first;
            entered_[*id] = &place;
            ++place.second.connections;
            wake(place).on_open(*id);
            wake(place).on_receive(*id, said);
        });
    }

    // ---- What the transport wants of a room. It has no listener, so that nobody comes in but through `admit`.

    void on_open(Id, minimeta::ProtocolIndex) {}
    [[nodiscard]] minimeta::Bytes refusal(minimeta::Errc, minimeta::ProtocolIndex) { return {}; }

    void on_receive(Id id, std::string_view bytes) { wake(*entered_.at(id)).on_receive(id, bytes); }
    void on_close(Id id) {
        const auto node = entered_.extract(id);
        wake(*node.mapped()).on_close(id);
        --node.mapped()->second.connections;
    }
    void advance(minimeta::Time now, minimeta::WallTime wall_time) {
        now_ = now;
        wall_time_ = wall_time;
        for (Place* each : awake_)
            each->second.room.advance(now, wall_time);  // with a flush interval, they wait for its end
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
        std::size_t connections = 0;        // also those that the room has turned away, until they are closed
        std::optional<minimeta::Time> due;  // its key in due_, if it is there
        bool awake = false;                 // in awake_
    };
    // `Tea` and `tea` are one room, as they are one name within a room.
    using Map = std::unordered_map<std::string, Chat, minimeta::FoldedHash, minimeta::FoldedEqual>;
    using Place = Map::value_type;

    // The room, with the time told, and to be flushed at the end of this turn.
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
    Map rooms_;
    std::unordered_map<Id, Place*> entered_;
    std::set<std::pair<minimeta::Time, Place*>> due_;
    std::vector<Place*> awake_;
    std::thread thread_{[this] { transport_.run(*this); }};  // last, since it uses all the others
};

}  // namespace many_rooms
