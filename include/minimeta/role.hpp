// Roles: what a member may do in the room or in a group. Settings: the rules of one. Relationships: what two are to each
// other.
#pragma once

#include <cstddef>
#include <string_view>

namespace minimeta {

/// Each role may do what those before it may. A voice speaks where only voices may (Setting::moderated); an operator removes,
/// mutes and bans, and sets topic and settings; the owner makes operators. The maker of a group owns it. Operators and
/// owners of the room are that in every group that they are in.
enum class Role : unsigned char { member, voice, op, owner };

/// Returns the name of the enumerator, for logs.
constexpr std::string_view name_of(Role role) {
    switch (role) {
        case Role::member: return "member";
        case Role::voice: return "voice";
        case Role::op: return "op";
        case Role::owner: return "owner";
    }
    return "unknown";
}

/// A rule of a group or of the room, whose value is a number; 0 is the default, and none.
enum class Setting : unsigned char {
    locked,        ///< 1: a group is entered by invitation only, the room not at all
    moderated,     ///< 1: only voices speak
    hidden,        ///< 1: a group is in no list of those that are not in it
    slow_seconds,  ///< seconds between two lines of a member that is no voice
    member_limit,  ///< members of a group at most
};

/// The number of settings. An array with a place for each is indexed by `static_cast<std::size_t>(setting)`.
inline constexpr std::size_t setting_count = static_cast<std::size_t>(Setting::member_limit) + 1;

/// Returns the name of the enumerator, for logs.
constexpr std::string_view name_of(Setting setting) {
    switch (setting) {
        case Setting::locked: return "locked";
        case Setting::moderated: return "moderated";
        case Setting::hidden: return "hidden";
        case Setting::slow_seconds: return "slow_seconds";
        case Setting::member_limit: return "member_limit";
    }
    return "unknown";
}

/// How a member is kept from doing harm: by not getting in, or by not being heard.
enum class Sanction : unsigned char { ban, mute };

/// Returns the name of the enumerator, for logs.
constexpr std::string_view name_of(Sanction sanction) { return sanction == Sanction::ban ? "ban" : "mute"; }

/// What somebody is to another one: nothing, asked by it to be its friend, asking it, or its friend. Of the two who are asked
/// and asking, each sees the other's side.
enum class Relationship : unsigned char { none, outgoing, incoming, friends };

/// Returns the same as the other one sees it.
constexpr Relationship seen_by_the_other(Relationship relationship) {
    switch (relationship) {
        case Relationship::outgoing: return Relationship::incoming;
        case Relationship::incoming: return Relationship::outgoing;
        case Relationship::none:
        case Relationship::friends: break;
    }
    return relationship;
}

/// Returns the name of the enumerator, for logs.
constexpr std::string_view name_of(Relationship relationship) {
    switch (relationship) {
        case Relationship::none: return "none";
        case Relationship::outgoing: return "outgoing";
        case Relationship::incoming: return "incoming";
        case Relationship::friends: return "friends";
    }
    return "unknown";
}

}  // namespace minimeta
