// Phrases: every sentence that the text protocols send to people, in English, in Chinese, or your own.
//
// A phrase is a format string in which `{word}` stands for a value; the comment behind each phrase lists its words. A
// phrase may leave out any of them, and may have several lines.
//
// The room's own lines begin with a sign: `-- ` for a notice, `! ` for a refusal, `** ` for an announcement of the
// program, and `+` for programs (event_encoder.hpp, reply_encoder.hpp), with which no phrase begins. What a member says
// is behind its name, which never begins with one of these signs; and in front of the name is where it was said: `[` in
// private or in the past, `#` in a group. So no member can impersonate the room.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "minimeta/error.hpp"

namespace minimeta {

/// A set of phrases. To change some of them, take a set and assign:
///     Phrases mine = english;
///     mine.joined = "-- {name} is in.";
/// Keep the sign and the name in front, by which members tell the room's lines from those of others. The views must
/// outlive the protocol objects made with them, as string literals do.
struct Phrases {
    std::string_view greeting;
    std::string_view welcome;       // name, count
    std::string_view name_changed;  // name

    std::string_view joined;         // name
    std::string_view renamed;        // from, name
    std::string_view left;           // name
    std::string_view left_kicked;    // name
    std::string_view left_idle;      // name
    std::string_view left_too_slow;  // name
    std::string_view said;           // name, text
    std::string_view acted;          // name, text
    std::string_view whispered;      // name, text, to
    std::string_view whisper_acted;  // name, text, to
    std::string_view announced;      // text
    std::string_view told;           // text; to one alone

    std::string_view group_joined;  // name, group
    std::string_view group_left;    // name, group
    std::string_view said_in;       // group, name, text
    std::string_view acted_in;      // group, name, text
    std::string_view announced_in;  // group, text

    std::string_view summary;      // counts: a list of many_joined, many_left, and one_renamed or many_renamed
    std::string_view summary_in;   // group, counts
    std::string_view many_joined;  // count
    std::string_view many_left;    // count
    std::string_view one_renamed;
    std::string_view many_renamed;  // count

    std::string_view delivered;        // to
    std::string_view delivered_later;  // name
    std::string_view members;          // count, names
    std::string_view members_more;     // count, names, more
    std::string_view members_in;       // group, count, names
    std::string_view members_in_more;  // group, count, names, more
    std::string_view member_away;      // name; an entry of names
    std::string_view member_lost;      // name; an entry of names
    std::string_view member_absent;    // name; an entry of names
    std::string_view member_account;   // name, account; the same, of another name
    std::string_view comma;            // between two entries of a list
    std::string_view usage;
    std::string_view custom_usage;  // usage, meaning; a line behind the others, for a command of the program
    std::string_view farewell;      // name

    std::string_view group_entered;     // group, count
    std::string_view group_exited;      // group
    std::string_view groups;            // count, groups
    std::string_view groups_more;       // count, groups, more
    std::string_view lobby_listed;      // count; an entry of groups
    std::string_view group_listed;      // group, count; an entry of groups
    std::string_view own_group_listed;  // group, count; the same, if the reader is in it

    std::string_view now_ignored;  // name
    std::string_view not_ignored;  // name
    std::string_view ignored;      // names
    std::string_view nobody_ignored;

    std::string_view friend_asked;    // name
    std::string_view friend_asks;     // name
    std::string_view friend_gained;   // name
    std::string_view friend_lost;     // name; also for a request that is taken back or declined
    std::string_view friend_here;     // account
    std::string_view friend_here_as;  // account, name
    std::string_view friend_gone;     // account
    std::string_view friends;         // names
    std::string_view friends_asked;   // names
    std::string_view friends_asking;  // names
    std::string_view no_friends;
    std::string_view waited;

    // Moderation. `where` is where_in or empty, `by` the_room for the program, `time` one of the for_ phrases or empty, `role`
    // one of the role_ phrases.
    std::string_view where_in;  // group
    std::string_view the_room;
    std::string_view for_seconds, for_minutes, for_hours, for_days;  // count
    std::string_view role_member, role_voice, role_op, role_owner;
    std::string_view role_changed;                           // name, role, where, by
    std::string_view is_role;                                // name, role
    std::string_view member_voice, member_op, member_owner;  // name; an entry of names
    std::string_view topic_changed;                          // text, where, by
    std::string_view topic_removed;                          // where, by
    std::string_view topic_is;                               // text, where
    std::string_view topic_none;                             // where
    std::string_view kicked;                                 // name, where, by
    std::string_view kicked_saying;                          // name, where, by, text
    std::string_view kicked_from;                            // group, by
    std::string_view kicked_from_saying;                     // group, by, text
    std::string_view banned, muted;                          // name, time, where, by
    std::string_view unbanned, unmuted;                      // name, where, by
    std::string_view sanctions;                              // where, names
    std::string_view sanctions_none;                         // where
    std::string_view ban_listed, mute_listed;                // name, time; an entry of names
    std::string_view locked, unlocked;                       // where, by
    std::string_view moderated, unmoderated;                 // where, by
    std::string_view hidden, shown;                          // group, by
    std::string_view slow, not_slow;                         // count, where, by
    std::string_view limited, unlimited;                     // count, where, by
    std::string_view key_set, key_removed;                   // group, where, by
    std::string_view purged;                                 // name, where, by
    std::string_view invitation;                             // group, by

    std::string_view now_away;
    std::string_view now_back;
    std::string_view is_away;             // name
    std::string_view is_away_saying;      // name, text
    std::string_view is_back;             // name
    std::string_view connection_lost;     // name
    std::string_view is_in;               // name, groups
    std::string_view is_account;          // name, account
    std::string_view is_resident;         // name
    std::string_view active_just_now;     // name
    std::string_view active_seconds_ago;  // name, count
    std::string_view active_minutes_ago;  // name, count
    std::string_view active_hours_ago;    // name, count

    std::string_view said_before;
    std::string_view said_before_in;    // group
    std::string_view said_before_with;  // name
    std::string_view recalled;          // id, time; the beginning of a line
    std::string_view recalled_untimed;  // id; the beginning of a line
    std::string_view private_said;      // name, to, text
    std::string_view private_acted;     // name, to, text
    std::string_view older;             // command
    std::string_view nothing_kept;

    std::string_view welcome_back;    // name
    std::string_view missed_nothing;  // name
    std::string_view missed_one;      // name
    std::string_view missed;          // name, count
    std::string_view gap;             // begin, end

    std::string_view refused;        // reason
    std::string_view removed;        // reason
    std::string_view removed_words;  // text

    std::array<std::string_view, errc_count> reasons{};  // subject, limit

    /// The phrase for the word `reason`.
    [[nodiscard]] constexpr std::string_view& reason(Errc errc) { return reasons[static_cast<std::size_t>(errc)]; }
    [[nodiscard]] constexpr std::string_view reason(Errc errc) const { return reasons[static_cast<std::size_t>(errc)]; }
};

}  // namespace minimeta
