#include "minimeta/protocol/text/reply_encoder.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "minimeta/base/name.hpp"
#include "minimeta/features/validation.hpp"
#include "minimeta/protocol/text/parser.hpp"
#include "minimeta/protocol/text/phrases_en.hpp"
#include "minimeta/protocol/text/phrases_zh.hpp"
#include "unit/described.hpp"

using namespace minimeta;

namespace {

constexpr std::string_view both[] = {"bob", "eve"};
constexpr std::string_view one[] = {"bob"};
constexpr Presence two_present[] = {{"bob"}, {"eve"}};
constexpr Presence all_kinds[] = {{"bob", true}, {"eve", false, true}, {"joe", true, true}, {"lily"}};
constexpr Absence absences[] = {{"bob", "lunch"}, {"eve", ""}};
constexpr GroupSize group_sizes[] = {{"", 12, true}, {"dev", 3, true}, {"ops", 1}};

// 2026-11-23 14:03:22.250 UTC.
constexpr Stamp stamp{{7, 230}, {1'795'442'602'250'000'000}};
constexpr Stamp untimed{{7, 231}, {}};

constexpr Message messages[] = {
    {stamp, "bob", "hi"},
    {stamp, "bob", "waves", Manner::action},
    {stamp, "", "hear"},
    {stamp, "bob", "hi", Manner::speech, "dev"},
    {stamp, "bob", "waves", Manner::action, "dev"},
    {stamp, "", "hear", Manner::speech, "dev"},
    {stamp, "bob", "psst", Manner::speech, "", "lily"},
    {untimed, "bob", "winks", Manner::action, "", "lily,eve"},
};

std::string worded(const Event& event, const Phrases& phrases = english) {
    TextReplyEncoder encoder(phrases);
    return appended([&](ByteLog& log) { encoder.encode(log, event); });
}

std::string stamped(const Event& event, const Phrases& phrases = english) {
    TextReplyEncoder encoder(phrases);
    return appended([&](ByteLog& log) { encoder.encode_stamped(log, event); });
}

std::string worded(const Reply& reply, const Phrases& phrases = english) {
    TextReplyEncoder encoder(phrases);
    return appended([&](ByteLog& log) { encoder.encode(log, reply, "lily"); });
}

// The lines of a text behind the first.
std::string behind_first_line(const std::string& text) { return text.substr(text.find('\n') + 1); }

// What the room says in its own name, in all its forms.
std::vector<Event> events_of_the_room() {
    std::vector<Event> events{Joined{"lily"},
                              Renamed{"lily", "rose"},
                              Announced{"hear", "", stamp},
                              Left{"lily", {}},
                              GroupJoined{"lily", "dev"},
                              GroupLeft{"lily", "dev"},
                              MembershipSummary{"", 12, 3, 2},
                              MembershipSummary{"", 0, 0, 1},
                              MembershipSummary{"dev", 12, 3, 2},
                              MembershipSummary{"dev", 0, 1, 0}};
    for (std::size_t i = 0; i < errc_count; ++i) events.push_back(Left{"lily", static_cast<Errc>(i)});
    return events;
}

std::vector<Event> events_of_members() {
    return {
        Said{"lily", "hi", Manner::speech, "", stamp},        Said{"lily", "waves", Manner::action, "", stamp},
        Said{"lily", "hi", Manner::speech, "dev", stamp},     Said{"lily", "waves", Manner::action, "dev", stamp},
        Whispered{"lily", both, "hi", Manner::speech, stamp}, Whispered{"lily", one, "waves", Manner::action, stamp}};
}

// The replies that hold no message: the lines of those are members' own.
std::vector<Reply> replies_without_messages() {
    std::vector<Reply> replies{Greeting{},
                               Welcome{"lily", 3},
                               NameChanged{"rose"},
                               Delivered{both},
                               Delivered{both, absences},
                               Delivered{one},
                               Members{two_present, 2},
                               Members{two_present, 1000},
                               Members{{}, 0},
                               Members{all_kinds, 4, "dev"},
                               Members{all_kinds, 1000, "dev"},
                               Profile{{"bob"}, "", {}, {}},
                               Profile{{"bob", true}, "", both, seconds(32)},
                               Profile{{"bob", true, true}, "lunch", one, {}},
                               Profile{{"bob"}, "", one, seconds(300)},
                               Profile{{"bob"}, "", one, seconds(30'000)},
                               Groups{group_sizes, 3},
                               Groups{group_sizes, 1000},
                               GroupEntered{"dev", 3},
                               GroupExited{"dev"},
                               AwayChanged{true},
                               AwayChanged{false},
                               Recalled{"", "", {}},
                               Recalled{"dev", "", {}},
                               Recalled{"", "bob", {}},
                               Session{"secret", {7, 230}, 60},
                               CaughtUp{"lily", {}},
                               CaughtUp{"lily", {}, {7, 3}, {7, 9}},
                               Usage{},
                               Farewell{},
                               Removed{Errc::kicked, "bye."}};
    for (std::size_t i = 0; i < errc_count; ++i) {
        replies.push_back(Refused{static_cast<Errc>(i), both, 32});
        replies.push_back(Refused{static_cast<Errc>(i), {}, 0});
        replies.push_back(Removed{static_cast<Errc>(i), {}, 32});
    }
    return replies;
}

std::vector<Reply> replies_with_messages() {
    return {Recalled{"", "", messages},
            Recalled{"dev", "", messages, true},
            Recalled{"", "bob", messages, true},
            CaughtUp{"lily", messages},
            CaughtUp{"lily", std::span(messages).first(1)},
            CaughtUp{"lily", messages, {7, 3}, {7, 9}}};
}

std::vector<std::string> everything(const Phrases& phrases) {
    std::vector<std::string> texts;
    for (const Event& event : events_of_the_room()) texts.push_back(worded(event, phrases));
    for (const Event& event : events_of_members()) texts.push_back(worded(event, phrases));
    for (const Event& event : events_of_members()) texts.push_back(stamped(event, phrases));
    for (const Reply& reply : replies_without_messages()) texts.push_back(worded(reply, phrases));
    for (const Reply& reply : replies_with_messages()) texts.push_back(worded(reply, phrases));
    return texts;
}

bool has_a_sign(std::string_view line) {
    return line.starts_with("-- ") || line.starts_with("! ") || line.starts_with("** ") || line.starts_with('+');
}

}  // namespace

TEST_CASE("every blank in a phrase is known to the encoder") {
    for (const Phrases& language : {english, chinese})
        for (const std::string& text : everything(language)) {
            CAPTURE(text);
            CHECK(text.find_first_of("{}") == text.npos);
        }
}

TEST_CASE("every reply ends with a line's end, and has no blank line in it") {
    for (const Phrases& language : {english, chinese})
        for (const std::string& text : everything(language)) {
            CAPTURE(text);
            CHECK(text.size() > 1);
            CHECK(text.back() == '\n');
            CHECK(text.find("\n\n") == text.npos);
        }
}

TEST_CASE("each line of the room's own begins with a sign, and no line of a member's with the same") {
    for (const Phrases& language : {english, chinese}) {
        std::vector<std::string> own, theirs;
        for (const Event& event : events_of_the_room()) own.push_back(worded(event, language));
        for (const Reply& reply : replies_without_messages()) own.push_back(worded(reply, language));
        for (const Event& event : events_of_members()) theirs.push_back(worded(event, language));

        for (const std::string& text : own)
            for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1)) {
                CAPTURE(rest);
                CHECK(has_a_sign(rest));
            }
        for (const std::string& text : theirs) CHECK_FALSE(has_a_sign(text));
    }
}

