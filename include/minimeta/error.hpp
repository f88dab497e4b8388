// Error codes: every reason for a refusal, and when it occurs; and the assertion for bugs of the embedding program.
//
// Three kinds of failure are kept apart. *Not yet* is a result: a decoder that needs more bytes returns nothing. *Bad
// input* is an Errc: its sender is notified, and neither the room nor any other peer is affected. *A caller's bug*, a
// broken precondition of this library, is an assertion. None of them is an exception.
#pragma once

#include "minimeta/version.hpp"  // first, since it refuses what is older than C++20

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

/// Checks a condition that only a bug of the embedding program can break. To replace the check, define the macro before
/// including minimeta.
#ifndef MINIMETA_ASSERT
#define MINIMETA_ASSERT(condition) assert(condition)
#endif

namespace minimeta {

/// Why a request was refused, or why a connection was closed.
enum class Errc : std::uint8_t {
    // A name
    name_required,   ///< a connection without a name sends a command for members
    name_empty,      ///< a name is empty or blank
    name_too_long,   ///< a name has more than Limits::name_characters characters
    name_character,  ///< a name contains a character that no name has, or where none has it (check_name)
    name_scripts,    ///< a name mixes scripts that are not written together (base/script_set.hpp)
    name_taken,      ///< another member has the name, in any case or width, or one that looks the same
    name_unchanged,  ///< the new name is the present one

    // A line or a text
    line_too_long,      ///< a line or text has more than Limits::line_bytes bytes
    malformed,          ///< a message does not have the form of its protocol, such as a JSON object
    invalid_utf8,       ///< bytes are not UTF-8 (RFC 3629)
    control_character,  ///< a text contains a character that acts on a terminal (base/utf8.hpp)
    text_empty,         ///< a message has no text
    unknown_command,    ///< a slash command does not exist
    missing_argument,   ///< a command lacks an argument
    invalid_argument,   ///< a command has an argument that it cannot use
    too_fast,  ///< Limits::messages_per_second and the burst are exceeded; sent once until the sender calms down

    // A recipient
    unclear_recipient,    ///< a slash or an unseen character is next to a recipient's name; it is not delivered
    absent,               ///< a recipient of a private message is not a member; it is not delivered
    to_yourself,          ///< a private message has no recipient but its sender
    too_many_recipients,  ///< a private message has more than Limits::recipients recipients
    no_such_member,       ///< a profile is requested of a name that no member has
    unreachable,          ///< a recipient's connection is lost, and the room keeps no private messages
    not_a_member,         ///< the program names a connection that is unknown, closing, or without the name it needs

    // A group
    not_in_group,      ///< a message to a group that its sender is not in, existing or not; it is not delivered
    not_your_group,    ///< another request about a group that its sender is not in
    in_group_already,  ///< the member is in the group that it joins
    in_lobby_always,   ///< a member leaves the lobby
    too_many_groups,   ///< the member is in Limits::groups_per_member groups
    no_more_groups,    ///< the room has Limits::groups groups
    no_such_group,     ///< the program names a group that does not exist

    // Presence and sessions
    not_away,           ///< a member that is not away comes back
    no_sessions,        ///< a session is requested in a room that offers none
    session_unknown,    ///< a token is invalid, or its member has left, as after Limits::resume_seconds
    named_already,      ///< a member resumes a session
    message_not_newer,  ///< the program preloads a message that is not newer than those before it

    // Friends
    asked_already,        ///< somebody is a friend, or has been asked to be one
    not_your_friend,      ///< somebody is none, and no request is open
    too_many_friends,     ///< one of the two has Limits::friends friends, and requests that it has sent
    no_more_friendships,  ///< the room has Limits::friendships friendships and requests

