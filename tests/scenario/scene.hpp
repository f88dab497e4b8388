// A scene: a room in memory, the people in it by name, and what each of them reads.
//
//     Scene scene{"lily bob eve"};
//     scene.says("lily", "hi @bob");
//     CHECK(scene.hears("bob") == "[private] lily: hi @bob\n");
//     CHECK(scene.hears("eve") == "");
//
// A turn ends when somebody looks at what was heard, or with settle(). What is done before that is done in one turn.
#pragma once

#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <string_view>

#include "minimeta/minimeta.hpp"

/// A room over a MemoryTransport that speaks these protocols.
template <minimeta::protocol... Protocols>
class SceneOf {
public:
    using Room = minimeta::Room<minimeta::MemoryTransport, Protocols...>;
    using connection_id = typename Room::connection_id;

    minimeta::MemoryTransport transport;
    Room room;

    /// Begins with these members, blanks between their names, none of whom remembers the entrance.
    explicit SceneOf(const std::string& names = "", minimeta::Limits limits = {})
        : room(transport, limits, Protocols{}...) {
        room.advance(now_);
        std::istringstream each(names);
        for (std::string name; each >> name;) enters(name);
        forget();
    }

    // ---- What people do

    /// Connects, without a name for the others yet.
    void connects(std::string_view who, minimeta::ProtocolIndex protocol = {}) {
        people_[std::string(who)] = transport.open(room, protocol);
    }
    /// Connects and becomes a member of this name.
    void enters(std::string_view who, minimeta::ProtocolIndex protocol = {}) {
        connects(who, protocol);
        says(who, "name:" + std::string(who));
    }
    /// Sends a line.
    void says(std::string_view who, std::string_view line) { sends(who, std::string(line) + '\n'); }
    /// Sends bytes, in one piece.
    void sends(std::string_view who, std::string_view bytes) { transport.send_to(room, (*this)[who], bytes); }
    /// Is gone, without a word.
    void hangs_up(std::string_view who) { transport.hang_up(room, (*this)[who]); }
    /// Stops reading.
    void stalls(std::string_view who) { transport.stall((*this)[who]); }
    /// Reads again.
    void resumes(std::string_view who) { transport.stall((*this)[who], false); }

    // ---- What comes of it

    /// What somebody has read since the last look; ends the turn.
    [[nodiscard]] std::string hears(std::string_view who) {
        settle();
        return transport.take((*this)[who]);
    }
    /// Whether somebody is still connected; ends the turn.
    [[nodiscard]] bool has(std::string_view who) {
        settle();
        return transport.is_open((*this)[who]);
    }
    /// Nobody remembers what was heard so far; ends the turn.
    void forget() {
        settle();
        for (const auto& [name, id] : people_) (void)transport.take(id);
    }
    void settle() { transport.settle(room); }

    /// So much time goes by.
    void passes(minimeta::Duration time) { room.advance(now_ = now_ + time); }
    [[nodiscard]] minimeta::Time now() const { return now_; }

    /// Somebody's connection.
    [[nodiscard]] connection_id operator[](std::string_view who) const { return people_.find(who)->second; }

private:
    std::map<std::string, connection_id, std::less<>> people_;
    minimeta::Time now_;
};

using Scene = SceneOf<minimeta::Text>;
