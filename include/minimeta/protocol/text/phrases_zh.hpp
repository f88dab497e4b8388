// The phrases of the text protocols in Chinese.
#pragma once

#include "minimeta/error.hpp"
#include "minimeta/protocol/text/phrases.hpp"

namespace minimeta {

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
        .told = "[私聊] ** {text}",

        .group_joined = "-- {name} 加入了 #{group}。",
        .group_left = "-- {name} 退出了 #{group}。",
        .said_in = "#{group} {name}：{text}",
        .acted_in = "#{group} * {name} {text}",
        .announced_in = "#{group} ** {text}",

        .summary = "-- {counts}。",
        .summary_in = "-- #{group}：{counts}。",
        .many_joined = "{count} 人来了",
        .many_left = "{count} 人离开了",
        .one_renamed = "1 人改了名",
        .many_renamed = "{count} 人改了名",

        .delivered = "-- 已私下发给 {to}，别人看不到。",
        .delivered_later = "-- {name} 不在，回来时会读到。",
        .members = "-- 在场 {count} 人：{names}",
        .members_more = "-- 在场 {count} 人：{names}，还有 {more} 人",
        .members_in = "-- #{group} 里有 {count} 人：{names}",
        .members_in_more = "-- #{group} 里有 {count} 人：{names}，还有 {more} 人",
        .member_away = "{name}（暂离）",
        .member_lost = "{name}（断线）",
        .member_absent = "{name}（不在）",
        .member_account = "{account}（这次叫 {name}）",
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
            "--   /ignore bob          不再听到 bob；/unignore bob 恢复\n"
            "--   /friend bob          请 bob 做你的朋友，或表示同意；/friends 列出\n"
            "--   /topic               房间的话题；还有 /topic #dev\n"
            "--   /quit                离开\n"
            "--   /session             供程序使用：断线以后可以 /resume\n"
            "-- 管理员和小组所有者使用；前面写上 #dev 就只在 #dev 里有效：\n"
            "--   /kick bob 原因、/ban bob 2h、/mute bob 10m、/unban bob、/unmute bob、\n"
            "--   /bans、/purge bob、/op bob、/deop bob、/voice bob、/devoice bob、\n"
            "--   /topic 话题、/lock、/unlock、/moderated on、/slow 10；\n"
            "--   只用于小组：/invite #dev bob、/key #dev 口令、/limit #dev 20、/hide #dev on",
        .custom_usage = "--   {usage}{meaning}",
        .farewell = "-- 再见！",

        .group_entered = "-- 你在 #{group} 里了，现在有 {count} 人。对大家说话：#{group} 你好",
        .group_exited = "-- 你退出了 #{group}。",
        .groups = "-- 小组：{groups}",
        .groups_more = "-- 小组：{groups}，还有 {more} 个",
        .lobby_listed = "大厅（{count} 人）",
        .group_listed = "#{group}（{count} 人）",
        .own_group_listed = "#{group}（{count} 人，你在其中）",

        .now_ignored = "-- 你不再听到 {name}。要再听到，请输入 /unignore {name}",
        .not_ignored = "-- 你又能听到 {name} 了。",
        .ignored = "-- 你听不到：{names}",
        .nobody_ignored = "-- 你听得到每一个人。",

        .friend_asked = "-- 你请 {name} 做你的朋友。要收回，请输入 /unfriend {name}",
        .friend_asks = "-- {name} 想做你的朋友。要同意，请输入 /friend {name}",
        .friend_gained = "-- 你和 {name} 现在是朋友了。",
        .friend_lost = "-- 你和 {name} 不是朋友。",
        .friend_here = "-- 你的朋友 {account} 来了。",
        .friend_here_as = "-- 你的朋友 {account} 来了，这次叫 {name}。",
        .friend_gone = "-- 你的朋友 {account} 走了。",
        .friends = "-- 你的朋友：{names}",
        .friends_asked = "-- 你请过：{names}",
        .friends_asking = "-- 想做你朋友的：{names}",
        .no_friends = "-- 你在这里还没有朋友。要请一位，请输入 /friend bob",
        .waited = "-- 你不在的时候，朋友写给你：",

