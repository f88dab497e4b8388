// Replies: what is sent to one peer alone, as the answer to a command or because its connection opens or closes.
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
#include "minimeta/role.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

/// The first reply on a connection: which room this is, and how to give a name.
struct Greeting {};

/// The connection is a member now; the room has `members`, this one included.
struct Welcome {
    std::string_view name;
    std::size_t members;
};

/// The member's name was changed.
struct NameChanged {
    std::string_view name;
};

/// The same as Welcome and NameChanged, and the member of a resumed session, for programs: sent to a peer that has asked
/// for a session whenever its name is another one than before.
struct CurrentName {
    std::string_view name;
};

/// A request was refused, and nothing has changed. `subject` is what it was about, as far as that can be shown (the
/// absent names, the unknown command), and `limit` the number that was exceeded; empty and 0 where there is none. `words`
/// are the reason in the embedding program's own words, or empty.
struct Refused {
    Errc why;
    std::span<const std::string_view> subject;
    std::size_t limit = 0;
    std::string_view words = {};
};

/// The embedding program says something to this peer alone.
struct Told {
    std::string_view text;
};

/// A member that is away, and the text that it left, which may be empty.
struct Absence {
    std::string_view name;
    std::string_view text;
};

/// What the peer said is said, in a group or, if `to` is not empty, in private. Only for protocols that want it.
struct Sent {
    Stamp stamp;
    std::string_view text;
    Manner manner = Manner::speech;
    std::string_view group = {};
    std::span<const std::string_view> to = {};
};

/// A private message was sent to exactly these members. Those in `away` are away; those in `lost` have lost their
/// connection, and receive the message when they resume.
struct Delivered {
    std::span<const std::string_view> to;
    std::span<const Absence> away = {};
    std::span<const std::string_view> lost = {};
    std::span<const std::string_view> absent = {};  ///< friends that are no members, and receive it when they are back
};

/// A member as other members may see it.
struct Presence {
    std::string_view name;
    bool away = false;
    bool lost = false;         ///< has a session, and no connection at present
    bool resident = false;     ///< of the embedding program, and never has a connection
    Role role = Role::member;  ///< in the group that is asked about; of a profile, in the room
};

/// The members of a group: some of them, in the order of their names, and the number of all.
struct Members {
    std::span<const Presence> some;
    std::size_t total;
    std::string_view group = {};
};

/// Everything that other members may know of a member.
struct Profile {
    Presence presence;
    std::string_view away_text;                ///< empty unless the member is away and left one
    std::span<const std::string_view> groups;  ///< without the lobby, in the order of joining
    Duration silent;                           ///< since the last input from the member
    std::string_view account = {};             ///< that the program attached to it, or empty
};

/// A group and its number of members.
struct GroupSize {
    std::string_view name;
    std::size_t members;
    bool joined = false;  ///< whether the requesting member is in it
};

/// The groups: the lobby first, then some of the others in the order of their names; and the number of all.
struct Groups {
    std::span<const GroupSize> some;
    std::size_t total;
};

/// The peer entered a group, which has `members`, the peer included.
struct GroupEntered {
    std::string_view group;
    std::size_t members;
};

/// The peer left a group.
struct GroupExited {
    std::string_view group;
};

/// The peer ignores a member from now on, or no longer.
struct IgnoreChanged {
    std::string_view name;
    bool hidden;
};

/// The members that the peer ignores.
struct Ignored {
    std::span<const std::string_view> names;
};

/// What somebody is to the peer from now on.
struct FriendChanged {
    std::string_view name;
    Relationship relationship;
};

/// A friend with an account came, or is gone. `name` is that of its member, which need not be the account's.
struct FriendMoved {
    std::string_view account;
    std::string_view name;
    bool here;
};

/// Somebody who is a friend, or with whom a request is open.
struct Friend {
    std::string_view name;     ///< of its member; of one that is not here, the account's
    std::string_view account;  ///< empty if it has none
    Relationship relationship;
    bool here;
    bool away;
};

/// The peer's friends, and the requests that are open, in the order in which they were made.
struct Friends {
    std::span<const Friend> all;
};

/// Private messages from friends that waited until the peer was here; oldest first.
struct Waited {
    std::span<const Message> messages;
    std::uint64_t epoch = 0;  ///< as in Recalled
};

/// The topic of a group or of the room, and who set it (empty for the program); an empty text is none.
struct Topic {
    std::string_view text;
    std::string_view by;
    std::string_view group = {};
};

/// The peer was removed from a group; the text is why, or empty.
struct KickedFrom {
    std::string_view group;
    std::string_view text;
    std::string_view by;
};

/// The peer may enter a group.
struct Invitation {
    std::string_view group;
    std::string_view by;
};

/// A ban or mute, for so many seconds from now on; 0 is for good.
struct ListedSanction {
    Sanction sanction;
    std::string_view name;
    std::uint64_t seconds;
};

/// The bans and mutes in a group or in the room.
struct Sanctions {
    std::span<const ListedSanction> all;
    std::string_view group = {};
};

/// Messages from the history of a group or, if `with` is not empty, the private ones in which both the peer and the
/// member of that name take part; oldest first. `older` tells whether more are kept before them.
struct Recalled {
    std::string_view group;
    std::string_view with;
    std::span<const Message> messages;
    bool older = false;
    std::uint64_t epoch = 0;  ///< the present one, in which the sequence alone identifies a message
};

/// The peer is away, or back.
struct AwayChanged {
    bool away;
};

/// The peer has a session. `token` resumes it within `seconds` after its connection is lost; the peer has been sent all
/// messages up to `newest`.
struct Session {
    std::string_view token;
    MessageId newest;
    std::uint32_t seconds;
};

/// A session was resumed. `messages` are those that the peer missed. They are complete if there is no gap; otherwise
/// messages with ids from `gap_begin` to `gap_end`, both included, may be missing.
struct CaughtUp {
    std::string_view name;
    std::span<const Message> messages;
    MessageId gap_begin = {};
    MessageId gap_end = {};
};

/// A command of the embedding program: how it is written, and what it does.
struct CommandHelp {
    std::string_view usage;
    std::string_view meaning;
};

/// The list of commands: the protocol's, and those of the program.
struct Usage {
    std::span<const CommandHelp> custom = {};
};

/// The answer to Quit; the connection closes.
struct Farewell {};

/// The room closes the connection. `words` is the reason in the embedding program's own words, or empty; `limit` is as
/// in Refused.
struct Removed {
    Errc why;
    std::string_view words = {};
    std::size_t limit = 0;
};

using Reply =
    Variant<Greeting, Welcome, NameChanged, CurrentName, Refused, Told, Sent, Delivered, Members, Profile, Groups,
            GroupEntered, GroupExited, IgnoreChanged, Ignored, FriendChanged, FriendMoved, Friends, Waited, Topic,
            KickedFrom, Invitation, Sanctions, Recalled, AwayChanged, Session, CaughtUp, Usage, Farewell, Removed>;

}  // namespace minimeta
