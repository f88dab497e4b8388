// Every bound of the system, each with its reason. A room's worst case can be computed from these numbers.
//
// What a room holds is at most the sum of
//
//     connections * (line_bytes + backlog_bytes)                       what is on its way in and out
//     2 * connections * (line_bytes + 4 * name_characters
//                        + groups_per_member * 80 + a few hundred)     members, as many of them lost as connected
//     2 * connections * (2 * private_history_bytes
//                        + 64 * private_history_messages)              their private histories; none by default
//     (groups + 1) * (2 * history_bytes + 64 * history_messages
//                     + 4 * name_characters + a few hundred
//                     + 2 * protocols * 256 KiB)                       the groups and the lobby; of the last, which is
//                                                                      what a log keeps, 4 KiB until a very busy turn
//
// bytes, beside the last turn's and a chunk at either end of a backlog (bytes.hpp). In practice it is far less: a line
// is held only while it is incomplete, what is said to everybody is held once, however many have yet to read it, and
// the line_bytes of a member are for the words with which it is away.
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

    /// Groups in the room beside the lobby. Members found them, so there is an end to it; each has a history.
    std::size_t groups = 1'024;

    /// Groups that one member may be in. Each costs it a look before anything private is sent to it.
    std::size_t groups_per_member = 128;

    /// Messages that a group's history keeps, and the lobby's; 0 for none. Some hours of talk, some minutes of a crowd.
    std::size_t history_messages = 500;

    /// Bytes of names and texts in a group's history, however few messages these are.
    std::size_t history_bytes = 65'536;

    /// Private messages that are kept for each member who sent or received them; 0 for none, since not every room
    /// ought to. With some, a member whose connection is lost can be reached, and misses nothing.
    std::size_t private_history_messages = 0;

    /// Bytes of names and texts in a member's private history.
    std::size_t private_history_bytes = 16'384;

    /// Messages in one answer to /history. What is asked for without a number is a fifth of it: half a screen.
    std::size_t listed_messages = 100;

    /// Messages that a newcomer to the room or to a group is sent unasked. Off, since a program that joins might take
    /// them for new.
    std::size_t recent_messages = 0;

    /// Seconds for which a member with a session whose connection is lost keeps its place. A train in a tunnel; longer
    /// would be to pretend that somebody is here.
    std::uint32_t resume_seconds = 60;

    /// Members of a group up to which each coming and going is told; in a larger one they are summed up.
    std::size_t noticed_members = 100;

    /// Seconds between two such sums; 0 tells nothing at all of who comes and goes in a large group.
    std::uint32_t summary_seconds = 10;
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
        case Errc::too_many_groups: return limits.groups_per_member;
        case Errc::no_more_groups: return limits.groups;
        case Errc::session_unknown: return limits.resume_seconds;
        case Errc::too_slow: return limits.backlog_bytes;
        default: return 0;
    }
}

}  // namespace minimeta
