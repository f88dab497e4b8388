// Events: what happened in the room, the same for all members that it concerns and for the hook.
//
// Names are spelled as their members chose them; `number` is that of the member that does or did it. Views live for the call that they are passed to; a hook that renames
// or removes the member ends the life of that name's view, and one that ends a group the life of the group's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "minimeta/base/variant.hpp"
#include "minimeta/error.hpp"
#include "minimeta/message.hpp"
#include "minimeta/role.hpp"

namespace minimeta {

/// A connection received its first name, and is a member now.
struct Joined {
    std::string_view name;
    MemberNumber number = {};
};

/// A member changed its name.
struct Renamed {
    std::string_view from;
    std::string_view to;
    MemberNumber number = {};
};

/// A member said something in a group; an empty name is the lobby, which has every member.
struct Said {
    std::string_view from;
    std::string_view text;
    Manner manner = Manner::speech;
    std::string_view group = {};
    Stamp stamp = {};
    MemberNumber number = {};
};

/// A member sent a private message. Only its recipients and the hook receive this event.
struct Whispered {
    std::string_view from;
    std::span<const std::string_view> to;
    std::string_view text;
    Manner manner = Manner::speech;
    Stamp stamp = {};
    MemberNumber number = {};
};

/// The embedding program said something in a group; an empty name is the lobby.
struct Announced {
    std::string_view text;
    std::string_view group = {};
    Stamp stamp = {};
};

/// A member entered a group.
struct GroupJoined {
    std::string_view name;
    std::string_view group;
    MemberNumber number = {};
};

/// A member left a group, and is still in the room.
struct GroupLeft {
    std::string_view name;
    std::string_view group;
    MemberNumber number = {};
};

/// How many members joined, left and renamed in a group of more than Limits::noticed_members, since its last summary.
/// The hook receives each of these events as well as the summary.
struct MembershipSummary {
    std::string_view group;
    std::size_t joined = 0;
    std::size_t left = 0;
    std::size_t renamed = 0;
};

/// A member left: by itself or with its connection if `why` is empty, otherwise closed by the room. `data` is the program's
/// own word for it (room.data), so that what it stands for can be freed.
struct Left {
    std::string_view name;
    Refusal why;
    MemberNumber number = {};
    std::uint64_t data = 0;
};

// The next ones act in a group or, if its name is empty, in the room. `by` is the member that did it, or empty if the program
// did; `number` that of the member that it concerns.

/// A member has another role.
struct RoleChanged {
    std::string_view name;
    Role role;
    std::string_view by;
    std::string_view group = {};
    MemberNumber number = {};
};

/// The topic was set; an empty one is none.
struct TopicChanged {
    std::string_view text;
    std::string_view by;
    std::string_view group = {};
};

/// A member is being removed: Left follows, or GroupLeft. The text is why, or empty.
struct Kicked {
    std::string_view name;
    std::string_view text;
    std::string_view by;
    std::string_view group = {};
    MemberNumber number = {};
};

/// A member, or a name that a member may have later, was banned or muted for some seconds; 0 is for good.
struct Punished {
    Sanction sanction;
    std::string_view name;
    std::uint64_t seconds;
    std::string_view by;
    std::string_view group = {};
    MemberNumber number = {};
};

/// That was taken back.
struct Pardoned {
    Sanction sanction;
    std::string_view name;
    std::string_view by;
    std::string_view group = {};
};

/// A setting has another value.
struct SettingChanged {
    Setting setting;
    std::uint64_t value;
    std::string_view by;
    std::string_view group = {};
};

/// A group needs a key from now on, or none (false).
struct KeyChanged {
    bool needed;
    std::string_view by;
    std::string_view group;
};

/// What a member said was taken from the history.
struct Purged {
    std::string_view name;
    std::string_view by;
    std::string_view group = {};
    MemberNumber number = {};
};

// The next ones go to the hook alone, and the first two to the member's friends. Members can request this state with Who and
// Whois.

/// A member is away. The text may be empty.
struct WentAway {
    std::string_view name;
    std::string_view text;
    MemberNumber number = {};
};

/// A member is back.
struct CameBack {
    std::string_view name;
    MemberNumber number = {};
};

/// A member with a session lost its connection; it keeps its name and groups for Limits::resume_seconds.
struct ConnectionLost {
    std::string_view name;
    MemberNumber number = {};
};

/// A member continues over another connection, `room.connection(number)`.
struct Resumed {
    std::string_view name;
    MemberNumber number = {};
};

/// A member asked somebody to be its friend (outgoing), or agreed to that (friends), or ended or declined it (none). Either may
/// have an account.
struct FriendshipChanged {
    std::string_view name;
    std::string_view account;
    std::string_view other;  ///< the other one's name or, if it is not here, its account
    std::string_view other_account;
    Relationship relationship;
    MemberNumber number = {};
};

/// A member may enter a locked group.
struct Invited {
    std::string_view name;
    std::string_view by;
    std::string_view group;
    MemberNumber number = {};
};

using Event = Variant<Joined, Renamed, Said, Whispered, Announced, Left, GroupJoined, GroupLeft, MembershipSummary,
                      RoleChanged, TopicChanged, Kicked, Punished, Pardoned, SettingChanged, KeyChanged, Purged,
                      WentAway, CameBack, ConnectionLost, Resumed, FriendshipChanged, Invited>;

}  // namespace minimeta