        .where_in = "#{group}：",
        .the_room = "房间",
        .for_seconds = " {count} 秒",
        .for_minutes = " {count} 分钟",
        .for_hours = " {count} 小时",
        .for_days = " {count} 天",
        .role_member = "普通成员",
        .role_voice = "发言人",
        .role_op = "管理员",
        .role_owner = "所有者",
        .role_changed = "-- {where}{by} 让 {name} 成为{role}。",
        .is_role = "-- {name} 是房间的{role}。",
        .member_voice = "{name}（发言人）",
        .member_op = "{name}（管理员）",
        .member_owner = "{name}（所有者）",
        .topic_changed = "-- {where}{by} 设定了话题：{text}",
        .topic_removed = "-- {where}{by} 取消了话题。",
        .topic_is = "-- {where}话题：{text}",
        .topic_none = "-- {where}没有话题。",
        .kicked = "-- {where}{by} 移出了 {name}。",
        .kicked_saying = "-- {where}{by} 移出了 {name}：{text}",
        .kicked_from = "! 你被 {by} 移出了 #{group}。",
        .kicked_from_saying = "! 你被 {by} 移出了 #{group}：{text}",
        .banned = "-- {where}{by} 禁止 {name} 进入{time}。",
        .muted = "-- {where}{by} 将 {name} 禁言{time}。",
        .unbanned = "-- {where}{by} 不再禁止 {name} 进入。",
        .unmuted = "-- {where}{by} 解除了 {name} 的禁言。",
        .sanctions = "-- {where}被禁止进入或禁言的：{names}",
        .sanctions_none = "-- {where}没有人被禁止进入或禁言。",
        .ban_listed = "{name}（禁止进入{time}）",
        .mute_listed = "{name}（禁言{time}）",
        .locked = "-- {where}以后要有邀请才能进来（{by}）。",
        .unlocked = "-- {where}谁都可以进来了（{by}）。",
        .moderated = "-- {where}现在只有发言人可以说话（{by}）。",
        .unmoderated = "-- {where}谁都可以说话了（{by}）。",
        .hidden = "-- #{group} 不再出现在列表里（{by}）。",
        .shown = "-- #{group} 又出现在列表里了（{by}）。",
        .slow = "-- {where}每 {count} 秒只能说一行（{by}）。",
        .not_slow = "-- {where}说话不再需要间隔（{by}）。",
        .limited = "-- {where}最多 {count} 人（{by}）。",
        .unlimited = "-- {where}不再限制人数（{by}）。",
        .key_set = "-- 加入 #{group} 需要口令（{by}）：/join #{group} 口令",
        .key_removed = "-- 加入 #{group} 不再需要口令（{by}）。",
        .purged = "-- {where}{by} 收回了 {name} 说过的话。",
        .invitation = "-- {by} 邀请你加入 #{group}：/join #{group}",

