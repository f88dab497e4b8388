#include "minimeta/protocol/text/event_encoder.hpp"

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "minimeta/protocol/text/phrases_en.hpp"
#include "minimeta/protocol/text/phrases_zh.hpp"
#include "unit/described.hpp"

using namespace minimeta;

namespace {

constexpr std::string_view both[] = {"bob", "eve"};

// 2026-11-23 14:03:22.250 UTC.
constexpr Stamp stamp{{7, 230}, {1'795'442'602'250'000'000}};
constexpr Stamp untimed{{7, 231}, {}};

std::string worded(const Event& event, const Phrases& phrases = english) {
    TextEventEncoder encoder(phrases);
    return appended([&](ByteLog& log) { encoder.encode(log, event); });
}

std::string stamped(const Event& event, const Phrases& phrases = english) {
    TextEventEncoder encoder(phrases);
    return appended([&](ByteLog& log) { encoder.encode_stamped(log, event); });
}

std::string replayed(const Message& message, const Phrases& phrases = english) {
    TextEventEncoder encoder(phrases);
    return appended([&](ByteLog& log) { encoder.replay(log, message); });
}

std::string recalled(const Message& message, const Phrases& phrases = english, std::uint64_t epoch = 0) {
    TextEventEncoder encoder(phrases);
    return appended([&](ByteLog& log) { encoder.recall(log, message, epoch); });
}

// Each kind of event that has a stamp.
std::vector<Event> stamped_events() {
    return {Said{"lily", "hi", Manner::speech, "", stamp},
            Said{"lily", "waves", Manner::action, "", stamp},
            Said{"lily", "hi", Manner::speech, "dev", stamp},
            Said{"lily", "waves", Manner::action, "dev", stamp},
            Announced{"hear", "", stamp},
            Announced{"hear", "dev", stamp},
            Whispered{"lily", both, "psst", Manner::speech, stamp},
            Whispered{"lily", both, "winks", Manner::action, stamp}};
}

// The same, as they are remembered.
constexpr Message remembered[] = {
    {stamp, "lily", "hi"},
    {stamp, "lily", "waves", Manner::action},
    {stamp, "lily", "hi", Manner::speech, "dev"},
    {stamp, "lily", "waves", Manner::action, "dev"},
    {stamp, "", "hear"},
    {stamp, "", "hear", Manner::speech, "dev"},
    {stamp, "lily", "psst", Manner::speech, "", "bob,eve"},
    {stamp, "lily", "winks", Manner::action, "", "bob,eve"},
};

}  // namespace

TEST_CASE("what happens in a group is announced with its name") {
    CHECK(worded(GroupJoined{"lily", "dev"}) == "-- lily joined #dev.\n");
    CHECK(worded(GroupLeft{"lily", "dev"}) == "-- lily left #dev.\n");
    CHECK(worded(Said{"lily", "hi", Manner::speech, "dev"}) == "#dev lily: hi\n");
    CHECK(worded(Said{"lily", "waves", Manner::action, "dev"}) == "#dev * lily waves\n");
    CHECK(worded(Announced{"hear", "dev"}) == "#dev ** hear\n");

    CHECK(worded(GroupJoined{"小明", "开发"}, chinese) == "-- 小明 加入了 #开发。\n");
    CHECK(worded(GroupLeft{"小明", "开发"}, chinese) == "-- 小明 退出了 #开发。\n");
    CHECK(worded(Said{"小明", "你好", Manner::speech, "开发"}, chinese) == "#开发 小明：你好\n");
}

TEST_CASE("joins and leaves are summed up without what did not happen") {
    CHECK(worded(MembershipSummary{"", 12, 3, 2}) == "-- 12 joined, 3 left, 2 changed their names.\n");
    CHECK(worded(MembershipSummary{"", 12, 3, 0}) == "-- 12 joined, 3 left.\n");
    CHECK(worded(MembershipSummary{"", 0, 1, 1}) == "-- 1 left, 1 changed their name.\n");
    CHECK(worded(MembershipSummary{"", 1, 0, 0}) == "-- 1 joined.\n");
    CHECK(worded(MembershipSummary{"dev", 12, 3, 0}) == "-- #dev: 12 joined, 3 left.\n");
    CHECK(worded(MembershipSummary{"dev", 0, 0, 0}).empty());
    CHECK(worded(MembershipSummary{"", 12, 3, 1}, chinese) == "-- 12 人来了、3 人离开了、1 人改了名。\n");
    CHECK(worded(MembershipSummary{"开发", 12, 0, 2}, chinese) == "-- #开发：12 人来了、2 人改了名。\n");
}

