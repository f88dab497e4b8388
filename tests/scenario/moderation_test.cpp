// Order kept by some: roles, topics, removals, bans, mutes, rules of groups; by members and by the program.
#include <string>
#include <string_view>

#include "catch.hpp"
#include "minimeta/minimeta.hpp"
#include "scenario/as_text.hpp"
#include "scenario/scene.hpp"
#include "scenario/sessions.hpp"
#include "unit/described.hpp"

using namespace minimeta;

namespace {

// lily owns #tea, where bob and eve are, too; zoe is not there.
struct TeaParty : Scene {
    explicit TeaParty(Limits limits = {.messages_per_second = 0}) : Scene("lily bob eve zoe", limits) {
        passes(seconds(1));
        group("tea", "lily bob eve");
    }

    /// What somebody reads after saying a line.
    std::string answer(std::string_view who, std::string_view line) {
        (void)hears(who);
        says(who, line);
        return hears(who);
    }
    /// Whether a line to #tea reaches lily.
    bool is_heard(std::string_view who) {
        (void)hears("lily");
        says(who, "#tea hello");
        return hears("lily") == "#tea " + std::string(who) + ": hello\n";
    }
};

std::string refusal(Errc why) { return as_text(Refused{why, {}}); }

}  // namespace

// ---- Roles

TEST_CASE("who makes a group owns it, and makes operators; operators give voice") {
    TeaParty scene;
    CHECK(scene.answer("bob", "/voice #tea eve") == refusal(Errc::operator_required));
    CHECK(scene.answer("lily", "/op #tea bob") == "-- #tea: bob is an operator now, by lily.\n");
    CHECK(scene.hears("eve") == "-- #tea: bob is an operator now, by lily.\n");
    CHECK(scene.hears("zoe") == "");
    CHECK(scene.answer("bob", "/voice #tea eve") == "-- #tea: eve is a voice now, by bob.\n");
    CHECK(scene.answer("bob", "/op #tea eve") == refusal(Errc::owner_required));
    CHECK(scene.answer("bob", "/deop #tea lily") == refusal(Errc::owner_required));
    CHECK(scene.answer("eve", "/who #tea") == "-- In #tea now (3): bob (operator), eve (voice), lily (owner)\n");
    CHECK(scene.answer("bob", "/deop #tea bob") == refusal(Errc::owner_required));
    CHECK(scene.answer("lily", "/deop #tea bob") == "-- #tea: bob is an ordinary member now, by lily.\n");
    CHECK(scene.answer("bob", "/voice #tea eve") == refusal(Errc::operator_required));
}

TEST_CASE("an operator of the room is one in each of its groups") {
    TeaParty scene;
    CHECK_FALSE(scene.room.set_role("", scene["bob"], Role::op));
    CHECK(scene.answer("bob", "/kick #tea eve") ==
          "-- #tea: eve was removed by bob.\n" + as_text(GroupLeft{"eve", "tea"}));
    CHECK(scene.answer("bob", "/kick #tea lily") == as_text(Refused{Errc::outranked, {{"lily"}}}));
    CHECK(scene.room.role("tea", scene["bob"]) == Role::op);
    CHECK(scene.room.role("tea", scene["lily"]) == Role::owner);
    CHECK(scene.room.role("", scene["lily"]) == Role::member);
    CHECK(scene.answer("eve", "/whois bob").find("-- bob is an operator of the room.\n") != std::string::npos);
}

TEST_CASE("a role is kept through another name and another connection, and gone with the membership") {
    SceneWithSessions scene{"lily bob", "bob"};
    scene.group("tea", "lily bob");
    CHECK_FALSE(scene.room.set_role("tea", scene["bob"], Role::op));
    scene.says("bob", "name:rob");
    scene.hangs_up("bob");
    scene.comes_back("bob");
    CHECK(scene.room.role("tea", scene["bob"]) == Role::op);
    scene.says("bob", "/leave #tea");
    scene.says("bob", "/join #tea");
    CHECK(scene.room.role("tea", scene["bob"]) == Role::member);
}

TEST_CASE("the program gives any role, where there is such a member") {
    TeaParty scene;
    CHECK_FALSE(scene.room.set_role("tea", scene["eve"], Role::owner));
    CHECK(scene.hears("lily") == "-- #tea: eve is the owner now, by the room.\n");
    CHECK_FALSE(scene.room.set_role("tea", scene["eve"], Role::owner));
    CHECK(scene.hears("lily") == "");
    CHECK(scene.room.set_role("tea", scene["zoe"], Role::op) == Errc::not_there);
    CHECK(scene.room.set_role("dev", scene["zoe"], Role::op) == Errc::no_such_group);
    CHECK(scene.room.set_role("", MemberNumber{99}, Role::op) == Errc::not_a_member);
}

