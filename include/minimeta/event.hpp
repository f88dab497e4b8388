// An event: something that happened in the room, the same for all members it concerns and for the hook.
//
// Names in an event are as their owners write them. Views live for the call that they are passed to; a hook that
// renames or removes the member in question ends the life of that name's view.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "minimeta/base/variant.hpp"
#include "minimeta/error.hpp"
#include "minimeta/message.hpp"

namespace minimeta {

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
struct MembershipSummary {
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

using Event = Variant<Joined, Renamed, Said, Whispered, Announced, Left, GroupJoined, GroupLeft, MembershipSummary,
                      WentAway, CameBack, ConnectionLost, Resumed>;

}  // namespace minimeta
