// Commands: the requests that a peer sends to the room, as plain values that a protocol's decoder makes from bytes.
//
// Views in a command point into the decoder's input or into the protocol's scratch; they live until the next decode. A
// decoder need not validate names and texts: the room refuses those that may not be shown.
#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "minimeta/base/variant.hpp"
#include "minimeta/error.hpp"
#include "minimeta/message.hpp"
#include "minimeta/role.hpp"

namespace minimeta {

/// Sets or changes the name of the connection. Blanks around the name are removed.
struct SetName {
    std::string_view name;
};

/// Sends a text to the other members of a group. Here as everywhere, the name of a group does not include the #, and an
/// empty name is the lobby, which has every member.
struct Say {
    std::string_view text;
    Manner manner = Manner::speech;
    std::string_view group = {};
};

/// Sends a text to these members only. A repeated name counts once.
struct Whisper {
    std::span<const std::string_view> to;
    std::string_view text;
    Manner manner = Manner::speech;
};

/// Requests the members of a group.
struct Who {
    std::string_view group = {};
};

/// Requests the profile of a member.
struct Whois {
    std::string_view name;
};

/// Enters a group, which is created for its first member. Some need a key.
struct Join {
    std::string_view group;
    std::string_view key = {};
};

/// Leaves a group.
struct Leave {
    std::string_view group;
};

/// Requests the list of groups.
struct ListGroups {};

/// Requests messages from a history: that of a group or, if `with` is not empty, the private messages in which both the
/// peer and the member of that name take part. The answer has the last `count` messages (0: the room's default) before
/// the message `before` (empty: the newest ones). An epoch of 0 in `before` is the present epoch of the room.
struct Recall {
    std::string_view group = {};
    std::string_view with = {};
    MessageId before = {};
    std::uint64_t count = 0;
};

/// Marks the member as away, until it says something or sends Back. The text may be empty.
struct Away {
    std::string_view text;
};

/// Marks the member as back.
struct Back {};

/// Requests a session: the peer receives a token with which to resume (Session), and from now on messages with their
/// stamps.
struct OpenSession {};

/// Resumes a session. The peer has received all messages up to and including `seen`. Implies OpenSession.
struct Resume {
    std::string_view token;
    MessageId seen;
};

/// Hides what a member says from the peer, or shows it again.
struct Ignore {
    std::string_view name;
    bool hidden = true;
};

/// Requests the names of the members that the peer ignores.
struct ListIgnored {};

/// Asks somebody to be the peer's friend, or agrees to that.
struct Befriend {
    std::string_view name;
};

/// Ends a friendship, takes a request back, or declines one.
struct Unfriend {
    std::string_view name;
};

/// Requests the peer's friends, and the requests that are open.
struct ListFriends {};

// The next ones act in a group or, if its name is empty, in the room. Who may, is told by Role (role.hpp).

/// Gives a member a role.
struct SetRole {
    std::string_view name;
    Role role;
    std::string_view group = {};
};

/// Sets the topic; an empty one is none.
struct SetTopic {
    std::string_view text;
    std::string_view group = {};
};

/// Requests the topic.
struct GetTopic {
    std::string_view group = {};
};

/// Removes a member; the text is why, or empty.
struct Kick {
    std::string_view name;
    std::string_view text = {};
    std::string_view group = {};
};

/// Bans or mutes the member of this name, or whoever will have it or has it as its account, for some seconds; 0 is for good.
struct Punish {
    Sanction sanction;
    std::string_view name;
    std::uint64_t seconds = 0;
    std::string_view group = {};
};

/// Takes that back.
struct Pardon {
    Sanction sanction;
    std::string_view name;
    std::string_view group = {};
};

/// Requests the list of bans and mutes.
struct ListSanctions {
    std::string_view group = {};
};

/// Changes a setting.
struct Configure {
    Setting setting;
    std::uint64_t value;
    std::string_view group = {};
};

/// Sets the key that a group needs to be entered; an empty one is none.
struct SetKey {
    std::string_view key;
    std::string_view group;
};

/// Lets a member enter a group that is locked, and tells it.
struct Invite {
    std::string_view name;
    std::string_view group;
};

/// Takes back what a member said from the history.
struct Purge {
    std::string_view name;
    std::string_view group = {};
};

/// Requests the list of commands.
struct Help {};

/// Leaves the room; the connection is closed after a farewell.
struct Quit {};

/// Requests the greeting: once, at the start, after the handshake of a protocol that has one.
struct Greet {};

/// Sends bytes of the wire format back, which the room does not look at: a pong, the answer to a handshake.
struct SendBack {
    std::string_view bytes;
};

/// The same, and closes the connection: the answer to a bad request, to the end of a WebSocket. The member leaves, or keeps its
/// place as if its connection were lost (false).
struct Disconnect {
    std::string_view bytes;
    bool leaves = true;
};

/// Requests something that the protocol does not know, and the program may (room.on_request): `/roll 2d6` has the word `roll`
/// and the rest `2d6`. `typed` is the beginning that the peer would recognise: `/roll`.
struct Custom {
    std::string_view word;
    std::string_view rest;
    std::string_view typed;
};

/// Reports input that is not a command. `what` is the part of it that the peer would recognise, or empty.
struct Malformed {
    Errc why;
    std::string_view what = {};
};

using Command = Variant<SetName, Say, Whisper, Who, Whois, Join, Leave, ListGroups, Recall, Away, Back, OpenSession,
                        Resume, Ignore, ListIgnored, Befriend, Unfriend, ListFriends, SetRole, SetTopic, GetTopic, Kick,
                        Punish, Pardon, ListSanctions, Configure, SetKey, Invite, Purge, Help, Quit, Greet, SendBack,
                        Disconnect, Custom, Malformed>;

template <class C, class... Cs>
concept one_of = (std::same_as<C, Cs> || ...);

/// Whether only members may send a command.
template <class C>
inline constexpr bool needs_name =
    !one_of<C, SetName, OpenSession, Resume, Help, Quit, Greet, SendBack, Disconnect, Custom, Malformed>;

/// Whether a command is something that a peer asks the room for, and so passes the program's gate (request.hpp).
template <class C>
inline constexpr bool is_request = !one_of<C, Greet, SendBack, Disconnect, Malformed>;

/// Whether a command counts against Limits::messages_per_second.
template <class C>
inline constexpr bool is_metered = !one_of<C, Quit, Greet, SendBack, Disconnect>;

/// Returns a Command that holds a `Kind` made of these parts.
template <class Kind, class... Parts>
[[nodiscard]] Command command(Parts&&... parts) {
    return Kind{std::forward<Parts>(parts)...};
}

}  // namespace minimeta