// ---- Topics

TEST_CASE("a topic is set by an operator, and told to those who ask and those who come") {
    TeaParty scene;
    CHECK(scene.answer("bob", "/topic #tea") == "-- #tea: There is no topic.\n");
    CHECK(scene.answer("bob", "/topic #tea milk?") == refusal(Errc::operator_required));
    CHECK(scene.answer("lily", "/topic #tea green or black?") == "-- #tea: Topic, set by lily: green or black?\n");
    CHECK(scene.answer("bob", "/topic #tea").ends_with("-- #tea: Topic: green or black?\n"));
    CHECK(scene.answer("zoe", "/topic #tea") == as_text(Refused{Errc::not_your_group, {{"tea"}}}));
    CHECK(scene.answer("zoe", "/join #tea") == as_text(GroupEntered{"tea", 4}) + "-- #tea: Topic: green or black?\n");
    CHECK(scene.answer("lily", "/topic #tea -").ends_with("-- #tea: lily removed the topic.\n"));
    CHECK(scene.room.topic("tea") == "");
    CHECK_FALSE(scene.room.set_topic("", "all about tea"));
    CHECK(scene.room.topic() == "all about tea");
    scene.enters("max");
    CHECK(scene.hears("max").ends_with("-- Topic: all about tea\n"));
}

// ---- Removals and bans

TEST_CASE("a member is removed from a group, and told by whom and why") {
    TeaParty scene;
    scene.says("lily", "/kick #tea bob too much sugar");
    CHECK(scene.hears("bob") == "! You were removed from #tea by lily: too much sugar\n" + as_text(GroupExited{"tea"}));
    CHECK(scene.hears("eve") ==
          "-- #tea: bob was removed by lily: too much sugar\n" + as_text(GroupLeft{"bob", "tea"}));
    CHECK(scene.answer("lily", "/kick #tea zoe") == as_text(Refused{Errc::not_there, {{"zoe"}}}));
    CHECK(scene.answer("lily", "/kick #tea nobody") == as_text(Refused{Errc::no_such_member, {{"nobody"}}}));
    CHECK(scene.answer("lily", "/kick eve") == as_text(Refused{Errc::operator_required, {{"eve"}}}));
    CHECK(scene.answer("bob", "/join #tea") == as_text(GroupEntered{"tea", 3}));
}

TEST_CASE("a member is removed from the room, and its connection closed") {
    TeaParty scene;
    CHECK_FALSE(scene.room.set_role("", scene["zoe"], Role::op));
    scene.says("zoe", "/kick bob too rude");
    CHECK(scene.hears("bob").ends_with("! You were removed: too rude\n"));
    CHECK_FALSE(scene.has("bob"));
    CHECK(scene.hears("eve").ends_with("-- bob was removed by zoe: too rude\n-- bob is gone: removed.\n"));
}

TEST_CASE("who is banned from a group does not come in again, under no name, until it is pardoned") {
    TeaParty scene;
    scene.says("lily", "/ban #tea bob");
    CHECK(scene.hears("bob") == "-- #tea: bob is banned, by lily.\n" + as_text(GroupExited{"tea"}));
    CHECK(scene.answer("bob", "/join #tea") == as_text(Refused{Errc::banned, {{"tea"}}}));
    scene.says("bob", "name:rob");
    CHECK(scene.answer("bob", "/join #tea") == as_text(Refused{Errc::banned, {{"tea"}}}));
    CHECK(scene.answer("eve", "/bans #tea") == refusal(Errc::operator_required));
    CHECK(scene.answer("lily", "/bans #tea") == "-- #tea: Banned or muted: bob (banned)\n");
    scene.says("lily", "/unban #tea BOB");
    CHECK(scene.answer("bob", "/join #tea") == as_text(GroupEntered{"tea", 3}));
    CHECK(scene.answer("lily", "/unban #tea bob").ends_with(as_text(Refused{Errc::not_there, {{"bob"}}})));
}

