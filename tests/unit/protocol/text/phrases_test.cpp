#include "minimeta/protocol/text/phrases.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "minimeta/base/utf8.hpp"
#include "minimeta/protocol/text/phrases_en.hpp"
#include "minimeta/protocol/text/phrases_zh.hpp"

using minimeta::Errc;
using minimeta::Phrases;

namespace {

std::vector<std::string_view> all_of(const Phrases& p) {
    std::vector<std::string_view> all{p.greeting,
                                      p.welcome,
                                      p.name_changed,
                                      p.joined,
                                      p.renamed,
                                      p.left,
                                      p.left_kicked,
                                      p.left_idle,
                                      p.left_too_slow,
                                      p.said,
                                      p.acted,
                                      p.whispered,
                                      p.whisper_acted,
                                      p.announced,
                                      p.group_joined,
                                      p.group_left,
                                      p.said_in,
                                      p.acted_in,
                                      p.announced_in,
                                      p.summary,
                                      p.summary_in,
                                      p.many_joined,
                                      p.many_left,
                                      p.one_renamed,
                                      p.many_renamed,
                                      p.delivered,
                                      p.members,
                                      p.members_more,
                                      p.members_in,
                                      p.members_in_more,
                                      p.member_away,
                                      p.member_lost,
                                      p.comma,
                                      p.usage,
                                      p.farewell,
                                      p.group_entered,
                                      p.group_exited,
                                      p.groups,
                                      p.groups_more,
                                      p.lobby_listed,
                                      p.group_listed,
                                      p.own_group_listed,
                                      p.now_away,
                                      p.now_back,
                                      p.is_away,
                                      p.is_away_saying,
                                      p.connection_lost,
                                      p.is_in,
                                      p.active_just_now,
                                      p.active_seconds_ago,
                                      p.active_minutes_ago,
                                      p.active_hours_ago,
                                      p.said_before,
                                      p.said_before_in,
                                      p.said_before_with,
                                      p.recalled,
                                      p.recalled_untimed,
                                      p.private_said,
                                      p.private_acted,
                                      p.older,
                                      p.nothing_kept,
                                      p.welcome_back,
                                      p.missed_nothing,
                                      p.missed_one,
                                      p.missed,
                                      p.gap,
                                      p.refused,
                                      p.removed,
                                      p.removed_words,
                                      p.told,
                                      p.custom_usage,
                                      p.is_account,
                                      p.is_resident,
                                      p.where_in,
                                      p.the_room,
                                      p.for_seconds,
                                      p.for_minutes,
                                      p.for_hours,
                                      p.for_days,
                                      p.role_member,
                                      p.role_voice,
                                      p.role_op,
                                      p.role_owner,
                                      p.role_changed,
                                      p.is_role,
                                      p.member_voice,
                                      p.member_op,
                                      p.member_owner,
                                      p.topic_changed,
                                      p.topic_removed,
                                      p.topic_is,
                                      p.topic_none,
                                      p.kicked,
                                      p.kicked_saying,
                                      p.kicked_from,
                                      p.kicked_from_saying,
                                      p.banned,
                                      p.muted,
                                      p.unbanned,
                                      p.unmuted,
                                      p.sanctions,
                                      p.sanctions_none,
                                      p.ban_listed,
                                      p.mute_listed,
                                      p.locked,
                                      p.unlocked,
                                      p.moderated,
                                      p.unmoderated,
                                      p.hidden,
                                      p.shown,
                                      p.slow,
                                      p.not_slow,
                                      p.limited,
                                      p.unlimited,
                                      p.key_set,
                                      p.key_removed,
                                      p.purged,
                                      p.invitation,
                                      p.now_ignored,
                                      p.not_ignored,
                                      p.ignored,
                                      p.nobody_ignored,
                                      p.delivered_later,
                                      p.member_absent,
                                      p.member_account,
                                      p.friend_asked,
                                      p.friend_asks,
                                      p.friend_gained,
                                      p.friend_lost,
                                      p.friend_here,
                                      p.friend_here_as,
                                      p.friend_gone,
                                      p.friends,
                                      p.friends_asked,
                                      p.friends_asking,
                                      p.no_friends,
                                      p.waited,
                                      p.is_back};
    // As many as there are data members: a new phrase is added here, too.
    static_assert(sizeof(Phrases) == (138 + minimeta::errc_count) * sizeof(std::string_view));
    all.insert(all.end(), p.reasons.begin(), p.reasons.end());
    return all;
}

std::set<std::string> words_in(std::string_view phrase) {
    std::set<std::string> words;
    for (std::size_t open = phrase.find('{'); open != phrase.npos; open = phrase.find('{', open + 1))
        words.emplace(phrase.substr(open, phrase.find('}', open) + 1 - open));
    return words;
}

}  // namespace

