// The words of the text protocols: every sentence that a person reads, in English and in Chinese, or your own.
//
// A phrase is a pattern in which `{word}` stands for something that the room knows: the comment behind each phrase
// tells what. A phrase may leave any of them out, and may be of several lines.
//
// The room's own lines begin with a sign: `-- ` for what happens, `! ` for what is refused, `** ` for what the program
// says, and `+` for what programs read (event_wording.hpp, wording.hpp), with which no phrase begins. In front of what
// members say stands their name, which never begins with one of these signs; and in front of that, where it was said:
// `[` in private or in the past, `#` in a group. So nobody can pass for the room.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "minimeta/error.hpp"

namespace minimeta {

/// A set of phrases. To change some of them, take a set and assign: `Phrases mine = english; mine.joined = ">
/// {name}";`. The views must outlive the protocol objects made with them, as string literals do.
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

    std::string_view group_joined;  // name, group
    std::string_view group_left;    // name, group
    std::string_view said_in;       // group, name, text
    std::string_view acted_in;      // group, name, text
    std::string_view announced_in;  // group, text

    std::string_view turnover;     // counts: as many of the next ones as there is something to tell
    std::string_view turnover_in;  // group, counts
    std::string_view many_joined;  // count
    std::string_view many_left;    // count
    std::string_view one_renamed;
    std::string_view many_renamed;  // count

    std::string_view delivered;        // to
    std::string_view members;          // count, names
    std::string_view members_more;     // count, names, more
    std::string_view members_in;       // group, count, names
    std::string_view members_in_more;  // group, count, names, more
    std::string_view member_away;      // name; for one of these names
    std::string_view member_lost;      // name
    std::string_view comma;            // between two names
    std::string_view usage;
    std::string_view farewell;  // name

    std::string_view group_entered;     // group, count
    std::string_view group_exited;      // group
    std::string_view groups;            // count, groups
    std::string_view groups_more;       // count, groups, more
    std::string_view lobby_listed;      // count; for one of these groups
    std::string_view group_listed;      // group, count
    std::string_view own_group_listed;  // group, count; of which the reader is one

    std::string_view now_away;
    std::string_view now_back;
    std::string_view is_away;            // name
    std::string_view is_away_saying;     // name, text
    std::string_view connection_lost;    // name
    std::string_view is_in;              // name, groups
    std::string_view heard_just_now;     // name
    std::string_view heard_seconds_ago;  // name, count
    std::string_view heard_minutes_ago;  // name, count
    std::string_view heard_hours_ago;    // name, count

    std::string_view said_before;
    std::string_view said_before_in;    // group
    std::string_view said_before_with;  // name
    std::string_view recalled;          // id, time; in front of a line, not a line of its own
    std::string_view recalled_untimed;  // id
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