TEST_CASE("who is banned from the room is not let in by its name, account or number") {
    TeaParty scene;
    CHECK_FALSE(scene.room.identify(scene["bob"], "bob@home"));
    CHECK_FALSE(scene.room.ban("", "bob", 60));
    CHECK(scene.hears("bob").ends_with("! That is banned here. The connection is closed.\n"));
    scene.connects("again");
    scene.forget();
    CHECK(scene.answer("again", "name:bob") == as_text(Refused{Errc::banned, {{"bob"}}}));
    scene.says("again", "name:robert");
    CHECK(scene.room.identify(scene["again"], "Bob@Home") == Errc::banned);
    CHECK_FALSE(scene.has("again"));
    CHECK(scene.answer("eve", "name:bob") == as_text(Refused{Errc::banned, {{"bob"}}}));
    scene.passes(seconds(60));
    CHECK(scene.answer("eve", "name:bob") == "-- Your name is bob now.\n");
}

TEST_CASE("a ban ends with its time, and is listed as long as it lasts") {
    TeaParty scene;
    scene.says("lily", "/ban #tea bob 10m");
    scene.passes(seconds(599));
    CHECK(scene.answer("bob", "/join #tea") == as_text(Refused{Errc::banned, {{"tea"}}}));
    CHECK(described(scene.room.sanctions("tea")) == "bob banned 1; ");
    scene.passes(seconds(1));
    CHECK(scene.answer("bob", "/join #tea") == as_text(GroupEntered{"tea", 3}));
    CHECK(scene.answer("lily", "/bans #tea").ends_with("-- #tea: Nobody is banned or muted.\n"));
}

TEST_CASE("there are so many bans and mutes of a group, and the same again is not another one") {
    TeaParty scene({.messages_per_second = 0, .sanctions = 2});
    scene.says("lily", "/ban #tea a");
    scene.says("lily", "/mute #tea b");
    scene.says("lily", "/ban #tea a 1h");
    CHECK(scene.answer("lily", "/ban #tea c") == as_text(Refused{Errc::too_many_sanctions, {{"c"}}, 2}));
    CHECK(described(scene.room.sanctions("tea")) == "b muted 0; a banned 3600; ");
}

// ---- Mutes

TEST_CASE("who is muted in a group is heard elsewhere, and who is muted in the room nowhere") {
    TeaParty scene;
    scene.says("lily", "/mute #tea bob 1m");
    CHECK_FALSE(scene.is_heard("bob"));
    CHECK(scene.answer("bob", "#tea hi") == as_text(Refused{Errc::muted, {{"tea"}}}));
    CHECK(scene.answer("bob", "hi") == "");
    CHECK(scene.answer("bob", "/msg lily hi").starts_with("-- Sent in private"));
    CHECK_FALSE(scene.room.mute("", "eve"));
    for (const char* line : {"hi", "/me waves", "#tea hi", "/msg lily hi", "@lily hi"})
        CHECK(scene.answer("eve", line).find("! You are muted") != std::string::npos);
    scene.passes(seconds(60));
    CHECK(scene.is_heard("bob"));
    CHECK_FALSE(scene.room.unmute("", "eve"));
    CHECK(scene.is_heard("eve"));
}

TEST_CASE(
    "a mute is not shaken off by another name, by leaving and coming again, or before it is known whom it is for") {
    TeaParty scene;
    scene.says("lily", "/mute #tea bob");
    scene.says("bob", "name:rob");
    CHECK_FALSE(scene.is_heard("rob"));
    scene.says("bob", "/leave #tea");
    scene.says("bob", "/join #tea");
    CHECK_FALSE(scene.is_heard("rob"));
    scene.says("lily", "/mute #tea max");
    scene.says("eve", "name:max");
    CHECK(scene.answer("eve", "#tea hi").find("! You are muted") != std::string::npos);
    CHECK_FALSE(scene.room.join(scene["zoe"], "tea"));
    CHECK_FALSE(scene.room.identify(scene["zoe"], "MAX"));
    CHECK(scene.answer("zoe", "#tea hi").find("! You are muted") != std::string::npos);
}

TEST_CASE("the program speaks in a member's name whatever the rules") {
    TeaParty scene;
    CHECK_FALSE(scene.room.mute("tea", "bob"));
    CHECK_FALSE(scene.room.configure("tea", Setting::moderated, 1));
    CHECK_FALSE(scene.room.say(scene["bob"], "tea", "hello"));
    CHECK(scene.hears("eve").ends_with("#tea bob: hello\n"));
}

