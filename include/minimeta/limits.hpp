// Every bound of the system, each with its reason. A room's worst case can be computed from these numbers.
//
// What a room holds for its connections is at most
//
//     connections * (line_bytes + backlog_bytes + 4 * name_characters + a few hundred bytes)
//
// beside the last turn's bytes and a chunk at either end of a backlog (bytes.hpp); in practice far less, since a line
// is held only while it is incomplete, and what is said to everybody is held once, however many have yet to read it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "minimeta/error.hpp"

namespace minimeta {

/// The bounds of one room. Aggregate: `Limits{.connections = 50, .messages_per_second = 2}`.
struct Limits {
    /// Connections, named or not. More are turned away with Errc::room_full. The default is what a default Linux can
    /// serve a few times over once its descriptor limit is raised; an idle one costs about 300 bytes.
    std::size_t connections = 16'384;

    /// Bytes in a line without its end, and in a text given by the embedding program. A long paragraph; IRC allows
    /// 512 (RFC 2812, section 2.3), which is too little for Chinese, where a character takes three.
    std::size_t line_bytes = 4'096;

    /// Characters (code points) in a name; a name fits a column of a terminal and cannot flood a line.
    std::size_t name_characters = 32;

    /// Names that a private message may be for: enough for a table of people, too few to be a second broadcast.
    std::size_t recipients = 16;

    /// Names listed in one answer to /who; the rest is given as a number, or a large room's list alone would make
    /// whoever asks for it too slow.
    std::size_t listed_names = 100;

    /// Bytes sent to one connection and not yet taken by it, before it counts as too slow and is closed; what it says
    /// itself while it is behind counts, too, since it takes as much memory. One turn can bring hundreds of kilobytes
    /// in a busy room, and a healthy member must survive that.
    std::size_t backlog_bytes = 1'048'576;

    /// Commands per second that one connection may send for long; 0 for no limit. Nobody types faster.
    std::uint32_t messages_per_second = 10;

    /// Commands that one connection may send at once after a pause: a few pasted lines.
    std::uint32_t burst = 20;

    /// Seconds to give a name after connecting; 0 for no limit. Time to read the greeting and think of one.
    std::uint32_t name_seconds = 60;

    /// Seconds for which a member may send nothing at all, not even an empty line; 0 for no limit. Off, since
    /// listening is a way to be here; a peer that has vanished is the transport's to find out (TCP has keep-alive).
    std::uint32_t idle_seconds = 0;
};

/// The number that was exceeded when something is refused for this reason; 0 if it was not about a number.
constexpr std::size_t limit_behind(Errc errc, const Limits& limits) {
    switch (errc) {
        case Errc::name_too_long: return limits.name_characters;
        case Errc::line_too_long: return limits.line_bytes;
        case Errc::too_fast: return limits.messages_per_second;
        case Errc::too_many_recipients: return limits.recipients;
        case Errc::room_full: return limits.connections;
        case Errc::no_name_in_time: return limits.name_seconds;
        case Errc::idle: return limits.idle_seconds;
        case Errc::too_slow: return limits.backlog_bytes;
        default: return 0;
    }
}

}  // namespace minimeta