TEST_CASE("lines that are recalled begin with a bracket, between lines of the room's own") {
    for (const Phrases& language : {english, chinese}) {
        const std::string text = worded(Recalled{"", "", messages, true}, language);
        CHECK(has_a_sign(text));
        std::size_t bracketed = 0;
        for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1)) {
            CAPTURE(rest);
            CHECK(has_a_sign(rest) != rest.starts_with("[7-23"));
            if (rest.starts_with('[')) ++bracketed;
        }
        CHECK(bracketed == std::size(messages));
    }
}

TEST_CASE("no name makes a member's line look like the room's, or a public one like a private one") {
    // The names that come closest: of characters that signs are made of and names, too.
    for (const std::string_view name : {"_-", "b--", "private", "私聊"})
        for (const Phrases& language : {english, chinese}) {
            REQUIRE_FALSE(check_name(name, 32));
            for (const std::string_view text :
                 {" -- Welcome", "! no", "** hear", "[private] bob: hi", "+7-1 0 bob: hi", "#dev bob: hi"}) {
                const std::string said = worded(Said{name, text}, language);
                CHECK(said.starts_with(name));
                CHECK_FALSE(has_a_sign(said));
                CHECK(worded(Said{name, text, Manner::action}, language).starts_with("* "));
                CHECK(
                    worded(Said{name, text, Manner::speech, "dev"}, language).starts_with("#dev " + std::string(name)));
                CHECK(worded(Said{name, text, Manner::action, "dev"}, language).starts_with("#dev * "));
                CHECK(worded(Whispered{name, one, text}, language).starts_with("["));
                CHECK(worded(Whispered{name, one, text, Manner::action}, language).starts_with("["));
            }
        }
    CHECK(check_name("--", 32).has_value());
    for (const char32_t sign : {U'!', U'*', U'[', U'#', U'+', U' ', U':', U'：'}) CHECK_FALSE(is_name_character(sign));
}

