// Limits: every bound of a room, each with its reason. They determine how much memory a room can take at worst:
// memory_bound.hpp.
#pragma once

#include <cstddef>
#include <cstdint>

#include "minimeta/error.hpp"

namespace minimeta {

/// The bounds of one room. Aggregate: `Limits{.connections = 50, .messages_per_second = 2}`.
struct Limits {
    /// Open connections, named or not; further ones are refused with Errc::room_full. The default is what a default
    /// Linux can serve a few times over once its descriptor limit is raised; an idle connection costs about 300 bytes.
    std::size_t connections = 16'384;

    /// Residents: members of the program, without a connection. More than any game has guards in one room.
    std::size_t residents = 100;

    /// Bytes in a line without its end, and in a text given by the embedding program. A long paragraph; IRC allows
    /// 512 (RFC 2812, section 2.3), which is too few for Chinese at three bytes a character.
    std::size_t line_bytes = 4'096;

    /// Characters (code points) in a name: it fits a column of a terminal and cannot flood a line.
    std::size_t name_characters = 32;

    /// Recipients of a private message: enough for a table of people, too few for a second broadcast.
    std::size_t recipients = 16;

    /// Names in one answer to /who; the rest is given as a number. The whole list of a large room would make the member
    /// that requests it too slow.
    std::size_t listed_names = 100;

    /// Bytes sent to a connection and not yet taken by it; with more, it is too slow and is closed. What its member
    /// says in the meantime counts, too, since it takes as much memory. One turn can bring hundreds of kilobytes in a
    /// busy room, and a healthy member must survive that.
    std::size_t backlog_bytes = 1'048'576;

    /// Commands per second that a connection may sustain; 0 disables the limit. No person types faster.
    std::uint32_t messages_per_second = 10;

    /// Commands that a connection may send at once after a pause: a few pasted lines.
    std::uint32_t burst = 20;

    /// Seconds after which a connection that has not given a name is closed; 0 disables the timeout. Enough to read the
    /// greeting and think of a name. When three quarters of `connections` are open, a sixth of it: enough for programs and
    /// for quick typists, and connections that only take places make way.
    std::uint32_t name_seconds = 60;

    /// Seconds after which a connection that has not shown what it speaks is taken for that of a person, and greeted; 0 waits as
    /// long as for a name. Browsers and programs begin at once, also far away. Only for protocols that wait (Doors).
    std::uint32_t decision_seconds = 1;

    /// Seconds after which a member that sends nothing, not even an empty line, is closed; 0 disables the timeout. Off,
    /// since members may just listen; to detect a vanished peer is up to the transport (TCP has keep-alive).
    std::uint32_t idle_seconds = 0;

    /// Groups in the room besides the lobby. Bounded, since any member can create them, and each has a history.
    std::size_t groups = 1'024;

    /// Groups that one member may be in. Each of them is checked before a private message is sent to the member.
    std::size_t groups_per_member = 128;

    /// Bans and mutes that a group keeps, and the room; invitations to a group that were not used; and members that a member
    /// ignores. More than anybody reads.
    std::size_t sanctions = 100;

    /// Friends of one member or account, and requests that are open. Where requests to it fill the list, the oldest one makes
    /// way.
    std::size_t friends = 100;

    /// Friendships and open requests in the room. Those between accounts stay when nobody is here.
    std::size_t friendships = 100'000;

    /// Messages kept in the history of each group and of the lobby; 0 keeps none. Some hours of talk, or some minutes
    /// of a crowd.
    std::size_t history_messages = 500;

    /// Bytes of names and texts kept in the history of a group, however few messages these are.
    std::size_t history_bytes = 65'536;

    /// Private messages kept for each member that sent or received them; 0 keeps none, the default, since not every
    /// room should. If they are kept, a member whose connection is lost can be reached, and misses none; and those for a
    /// friend with an account wait for it, as many as here.
    std::size_t private_history_messages = 0;

    /// Bytes of names and texts kept in the private history of a member.
    std::size_t private_history_bytes = 16'384;

    /// Messages in one answer to /history. A request without a number gets a fifth of that: half a screen.
    std::size_t listed_messages = 100;

    /// Messages from the history that a member receives unasked when it enters the room or a group; 0 sends none, the
    /// default, since a program that joins might take them for new.
    std::size_t recent_messages = 0;

    /// Seconds for which a member with a session keeps its name and groups after its connection is lost; 0 disables
    /// sessions. A train in a tunnel; with a longer time, members would seem present that are not.
    std::uint32_t resume_seconds = 60;

    /// Members of a group up to which each join, leave and rename is announced; in a larger one they are summarised.
    std::size_t noticed_members = 100;

    /// Seconds between two such summaries; 0 disables them, and large groups receive no membership changes at all.
    std::uint32_t summary_seconds = 10;
};

/// Returns the limit that a refusal for this reason is about; 0 if it is not about a number.
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
        case Errc::too_many_sanctions: return limits.sanctions;
        case Errc::no_more_residents: return limits.residents;
        case Errc::too_many_friends: return limits.friends;
        case Errc::no_more_friendships: return limits.friendships;
        case Errc::session_unknown: return limits.resume_seconds;
        case Errc::too_slow: return limits.backlog_bytes;
        default: return 0;
    }
}

}  // namespace minimeta
