// The words of the text protocols: every sentence that a person reads, in English and in Chinese, or your own.
//
// A phrase is a pattern in which `{word}` stands for something that the room knows: the comment behind each phrase
// tells what. A phrase may leave any of them out, and may be of several lines. In front of what members say stands
// their name, which never begins with one of the signs that the room's own lines begin with: so nobody can pass for
// the room.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "minimeta/error.hpp"

namespace minimeta {

/// A set of phrases. To change some of them, take a set and assign: `Phrases mine = english; mine.joined = "+
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

    std::string_view delivered;     // to
    std::string_view members;       // count, names
    std::string_view members_more;  // count, names, more
    std::string_view comma;         // between two names
    std::string_view usage;
    std::string_view farewell;  // name

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

        .delivered = "-- Sent in private to {to}; nobody else can read it.",
        .members = "-- Here now ({count}): {names}",
        .members_more = "-- Here now ({count}): {names} and {more} more",
        .comma = ", ",
        .usage =
            "-- A line goes to everybody; a line with @bob in it goes to bob alone.\n"
            "--   name:lily            your name, also /nick lily\n"
            "--   hi @bob @eve         in private, to both; @@bob says \"@bob\" in public\n"
            "--   /msg bob hi          in private, without the @\n"
            "--   /me waves            tells what you do\n"
            "--   /who                 who is here\n"
            "--   /quit                leave\n"
            "--   //text               a line that begins with a slash",
        .farewell = "-- Goodbye!",

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
    p.reason(Errc::too_fast) = "Too fast: what you send beyond {limit} lines a second is dropped.";
    p.reason(Errc::absent) = "Not here: {subject}. Nobody got the line. (@@name writes an @ in public.)";
    p.reason(Errc::to_yourself) = "That is for nobody but yourself.";
    p.reason(Errc::too_many_recipients) = "A private line goes to at most {limit} people; nobody got it.";
    p.reason(Errc::not_a_member) = "You are not in the room.";
    p.reason(Errc::room_full) = "The room is full.";
    p.reason(Errc::no_name_in_time) = "No name was given within {limit} seconds.";
    p.reason(Errc::idle) = "Nothing was heard from you for {limit} seconds.";
    p.reason(Errc::too_slow) = "More than {limit} bytes are waiting for you to read them.";
    p.reason(Errc::kicked) = "You were removed.";
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

        .delivered = "-- 已私下发给 {to}，别人看不到。",
        .members = "-- 在场 {count} 人：{names}",
        .members_more = "-- 在场 {count} 人：{names}，还有 {more} 人",
        .comma = "、",
        .usage =
            "-- 一行话发给所有人；带 @bob 的一行只发给 bob。\n"
            "--   name:lily            起名或改名，也可以用 /nick lily\n"
            "--   你好 @bob @eve       私聊这两个人；@@bob 则公开说出“@bob”\n"
            "--   /msg bob 你好        私聊，不用写 @\n"
            "--   /me 挥挥手           描述你的动作\n"
            "--   /who                 看看谁在场\n"
            "--   /quit                离开\n"
            "--   //文字               以斜杠开头的一行话",
        .farewell = "-- 再见！",

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
    p.reason(Errc::too_fast) = "发得太快：每秒超过 {limit} 行的部分会被丢弃。";
    p.reason(Errc::absent) = "{subject} 不在场，这一行谁也没有收到。（公开写 @ 请用 @@名字。）";
    p.reason(Errc::to_yourself) = "这句话只有你自己。";
    p.reason(Errc::too_many_recipients) = "私聊最多发给 {limit} 人，这一行没有发出。";
    p.reason(Errc::not_a_member) = "你不在房间里。";
    p.reason(Errc::room_full) = "房间已满。";
    p.reason(Errc::no_name_in_time) = "{limit} 秒内没有起名字。";
    p.reason(Errc::idle) = "{limit} 秒没有收到你的任何消息。";
    p.reason(Errc::too_slow) = "有超过 {limit} 字节的消息在等你读取。";
    p.reason(Errc::kicked) = "你被移出了房间。";
    return p;
}();

}  // namespace minimeta