    // Moderation
    voice_required,      ///< only voices speak there (Setting::moderated)
    operator_required,   ///< only operators may do that there
    owner_required,      ///< only the owner may do that there
    outranked,           ///< the member's role there is not below that of who acts
    muted,               ///< the member is muted there, or in the room
    slow_down,           ///< less than Setting::slow_seconds since the member's last line there
    banned,              ///< the name, account or address is banned there
    locked,              ///< there, nobody comes in without an invitation
    wrong_key,           ///< the group needs a key, and that is not it
    group_full,          ///< the group has as many members as Setting::member_limit allows
    groups_only,         ///< the room itself has no such thing
    not_there,           ///< a member is not in the group that is acted in, or nothing of it is kept there
    too_many_sanctions,  ///< the group has Limits::sanctions bans and mutes, or invitations

    // The program
    forbidden,          ///< the program refuses it (room.on_request)
    no_more_residents,  ///< the room has Limits::residents residents

    // A connection, which is closed
    room_full,             ///< Limits::connections are open, or the driver cannot watch more
    no_name_in_time,       ///< no name within Limits::name_seconds
    idle,                  ///< no input for Limits::idle_seconds
    too_slow,              ///< more than Limits::backlog_bytes are sent and not yet taken
    kicked,                ///< the program closed it
    resumed,               ///< its member continues over another connection
    resumed_too_often,     ///< the member has changed its connection several times in the last seconds
    too_many_connections,  ///< the driver admits no more from this address now (net/address_limiter.hpp)
};

/// The number of codes. An array with a place for each is indexed by `static_cast<std::size_t>(errc)`.
inline constexpr std::size_t errc_count = static_cast<std::size_t>(Errc::too_many_connections) + 1;

/// The outcome of an operation: empty if it was carried out, otherwise why it was not, and then nothing has changed. It
/// reads as it is used: `if (auto refused = room.say(id, text)) log(name_of(*refused));`
using Refusal = std::optional<Errc>;

/// Returns the name of the enumerator, for logs. Phrases for people are in protocol/text/phrases.hpp.
constexpr std::string_view name_of(Errc errc) {
    switch (errc) {
        case Errc::name_required: return "name_required";
        case Errc::name_empty: return "name_empty";
        case Errc::name_too_long: return "name_too_long";
        case Errc::name_character: return "name_character";
        case Errc::name_scripts: return "name_scripts";
        case Errc::name_taken: return "name_taken";
        case Errc::name_unchanged: return "name_unchanged";
        case Errc::line_too_long: return "line_too_long";
        case Errc::malformed: return "malformed";
        case Errc::invalid_utf8: return "invalid_utf8";
        case Errc::control_character: return "control_character";
        case Errc::text_empty: return "text_empty";
        case Errc::unknown_command: return "unknown_command";
        case Errc::missing_argument: return "missing_argument";
        case Errc::invalid_argument: return "invalid_argument";
        case Errc::too_fast: return "too_fast";
        case Errc::unclear_recipient: return "unclear_recipient";
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
        case Errc::asked_already: return "asked_already";
        case Errc::not_your_friend: return "not_your_friend";
        case Errc::too_many_friends: return "too_many_friends";
        case Errc::no_more_friendships: return "no_more_friendships";
        case Errc::voice_required: return "voice_required";
        case Errc::operator_required: return "operator_required";
        case Errc::owner_required: return "owner_required";
        case Errc::outranked: return "outranked";
        case Errc::muted: return "muted";
        case Errc::slow_down: return "slow_down";
        case Errc::banned: return "banned";
        case Errc::locked: return "locked";
        case Errc::wrong_key: return "wrong_key";
        case Errc::group_full: return "group_full";
        case Errc::groups_only: return "groups_only";
        case Errc::not_there: return "not_there";
        case Errc::too_many_sanctions: return "too_many_sanctions";
        case Errc::forbidden: return "forbidden";
        case Errc::no_more_residents: return "no_more_residents";
        case Errc::room_full: return "room_full";
        case Errc::no_name_in_time: return "no_name_in_time";
        case Errc::idle: return "idle";
        case Errc::too_slow: return "too_slow";
        case Errc::kicked: return "kicked";
        case Errc::resumed: return "resumed";
        case Errc::resumed_too_often: return "resumed_too_often";
        case Errc::too_many_connections: return "too_many_connections";
    }
    return "unknown";
}

}  // namespace minimeta
