// A member that loses its connection resumes over another one: the others do not notice, and it has missed nothing.
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "catch.hpp"
#include "read_page.hpp"
#include "sessions.hpp"

using namespace minimeta;

namespace {

// A hook that notes members that are lost, go on, join and leave.
auto noted_in(std::string& text) {
    return [&text](const Event& event) {
        if (const auto* e = minimeta::get_if<Joined>(&event)) text += std::string(e->name) + " joined; ";
        if (const auto* e = minimeta::get_if<Left>(&event)) text += std::string(e->name) + " left; ";
        if (const auto* e = minimeta::get_if<ConnectionLost>(&event)) text += std::string(e->name) + " lost; ";
        if (const auto* e = minimeta::get_if<Resumed>(&event)) text += std::string(e->name) + " goes on; ";
    };
}

// What a member reads of another one by /whois.
template <class AnyScene>
std::string asked_about(AnyScene& scene, std::string_view who, std::string_view about) {
    (void)scene.hears(who);
    scene.says(who, "/whois " + std::string(about));
    return scene.hears(who);
}

TEST_CASE("a member that opens a session is given a token, and from then on messages with their stamps") {
    SceneWithSessions scene{"lily bob", ""};
    scene.says("lily", "before");
    scene.says("bob", "/session");
    scene.says("lily", "after");
    scene.says("lily", "/me waves at @bob");
    scene.says("lily", "name:rose");
    CHECK_FALSE(scene.room.announce("hear"));
    const std::string heard = scene.hears("bob");
    CHECK(heard == "lily: before\n" + scene.session("bob", {1, 1}) +
                       "+1-2 0 lily: after\n+1-3 0 [private] * lily waves at @bob\n" +
                       as_text(Renamed{"lily", "rose"}) + "+1-4 0 ** hear\n");
    CHECK((scene.seen("bob") == MessageId{1, 4}));
    scene.says("bob", "hi");
    CHECK(scene.hears("lily") == delivered({"bob"}) + as_text(NameChanged{"rose"}) + "** hear\nbob: hi\n");
}

TEST_CASE("a peer that asks for a session before it has a name is given it with the name") {
    SceneWithSessions scene{"lily", ""};
    scene.connects("bob");
    scene.says("bob", "/session");
    CHECK(scene.hears("bob") == as_text(Greeting{}));
    scene.says("bob", "name:bob");
    const std::string heard = scene.hears("bob");
    CHECK(heard == as_text(Welcome{"bob", 2}) + scene.session("bob", {1, 0}));
    scene.says("lily", "hi");
    CHECK(scene.hears("bob") == "+1-1 0 lily: hi\n");
}

TEST_CASE("to ask for a session twice is to be given the same token again") {
    SceneWithSessions scene{"lily bob", "bob"};
    const std::string token = scene.token("bob");
    scene.says("lily", "one");
    scene.says("bob", "/session");
    CHECK(scene.hears("bob") == "+1-1 0 lily: one\n" + scene.session("bob", {1, 1}));
    CHECK(scene.token("bob") == token);
}

TEST_CASE("within the grace time the others see neither a leave nor a join") {
    SceneWithSessions scene{"lily bob eve", "bob"};
    std::string noted;
    scene.room.on_event(noted_in(noted));
    scene.group("dev", "lily bob");
    scene.hangs_up("bob");
    scene.passes(seconds(59));
    scene.comes_back("bob");
    CHECK(scene.hears("bob") == welcome_back("bob", 0) + scene.session("bob", {1, 0}));
    CHECK(scene.hears("lily") == "");
    CHECK(scene.hears("eve") == "");
    CHECK(scene.room.member_count() == 3);
    CHECK(noted == "bob lost; bob goes on; ");
    scene.passes(seconds(1'000));
    CHECK(scene.has("bob"));  // neither lost any more, nor a peer that has yet to give a name
    CHECK(scene.hears("lily") == "");
}

TEST_CASE("a member that comes back has its name, its groups, its words of being away, its number and its history") {
    SceneWithSessions scene{"lily bob", "bob", Limits{.messages_per_second = 0, .private_history_messages = 5}};
    for (const char* line : {"/join #tea", "/join #dev", "name:rob", "@lily psst", "/away lunch"})
        scene.says("bob", line);
    scene.says("lily", "/join #dev");
    const std::string before = asked_about(scene, "lily", "rob");
    const MemberNumber number = scene.room.number_of("rob");
    scene.forget();
    scene.hangs_up("bob");
    scene.comes_back("bob");
    CHECK(scene.hears("bob") == welcome_back("rob", 0) + scene.session("bob", {1, 1}, "rob"));
    CHECK(asked_about(scene, "lily", "rob") == before);
    CHECK((scene.room.number_of("rob") == number));
    CHECK(scene.room.find("rob") == scene["bob"]);
    scene.says("bob", "/history @lily");
    CHECK(ReadPage(scene.hears("bob")).lines == "[private to lily] rob: @lily psst\n");
    scene.says("bob", "#dev back to work");
    CHECK(scene.hears("lily") == "#dev rob: back to work\n");
    scene.says("lily", "#dev fine");
    CHECK(scene.hears("bob").ends_with("+1-3 0 #dev lily: fine\n"));
    scene.says("bob", "/who #tea");
    const Presence alone[] = {{.name = "rob", .role = Role::owner}};
    CHECK(scene.hears("bob") == as_text(Members{alone, 1, "tea"}));
}

TEST_CASE("a member that comes back reads what it missed, of the lobby, its groups and in private, in one order") {
    SceneWithSessions scene{"lily bob eve", "bob", Limits{.messages_per_second = 0, .private_history_messages = 5}};
    for (const char* group : {"a", "b"}) scene.group(group, "lily bob");
    scene.group("c", "lily eve");
    scene.says("lily", "1, which he has read");
    scene.says("bob", "2, which he said himself");
    scene.forget();
    scene.hangs_up("bob");
    for (const char* line :
         {"#a 3", "4", "#b 5", "@bob 6", "#c 7", "/msg eve,bob 8", "#a /me 9s", "/away", "name:rose", "@eve 10", "11"})
        scene.says("lily", line);
    scene.enters("zoe");
    scene.says("zoe", "/join #a");
    CHECK_FALSE(scene.room.announce("12"));
    CHECK_FALSE(scene.room.announce("b", "13"));
    scene.comes_back("bob");
    CHECK(scene.hears("bob") == welcome_back("bob", 9) +
                                    "+1-3 0 #a lily: 3\n+1-4 0 lily: 4\n+1-5 0 #b lily: 5\n+1-6 0 [private] lily: @bob "
                                    "6\n+1-8 0 [private] lily: 8\n+1-9 0 #a * lily 9s\n+1-11 0 rose: 11\n+1-12 0 ** "
                                    "12\n+1-13 0 #b ** 13\n" +
                                    scene.session("bob", {1, 13}));
    scene.says("eve", "14");
    CHECK(scene.hears("bob") == "+1-14 0 eve: 14\n");
}

TEST_CASE("what was sent and never read is missed, and what was read is not sent again") {
    SceneWithSessions scene{"lily bob", "bob"};
    scene.says("lily", "read");
    CHECK(scene.hears("bob") == "+1-1 0 lily: read\n");
    scene.says("lily", "lost on the way");
    scene.settle();
    scene.hangs_up("bob");
    scene.says("lily", "not even sent");
    scene.comes_back("bob");
    CHECK(scene.hears("bob") == welcome_back("bob", 2) + "+1-2 0 lily: lost on the way\n+1-3 0 lily: not even sent\n" +
                                    scene.session("bob", {1, 3}));
}

TEST_CASE("a message that was missed has the time of when it was said, not of when it is sent") {
    SceneWithSessions scene{"lily bob", ""};
    scene.clock_shows({1'763'899'200LL * 1'000'000'000});
    scene.has_session("bob");
    scene.hangs_up("bob");
    scene.passes(milliseconds(1'500));
    scene.says("lily", "hi");
    scene.passes(seconds(30));
    scene.comes_back("bob");
    CHECK(scene.hears("bob").find("\n+1763899200-1 1763899201500 lily: hi\n") != std::string::npos);
}

TEST_CASE("a member that comes back ten times in a row misses nothing and reads nothing twice") {
    for (const bool something : {true, false}) {
        CAPTURE(something);
        SceneWithSessions scene{"lily bob eve", "bob", Limits{.messages_per_second = 0}};
        scene.group("dev", "lily bob");
        const std::string token = scene.token("bob");
        for (std::size_t i = 0; i < 10; ++i) {
            const auto said = [&](std::size_t behind) { return std::to_string(3 * i + behind); };
            scene.hangs_up("bob");
            scene.passes(seconds(50));
            if (something) scene.says("lily", "#dev a");
            if (something) scene.says("lily", "b");
            scene.comes_back("bob");
            if (something) scene.says("lily", "#dev c");
            const std::string heard = scene.hears("bob");
            if (something)
                CHECK(heard == welcome_back("bob", 2) + "+1-" + said(1) + " 0 #dev lily: a\n+1-" + said(2) +
                                   " 0 lily: b\n" + scene.session("bob", {1, 3 * i + 2}) + "+1-" + said(3) +
                                   " 0 #dev lily: c\n");
            else CHECK(heard == welcome_back("bob", 0) + scene.session("bob", {1, 0}));
            CHECK(scene.token("bob") == token);
        }
        CHECK(scene.hears("lily") == "");
        CHECK(scene.room.connection_count() == 3);
        CHECK(scene.room.member_count() == 3);
    }
}

TEST_CASE("a member that comes back without having read anything goes on from there, too") {
    SceneWithSessions scene{"lily bob", "bob"};
    scene.hangs_up("bob");
    scene.says("lily", "hi");
    for (int i = 0; i < 3; ++i) {
        scene.comes_back("bob");  // and again before it has read the answer
        scene.settle();
        scene.hangs_up("bob");
    }
    scene.comes_back("bob");
    CHECK(scene.hears("bob") == welcome_back("bob", 1) + "+1-1 0 lily: hi\n" + scene.session("bob", {1, 1}));
}

TEST_CASE("what was said in a group before the member joined it was not missed") {
    SceneWithSessions scene{"lily bob", "bob"};
    scene.says("lily", "/join #dev");
    scene.says("lily", "#dev before");
    scene.says("bob", "/join #dev");
    scene.says("bob", "/leave #dev");
    scene.says("lily", "#dev between");
    scene.says("bob", "/join #dev");
    scene.says("lily", "#dev after");
    scene.settle();
    scene.hangs_up("bob");  // before it has read anything
    scene.comes_back("bob");
    CHECK(scene.hears("bob") == welcome_back("bob", 1) + "+1-3 0 #dev lily: after\n" + scene.session("bob", {1, 3}));
}

TEST_CASE("what was said in a group that the member has left since was not missed") {
    SceneWithSessions scene{"lily bob", "bob"};
    scene.group("dev", "lily bob");
    scene.says("lily", "#dev one");
    scene.says("bob", "/leave #dev");
    scene.settle();
    scene.hangs_up("bob");
    scene.says("lily", "#dev two");
    scene.comes_back("bob");
    CHECK(scene.hears("bob") == welcome_back("bob", 0) + scene.session("bob", {1, 2}));
}

TEST_CASE("where history no longer reaches there is a gap, and the ids of its ends are sent") {
    Limits limits{.messages_per_second = 0, .history_messages = 2};
    SceneWithSessions scene{"lily bob", "bob", limits};
    scene.group("dev", "lily bob");
    SECTION("but for as many as are kept there is none") {
        scene.hangs_up("bob");
        for (const char* line : {"1", "#dev 2", "3", "#dev 4"}) scene.says("lily", line);
        scene.comes_back("bob");
        CHECK(scene.hears("bob") == welcome_back("bob", 4) +
                                        "+1-1 0 lily: 1\n+1-2 0 #dev lily: 2\n+1-3 0 lily: 3\n+1-4 0 #dev lily: 4\n" +
                                        scene.session("bob", {1, 4}));
    }
    SECTION("in the lobby") {
        scene.says("lily", "1");
        CHECK(scene.hears("bob") == "+1-1 0 lily: 1\n");
        scene.hangs_up("bob");
        for (const char* line : {"2", "3", "4", "#dev 5", "6"}) scene.says("lily", line);
        scene.comes_back("bob");
        CHECK(scene.hears("bob") == welcome_back("bob", 3, {1, 2}, {1, 3}) +
                                        "+1-4 0 lily: 4\n+1-5 0 #dev lily: 5\n+1-6 0 lily: 6\n" +
                                        scene.session("bob", {1, 6}));
    }
    SECTION("in a group") {
        scene.hangs_up("bob");
        for (const char* line : {"1", "#dev 2", "#dev 3", "#dev 4"}) scene.says("lily", line);
        scene.comes_back("bob");
        CHECK(scene.hears("bob") == welcome_back("bob", 3, {1, 1}, {1, 2}) +
                                        "+1-1 0 lily: 1\n+1-3 0 #dev lily: 3\n+1-4 0 #dev lily: 4\n" +
                                        scene.session("bob", {1, 4}));
    }
    SECTION("but not of what it has read") {
        for (const char* line : {"1", "2", "3", "4"}) scene.says("lily", line);
        scene.forget();
        scene.hangs_up("bob");
        for (const char* line : {"5", "6"}) scene.says("lily", line);
        scene.comes_back("bob");
        CHECK(scene.hears("bob") ==
              welcome_back("bob", 2) + "+1-5 0 lily: 5\n+1-6 0 lily: 6\n" + scene.session("bob", {1, 6}));
    }
}

TEST_CASE("in a room that keeps no history all that was missed is a gap, and nothing is none") {
    SceneWithSessions scene{"lily bob", "bob", Limits{.history_messages = 0}};
    scene.hangs_up("bob");
    scene.comes_back("bob");
    CHECK(scene.hears("bob") == welcome_back("bob", 0) + scene.session("bob", {1, 0}));
    scene.hangs_up("bob");
    for (const char* line : {"1", "2", "3"}) scene.says("lily", line);
    scene.comes_back("bob");
    CHECK(scene.hears("bob") == welcome_back("bob", 0, {1, 1}, {1, 3}) + scene.session("bob", {1, 3}));
}

TEST_CASE("more than half of what may wait for a peer is not sent at once, and the rest is a gap") {
    SceneWithSessions scene{"lily bob", "bob", Limits{.backlog_bytes = 10'000, .messages_per_second = 0}};
    scene.hangs_up("bob");
    for (int i = 0; i < 100; ++i) scene.says("lily", std::string(50, 'x'));
    scene.comes_back("bob");
    scene.stalls("bob");
    const std::string heard = scene.hears("bob");
    CHECK(heard.size() <= 5'000);
    CHECK(heard.size() > 2'000);
    const MessageId first =
        *message_id_of(heard.substr(heard.find("\n+") + 2, heard.find(" 0 ") - heard.find("\n+") - 2));
    const auto missed = static_cast<std::size_t>(101 - first.sequence);
    CHECK(heard.starts_with(welcome_back("bob", missed, {1, 1}, {1, first.sequence - 1})));
    CHECK(heard.ends_with("\n+1-100 0 lily: " + std::string(50, 'x') + "\n" + scene.session("bob", {1, 100})));
    CHECK(scene.has("bob"));
}

TEST_CASE("a private message that was lost on the way is sent again where they are kept, and else is a gap") {
    for (const std::size_t kept : {std::size_t{5}, std::size_t{0}}) {
        CAPTURE(kept);
        SceneWithSessions scene{"lily bob eve", "bob", Limits{.private_history_messages = kept}};
        scene.says("lily", "@bob read");
        scene.forget();
        scene.says("lily", "@bob lost on the way");
        scene.settle();
        scene.hangs_up("bob");
        scene.says("lily", "to all");
        scene.comes_back("bob");
        if (kept != 0)
            CHECK(scene.hears("bob") == welcome_back("bob", 2) +
                                            "+1-2 0 [private] lily: @bob lost on the way\n+1-3 0 lily: to all\n" +
                                            scene.session("bob", {1, 3}));
        else
            CHECK(scene.hears("bob") ==
                  welcome_back("bob", 1, {1, 2}, {1, 2}) + "+1-3 0 lily: to all\n" + scene.session("bob", {1, 3}));
    }
}

TEST_CASE("a lost member can be whispered to where private messages are kept, and else the line is refused") {
    for (const std::size_t kept : {std::size_t{5}, std::size_t{0}}) {
        CAPTURE(kept);
        SceneWithSessions scene{"lily bob eve", "bob", Limits{.private_history_messages = kept}};
        scene.hangs_up("bob");
        scene.says("lily", "@bob @eve hi");
        if (kept != 0) {
            constexpr std::string_view to[] = {"bob", "eve"};
            CHECK(scene.hears("lily") == as_text(Delivered{to, {}, std::span(to, 1)}));
            CHECK(scene.hears("eve") == "[private] lily: @bob @eve hi\n");
            scene.comes_back("bob");
            CHECK(scene.hears("bob") ==
                  welcome_back("bob", 1) + "+1-1 0 [private] lily: @bob @eve hi\n" + scene.session("bob", {1, 1}));
        } else {
            CHECK(scene.hears("lily") == refused(Errc::unreachable, "bob"));
            CHECK(scene.hears("eve") == "");
            CHECK(scene.room.whisper(scene["lily"], "bob", "hi") == Errc::unreachable);
            scene.comes_back("bob");
            CHECK(scene.hears("bob") == welcome_back("bob", 0) + scene.session("bob", {1, 0}));
        }
    }
}

TEST_CASE("a lost member is still listed, and marked as lost") {
    SceneWithSessions scene{"lily bob", "bob"};
    scene.group("dev", "lily bob");
    scene.hangs_up("bob");
    const Presence both[] = {{"bob", false, true}, {"lily"}};
    const Presence in_dev[] = {{"bob", false, true}, {.name = "lily", .role = Role::owner}};
    for (const char* line : {"/who", "/who #dev", "/whois bob"}) scene.says("lily", line);
    const std::string_view dev = "dev";
    CHECK(scene.hears("lily") == as_text(Members{both, 2}) + as_text(Members{in_dev, 2, "dev"}) +
                                     as_text(Profile{{"bob", false, true}, "", std::span(&dev, 1), {}}));
    CHECK_FALSE(scene.room.find("bob"));
    CHECK(scene.room.member_count() == 2);
    CHECK(scene.room.connection_count() == 1);
    for (const auto& member : scene.room.members()) CHECK(member.connection.has_value() == (member.name != "bob"));

    scene.connects("other");
    scene.forget();
    scene.says("other", "name:bob");
    CHECK(scene.hears("other") == refused(Errc::name_taken, "bob"));
}

TEST_CASE("a group whose members are all lost waits for them") {
    SceneWithSessions scene{"bob eve", "bob"};
    for (const char* line : {"/join #dev", "#dev hello?"}) scene.says("bob", line);
    scene.hangs_up("bob");
    CHECK_FALSE(scene.room.announce("dev", "they come back"));
    scene.says("eve", "/join #dev");
    const std::string entered = scene.hears("eve");
    CHECK(entered == as_text(GroupEntered{"dev", 2}));
    scene.says("eve", "/leave #dev");
    scene.settle();
    REQUIRE(scene.room.groups().size() == 2);
    CHECK(scene.room.groups()[1].members == 1);
    scene.comes_back("bob");
    CHECK(scene.hears("bob") ==
          welcome_back("bob", 1) + "+1-2 0 #dev ** they come back\n" + scene.session("bob", {1, 2}));
}

TEST_CASE("when the grace time is over a lost member is gone, and its name is free") {
    SceneWithSessions scene{"lily bob eve", "bob", Limits{.private_history_messages = 5}};
    std::string noted;
    scene.room.on_event(noted_in(noted));
    scene.group("dev", "lily bob");
    scene.says("bob", "/join #his-own");
    scene.says("bob", "/away soon back");
    scene.says("bob", "@lily psst");
    scene.forget();
    scene.hangs_up("bob");
    const Time lost = scene.now();
    REQUIRE(scene.room.next_deadline());
    CHECK((*scene.room.next_deadline() == lost + seconds(60)));
    scene.passes(Duration{seconds(60).nanoseconds - 1});
    CHECK(scene.hears("lily") == "");
    scene.passes(Duration{1});
    CHECK(scene.hears("lily") == as_text(Left{"bob", {}}));
    CHECK(scene.hears("eve") == as_text(Left{"bob", {}}));
    CHECK(noted == "bob lost; bob left; ");
    CHECK_FALSE(scene.room.next_deadline());
    CHECK(scene.room.groups().size() == 2);
    CHECK(scene.room.groups()[1].members == 1);

    scene.comes_back("bob");
    CHECK(scene.hears("bob") == refused(Errc::session_unknown, "", 60));
    scene.says("bob", "name:bob");
    const std::string heard = scene.hears("bob");
    CHECK(heard == as_text(Welcome{"bob", 3}) + scene.session("bob", {1, 1}));  // a session of its own, since it asked
    CHECK(scene.hears("lily") == as_text(Joined{"bob"}));
    CHECK(asked_about(scene, "lily", "bob") == as_text(Profile{{"bob"}, "", {}, {}}));
    scene.says("bob", "/history @lily");
    CHECK(ReadPage(scene.hears("bob")).lines == "");
}

TEST_CASE("a member that is lost again has the whole grace time again") {
    SceneWithSessions scene{"lily bob", "bob"};
    for (int i = 0; i < 3; ++i) {
        scene.hangs_up("bob");
        scene.passes(seconds(59));
        scene.comes_back("bob");
        CHECK(scene.hears("bob") == welcome_back("bob", 0) + scene.session("bob", {1, 0}));
    }
    CHECK(scene.hears("lily") == "");
}

TEST_CASE("a member may go on over another connection while the old one still stands") {
    SceneWithSessions scene{"lily bob", "bob"};
    std::string noted;
    scene.room.on_event(noted_in(noted));
    scene.group("dev", "lily bob");
    const auto old = scene["bob"];
    scene.transport.stall(old);  // it is dead, unnoticed
    scene.says("lily", "#dev 1");
    scene.settle();
    scene.says("lily", "2");
    scene.comes_back("bob");
    CHECK(scene.hears("bob") ==
          welcome_back("bob", 2) + "+1-1 0 #dev lily: 1\n+1-2 0 lily: 2\n" + scene.session("bob", {1, 2}));
    CHECK_FALSE(scene.transport.is_open(old));
    CHECK(noted == "bob goes on; ");
    scene.room.on_receive(old, "the old one\n");
    scene.says("lily", "3");
    CHECK(scene.hears("bob") == "+1-3 0 lily: 3\n");
    CHECK(scene.hears("lily") == "");
    CHECK(scene.room.connection_count() == 2);
}

TEST_CASE(
    "a connection whose member goes on elsewhere is closed with the reason, after all that it should have heard") {
    SceneWithSessions scene{"lily bob", "bob"};
    const auto old = scene["bob"];
    scene.says("lily", "1");
    scene.comes_back("bob");
    scene.settle();
    CHECK(scene.transport.take(old) == "+1-1 0 lily: 1\n" + as_text(Removed{Errc::resumed}));
}

TEST_CASE("several come back in one turn, and each has its own place") {
    SceneWithSessions scene{"lily bob eve zoe", "bob eve zoe"};
    for (const char* who : {"bob", "eve", "zoe"}) scene.hangs_up(who);
    scene.says("lily", "1");
    for (const char* who : {"zoe", "bob", "eve"}) scene.comes_back(who);
    scene.says("eve", "2");
    const auto missed = [&](std::string_view who) {
        return welcome_back(who, 1) + "+1-1 0 lily: 1\n" + scene.session(who, {1, 1});
    };
    CHECK(scene.hears("bob") == missed("bob") + "+1-2 0 eve: 2\n");
    CHECK(scene.hears("eve") == missed("eve"));
    CHECK(scene.hears("zoe") == missed("zoe") + "+1-2 0 eve: 2\n");
    CHECK(scene.hears("lily") == "eve: 2\n");
}

}  // namespace