TEST_CASE("what happens has its text in English") {
    CHECK(worded(Joined{"lily"}) == "-- lily joined.\n");
    CHECK(worded(Renamed{"lily", "rose"}) == "-- lily is now rose.\n");
    CHECK(worded(Said{"lily", "hi"}) == "lily: hi\n");
    CHECK(worded(Said{"lily", "waves", Manner::action}) == "* lily waves\n");
    CHECK(worded(Whispered{"lily", both, "hi"}) == "[private] lily: hi\n");
    CHECK(worded(Whispered{"lily", both, "waves", Manner::action}) == "[private] * lily waves\n");
    CHECK(worded(Announced{"hear"}) == "** hear\n");
    CHECK(worded(Left{"lily", {}}) == "-- lily is gone.\n");
    CHECK(worded(Members{two_present, 2}) == "-- Here now (2): bob, eve\n");
    CHECK(worded(Members{two_present, 12}) == "-- Here now (12): bob, eve and 10 more\n");
    CHECK(worded(Refused{Errc::name_taken, one}) == "! The name bob is taken. Please try another.\n");
    CHECK(worded(Removed{Errc::kicked, "Out!"}) == "! You were removed: Out!\n");
}

TEST_CASE("what happens has its text in Chinese") {
    CHECK(worded(Joined{"小明"}, chinese) == "-- 小明 来了。\n");
    CHECK(worded(Said{"小明", "你好"}, chinese) == "小明：你好\n");
    CHECK(worded(Whispered{"小明", one, "你好"}, chinese) == "[私聊] 小明：你好\n");
    CHECK(worded(Members{two_present, 2}, chinese) == "-- 在场 2 人：bob、eve\n");
}

TEST_CASE("away and lost members are marked in a list") {
    CHECK(worded(Members{all_kinds, 4}) ==
          "-- Here now (4): bob (away), eve (connection lost), joe (connection lost), lily\n");
    CHECK(worded(Members{all_kinds, 4}, chinese) == "-- 在场 4 人：bob（暂离）、eve（断线）、joe（断线）、lily\n");
    CHECK(worded(Members{two_present, 2, "dev"}) == "-- In #dev now (2): bob, eve\n");
    CHECK(worded(Members{two_present, 12, "dev"}) == "-- In #dev now (12): bob, eve and 10 more\n");
    CHECK(worded(Members{two_present, 12, "dev"}, chinese) == "-- #dev 里有 12 人：bob、eve，还有 10 人\n");
}

TEST_CASE("the sender of a private message reads which recipients are away") {
    CHECK(behind_first_line(worded(Delivered{both, absences})) == "-- bob is away: lunch\n-- eve is away.\n");
    CHECK(behind_first_line(worded(Delivered{both, absences}, chinese)) ==
          "-- bob 暂时离开了：lunch\n-- eve 暂时离开了。\n");
    CHECK(behind_first_line(worded(Delivered{both})).empty());
}

