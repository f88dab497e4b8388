// The phrases of the text protocols in English.
#pragma once

#include "minimeta/error.hpp"
#include "minimeta/protocol/text/phrases.hpp"

namespace minimeta {

inline constexpr Phrases english = [] {
    Phrases p{
        .greeting = "-- Hello! Tell us your name to come in, for example:  name:lily",
        .welcome = "-- Welcome, {name}! People here: {count}. What you can do: /help",
        .name_changed = "-- Your name is {name} now.",

        .joined = "-- {name} joined.",
        .renamed = "-- {from} is now {name}.",
        .left = "-- {name} is gone.",
        .left_kicked = "-- {name} is gone: removed.",
        .left_idle = "-- {name} is gone: silent for too long.",
        .left_too_slow = "-- {name} is gone: the connection was too slow.",
        .said = "{name}: {text}",
        .acted = "* {name} {text}",
        .whispered = "[private] {name}: {text}",
        .whisper_acted = "[private] * {name} {text}",
        .announced = "** {text}",
        .told = "[private] ** {text}",

        .group_joined = "-- {name} joined #{group}.",
        .group_left = "-- {name} left #{group}.",
        .said_in = "#{group} {name}: {text}",
        .acted_in = "#{group} * {name} {text}",
        .announced_in = "#{group} ** {text}",

        .summary = "-- {counts}.",
        .summary_in = "-- #{group}: {counts}.",
        .many_joined = "{count} joined",
        .many_left = "{count} left",
        .one_renamed = "1 changed their name",
        .many_renamed = "{count} changed their names",

        .delivered = "-- Sent in private to {to}; nobody else can read it.",
        .delivered_later = "-- {name} is not here, and will read it when back.",
        .members = "-- Here now ({count}): {names}",
        .members_more = "-- Here now ({count}): {names} and {more} more",
        .members_in = "-- In #{group} now ({count}): {names}",
        .members_in_more = "-- In #{group} now ({count}): {names} and {more} more",
        .member_away = "{name} (away)",
        .member_lost = "{name} (connection lost)",
        .member_absent = "{name} (not here)",
        .member_account = "{account} as {name}",
        .comma = ", ",
        .usage =
            "-- A line goes to everybody; a line with @bob in it goes to bob alone.\n"
            "--   name:lily            your name, also /nick lily\n"
            "--   hi @bob @eve         in private, to both; @@bob says \"@bob\" in public\n"
            "--   /msg bob hi          in private, without the @\n"
            "--   /me waves            tells what you do\n"
            "--   //text               a line that begins with a slash\n"
            "--   /join #dev           enter a group; /leave #dev, and /groups for a list\n"
            "--   #dev hi              to the group alone; ##dev says \"#dev\" to everybody\n"
            "--   /who                 who is here; /who #dev, /whois bob\n"
            "--   /history 20          what was said last; /history #dev, /history @bob,\n"
            "--                        and /history before 230 (its number) to page back\n"
            "--   /away lunch          not attending, until you say something or /back\n"
            "--   /ignore bob          not to hear bob any more; /unignore bob\n"
            "--   /friend bob          asks bob to be your friend, or agrees; /friends\n"
            "--   /topic               what the room is about; /topic #dev\n"
            "--   /quit                leave\n"
            "--   /session             for programs: how to /resume when a connection is lost\n"
            "-- For operators and owners of groups; with #dev in front of the rest, in #dev:\n"
            "--   /kick bob rude, /ban bob 2h, /mute bob 10m, /unban bob, /unmute bob, /bans,\n"
            "--   /purge bob, /op bob, /deop bob, /voice bob, /devoice bob, /topic text,\n"
            "--   /lock, /unlock, /moderated on, /slow 10, and only there: /invite #dev bob,\n"
            "--   /key #dev word, /limit #dev 20, /hide #dev on",
        .custom_usage = "--   {usage}{meaning}",
        .farewell = "-- Goodbye!",

        .group_entered = "-- You are in #{group}. People there: {count}. What you say to them:  #{group} hello",
        .group_exited = "-- You left #{group}.",
        .groups = "-- Groups: {groups}",
        .groups_more = "-- Groups: {groups} and {more} more",
        .lobby_listed = "lobby ({count})",
        .group_listed = "#{group} ({count})",
        .own_group_listed = "#{group} ({count}, you are in it)",

        .now_ignored = "-- You do not hear {name} any more. To hear again:  /unignore {name}",
        .not_ignored = "-- You hear {name} again.",
        .ignored = "-- You do not hear: {names}",
        .nobody_ignored = "-- You hear everybody.",

        .friend_asked = "-- You asked {name} to be your friend. To take it back:  /unfriend {name}",
        .friend_asks = "-- {name} would like to be your friend. To agree:  /friend {name}",
        .friend_gained = "-- You and {name} are friends now.",
        .friend_lost = "-- You and {name} are no friends.",
        .friend_here = "-- Your friend {account} is here.",
        .friend_here_as = "-- Your friend {account} is here as {name}.",
        .friend_gone = "-- Your friend {account} is gone.",
        .friends = "-- Your friends: {names}",
        .friends_asked = "-- You asked: {names}",
        .friends_asking = "-- You are asked by: {names}",
        .no_friends = "-- You have no friends here yet. To ask somebody:  /friend bob",
        .waited = "-- While you were not here, friends wrote to you:",

        .where_in = "#{group}: ",
        .the_room = "the room",
        .for_seconds = " for {count} seconds",
        .for_minutes = " for {count} minutes",
        .for_hours = " for {count} hours",
        .for_days = " for {count} days",
        .role_member = "an ordinary member",
        .role_voice = "a voice",
        .role_op = "an operator",
        .role_owner = "the owner",
        .role_changed = "-- {where}{name} is {role} now, by {by}.",
        .is_role = "-- {name} is {role} of the room.",
        .member_voice = "{name} (voice)",
        .member_op = "{name} (operator)",
        .member_owner = "{name} (owner)",
        .topic_changed = "-- {where}Topic, set by {by}: {text}",
        .topic_removed = "-- {where}{by} removed the topic.",
        .topic_is = "-- {where}Topic: {text}",
        .topic_none = "-- {where}There is no topic.",
        .kicked = "-- {where}{name} was removed by {by}.",
        .kicked_saying = "-- {where}{name} was removed by {by}: {text}",
        .kicked_from = "! You were removed from #{group} by {by}.",
        .kicked_from_saying = "! You were removed from #{group} by {by}: {text}",
        .banned = "-- {where}{name} is banned{time}, by {by}.",
        .muted = "-- {where}{name} is muted{time}, by {by}.",
        .unbanned = "-- {where}{name} is not banned any more, by {by}.",
        .unmuted = "-- {where}{name} is not muted any more, by {by}.",
        .sanctions = "-- {where}Banned or muted: {names}",
        .sanctions_none = "-- {where}Nobody is banned or muted.",
        .ban_listed = "{name} (banned{time})",
        .mute_listed = "{name} (muted{time})",
        .locked = "-- {where}Nobody else comes in without an invitation, by {by}.",
        .unlocked = "-- {where}Everybody may come in again, by {by}.",
        .moderated = "-- {where}Only voices speak from now on, by {by}.",
        .unmoderated = "-- {where}Everybody may speak again, by {by}.",
        .hidden = "-- #{group} is in no list any more, by {by}.",
        .shown = "-- #{group} is in the lists again, by {by}.",
        .slow = "-- {where}One line in {count} seconds, by {by}.",
        .not_slow = "-- {where}No pause between lines any more, by {by}.",
        .limited = "-- {where}At most {count} people, by {by}.",
        .unlimited = "-- {where}Any number of people, by {by}.",
        .key_set = "-- To enter #{group} takes a key, by {by}:  /join #{group} key",
        .key_removed = "-- To enter #{group} takes no key any more, by {by}.",
        .purged = "-- {where}What {name} said was taken back by {by}.",
        .invitation = "-- You are invited to #{group} by {by}. To enter:  /join #{group}",

        .now_away = "-- You are away. Say something and you are back, or /back",
        .now_back = "-- You are back.",
        .is_away = "-- {name} is away.",
        .is_away_saying = "-- {name} is away: {text}",
        .is_back = "-- {name} is back.",
        .connection_lost = "-- The connection of {name} is lost; it may come back.",
        .is_in = "-- {name} is in {groups}.",
        .is_account = "-- {name} is logged in as {account}.",
        .is_resident = "-- {name} belongs to the room.",
        .active_just_now = "-- {name} was heard just now.",
        .active_seconds_ago = "-- {name} was last heard {count} seconds ago.",
        .active_minutes_ago = "-- {name} was last heard {count} minutes ago.",
        .active_hours_ago = "-- {name} was last heard {count} hours ago.",

        .said_before = "-- Said in the lobby (times in UTC):",
        .said_before_in = "-- Said in #{group} (times in UTC):",
        .said_before_with = "-- Said in private between you and {name} (times in UTC):",
        .recalled = "[{id} {time}] ",
        .recalled_untimed = "[{id}] ",
        .private_said = "[private to {to}] {name}: {text}",
        .private_acted = "[private to {to}] * {name} {text}",
        .older = "-- Older: {command}",
        .nothing_kept = "-- Nothing of that is kept.",

        .welcome_back = "-- Welcome back, {name}!",
        .missed_nothing = "-- Welcome back, {name}! You missed nothing.",
        .missed_one = "-- Welcome back, {name}! You missed a message:",
        .missed = "-- Welcome back, {name}! You missed {count} messages:",
        .gap = "! Messages from {begin} to {end} may be missing: the room does not keep more.",

        .refused = "! {reason}",
        .removed = "! {reason} The connection is closed.",
        .removed_words = "! You were removed: {text}",
    };
    p.reason(Errc::name_required) = "You need a name first, for example:  name:lily";
    p.reason(Errc::name_empty) = "A name cannot be empty. For example:  name:lily";
    p.reason(Errc::name_too_long) = "A name has at most {limit} characters.";
    p.reason(Errc::name_character) = "A name has letters, digits, emoji, _ and - in it, and does not begin with -.";
    p.reason(Errc::name_scripts) =
        "A name is in one script. Latin letters may stand beside another one, but not beside Cyrillic or Greek.";
    p.reason(Errc::name_taken) = "The name {subject} is taken. Please try another.";
    p.reason(Errc::name_unchanged) = "That is your name already.";
    p.reason(Errc::line_too_long) = "That line was too long and nobody got it; a line has at most {limit} bytes.";
    p.reason(Errc::malformed) = "That is not a message as this room understands it.";
    p.reason(Errc::invalid_utf8) = "That line is not valid UTF-8; nobody got it.";
    p.reason(Errc::control_character) = "That line has control characters in it; nobody got it.";
    p.reason(Errc::text_empty) = "There is nothing to say in that.";
    p.reason(Errc::unknown_command) =
        "There is no command \"{subject}\"; nobody got the line. See /help, or write // for a slash.";
    p.reason(Errc::missing_argument) = "Something is missing behind {subject}. See /help.";
    p.reason(Errc::invalid_argument) = "\"{subject}\" cannot be used there. See /help.";
    p.reason(Errc::too_fast) = "Too fast: what you send beyond {limit} lines a second is dropped.";
    p.reason(Errc::unclear_recipient) =
        "It is not clear whom this is for: something is next to {subject}. Nobody got the line. (@@name writes an @ in "
        "public.)";
    p.reason(Errc::absent) = "Not here: {subject}. Nobody got the line. (@@name writes an @ in public.)";
    p.reason(Errc::to_yourself) = "That is for nobody but yourself.";
    p.reason(Errc::too_many_recipients) = "A private line goes to at most {limit} people; nobody got it.";
    p.reason(Errc::no_such_member) = "Not here: {subject}.";
    p.reason(Errc::unreachable) = "The connection of {subject} is lost just now; nobody got the line.";
    p.reason(Errc::not_a_member) = "You are not in the room.";
    p.reason(Errc::not_in_group) =
        "You are not in #{subject}; nobody got the line. /join #{subject} to enter; ## writes a # in public.";
    p.reason(Errc::not_your_group) = "You are not in #{subject}. To enter:  /join #{subject}";
    p.reason(Errc::in_group_already) = "You are in #{subject} already.";
    p.reason(Errc::in_lobby_always) = "In the lobby is everybody, always. To leave the room:  /quit";
    p.reason(Errc::too_many_groups) = "You can be in at most {limit} groups. To leave one:  /leave #name";
    p.reason(Errc::no_more_groups) = "There are {limit} groups, and no place for another one. See /groups.";
    p.reason(Errc::no_such_group) = "There is no such group.";
    p.reason(Errc::not_away) = "You were not away.";
    p.reason(Errc::no_sessions) = "This room keeps no place for you when your connection is lost.";
    p.reason(Errc::session_unknown) =
        "There is no such session (any more): a place is kept for {limit} seconds. To come in:  name:lily";
    p.reason(Errc::named_already) = "You are in the room already; a session can only be resumed before that.";
    p.reason(Errc::message_not_newer) = "That message is not newer than those that are kept.";
    p.reason(Errc::asked_already) = "{subject} is your friend already, or you have asked.";
    p.reason(Errc::not_your_friend) = "{subject} is not a friend of yours, and no request is open.";
    p.reason(Errc::too_many_friends) = "You or {subject} have {limit} friends and requests, which is the most.";
    p.reason(Errc::no_more_friendships) = "There are {limit} friendships in this room already.";
    p.reason(Errc::voice_required) = "Only voices speak here just now. An operator can give you one.";
    p.reason(Errc::operator_required) = "Only an operator may do that here.";
    p.reason(Errc::owner_required) = "Only the owner may do that here.";
    p.reason(Errc::outranked) = "You may not do that to {subject}.";
    p.reason(Errc::muted) = "You are muted; nobody got the line.";
    p.reason(Errc::slow_down) = "Lines are to be further apart here; nobody got that one. Wait a little.";
    p.reason(Errc::banned) = "That is banned here.";
    p.reason(Errc::locked) = "To come in takes an invitation.";
    p.reason(Errc::wrong_key) = "To enter #{subject} takes a key:  /join #{subject} key";
    p.reason(Errc::group_full) = "#{subject} is full.";
    p.reason(Errc::groups_only) = "That is for groups only, for example:  #dev";
    p.reason(Errc::not_there) = "There is nothing of {subject} here.";
    p.reason(Errc::too_many_sanctions) = "There are {limit} of them already.";
    p.reason(Errc::forbidden) = "That is not allowed here.";
    p.reason(Errc::no_more_residents) = "There are {limit} residents, and no place for another one.";
    p.reason(Errc::room_full) = "The room is full.";
    p.reason(Errc::no_name_in_time) = "No name was given within {limit} seconds.";
    p.reason(Errc::idle) = "Nothing was heard from you for {limit} seconds.";
    p.reason(Errc::too_slow) = "More than {limit} bytes are waiting for you to read them.";
    p.reason(Errc::kicked) = "You were removed.";
    p.reason(Errc::resumed) = "You go on over another connection.";
    p.reason(Errc::resumed_too_often) = "You changed your connection too often just now. Try again in some seconds.";
    p.reason(Errc::too_many_connections) = "There are too many connections from your address. Try again later.";
    return p;
}();

}  // namespace minimeta