    /// What `reason` stands for.
    [[nodiscard]] constexpr std::string_view& reason(Errc errc) { return reasons[static_cast<std::size_t>(errc)]; }
    [[nodiscard]] constexpr std::string_view reason(Errc errc) const { return reasons[static_cast<std::size_t>(errc)]; }
};

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

        .group_joined = "-- {name} joined #{group}.",
        .group_left = "-- {name} left #{group}.",
        .said_in = "#{group} {name}: {text}",
        .acted_in = "#{group} * {name} {text}",
        .announced_in = "#{group} ** {text}",

        .turnover = "-- {counts}.",
        .turnover_in = "-- #{group}: {counts}.",
        .many_joined = "{count} joined",
        .many_left = "{count} left",
        .one_renamed = "1 changed their name",
        .many_renamed = "{count} changed their names",

        .delivered = "-- Sent in private to {to}; nobody else can read it.",
        .members = "-- Here now ({count}): {names}",
        .members_more = "-- Here now ({count}): {names} and {more} more",
        .members_in = "-- In #{group} now ({count}): {names}",
        .members_in_more = "-- In #{group} now ({count}): {names} and {more} more",
        .member_away = "{name} (away)",
        .member_lost = "{name} (connection lost)",
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
            "--   /quit                leave\n"
            "--   /session             for programs: how to /resume when a connection is lost",
        .farewell = "-- Goodbye!",

        .group_entered = "-- You are in #{group}. People there: {count}. What you say to them:  #{group} hello",
        .group_exited = "-- You left #{group}.",
        .groups = "-- Groups: {groups}",
        .groups_more = "-- Groups: {groups} and {more} more",
        .lobby_listed = "lobby ({count})",
        .group_listed = "#{group} ({count})",
        .own_group_listed = "#{group} ({count}, you are in it)",

        .now_away = "-- You are away. Say something and you are back, or /back",
        .now_back = "-- You are back.",
        .is_away = "-- {name} is away.",
        .is_away_saying = "-- {name} is away: {text}",
        .connection_lost = "-- The connection of {name} is lost; it may come back.",
        .is_in = "-- {name} is in {groups}.",
        .heard_just_now = "-- {name} was heard just now.",
        .heard_seconds_ago = "-- {name} was last heard {count} seconds ago.",
        .heard_minutes_ago = "-- {name} was last heard {count} minutes ago.",
        .heard_hours_ago = "-- {name} was last heard {count} hours ago.",

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
    p.reason(Errc::name_character) =
        "A name has no spaces and no punctuation in it but _ and -, and does not begin with -.";
    p.reason(Errc::name_taken) = "The name {subject} is taken. Please try another.";
    p.reason(Errc::name_unchanged) = "That is your name already.";
    p.reason(Errc::line_too_long) = "That line was too long and nobody got it; a line has at most {limit} bytes.";
    p.reason(Errc::invalid_utf8) = "That line is not valid UTF-8; nobody got it.";
    p.reason(Errc::control_character) = "That line has control characters in it; nobody got it.";
    p.reason(Errc::text_empty) = "There is nothing to say in that.";
    p.reason(Errc::unknown_command) =
        "There is no command \"{subject}\"; nobody got the line. See /help, or write // for a slash.";
    p.reason(Errc::missing_argument) = "Something is missing behind {subject}. See /help.";
    p.reason(Errc::invalid_argument) = "\"{subject}\" cannot be used there. See /help.";
    p.reason(Errc::too_fast) = "Too fast: what you send beyond {limit} lines a second is dropped.";
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
    p.reason(Errc::room_full) = "The room is full.";
    p.reason(Errc::no_name_in_time) = "No name was given within {limit} seconds.";
    p.reason(Errc::idle) = "Nothing was heard from you for {limit} seconds.";
    p.reason(Errc::too_slow) = "More than {limit} bytes are waiting for you to read them.";
    p.reason(Errc::kicked) = "You were removed.";
    p.reason(Errc::resumed) = "You go on over another connection.";
    return p;
}();