TEST_CASE("a profile has what is known, and nothing that is not") {
    CHECK(worded(Profile{{"bob"}, "", {}, seconds(32)}) == "-- bob was last heard 32 seconds ago.\n");
    CHECK(worded(Profile{{"bob", true}, "lunch", both, seconds(32)}) ==
          "-- bob was last heard 32 seconds ago.\n-- bob is away: lunch\n-- bob is in #bob, #eve.\n");
    CHECK(worded(Profile{{"bob", true, true}, "", {}, {}}) ==
          "-- The connection of bob is lost; it may come back.\n-- bob is away.\n");
    CHECK(worded(Profile{{"小明", true}, "吃饭", one, seconds(32)}, chinese) ==
          "-- 小明 32 秒前有过动静。\n-- 小明 暂时离开了：吃饭\n-- 小明 在这些小组里：#bob。\n");
}

TEST_CASE("how long a member was silent is given in the largest unit of which there are two") {
    const auto heard = [](std::int64_t n) { return worded(Profile{{"bob"}, "", {}, seconds(n)}); };
    CHECK(heard(0) == "-- bob was heard just now.\n");
    CHECK(heard(1) == "-- bob was heard just now.\n");
    CHECK(heard(2) == "-- bob was last heard 2 seconds ago.\n");
    CHECK(heard(119) == "-- bob was last heard 119 seconds ago.\n");
    CHECK(heard(120) == "-- bob was last heard 2 minutes ago.\n");
    CHECK(heard(7'199) == "-- bob was last heard 119 minutes ago.\n");
    CHECK(heard(7'200) == "-- bob was last heard 2 hours ago.\n");
    CHECK(heard(1'000'000) == "-- bob was last heard 277 hours ago.\n");
}

TEST_CASE("groups are listed with their sizes, and with which are the member's own") {
    CHECK(worded(Groups{group_sizes, 3}) == "-- Groups: lobby (12), #dev (3, you are in it), #ops (1)\n");
    CHECK(worded(Groups{group_sizes, 10}) == "-- Groups: lobby (12), #dev (3, you are in it), #ops (1) and 7 more\n");
    CHECK(worded(Groups{group_sizes, 10}, chinese) ==
          "-- 小组：大厅（12 人）、#dev（3 人，你在其中）、#ops（1 人），还有 7 个\n");
}

TEST_CASE("a member that enters a group reads how to talk there") {
    CHECK(worded(GroupEntered{"dev", 3}).find("#dev hello") != std::string::npos);
    CHECK(worded(GroupEntered{"开发", 3}, chinese).find("#开发 你好") != std::string::npos);
    CHECK(worded(GroupExited{"dev"}) == "-- You left #dev.\n");
}

TEST_CASE("a refusal about a group shows its name as it is typed") {
    constexpr std::string_view dev[] = {"dev"};
    CHECK(worded(Refused{Errc::not_in_group, dev}) ==
          "! You are not in #dev; nobody got the line. /join #dev to enter; ## writes a # in public.\n");
    CHECK(worded(Refused{Errc::not_your_group, dev}) == "! You are not in #dev. To enter:  /join #dev\n");
    CHECK(worded(Refused{Errc::in_group_already, dev}, chinese) == "! 你已经在 #dev 里了。\n");
}

TEST_CASE("what was missed is sent as it would have been") {
    constexpr std::string_view lily[] = {"lily"}, lily_and_eve[] = {"lily", "eve"};
    const std::vector<Event> events{Said{"bob", "hi", Manner::speech, "", stamp},
                                    Said{"bob", "waves", Manner::action, "", stamp},
                                    Announced{"hear", "", stamp},
                                    Said{"bob", "hi", Manner::speech, "dev", stamp},
                                    Said{"bob", "waves", Manner::action, "dev", stamp},
                                    Announced{"hear", "dev", stamp},
                                    Whispered{"bob", lily, "psst", Manner::speech, stamp},
                                    Whispered{"bob", lily_and_eve, "winks", Manner::action, untimed}};
    Phrases mine = english;  // whose private lines name the recipients
    mine.whispered = "{name} to {to}> {text}";
    mine.whisper_acted = "* {name} to {to} {text}";
    for (const Phrases& phrases : {english, chinese, mine}) {
        std::string live;
        for (const Event& event : events) live += stamped(event, phrases);
        CHECK(behind_first_line(worded(CaughtUp{"lily", messages}, phrases)) == live);
    }
}

TEST_CASE("a member that is back reads how much was missed") {
    CHECK(worded(CaughtUp{"lily", {}}) == "-- Welcome back, lily! You missed nothing.\n");
    CHECK(worded(CaughtUp{"lily", std::span(messages).first(1)}) ==
          "-- Welcome back, lily! You missed a message:\n+7-230 1795442602250 bob: hi\n");
    CHECK(worded(CaughtUp{"lily", messages}).starts_with("-- Welcome back, lily! You missed 8 messages:\n+7-230 "));
    CHECK(worded(CaughtUp{"小明", {}}, chinese) == "-- 欢迎回来，小明！你没有错过什么。\n");
}

TEST_CASE("a gap stands between the welcome and what is left, and with one something was missed") {
    CHECK(worded(CaughtUp{"lily", std::span(messages).first(1), {7, 3}, {7, 9}}) ==
          "-- Welcome back, lily! You missed a message:\n"
          "! Messages from 7-3 to 7-9 may be missing: the room does not keep more.\n"
          "+7-230 1795442602250 bob: hi\n");
    CHECK(worded(CaughtUp{"lily", {}, {7, 3}, {7, 9}}) ==
          "-- Welcome back, lily!\n"
          "! Messages from 7-3 to 7-9 may be missing: the room does not keep more.\n");
    CHECK(worded(CaughtUp{"小明", {}, {7, 3}, {7, 9}}, chinese) ==
          "-- 欢迎回来，小明！\n! 从 7-3 到 7-9 的消息可能不全：房间只保留这么多。\n");
}

TEST_CASE("what is recalled has an id and a time, and both sides of what is private") {
    CHECK(worded(Recalled{"", "", messages}) ==
          "-- Said in the lobby (times in UTC):\n"
          "[7-230 2026-11-23 14:03:22] bob: hi\n"
          "[7-230 2026-11-23 14:03:22] * bob waves\n"
          "[7-230 2026-11-23 14:03:22] ** hear\n"
          "[7-230 2026-11-23 14:03:22] #dev bob: hi\n"
          "[7-230 2026-11-23 14:03:22] #dev * bob waves\n"
          "[7-230 2026-11-23 14:03:22] #dev ** hear\n"
          "[7-230 2026-11-23 14:03:22] [private to lily] bob: psst\n"
          "[7-231] [private to lily, eve] * bob winks\n");
    CHECK(behind_first_line(worded(Recalled{"", "bob", std::span(messages).last(2)}, chinese)) ==
          "[7-230 2026-11-23 14:03:22] [私下对 lily] bob：psst\n[7-231] [私下对 lily、eve] * bob winks\n");
}

TEST_CASE("a history says whose it is, and how to page back if there is more") {
    const auto first = [](const Reply& reply) {
        const std::string text = worded(reply);
        return text.substr(0, text.find('\n'));
    };
    const auto last = [](const Reply& reply) {
        const std::string text = worded(reply);
        return text.substr(text.rfind('\n', text.size() - 2) + 1);
    };
    CHECK(first(Recalled{"dev", "", messages}) == "-- Said in #dev (times in UTC):");
    CHECK(first(Recalled{"", "bob", messages}) == "-- Said in private between you and bob (times in UTC):");
    CHECK(last(Recalled{"", "", messages, true}) == "-- Older: /history before 7-230\n");
    CHECK(last(Recalled{"dev", "", messages, true}) == "-- Older: /history #dev before 7-230\n");
    CHECK(last(Recalled{"", "bob", std::span(messages).last(1), true}) == "-- Older: /history @bob before 7-231\n");
    CHECK(worded(Recalled{"dev", "", {}}) == "-- Nothing of that is kept.\n");
    CHECK(worded(Recalled{"dev", "", {}}, chinese) == "-- 没有留下相关的消息。\n");
}

TEST_CASE("the hint how to page back asks for what it says") {
    for (const auto& [recalled, expected] :
         {std::pair(Recalled{"", "", messages, true}, "recall [] with [] before 7-230 count 0"),
          std::pair(Recalled{"dev", "", messages, true}, "recall [dev] with [] before 7-230 count 0"),
          std::pair(Recalled{"", "bob", messages, true}, "recall [] with [bob] before 7-230 count 0")}) {
        const std::string text = worded(recalled);
        const std::string command = text.substr(text.find("/history"));
        TextParser parser;
        CHECK(described(parser.parse(std::string_view(command).substr(0, command.size() - 1)).value()) == expected);
    }
}

TEST_CASE("what is for programs is the same in every language") {
    for (const Phrases& language : {english, chinese}) {
        CHECK(worded(Session{"secret", {7, 230}, 60}, language) == "+session secret 7-230 60\n");
        CHECK(worded(Session{"secret", {}, 60}, language) == "+session secret 0-0 60\n");
        for (const Errc why : {Errc::no_sessions, Errc::session_unknown})
            CHECK(worded(Refused{why, {}, 60}, language).starts_with("+nosession ! "));
        CHECK(worded(Refused{Errc::named_already, {}, 60}, language).starts_with("! "));
    }
    CHECK(worded(Refused{Errc::session_unknown, {}, 60}).find("60 seconds") != std::string::npos);
}

TEST_CASE("a member that is away, or back, reads so") {
    CHECK(worded(AwayChanged{true}) == "-- You are away. Say something and you are back, or /back\n");
    CHECK(worded(AwayChanged{false}) == "-- You are back.\n");
    CHECK(worded(Removed{Errc::resumed}) == "! You go on over another connection. The connection is closed.\n");
}

TEST_CASE("a leave is announced with its reason") {
    CHECK(worded(Left{"lily", Errc::kicked}) == "-- lily is gone: removed.\n");
    CHECK(worded(Left{"lily", Errc::idle}) == "-- lily is gone: silent for too long.\n");
    CHECK(worded(Left{"lily", Errc::too_slow}) == "-- lily is gone: the connection was too slow.\n");
}

TEST_CASE("braces in what people say are left alone") {
    CHECK(worded(Said{"lily", "{name} {text} {"}) == "lily: {name} {text} {\n");
    constexpr std::string_view braces[] = {"{limit}"};
    CHECK(worded(Refused{Errc::absent, braces}).find("{limit}") != std::string::npos);
    CHECK(worded(Removed{Errc::kicked, "{text}"}) == "! You were removed: {text}\n");
    constexpr Message braced[] = {{stamp, "bob", "{time} {id}"}};
    constexpr Absence away[] = {{"bob", "{name} {to}"}};
    CHECK(behind_first_line(worded(Recalled{"", "", braced})) == "[7-230 2026-11-23 14:03:22] bob: {time} {id}\n");
    CHECK(behind_first_line(worded(Delivered{one, away})) == "-- bob is away: {name} {to}\n");
}

TEST_CASE("a program's own phrases may use a blank twice, not at all, or in several lines") {
    Phrases mine = english;
    mine.joined = "{name}, {name}!\nWelcome, {name}";
    mine.said = "{text}";
    mine.left = "Somebody is gone";
    mine.comma = " & ";
    mine.whispered = "{name} to {to}> {text}";
    mine.refused = "No. {reason} No.";
    mine.removed = "Out.";
    mine.farewell = "Bye, {name}";
    mine.reason(Errc::absent) = "Who is {subject}?";
    CHECK(worded(Joined{"lily"}, mine) == "lily, lily!\nWelcome, lily\n");
    CHECK(worded(Said{"lily", "hi"}, mine) == "hi\n");
    CHECK(worded(Left{"lily", {}}, mine) == "Somebody is gone\n");
    CHECK(worded(Whispered{"lily", both, "hi"}, mine) == "lily to bob & eve> hi\n");
    CHECK(worded(Refused{Errc::absent, both}, mine) == "No. Who is bob & eve? No.\n");
    CHECK(worded(Removed{Errc::idle}, mine) == "Out.\n");
    CHECK(worded(Farewell{}, mine) == "Bye, lily\n");
}

TEST_CASE("an unknown blank, and a brace that stands alone, stay as they are") {
    Phrases mine = english;
    mine.joined = "{nam} {} {name} } {name";
    CHECK(worded(Joined{"lily"}, mine) == "{nam} {} lily } {name\n");
    mine.joined = "";
    CHECK(worded(Joined{"lily"}, mine) == "\n");
}

TEST_CASE("the greatest number is written out") {
    const std::size_t most = std::numeric_limits<std::size_t>::max();
    CHECK(worded(Refused{Errc::line_too_long, {}, most}).find(std::to_string(most)) != std::string::npos);
}
