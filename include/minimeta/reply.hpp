// A reply: what one peer is sent alone, as the answer to a command or because its connection opens or closes.
//
// Views live for the call that they are passed to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "minimeta/base/variant.hpp"
#include "minimeta/error.hpp"
#include "minimeta/message.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

/// The first thing that a connection hears: who we are, and how to give a name.
struct Greeting {};

/// The connection is a member now, one of `members`.
struct Welcome {
    std::string_view name;
    std::size_t members;
};

/// The member's name is changed.
struct NameChanged {
    std::string_view name;
};

/// Something was refused, and nothing has changed. `subject` is what it was about as far as that can be shown (the
/// names that are absent, the unknown command), `limit` the number that was exceeded; empty and 0 where there is
/// none.
struct Refused {
    Errc why;
    std::span<const std::string_view> subject;
    std::size_t limit = 0;
};

/// Somebody who is away, and with which words.
struct Absence {
    std::string_view name;
    std::string_view text;
};

/// A private message reached exactly these. Some of them are away; some have lost their connection, and read it when
/// they come back.
struct Delivered {
    std::span<const std::string_view> to;
    std::span<const Absence> away = {};
    std::span<const std::string_view> lost = {};
};

/// A member as others may see it.
struct Presence {
    std::string_view name;
    bool away = false;
    bool lost = false;  ///< has a session, and no connection just now
};

/// Who is here or in a group: some of them, in the order of their names, and the number of all.
struct Members {
    std::span<const Presence> some;
    std::size_t total;
    std::string_view group = {};
};

/// All that others may know of a member.
struct Profile {
    Presence presence;
    std::string_view away_text;                ///< if it is away, and gave one
    std::span<const std::string_view> groups;  ///< beside the lobby, in the order of joining
    Duration silent;                           ///< since anything was heard from it
};

/// A group and how many are in it.
struct GroupSize {
    std::string_view name;
    std::size_t members;
    bool joined = false;  ///< by the one who asks
};

/// Which groups there are: the lobby first, then some of the others in the order of their names; and the number of
/// all.
struct Groups {
    std::span<const GroupSize> some;
    std::size_t total;
};

/// The peer is in a group now, one of `members`.
struct GroupEntered {
    std::string_view group;
    std::size_t members;
};

/// The peer is not in a group any more.
struct GroupExited {
    std::string_view group;
};

/// What was said in a group, or in private with the peer and the member called `with` among the parties, oldest first. `older` if there is more
/// before that.
struct Recalled {
    std::string_view group;
    std::string_view with;
    std::span<const Message> messages;
    bool older = false;
    std::uint64_t epoch = 0;  ///< the present one, in which a message's sequence is enough to name it
};

/// The peer counts as away, or (again) as attending.
struct AwayChanged {
    bool away;
};

/// The peer has a session: what it must show to resume, within so many seconds after its connection is lost; and the
/// newest message, up to which it was sent everything.
struct Session {
    std::string_view token;
    MessageId newest;
    std::uint32_t seconds;
};

/// The session is resumed. The messages are all that the peer was not sent, if there is no gap. If there is one,
/// messages with ids in `gap_begin`...`gap_end`, both included, may be missing.
struct CaughtUp {
    std::string_view name;
    std::span<const Message> messages;
    MessageId gap_begin = {};
    MessageId gap_end = {};
};

/// What can be done.
struct Usage {};

/// The answer to Quit; the connection closes.
struct Farewell {};

/// The room closes the connection, and why. `words` are the embedding program's own, or empty; `limit` is as in
/// Refused.
struct Removed {
    Errc why;
    std::string_view words = {};
    std::size_t limit = 0;
};

using Reply = Variant<Greeting, Welcome, NameChanged, Refused, Delivered, Members, Profile, Groups, GroupEntered,
                      GroupExited, Recalled, AwayChanged, Session, CaughtUp, Usage, Farewell, Removed>;

}  // namespace minimeta
