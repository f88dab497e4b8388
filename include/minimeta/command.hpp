// What a peer may ask of the room: plain values that a protocol's decoder makes out of bytes.
//
// Views in a command point into what was fed to the decoder or into the protocol's scratch; they live until the next
// decode. A decoder need not check what is said: the room refuses names and texts that are not fit to be shown.
#pragma once

#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include "minimeta/base/variant.hpp"
#include "minimeta/error.hpp"
#include "minimeta/message.hpp"

namespace minimeta {

/// Gives the connection its name, or changes it. Blanks around the name are not part of it.
struct SetName {
    std::string_view name;
};

/// Says a text to everybody else, or to the others in a group. Here as everywhere, a group's name is without the #,
/// and no name at all is the lobby, in which everybody is.
struct Say {
    std::string_view text;
    Manner manner = Manner::speech;
    std::string_view group = {};
};

/// Says a text to these members only. Repeated names count once.
struct Whisper {
    std::span<const std::string_view> to;
    std::string_view text;
    Manner manner = Manner::speech;
};

/// Asks who is here, or in a group.
struct Who {
    std::string_view group = {};
};

/// Asks about one member.
struct Whois {
    std::string_view name;
};

/// Enters a group, which begins to exist with its first member.
struct Join {
    std::string_view group;
};

/// Leaves a group.
struct Leave {
    std::string_view group;
};

/// Asks which groups there are.
struct ListGroups {};

/// Asks what was said: in a group, or in private with the sender and the member called `with` among the parties, if
/// that is not empty. The last `count` messages (0: as many as the room finds right) before the one called `before` (none: up to
/// now). An epoch of 0 in `before` is the room's present one.
struct Recall {
    std::string_view group = {};
    std::string_view with = {};
    MessageId before = {};
    std::size_t count = 0;
};

/// Is not attending from now on, until it says something or is Back. The text may be empty.
struct Away {
    std::string_view text;
};

/// Attends again.
struct Back {};

/// The peer is able to resume: it wants a token for that (Session), and messages with their stamps from now on.
struct OpenSession {};

/// The peer had a session, and was sent everything up to and including the message called `seen`. Implies OpenSession.
struct Resume {
    std::string_view token;
    MessageId seen;
};

/// Asks what can be done.
struct Help {};

/// Leaves, politely.
struct Quit {};

/// The wire is ready to be greeted: once, at the start, after whatever handshake the protocol has.
struct Greet {};

/// The wire itself wants these bytes sent back, unseen by the room: a pong, the answer of a handshake.
struct SendBack {
    std::string_view bytes;
};

/// The wire brought something that is no command. `what` is the part that the peer would recognise, or empty.
struct Malformed {
    Errc why;
    std::string_view what = {};
};

using Command = Variant<SetName, Say, Whisper, Who, Whois, Join, Leave, ListGroups, Recall, Away, Back, OpenSession,
                        Resume, Help, Quit, Greet, SendBack, Malformed>;

template <class C, class... Cs>
concept one_of = (std::same_as<C, Cs> || ...);

/// Whether only members may send a command.
template <class C>
inline constexpr bool needs_name = !one_of<C, SetName, OpenSession, Resume, Help, Quit, Greet, SendBack, Malformed>;

/// Whether a command counts against Limits::messages_per_second.
template <class C>
inline constexpr bool is_metered = !one_of<C, Quit, Greet>;

/// A Command of this kind, made of its parts.
template <class Kind, class... Parts>
[[nodiscard]] Command command(Parts&&... parts) {
    return Kind{std::forward<Parts>(parts)...};
}

}  // namespace minimeta
