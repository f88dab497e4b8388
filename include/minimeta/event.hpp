// What the room tells: an Event is what happened, the same for everybody and for the hook; a Reply answers one peer.
//
// Names in an event are as their owners write them. Views live for the call that they are passed to; a hook that
// renames or removes the member it is told of ends the life of that name's view.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "minimeta/base/variant.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/message.hpp"
#include "minimeta/message_id.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

// ---- Events

/// A connection got its first name, and is a member now.
struct Joined {
    std::string_view name;
};

/// A member changed its name.
struct Renamed {
    std::string_view from;
    std::string_view to;
};

/// A member said something in a group; without a name, that is the lobby, and so to everybody.
struct Said {
    std::string_view from;
    std::string_view text;
    Manner manner = Manner::speech;
    std::string_view group = {};
    Stamp stamp = {};
};

/// A member said something in private. Only the recipients and the hook ever see this.
struct Whispered {
    std::string_view from;
    std::span<const std::string_view> to;
    std::string_view text;
    Manner manner = Manner::speech;
    Stamp stamp = {};
};

/// The embedding program said something in a group, or to everybody.
struct Announced {
    std::string_view text;
    std::string_view group = {};
    Stamp stamp = {};
};

/// A member entered a group.
struct GroupJoined {
    std::string_view name;
    std::string_view group;
};

/// A member left a group, and is still in the room.
struct GroupLeft {
    std::string_view name;
    std::string_view group;
};

/// What happened in a group of more than Limits::noticed_members, since it was last summed up. The hook is told each
/// of it, and the sum.
struct Turnover {
    std::string_view group;
    std::size_t joined = 0;
    std::size_t left = 0;
    std::size_t renamed = 0;
};

/// A member is gone: by its own will or with its connection if `why` is empty, otherwise closed by the room.
struct Left {
    std::string_view name;
    Refusal why;
};

// These four are for the hook alone: others can see them, if they ask.

/// A member is away. The text may be empty.
struct WentAway {
    std::string_view name;
    std::string_view text;
};

/// A member is back.
struct CameBack {
    std::string_view name;
};

/// A member with a session has lost its connection, and keeps its place for Limits::resume_seconds.
struct ConnectionLost {
    std::string_view name;
};

/// A member goes on, over another connection (`room.find(name)`).
struct Resumed {
    std::string_view name;
};

using Event = Variant<Joined, Renamed, Said, Whispered, Announced, Left, GroupJoined, GroupLeft, Turnover, WentAway,
                      CameBack, ConnectionLost, Resumed>;

// ---- Replies

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
