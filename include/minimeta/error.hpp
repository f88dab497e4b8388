// Every way to be refused, and when it happens; and the assertion for what is the caller's own bug.
//
// Three kinds of failure, never mixed. *Not yet* is a result (a decoder that needs more bytes returns nothing).
// *Their fault* is an Errc: whoever sent it is told, the room lives, and nobody else loses anything. *The caller's
// bug*, a broken precondition of this library, is an assertion. Nothing here throws.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

/// Checks what only a bug of the embedding program can break. Define it before including minimeta to check otherwise.
#ifndef MINIMETA_ASSERT
#define MINIMETA_ASSERT(condition) assert(condition)
#endif

namespace minimeta {

/// Why something was refused, or why somebody had to leave.
enum class Errc : std::uint8_t {
    // A name
    name_required,   ///< something was asked for that only members may do, by a connection without a name
    name_empty,      ///< a name of nothing, or of nothing but blanks
    name_too_long,   ///< a name of more than Limits::name_characters characters
    name_character,  ///< a name with other than name characters in it (text.hpp), or a - in front
    name_taken,      ///< a name that somebody else has, whatever its case or width
    name_unchanged,  ///< the very name that one has already

    // A line or a text
    line_too_long,      ///< a line or a text of more than Limits::line_bytes bytes
    invalid_utf8,       ///< bytes that are not UTF-8 (RFC 3629)
    control_character,  ///< a character that would do something to a terminal instead of showing (text.hpp)
    text_empty,         ///< nothing to say
    unknown_command,    ///< a slash command that nobody knows
    missing_argument,   ///< a command without something that it needs
    invalid_argument,   ///< a command with something that it cannot use
    too_fast,  ///< more than Limits::messages_per_second, and the burst is used up; told once until it calms down

    // An addressee
    absent,               ///< a private message to a name that is not here; nobody received it
    to_yourself,          ///< a private message to nobody but its sender
    too_many_recipients,  ///< a private message to more than Limits::recipients names
    no_such_member,       ///< somebody who is not here was asked about
    unreachable,          ///< a private message to a member whose connection is lost, in a room that keeps none of them
    not_a_member,         ///< the embedding program named a connection that is unknown, leaving, or without a name

    // A group
    not_in_group,      ///< a text for a group that one is not in, whether it exists or not; nobody received it
    not_your_group,    ///< something else was asked of a group that one is not in
    in_group_already,  ///< a group that one is in already was to be joined
    in_lobby_always,   ///< the lobby was to be left
    too_many_groups,   ///< more than Limits::groups_per_member for one member
    no_more_groups,    ///< more than Limits::groups in the room
    no_such_group,     ///< the embedding program named a group that does not exist

    // Being away, and coming back
    not_away,           ///< Back from somebody who was not away
    no_sessions,        ///< a session was asked for in a room that offers none
    session_unknown,    ///< a token that is not one, or whose member has left; Limits::resume_seconds may have passed
    named_already,      ///< a session was to be resumed by somebody who is a member
    message_not_newer,  ///< the embedding program preloads a message that is not newer than those before it

    // A connection, which is closed
    room_full,        ///< more connections than Limits::connections, or than the driver can watch
    no_name_in_time,  ///< no name within Limits::name_seconds
    idle,             ///< nothing received for Limits::idle_seconds
    too_slow,         ///< more than Limits::backlog_bytes sent and not yet taken
    kicked,           ///< the embedding program closed it
    resumed,          ///< its member goes on over another connection
};

/// How many there are; an array with a place for each is indexed by `static_cast<std::size_t>(errc)`.
inline constexpr std::size_t errc_count = static_cast<std::size_t>(Errc::resumed) + 1;

/// The outcome of an operation: nothing if it was carried out, otherwise why it was not, and then nothing has
/// changed. It reads as it is used: `if (auto refused = room.say(id, text)) log(name_of(*refused));`
using Refusal = std::optional<Errc>;

/// The enumerator's own name, for logs. What a person reads is in protocol/phrases.hpp.
constexpr std::string_view name_of(Errc errc) {
    switch (errc) {
        case Errc::name_required: return "name_required";
        case Errc::name_empty: return "name_empty";
        case Errc::name_too_long: return "name_too_long";
        case Errc::name_character: return "name_character";
        case Errc::name_taken: return "name_taken";
        case Errc::name_unchanged: return "name_unchanged";
        case Errc::line_too_long: return "line_too_long";
        case Errc::invalid_utf8: return "invalid_utf8";
        case Errc::control_character: return "control_character";
        case Errc::text_empty: return "text_empty";
        case Errc::unknown_command: return "unknown_command";
        case Errc::missing_argument: return "missing_argument";
        case Errc::invalid_argument: return "invalid_argument";
        case Errc::too_fast: return "too_fast";
        case Errc::absent: return "absent";
        case Errc::to_yourself: return "to_yourself";
        case Errc::too_many_recipients: return "too_many_recipients";
        case Errc::no_such_member: return "no_such_member";
        case Errc::unreachable: return "unreachable";
        case Errc::not_a_member: return "not_a_member";
        case Errc::not_in_group: return "not_in_group";
        case Errc::not_your_group: return "not_your_group";
        case Errc::in_group_already: return "in_group_already";
        case Errc::in_lobby_always: return "in_lobby_always";
        case Errc::too_many_groups: return "too_many_groups";
        case Errc::no_more_groups: return "no_more_groups";
        case Errc::no_such_group: return "no_such_group";
        case Errc::not_away: return "not_away";
        case Errc::no_sessions: return "no_sessions";
        case Errc::session_unknown: return "session_unknown";
        case Errc::named_already: return "named_already";
        case Errc::message_not_newer: return "message_not_newer";
        case Errc::room_full: return "room_full";
        case Errc::no_name_in_time: return "no_name_in_time";
        case Errc::idle: return "idle";
        case Errc::too_slow: return "too_slow";
        case Errc::kicked: return "kicked";
        case Errc::resumed: return "resumed";
    }
    return "unknown";
}

}  // namespace minimeta