TEST_CASE("both languages have a phrase for everything") {
    for (const Phrases& language : {minimeta::english, minimeta::chinese})
        for (const std::string_view phrase : all_of(language)) CHECK_FALSE(phrase.empty());
}

TEST_CASE("both languages tell the same") {
    const auto english = all_of(minimeta::english), chinese = all_of(minimeta::chinese);
    for (std::size_t i = 0; i < english.size(); ++i) {
        INFO(english[i]);
        INFO(chinese[i]);
        CHECK(words_in(english[i]) == words_in(chinese[i]));
    }
}

TEST_CASE("the greeting shows by an example how to give a name") {
    CHECK(minimeta::english.greeting.find("name:lily") != std::string_view::npos);
    CHECK(minimeta::chinese.greeting.find("name:lily") != std::string_view::npos);
}

TEST_CASE("the usage names every command") {
    for (const std::string_view usage : {minimeta::english.usage, minimeta::chinese.usage})
        for (const std::string_view word :
             {"name:",           "@bob",    "@@bob",    "/nick",       "/msg",          "/me",
              "/who ",           "/quit",   "//",       "/join #dev",  "/leave #dev",   "/groups",
              "#dev ",           "##dev",   "/whois",   "/history 20", "/history #dev", "/history @bob",
              "/history before", "/away",   "/back",    "/session",    "/resume",       "/topic",
              "/kick",           "/ban",    "/unban",   "/mute",       "/unmute",       "/bans",
              "/purge",          "/op",     "/deop",    "/voice",      "/devoice",      "/lock",
              "/unlock",         "/slow",   "/key",     "/limit",      "/hide",         "/invite",
              "/moderated",      "/ignore", "/unignore"}) {
            CAPTURE(word);
            CHECK(usage.find(word) != usage.npos);
        }
}

TEST_CASE("the usage fits a screen") {
    for (const std::string_view usage : {minimeta::english.usage, minimeta::chinese.usage}) {
        CHECK(std::count(usage.begin(), usage.end(), '\n') < 24);
        std::size_t columns = 0;
        for (std::string_view rest = usage; !rest.empty();) {
            const char32_t c = minimeta::take_code_point(rest);
            columns = c == '\n' ? 0 : columns + (c < 0x80 ? 1 : 2);  // what is Chinese takes two
            INFO(usage.substr(0, usage.size() - rest.size()));
            CHECK(columns <= 80);
        }
    }
}

TEST_CASE("no phrase begins with the sign of the lines for programs") {
    for (const Phrases& language : {minimeta::english, minimeta::chinese})
        for (const std::string_view phrase : all_of(language)) CHECK_FALSE(phrase.starts_with('+'));
}

TEST_CASE("a reason says that nobody got the message, if that is so") {
    for (const Errc why : {Errc::line_too_long, Errc::invalid_utf8, Errc::control_character, Errc::unknown_command,
                           Errc::absent, Errc::too_many_recipients, Errc::unreachable, Errc::not_in_group}) {
        CAPTURE(minimeta::name_of(why));
        const std::string_view in_english = minimeta::english.reason(why), in_chinese = minimeta::chinese.reason(why);
        CHECK((in_english.find("obody got") != in_english.npos));
        CHECK((in_chinese.find("没有发出") != in_chinese.npos || in_chinese.find("谁也没有收到") != in_chinese.npos));
    }
}

TEST_CASE("a reason can be replaced in a program's own set") {
    Phrases mine = minimeta::english;
    mine.reason(Errc::name_taken) = "Too late for {subject}.";
    CHECK(mine.reasons[static_cast<std::size_t>(Errc::name_taken)] == "Too late for {subject}.");
    CHECK(mine.reason(Errc::name_empty) == minimeta::english.reason(Errc::name_empty));
}