        .now_away = "-- 你暂时离开了。说句话或输入 /back 就回来。",
        .now_back = "-- 你回来了。",
        .is_away = "-- {name} 暂时离开了。",
        .is_away_saying = "-- {name} 暂时离开了：{text}",
        .is_back = "-- {name} 回来了。",
        .connection_lost = "-- {name} 断线了，也许还会回来。",
        .is_in = "-- {name} 在这些小组里：{groups}。",
        .is_account = "-- {name} 以 {account} 的身份登录。",
        .is_resident = "-- {name} 是房间自己的成员。",
        .active_just_now = "-- {name} 刚刚有过动静。",
        .active_seconds_ago = "-- {name} {count} 秒前有过动静。",
        .active_minutes_ago = "-- {name} {count} 分钟前有过动静。",
        .active_hours_ago = "-- {name} {count} 小时前有过动静。",

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
    p.reason(Errc::name_character) = "名字里只能有字母、数字、表情符号、_ 和 -，并且不能以 - 开头。";
    p.reason(Errc::name_scripts) =
        "一个名字只能用一种文字。拉丁字母可以和另一种文字同用，但不能和西里尔字母或希腊字母同用。";
    p.reason(Errc::name_taken) = "名字 {subject} 已经有人用了，请换一个。";
    p.reason(Errc::name_unchanged) = "你已经叫这个名字了。";
    p.reason(Errc::line_too_long) = "这一行太长，没有发出；一行最多 {limit} 字节。";
    p.reason(Errc::malformed) = "这个房间看不懂这样的消息。";
    p.reason(Errc::invalid_utf8) = "这一行不是有效的 UTF-8，没有发出。";
    p.reason(Errc::control_character) = "这一行含有控制字符，没有发出。";
    p.reason(Errc::text_empty) = "没有内容可说。";
    p.reason(Errc::unknown_command) = "没有“{subject}”这个命令，这一行没有发出。用法见 /help；开头写 // 可以说斜杠。";
    p.reason(Errc::missing_argument) = "{subject} 后面缺少内容，用法见 /help。";
    p.reason(Errc::invalid_argument) = "这里不能用“{subject}”，用法见 /help。";
    p.reason(Errc::too_fast) = "发得太快：每秒超过 {limit} 行的部分会被丢弃。";
    p.reason(Errc::unclear_recipient) =
        "看不出这是给谁的：{subject} 旁边另有字符。谁也没有收到这一行。（公开写 @ 请用 @@名字。）";
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
    p.reason(Errc::asked_already) = "{subject} 已经是你的朋友，或者你已经请过了。";
    p.reason(Errc::not_your_friend) = "{subject} 不是你的朋友，也没有等着答复的请求。";
    p.reason(Errc::too_many_friends) = "你或 {subject} 的朋友和请求已经有 {limit} 个，到上限了。";
    p.reason(Errc::no_more_friendships) = "这个房间里的朋友关系已经有 {limit} 个，到上限了。";
    p.reason(Errc::voice_required) = "这里现在只有发言人可以说话，管理员可以让你成为发言人。";
    p.reason(Errc::operator_required) = "只有管理员才能在这里这样做。";
    p.reason(Errc::owner_required) = "只有所有者才能在这里这样做。";
    p.reason(Errc::outranked) = "你不能对 {subject} 这样做。";
    p.reason(Errc::muted) = "你被禁言了，这一行没有发出。";
    p.reason(Errc::slow_down) = "这里说话要有间隔，这一行没有发出，请稍等。";
    p.reason(Errc::banned) = "这里禁止进入。";
    p.reason(Errc::locked) = "要有邀请才能进来。";
    p.reason(Errc::wrong_key) = "加入 #{subject} 需要口令：/join #{subject} 口令";
    p.reason(Errc::group_full) = "#{subject} 已满。";
    p.reason(Errc::groups_only) = "这只用于小组，例如 #dev";
    p.reason(Errc::not_there) = "这里没有 {subject}。";
    p.reason(Errc::too_many_sanctions) = "已经有 {limit} 个了。";
    p.reason(Errc::forbidden) = "这里不允许这样做。";
    p.reason(Errc::no_more_residents) = "已经有 {limit} 个常驻成员，不能再多了。";
    p.reason(Errc::room_full) = "房间已满。";
    p.reason(Errc::no_name_in_time) = "{limit} 秒内没有起名字。";
    p.reason(Errc::idle) = "{limit} 秒没有收到你的任何消息。";
    p.reason(Errc::too_slow) = "有超过 {limit} 字节的消息在等你读取。";
    p.reason(Errc::kicked) = "你被移出了房间。";
    p.reason(Errc::resumed) = "你已经换了一个连接。";
    p.reason(Errc::resumed_too_often) = "你刚才更换连接太频繁，请过几秒再试。";
    p.reason(Errc::too_many_connections) = "来自你的地址的连接太多，请稍后再试。";
    return p;
}();

}  // namespace minimeta