// ---- Rules

TEST_CASE("where only voices speak, others do not") {
    TeaParty scene;
    scene.says("lily", "/moderated #tea");
    CHECK(scene.answer("bob", "#tea hi").ends_with(as_text(Refused{Errc::voice_required, {{"tea"}}})));
    scene.says("lily", "/voice #tea bob");
    CHECK(scene.is_heard("bob"));
    scene.says("lily", "/moderated #tea off");
    CHECK(scene.is_heard("eve"));
}

TEST_CASE("where it is slow, two lines of one member are so far apart") {
    TeaParty scene;
    scene.says("lily", "/slow #tea 10");
    CHECK(scene.is_heard("bob"));
    CHECK_FALSE(scene.is_heard("bob"));
    CHECK(scene.is_heard("eve"));
    scene.passes(seconds(9));
    CHECK_FALSE(scene.is_heard("bob"));
    scene.passes(seconds(1));
    CHECK(scene.is_heard("bob"));
    scene.says("lily", "/voice #tea bob");
    CHECK(scene.is_heard("bob"));
}

TEST_CASE("into a locked group leads an invitation, once") {
    TeaParty scene;
    scene.says("lily", "/lock #tea");
    CHECK(scene.answer("zoe", "/join #tea") == as_text(Refused{Errc::locked, {{"tea"}}}));
    CHECK(scene.answer("bob", "/invite #tea zoe").ends_with(as_text(Refused{Errc::operator_required, {{"tea"}}})));
    scene.says("lily", "/invite #tea zoe");
    CHECK(scene.hears("zoe") == "-- You are invited to #tea by lily. To enter:  /join #tea\n");
    CHECK(scene.answer("zoe", "/join #tea") == as_text(GroupEntered{"tea", 4}));
    scene.says("zoe", "/leave #tea");
    CHECK(scene.answer("zoe", "/join #tea") == as_text(Refused{Errc::locked, {{"tea"}}}));
    scene.says("lily", "/unlock #tea");
    CHECK(scene.answer("zoe", "/join #tea") == as_text(GroupEntered{"tea", 4}));
}

TEST_CASE("nobody enters a locked room, and those who are there stay") {
    TeaParty scene;
    CHECK_FALSE(scene.room.configure("", Setting::locked, 1));
    scene.connects("max");
    scene.forget();
    CHECK(scene.answer("max", "name:max") == as_text(Refused{Errc::locked, {{"max"}}}));
    CHECK_FALSE(scene.room.configure("", Setting::locked, 0));
    CHECK(scene.answer("max", "name:max").starts_with("-- Welcome, max!"));
}

TEST_CASE("a group with a key is entered with it, and its key is told to nobody") {
    TeaParty scene;
    scene.says("lily", "/key #tea sesame");
    CHECK(scene.hears("bob") == "-- To enter #tea takes a key, by lily:  /join #tea key\n");
    CHECK(scene.answer("zoe", "/join #tea") == as_text(Refused{Errc::wrong_key, {{"tea"}}}));
    CHECK(scene.answer("zoe", "/join #tea Sesame") == as_text(Refused{Errc::wrong_key, {{"tea"}}}));
    CHECK(scene.answer("zoe", "/join #tea sesame") == as_text(GroupEntered{"tea", 4}));
    scene.says("zoe", "/leave #tea");
    scene.says("lily", "/key #tea");
    CHECK(scene.answer("zoe", "/join #tea") == as_text(GroupEntered{"tea", 4}));
    CHECK(scene.answer("zoe", "/join #my dear friends").starts_with("! A name has letters"));
}

TEST_CASE("a group has so many members, and one that is hidden is in no list of others") {
    TeaParty scene;
    scene.says("lily", "/limit #tea 3");
    CHECK(scene.answer("zoe", "/join #tea") == as_text(Refused{Errc::group_full, {{"tea"}}}));
    scene.says("lily", "/hide #tea");
    CHECK(scene.answer("zoe", "/groups") == "-- Groups: lobby (4)\n");
    CHECK(scene.answer("zoe", "/whois bob").find("#tea") == std::string::npos);
    CHECK(scene.answer("bob", "/groups").ends_with("-- Groups: lobby (4), #tea (3, you are in it)\n"));
    CHECK(scene.answer("bob", "/whois eve").find("-- eve is in #tea.\n") != std::string::npos);
    CHECK(scene.room.groups().size() == 2);
    for (const char* who : {"bob", "eve", "lily"}) scene.says(who, "/leave #tea");
    scene.says("bob", "/join #dev");
    CHECK(scene.answer("zoe", "/groups") == "-- Groups: lobby (4), #dev (1)\n");
}

