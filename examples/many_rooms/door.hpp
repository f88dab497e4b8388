// Door: the dispatcher of new connections. It reads the first line, which names a room, and moves the connection to the
// thread of that room.
//
// To its transport, this class is a room. A connection cannot hold it up: at most first_line_bytes are kept of it, for
// at most first_line_seconds.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "minimeta/minimeta.hpp"
#include "minimeta/net/random.hpp"
#include "rooms.hpp"

namespace many_rooms {

/// Returns the name of the room that a first line asks for, `room:tea` or `/join tea`. Nothing if it asks for none.
inline std::optional<std::string_view> room_in(std::string_view line) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    for (const std::string_view begin : {"room:", "room：", "/join "}) {
        if (!line.starts_with(begin)) continue;
        const std::string_view name = minimeta::trim(line.substr(begin.size()));
        if (!minimeta::check_name(name, minimeta::Limits{}.name_characters)) return name;
    }
    return {};
}

/// Whether the line requests a session, as the first line of tcp_client does (protocol/text/parser.hpp).
inline bool asks_for_session(std::string_view line) { return minimeta::trim(line) == "/session"; }

class Door {
public:
    using Id = Transport::connection_id;

    /// Enough for the longest name of a room, and for a user to type it.
    static constexpr std::size_t first_line_bytes = 256;
    static constexpr std::uint32_t first_line_seconds = 20;

    Door(Transport& transport, std::deque<Rooms>& threads) : transport_(transport), threads_(threads) {}

    void on_open(Id id, minimeta::ProtocolIndex) {
        Visitor& visitor = visitors_[id];
        visitor.id = id;
        waiting_.restart(visitor, now_);
        say(id, "-- Which room? For example:  room:tea\n");
    }

    void on_receive(Id id, std::string_view bytes) {
        const auto place = visitors_.find(id);
        if (place == visitors_.end()) return;
        std::string& read = place->second.read;
        const std::size_t end = bytes.find('\n');
        const std::size_t line_bytes = read.size() + std::min(end, bytes.size());
        if (line_bytes > first_line_bytes) return turn_away(place->second, not_a_room);
        read.append(bytes);
        if (end == bytes.npos) return;
        if (asks_for_session(std::string_view(read).substr(0, line_bytes)) &&
            !std::exchange(place->second.asked, true)) {  // the room will answer
            const std::string rest = std::exchange(read, {}).substr(line_bytes + 1);
            return on_receive(id, rest);
        }
        const auto room = room_in(std::string_view(read).substr(0, line_bytes));
        if (!room) return turn_away(place->second, not_a_room);
        const std::string request = place->second.asked ? "/session\n" : "";
        dispatch(place->second, std::string(*room), request + read.substr(line_bytes + 1));
    }

    void on_close(Id id) {
        if (const auto place = visitors_.find(id); place != visitors_.end()) forget(place->second);
    }

    void advance(minimeta::Time now, minimeta::WallTime = {}) {
        now_ = now;
        while (Visitor* late = waiting_.expired(now)) turn_away(*late, "! You have not said which room in time.\n");
    }
    void flush() {}  // there are no broadcasts here
    [[nodiscard]] std::optional<minimeta::Time> next_deadline() const { return waiting_.deadline(); }
    [[nodiscard]] minimeta::Bytes refusal(minimeta::Errc why, minimeta::ProtocolIndex) {
        return minimeta::Bytes::copy(why == minimeta::Errc::too_many_connections
                                         ? "! There are too many connections from your address.\n"
                                         : "! The server is full.\n");
    }

private:
    struct Visitor : minimeta::Timed {
        Id id;
        std::string read;
        bool asked = false;  // for a session
    };

    static constexpr std::string_view not_a_room =
        "! The first line is to be a room, for example  room:tea  (letters, digits, _ and -, at most 32). Please "
        "connect again.\n";

    void say(Id id, std::string_view words) { transport_.send(id, minimeta::Bytes::copy(words)); }

    // A name always leads to the same thread.
    void dispatch(Visitor& visitor, std::string room, std::string received) {
        minimeta::net::Descriptor socket = transport_.release(visitor.id);
        if (!socket) return turn_away(visitor, {});  // the question to it is still unsent
        forget(visitor);
        Rooms& rooms = threads_[hash_(room) % threads_.size()];
        rooms.admit(std::move(socket), std::move(room), std::move(received));
    }

    void turn_away(Visitor& visitor, std::string_view words) {
        if (!words.empty()) say(visitor.id, words);
        transport_.close(visitor.id);
        forget(visitor);
    }

    void forget(Visitor& visitor) {
        waiting_.cancel(visitor);
        visitors_.erase(visitors_.find(visitor.id));
    }

    Transport& transport_;
    std::deque<Rooms>& threads_;
    minimeta::FoldedHash hash_{minimeta::net::random_key()};
    minimeta::Time now_;
    std::unordered_map<Id, Visitor> visitors_;
    minimeta::TimeoutQueue<Visitor> waiting_{first_line_seconds};
};

}  // namespace many_rooms
