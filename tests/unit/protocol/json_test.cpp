#include "minimeta/protocol/json.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "unit/described.hpp"

using namespace minimeta;

namespace {

constexpr Stamp stamp{{7, 230}, {1'795'442'602'250'000'000}};

std::string line(const Event& event) {
    Json json;
    return appended([&](ByteLog& log) { json.encode(log, event); });
}
std::string line(const Reply& reply) {
    Json json;
    return appended([&](ByteLog& log) { json.encode(log, reply, "lily"); });
}

// The commands of bytes, fed in pieces of this size.
std::string decoded(std::string_view bytes, std::size_t piece, std::size_t line_bytes = 60) {
    Json json;
    json.use(Limits{.line_bytes = line_bytes});
    Json::decoder decoder;
    std::string commands;
    std::string_view nothing;
    REQUIRE(described(*json.decode(decoder, nothing)) == "greet");
    while (!bytes.empty()) {
        std::string_view fed = bytes.substr(0, piece);
        bytes.remove_prefix(fed.size());
        while (const auto command = json.decode(decoder, fed)) commands += described(*command) + "\n";
        CHECK(fed.empty());
    }
    return commands;
}

}  // namespace

TEST_CASE("JSON: events have the members of their structs, without those that are empty") {
    const std::string_view bob[] = {"bob"};
    const std::pair<Event, std::string_view> all[] = {
        {Joined{"lily", {3}}, R"({"type":"joined","name":"lily","number":3})"},
        {Renamed{"lily", "rose", {3}}, R"({"type":"renamed","from":"lily","to":"rose","number":3})"},
        {Said{"lily", "hi", Manner::speech, "", stamp, {3}},
         R"({"type":"said","from":"lily","text":"hi","id":"7-230","at":1795442602250,"number":3})"},
        {Said{"lily", "waves", Manner::action, "dev", {{7, 231}, {}}, {3}},
         R"({"type":"said","from":"lily","text":"waves","action":true,"group":"dev","id":"7-231","number":3})"},
        {Whispered{"lily", bob, "hi", Manner::speech, stamp, {3}},
         R"({"type":"whispered","from":"lily","to":["bob"],"text":"hi","id":"7-230","at":1795442602250,"number":3})"},
        {Announced{"hear", "dev", stamp},
         R"({"type":"announced","text":"hear","group":"dev","id":"7-230","at":1795442602250})"},
        {Left{"lily", {}, {3}, 9}, R"({"type":"left","name":"lily","number":3})"},
        {Left{"lily", Errc::kicked, {3}}, R"({"type":"left","name":"lily","why":"kicked","number":3})"},
        {GroupJoined{"lily", "dev", {3}}, R"({"type":"group_joined","name":"lily","group":"dev","number":3})"},
        {GroupLeft{"lily", "dev", {3}}, R"({"type":"group_left","name":"lily","group":"dev","number":3})"},
        {MembershipSummary{"dev", 1, 0, 2},
         R"({"type":"membership_summary","group":"dev","joined":1,"left":0,"renamed":2})"},
        {RoleChanged{"bob", Role::op, "lily", "dev", {4}},
         R"({"type":"role_changed","name":"bob","role":"op","by":"lily","group":"dev","number":4})"},
        {TopicChanged{"tea", "", ""}, R"({"type":"topic_changed","text":"tea"})"},
        {Kicked{"bob", "rude", "lily", "", {4}},
         R"({"type":"kicked","name":"bob","text":"rude","by":"lily","number":4})"},
        {Punished{Sanction::ban, "bob", 60, "lily"},
         R"({"type":"punished","sanction":"ban","name":"bob","seconds":60,"by":"lily"})"},
        {Pardoned{Sanction::mute, "bob", ""}, R"({"type":"pardoned","sanction":"mute","name":"bob"})"},
        {SettingChanged{Setting::slow_seconds, 10, "lily", "dev"},
         R"({"type":"setting_changed","setting":"slow_seconds","value":10,"by":"lily","group":"dev"})"},
        {KeyChanged{true, "lily", "dev"}, R"({"type":"key_changed","needed":true,"by":"lily","group":"dev"})"},
        {Purged{"bob", "lily", "", {4}}, R"({"type":"purged","name":"bob","by":"lily","number":4})"},
        {WentAway{"bob", "lunch", {4}}, R"({"type":"went_away","name":"bob","text":"lunch","number":4})"},
        {CameBack{"bob", {4}}, R"({"type":"came_back","name":"bob","number":4})"},
    };
    for (const auto& [event, text] : all) CHECK(line(event) == std::string(text) + "\n");
    for (const Event& event : {Event{ConnectionLost{"bob"}}, Event{Resumed{"bob"}}, Event{Invited{"bob", "", "dev"}},
                               Event{FriendshipChanged{"bob", "", "eve", "", Relationship::friends}}})
        CHECK(line(event).empty());
}