inline constexpr Phrases chinese = [] {
    Phrases p{
        .greeting = "-- 你好！请先起个名字，例如：name:lily",
        .welcome = "-- 欢迎你，{name}！现在有 {count} 人在场。输入 /help 查看用法",
        .name_changed = "-- 你现在叫 {name}。",

        .joined = "-- {name} 来了。",
        .renamed = "-- {from} 改名为 {name}。",
        .left = "-- {name} 离开了。",
        .left_kicked = "-- {name} 被移出了房间。",
        .left_idle = "-- {name} 太久没有动静，已离开。",
        .left_too_slow = "-- {name} 的连接太慢，已离开。",
        .said = "{name}：{text}",
        .acted = "* {name} {text}",
        .whispered = "[私聊] {name}：{text}",
        .whisper_acted = "[私聊] * {name} {text}",
        .announced = "** {text}",

        .group_joined = "-- {name} 加入了 #{group}。",
        .group_left = "-- {name} 退出了 #{group}。",
        .said_in = "#{group} {name}：{text}",
        .acted_in = "#{group} * {name} {text}",
        .announced_in = "#{group} ** {text}",

        .turnover = "-- {counts}。",
        .turnover_in = "-- #{group}：{counts}。",
        .many_joined = "{count} 人来了",
        .many_left = "{count} 人离开了",
        .one_renamed = "1 人改了名",
        .many_renamed = "{count} 人改了名",

        .delivered = "-- 已私下发给 {to}，别人看不到。",
        .members = "-- 在场 {count} 人：{names}",
        .members_more = "-- 在场 {count} 人：{names}，还有 {more} 人",
        .members_in = "-- #{group} 里有 {count} 人：{names}",
        .members_in_more = "-- #{group} 里有 {count} 人：{names}，还有 {more} 人",
        .member_away = "{name}（暂离）",
        .member_lost = "{name}（断线）",
        .comma = "、",
        .usage =
            "-- 一行话发给所有人；带 @bob 的一行只发给 bob。\n"
            "--   name:lily            起名或改名，也可以用 /nick lily\n"
            "--   你好 @bob @eve       私聊这两个人；@@bob 则公开说出“@bob”\n"
            "--   /msg bob 你好        私聊，不用写 @\n"
            "--   /me 挥挥手           描述你的动作\n"
            "--   //文字               以斜杠开头的一行话\n"
            "--   /join #dev           加入小组；/leave #dev 退出，/groups 列出小组\n"
            "--   #dev 你好            只发给小组；##dev 则公开说出“#dev”\n"
            "--   /who                 看看谁在场；还有 /who #dev、/whois bob\n"
            "--   /history 20          最近的消息；还有 /history #dev、/history @bob，\n"
            "--                        往前翻用 /history before 230（消息的编号）\n"
            "--   /away 吃饭           暂时离开，说句话或 /back 就回来\n"
            "--   /quit                离开\n"
            "--   /session             供程序使用：断线以后可以 /resume",
        .farewell = "-- 再见！",

        .group_entered = "-- 你在 #{group} 里了，现在有 {count} 人。对大家说话：#{group} 你好",
        .group_exited = "-- 你退出了 #{group}。",
        .groups = "-- 小组：{groups}",
        .groups_more = "-- 小组：{groups}，还有 {more} 个",
        .lobby_listed = "大厅（{count} 人）",
        .group_listed = "#{group}（{count} 人）",
        .own_group_listed = "#{group}（{count} 人，你在其中）",

        .now_away = "-- 你暂时离开了。说句话或输入 /back 就回来。",
        .now_back = "-- 你回来了。",
        .is_away = "-- {name} 暂时离开了。",
        .is_away_saying = "-- {name} 暂时离开了：{text}",
        .connection_lost = "-- {name} 断线了，也许还会回来。",
        .is_in = "-- {name} 在这些小组里：{groups}。",
        .heard_just_now = "-- {name} 刚刚有过动静。",
        .heard_seconds_ago = "-- {name} {count} 秒前有过动静。",
        .heard_minutes_ago = "-- {name} {count} 分钟前有过动静。",
        .heard_hours_ago = "-- {name} {count} 小时前有过动静。",

        .said_before = "-- 大厅里的消息（UTC 时间）：",
        .said_before_in = "-- #{group} 里的消息（UTC 时间）：",
        .said_before_with = "-- 你和 {name} 的私聊（UTC 时间）：",
        .recalled = "[{id} {time}] ",
        .recalled_untimed = "[{id}] ",
        .private_said = "[私下对 {to}] {name}：{text}",
        .private_acted = "[私下对 {to}] * {name} {text}",
        .older = "-- 更早的：{command}",
        .nothing_kept = "-- 没有留下相关的消息。",

        .welcome_back = "-- 欢迎回来，{name}！",
        .missed_nothing = "-- 欢迎回来，{name}！你没有错过什么。",
        .missed_one = "-- 欢迎回来，{name}！你错过了一条消息：",
        .missed = "-- 欢迎回来，{name}！你错过了 {count} 条消息：",
        .gap = "! 从 {begin} 到 {end} 的消息可能不全：房间只保留这么多。",

        .refused = "! {reason}",
        .removed = "! {reason}连接已关闭。",
        .removed_words = "! 你被移出了房间：{text}",
    };
    p.reason(Errc::name_required) = "请先起个名字，例如：name:lily";
    p.reason(Errc::name_empty) = "名字不能为空，例如：name:lily";
    p.reason(Errc::name_too_long) = "名字最多 {limit} 个字符。";
    p.reason(Errc::name_character) = "名字里不能有空格和标点（_ 和 - 除外），也不能以 - 开头。";
    p.reason(Errc::name_taken) = "名字 {subject} 已经有人用了，请换一个。";
    p.reason(Errc::name_unchanged) = "你已经叫这个名字了。";
    p.reason(Errc::line_too_long) = "这一行太长，没有发出；一行最多 {limit} 字节。";
    p.reason(Errc::invalid_utf8) = "这一行不是有效的 UTF-8，没有发出。";
    p.reason(Errc::control_character) = "这一行含有控制字符，没有发出。";
    p.reason(Errc::text_empty) = "没有内容可说。";
    p.reason(Errc::unknown_command) = "没有“{subject}”这个命令，这一行没有发出。用法见 /help；开头写 // 可以说斜杠。";
    p.reason(Errc::missing_argument) = "{subject} 后面缺少内容，用法见 /help。";
    p.reason(Errc::invalid_argument) = "这里不能用“{subject}”，用法见 /help。";
    p.reason(Errc::too_fast) = "发得太快：每秒超过 {limit} 行的部分会被丢弃。";
    p.reason(Errc::absent) = "{subject} 不在场，这一行谁也没有收到。（公开写 @ 请用 @@名字。）";
    p.reason(Errc::to_yourself) = "这句话只有你自己。";
    p.reason(Errc::too_many_recipients) = "私聊最多发给 {limit} 人，这一行没有发出。";
    p.reason(Errc::no_such_member) = "{subject} 不在场。";
    p.reason(Errc::unreachable) = "{subject} 现在断线了，这一行谁也没有收到。";
    p.reason(Errc::not_a_member) = "你不在房间里。";
    p.reason(Errc::not_in_group) =
        "你不在 #{subject} 里，这一行谁也没有收到。加入用 /join #{subject}；公开写 # 请用 ##。";
    p.reason(Errc::not_your_group) = "你不在 #{subject} 里。加入用 /join #{subject}";
    p.reason(Errc::in_group_already) = "你已经在 #{subject} 里了。";
    p.reason(Errc::in_lobby_always) = "大厅里总是有每一个人；要离开房间请用 /quit";
    p.reason(Errc::too_many_groups) = "你最多能加入 {limit} 个小组；退出一个用 /leave #小组";
    p.reason(Errc::no_more_groups) = "已经有 {limit} 个小组，不能再多了；列出小组用 /groups";
    p.reason(Errc::no_such_group) = "没有这个小组。";
    p.reason(Errc::not_away) = "你并没有离开。";
    p.reason(Errc::no_sessions) = "这个房间不为断线的人保留位置。";
    p.reason(Errc::session_unknown) =
        "没有这个会话，或者已经过期：位置只保留 {limit} 秒。请重新起个名字，例如：name:lily";
    p.reason(Errc::named_already) = "你已经在房间里了，不能再恢复会话。";
    p.reason(Errc::message_not_newer) = "这条消息并不比已有的新。";
    p.reason(Errc::room_full) = "房间已满。";
    p.reason(Errc::no_name_in_time) = "{limit} 秒内没有起名字。";
    p.reason(Errc::idle) = "{limit} 秒没有收到你的任何消息。";
    p.reason(Errc::too_slow) = "有超过 {limit} 字节的消息在等你读取。";
    p.reason(Errc::kicked) = "你被移出了房间。";
    p.reason(Errc::resumed) = "你已经换了一个连接。";
    return p;
}();

}  // namespace minimeta