TEST_CASE("what only groups have, the room has not") {
    TeaParty scene;
    CHECK(scene.room.configure("", Setting::hidden, 1) == Errc::groups_only);
    CHECK(scene.room.configure("", Setting::member_limit, 5) == Errc::groups_only);
    CHECK(scene.room.set_key("", "x") == Errc::groups_only);
    CHECK(scene.room.invite("", scene["zoe"]) == Errc::groups_only);
    CHECK(scene.room.configure("tea", Setting::locked, 2) == Errc::invalid_argument);
    CHECK(scene.room.configure("tea", Setting::slow_seconds, 10'000'000'000) == Errc::invalid_argument);
    CHECK(scene.room.set_topic("tea", "\x1b") == Errc::control_character);
    CHECK(scene.room.set_topic("tea", std::string(5'000, 'x')) == Errc::line_too_long);
}

// ---- Taking back

TEST_CASE("what a member said is taken back from the history of a group, under all its names") {
    TeaParty scene;
    for (const char* who : {"bob", "eve"}) scene.says(who, "#tea from " + std::string(who));
    scene.says("bob", "name:rob");
    scene.says("bob", "#tea and more");
    scene.says("bob", "in the lobby");
    scene.forget();
    CHECK(scene.answer("eve", "/purge #tea rob") == as_text(Refused{Errc::operator_required, {{"rob"}}}));
    CHECK(scene.answer("lily", "/purge #tea rob") == "-- #tea: What rob said was taken back by lily.\n");
    const std::string history = scene.answer("eve", "/history #tea");
    CHECK(history.find("from eve") != std::string::npos);
    CHECK(history.find("from bob") == std::string::npos);
    CHECK(history.find("and more") == std::string::npos);
    CHECK(scene.answer("eve", "/history").find("in the lobby") != std::string::npos);
    CHECK(scene.answer("lily", "/purge #tea rob").ends_with(as_text(Refused{Errc::not_there, {{"rob"}}})));
}

TEST_CASE("what is taken back from somebody who has left is what was said under that name") {
    TeaParty scene;
    scene.says("bob", "#tea from bob");
    scene.says("bob", "/quit");
    CHECK_FALSE(scene.room.purge("tea", "BOB"));
    CHECK(scene.hears("eve").ends_with("-- #tea: What bob said was taken back by the room.\n"));
    CHECK(scene.room.history("tea")->size() == 0);
    CHECK(scene.room.purge("tea", "bob") == Errc::not_there);
}

// ---- The program is told

TEST_CASE("the hook sees who did what to whom") {
    TeaParty scene;
    std::string events;
    scene.room.on_event([&](const Event& event) { events += described(event) + "; "; });
    for (const char* line : {"/op #tea bob", "/topic #tea milk?", "/slow #tea 5", "/key #tea x", "/invite #tea zoe",
                             "/mute #tea eve 1m", "/unmute #tea eve", "/kick #tea eve rude", "/ban #tea bob"})
        scene.says("lily", line);
    CHECK(events ==
          "#tea bob is op by lily; #tea topic [milk?] by lily; #tea slow_seconds 5 by lily; #tea key by lily; "
          "#tea zoe invited by lily; #tea eve muted 60 by lily; #tea eve unmuted by lily; "
          "#tea eve kicked [rude] by lily; #tea eve left; #tea bob banned 0 by lily; #tea bob left; ");
}

TEST_CASE("a hook may remove whom it is told of, or who did it") {
    for (const char* line : {"/op #tea bob", "/kick #tea bob", "/kick #tea bob x", "/ban #tea bob", "/mute #tea bob",
                             "/voice #tea bob", "/purge #tea bob", "/invite #tea zoe", "/topic #tea x"}) {
        CAPTURE(line);
        for (const char* who : {"bob", "lily", "zoe"}) {
            TeaParty scene;
            scene.says("bob", "#tea hi");
            scene.forget();
            scene.room.on_event([&](const Event&) { (void)scene.room.kick(scene.room.number_of(who)); });
            scene.says("lily", line);
            scene.settle();
            CHECK(scene.room.number_of(who) == MemberNumber{});
            CHECK(scene.room.member_count() == 3);
        }
    }
}
