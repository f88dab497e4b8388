// A scene: a room in memory, its peers by name, and what each of them reads.
//
//     Scene scene{"lily bob eve"};
//     scene.says("lily", "hi @bob");
//     CHECK(scene.hears("bob") == "[private] lily: hi @bob\n");
//     CHECK(scene.hears("eve") == "");
//
// A turn ends with a look at what a peer has read (hears, has), or with settle(). Everything before that is one turn.
//
// A peer with a session remembers, as a program would, the token and the last message that it has read: output that was
// never looked at was lost on the way.
//
//     scene.has_session("bob");
//     scene.hangs_up("bob");
//     scene.comes_back("bob");
#pragma once

#include <algorithm>
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

    /// Begins with these members, separated by blanks; what they read on entering is forgotten.
    explicit SceneOf(const std::string& names = "", minimeta::Limits limits = {})
        : room(transport, limits, Protocols{}...) {
        room.advance(now_);
        std::istringstream each(names);
        for (std::string name; each >> name;) enters(name);
        forget();
    }

    // ---- Actions of a peer

    /// Connects, without giving a name.
    void connects(std::string_view who, minimeta::ProtocolIndex protocol = {}) {
        connections_[std::string(who)] = transport.open(room, protocol);
    }
    /// Connects and becomes a member of this name.
    void enters(std::string_view who, minimeta::ProtocolIndex protocol = {}) {
        connects(who, protocol);
        says(who, "name:" + std::string(who));
    }
    /// Brings these members, separated by blanks, into a group; what they read on joining is forgotten.
    void group(std::string_view name, const std::string& members) {
        std::istringstream each(members);
        for (std::string member; each >> member;) says(member, "/join #" + std::string(name));
        forget();
    }
    /// Sends a line.
    void says(std::string_view who, std::string_view line) { sends(who, std::string(line) + '\n'); }
    /// Sends bytes, in one piece.
    void sends(std::string_view who, std::string_view bytes) { transport.send_to(room, (*this)[who], bytes); }
    /// Closes the connection.
    void hangs_up(std::string_view who) { transport.hang_up(room, (*this)[who]); }
    /// Stops reading.
    void stalls(std::string_view who) { transport.stall((*this)[who]); }
    /// Reads again.
    void resumes(std::string_view who) { transport.stall((*this)[who], false); }

    // ---- Sessions, in a room that offers them

    /// Requests a session, and reads the answer.
    void has_session(std::string_view who) {
        says(who, "/session");
        (void)hears(who);
    }
    /// Connects anew, reads the greeting, and resumes.
    void comes_back(std::string_view who, minimeta::ProtocolIndex protocol = {}) {
        connects(who, protocol);
        (void)transport.take((*this)[who]);
        says(who, "/resume " + token(who) + " " + text_of(seen(who)));
    }
    /// The last token that it received.
    [[nodiscard]] std::string token(std::string_view who) const { return sessions_.find(who)->second.token; }
    /// The last message that it has read.
    [[nodiscard]] minimeta::MessageId seen(std::string_view who) const { return sessions_.find(who)->second.seen; }

    // ---- Results

    /// Returns what a peer has read since the last look; ends the turn.
    [[nodiscard]] std::string hears(std::string_view who) {
        settle();
        std::string text = transport.take((*this)[who]);
        remember(who, text);
        return text;
    }
    /// Whether a peer is still connected; ends the turn.
    [[nodiscard]] bool has(std::string_view who) {
        settle();
        return transport.is_open((*this)[who]);
    }
    /// Forgets what all peers have read so far; ends the turn.
    void forget() {
        settle();
        for (const auto& [name, id] : connections_) remember(name, transport.take(id));
    }
    void settle() { transport.settle(room); }

    /// Advances the time.
    void passes(minimeta::Duration time) {
        if (wall_ != minimeta::WallTime{}) wall_.nanoseconds += time.nanoseconds;
        room.advance(now_ = now_ + time, wall_);
    }
    [[nodiscard]] minimeta::Time now() const { return now_; }
    /// Sets the wall time, which is unknown until then.
    void clock_shows(minimeta::WallTime wall) { room.advance(now_, wall_ = wall); }

    /// The connection of a peer.
    [[nodiscard]] connection_id operator[](std::string_view who) const { return connections_.find(who)->second; }

private:
    struct Session {
        std::string token;
        minimeta::MessageId seen;
    };

    // Reads what is for programs: `+session token newest seconds`, and `+id milliseconds line`.
    void remember(std::string_view who, const std::string& text) {
        std::istringstream lines(text);
        for (std::string line, word; std::getline(lines, line);) {
            std::istringstream words(line);
            words >> word;
            if (!word.starts_with('+') || word == "+nosession") continue;
            Session& session = sessions_[std::string(who)];
            if (word == "+session") words >> session.token >> word;
            else word.erase(0, 1);
            if (const auto id = minimeta::message_id_of(word)) session.seen = std::max(session.seen, *id);
        }
    }

    std::map<std::string, connection_id, std::less<>> connections_;
    std::map<std::string, Session, std::less<>> sessions_;
    minimeta::Time now_;
    minimeta::WallTime wall_;
};

using Scene = SceneOf<minimeta::Text>;

// To compile a room takes longer than the stories around it, so it is done once, in scene.cpp.
extern template class minimeta::Room<minimeta::MemoryTransport, minimeta::Text>;
extern template class minimeta::Room<minimeta::MemoryTransport, minimeta::Text, minimeta::Unframed>;
extern template class SceneOf<minimeta::Text>;

/// A scene with one more peer, "someone", that has not given a name; what it read is forgotten.
struct SceneWithSomeone : Scene {
    explicit SceneWithSomeone(const std::string& names, minimeta::Limits limits = {}) : Scene(names, limits) {
        connects("someone");
        forget();
    }
};