TEST_CASE("JSON: replies have the members of their structs") {
    const std::string_view bob[] = {"bob"};
    const Absence away[] = {{"bob", "lunch"}};
    const Presence presences[] = {{"bob", true, false, false, Role::op}, {"guard", false, false, true}};
    const GroupSize sizes[] = {{"", 2}, {"dev", 1, true}};
    const Message messages[] = {{.stamp = stamp, .from = "bob", .text = "hi", .author = {4}},
                                {.stamp = {{7, 231}, {}}, .from = "bob", .text = "x", .to = "lily,eve"}};
    const Friend friends[] = {{"bob", "bob@home", Relationship::friends, true, true}};
    const ListedSanction sanctions[] = {{Sanction::ban, "bob", 60}, {Sanction::mute, "eve", 0}};
    const CommandHelp custom[] = {{"/roll", "throws a die"}};
    const std::string_view both = R"([{"from":"bob","text":"hi","id":"7-230","at":1795442602250,"number":4},)"
                                  R"({"from":"bob","to":["lily","eve"],"text":"x","id":"7-231"}])";
    const std::pair<Reply, std::string> all[] = {
        {Welcome{"lily", 2}, R"({"type":"welcome","name":"lily","members":2})"},
        {NameChanged{"rose"}, R"({"type":"name_changed","name":"rose"})"},
        {CurrentName{"rose"}, R"({"type":"current_name","name":"rose"})"},
        {Refused{Errc::absent, bob}, R"({"type":"refused","why":"absent","subject":["bob"]})"},
        {Refused{Errc::too_fast, {}, 10, "slower"},
         R"({"type":"refused","why":"too_fast","limit":10,"words":"slower"})"},
        {Told{"psst"}, R"({"type":"told","text":"psst"})"},
        {Sent{stamp, "hi", Manner::action, "dev"},
         R"({"type":"sent","text":"hi","action":true,"group":"dev","id":"7-230","at":1795442602250})"},
        {Sent{stamp, "hi", Manner::speech, "", bob},
         R"({"type":"sent","text":"hi","to":["bob"],"id":"7-230","at":1795442602250})"},
        {Delivered{bob, away, bob, bob},
         R"({"type":"delivered","to":["bob"],"away":[{"name":"bob","text":"lunch"}],"lost":["bob"],"absent":["bob"]})"},
        {Members{presences, 5, "dev"},
         R"({"type":"members","group":"dev","total":5,"some":[{"name":"bob","away":true,"role":"op"},)"
         R"({"name":"guard","resident":true}]})"},
        {Profile{presences[0], "lunch", bob, seconds(90), "bob@home"},
         R"({"type":"profile","name":"bob","away":true,"role":"op","away_text":"lunch","groups":["bob"],"silent":90,)"
         R"("account":"bob@home"})"},
        {Groups{sizes, 2},
         R"({"type":"groups","total":2,"some":[{"name":"","members":2},{"name":"dev","members":1,"joined":true}]})"},
        {GroupEntered{"dev", 2}, R"({"type":"group_entered","group":"dev","members":2})"},
        {GroupExited{"dev"}, R"({"type":"group_exited","group":"dev"})"},
        {IgnoreChanged{"bob", true}, R"({"type":"ignore_changed","name":"bob","hidden":true})"},
        {Ignored{bob}, R"({"type":"ignored","names":["bob"]})"},
        {FriendChanged{"bob", Relationship::incoming},
         R"({"type":"friend_changed","name":"bob","relationship":"incoming"})"},
        {FriendMoved{"bob@home", "bob", true},
         R"({"type":"friend_moved","account":"bob@home","name":"bob","here":true})"},
        {Friends{friends}, R"({"type":"friends","all":[{"name":"bob","account":"bob@home","relationship":"friends",)"
                           R"("here":true,"away":true}]})"},
        {Waited{messages}, R"({"type":"waited","messages":)" + std::string(both) + "}"},
        {Topic{"tea", "lily", "dev"}, R"({"type":"topic","text":"tea","by":"lily","group":"dev"})"},
        {KickedFrom{"dev", "rude", "lily"}, R"({"type":"kicked_from","group":"dev","text":"rude","by":"lily"})"},
        {Invitation{"dev", "lily"}, R"({"type":"invitation","group":"dev","by":"lily"})"},
        {Sanctions{sanctions},
         R"({"type":"sanctions","all":[{"sanction":"ban","name":"bob","seconds":60},{"sanction":"mute","name":"eve"}]})"},
        {Recalled{"dev", "", messages, true},
         R"({"type":"recalled","group":"dev","messages":)" + std::string(both) + R"(,"older":true})"},
        {AwayChanged{true}, R"({"type":"away_changed","away":true})"},
        {Session{"1.ab", {7, 230}, 60}, R"({"type":"session","token":"1.ab","newest":"7-230","seconds":60})"},
        {CaughtUp{"lily", messages, {7, 1}, {7, 9}}, R"({"type":"caught_up","name":"lily","messages":)" +
                                                         std::string(both) + R"(,"gap_begin":"7-1","gap_end":"7-9"})"},
        {Usage{custom}, R"({"type":"usage","custom":[{"usage":"/roll","meaning":"throws a die"}]})"},
        {Farewell{}, R"({"type":"farewell"})"},
        {Removed{Errc::idle, "", 60}, R"({"type":"removed","why":"idle","limit":60})"},
    };
    for (const auto& [reply, text] : all) CHECK(line(reply) == text + "\n");
    CHECK(line(Greeting{}).starts_with(R"({"type":"greeting","line_bytes":4096,"name_characters":32,)"));
}