TEST_CASE("what is for the hook alone has no text") {
    for (const Event& event : {Event{ConnectionLost{"lily"}}, Event{Resumed{"lily"}},
                               Event{FriendshipChanged{"lily", "", "bob", "", Relationship::friends}}}) {
        CHECK(worded(event).empty());
        CHECK(stamped(event).empty());
    }
}

TEST_CASE("a stamped message is the plain one behind its id and its time") {
    for (const Phrases& language : {english, chinese}) {
        for (const Event& event : stamped_events())
            CHECK(stamped(event, language) == "+7-230 1795442602250 " + worded(event, language));
        CHECK(stamped(Said{"lily", "hi", Manner::speech, "", untimed}, language) ==
              "+7-231 0 " + worded(Said{"lily", "hi"}, language));
    }
}

TEST_CASE("what is no message is the same with stamps and without") {
    const std::vector<Event> events{Joined{"lily"},
                                    Renamed{"lily", "rose"},
                                    Left{"lily", {}},
                                    Left{"lily", Errc::kicked},
                                    GroupJoined{"lily", "dev"},
                                    GroupLeft{"lily", "dev"},
                                    MembershipSummary{"", 12, 3, 2},
                                    MembershipSummary{"dev", 1, 0, 0}};
    for (const Event& event : events) CHECK(stamped(event) == worded(event));
}

TEST_CASE("a stamp is in front of the first line of several") {
    Phrases mine = english;
    mine.said = "{name}:\n{text}";
    CHECK(stamped(Said{"lily", "hi", Manner::speech, "", stamp}, mine) == "+7-230 1795442602250 lily:\nhi\n");
}

TEST_CASE("a message is replayed as it was sent with a stamp") {
    Phrases mine = english;  // whose private lines name the recipients
    mine.whispered = "{name} to {to}> {text}";
    mine.whisper_acted = "* {name} to {to} {text}";
    const std::vector<Event> events = stamped_events();
    REQUIRE(events.size() == std::size(remembered));
    for (const Phrases& phrases : {english, chinese, mine})
        for (std::size_t i = 0; i < events.size(); ++i)
            CHECK(replayed(remembered[i], phrases) == stamped(events[i], phrases));
}

TEST_CASE("a message is recalled as it was sent, behind its id and time, unless it is private") {
    const std::vector<Event> events = stamped_events();
    for (const Phrases& language : {english, chinese})
        for (std::size_t i = 0; i < events.size(); ++i)
            if (!minimeta::holds_alternative<Whispered>(events[i]))
                CHECK(recalled(remembered[i], language) ==
                      "[7-230 2026-11-23 14:03:22] " + worded(events[i], language));
}

TEST_CASE("of a private message that is recalled, both sides are named") {
    CHECK(recalled(remembered[6]) == "[7-230 2026-11-23 14:03:22] [private to bob, eve] lily: psst\n");
    CHECK(recalled(remembered[7]) == "[7-230 2026-11-23 14:03:22] [private to bob, eve] * lily winks\n");
    CHECK(recalled(remembered[6], chinese) == "[7-230 2026-11-23 14:03:22] [私下对 bob、eve] lily：psst\n");
    CHECK(recalled({stamp, "lily", "psst", Manner::speech, "", "bob"}) ==
          "[7-230 2026-11-23 14:03:22] [private to bob] lily: psst\n");
}

TEST_CASE("a message of the present epoch is recalled with its sequence alone") {
    CHECK(recalled(remembered[0], english, stamp.id.epoch).starts_with("[230 "));
    CHECK(recalled(remembered[0], english, stamp.id.epoch + 1).starts_with("[7-230 "));
}

TEST_CASE("a message without a time is recalled without one") {
    CHECK(recalled({untimed, "lily", "hi"}) == "[7-231] lily: hi\n");
    CHECK(replayed({untimed, "lily", "hi"}) == "+7-231 0 lily: hi\n");
}