TEST_CASE("JSON: lines are understood in any pieces, blank ones are none, and one that is too long is refused once") {
    const std::string bytes =
        "{\"type\":\"who\"}\r\n\n  \n{\"type\":\"say\",\"text\":\"你好\"}\n{\"type\":\"say\",\"text\":\"" +
        std::string(300, 'x') + "\"}\nno object\n{\"type\":\"quit\"}\n{\"type\":\"back\"";
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece)
        CHECK(decoded(bytes, piece) == "who\nsay 你好\nmalformed line_too_long\nmalformed malformed\nquit\n");
}

TEST_CASE("JSON: an answer has the number of the request that is being carried out, and what comes later has none") {
    Json json;
    Json::decoder decoder;
    const auto answer = [&] {
        return appended([&](ByteLog& log) { json.encode(log, Reply{Farewell{}}, "lily", decoder); });
    };
    std::string_view fed = "{\"type\":\"who\",\"request\":7}\n{\"type\":\"who\"}\n";
    CHECK(described(*json.decode(decoder, fed)) == "greet");
    CHECK(answer() == "{\"type\":\"farewell\"}\n");
    CHECK(described(*json.decode(decoder, fed)) == "who");
    CHECK(answer() == "{\"type\":\"farewell\",\"request\":7}\n");
    CHECK(described(*json.decode(decoder, fed)) == "who");
    CHECK(answer() == "{\"type\":\"farewell\"}\n");
    fed = "{\"type\":\"who\",\"request\":8}\n";
    CHECK(json.decode(decoder, fed));
    CHECK_FALSE(json.decode(decoder, fed));
    CHECK(answer() == "{\"type\":\"farewell\"}\n");
}
