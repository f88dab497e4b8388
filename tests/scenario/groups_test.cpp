// Groups: their members alone hear them; they begin and end with their members; and the lobby is one.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "as_text.hpp"
#include "catch.hpp"
#include "scene.hpp"

using namespace minimeta;

namespace {

// The names and sizes of the groups beside the lobby, as the program gets them.
std::string groups_in(const Scene& scene) {
    std::string list;
    for (const GroupSize& group : scene.room.groups())
        if (!group.name.empty()) list += std::string(group.name) + "=" + std::to_string(group.members) + " ";
    return list;
}

TEST_CASE("what is said to a group is heard by its other members alone") {
    Scene scene{"lily bob eve"};
    scene.says("lily", "/join #dev");
    CHECK(scene.hears("lily") == as_text(GroupEntered{"dev", 1}));
    scene.says("bob", "/join dev");
    CHECK(scene.hears("bob") == as_text(GroupEntered{"dev", 2}));
    CHECK(scene.hears("lily") == as_text(GroupJoined{"bob", "dev"}));

    scene.says("lily", "#dev hi devs");
    scene.says("bob", "#dev /me waves");
    scene.says("lily", "＃dev full width");
    CHECK(scene.hears("bob") == "#dev lily: hi devs\n#dev lily: full width\n");
    CHECK(scene.hears("lily") == "#dev * bob waves\n");
    CHECK(scene.hears("eve") == "");
}

TEST_CASE("a line to a group reaches nobody if its sender is not in it, whether it exists or not") {
    Scene scene{"lily bob eve"};
    scene.group("dev", "lily bob");
    for (const std::string line : {"#dev leak?", "#DEV leak?", "＃dev leak?", "#dev /me leaks", "#nowhere leak?"}) {
        CAPTURE(line);
        scene.says("eve", line);
        CHECK(scene.hears("lily") == "");
        CHECK(scene.hears("bob") == "");
    }
    // A member outside gets the same refusal for a group that exists.
    scene.forget();
    scene.says("eve", "#dev leak?");
    scene.says("eve", "#nowhere leak?");
    CHECK(scene.hears("eve") == refused(Errc::not_in_group, "dev") + refused(Errc::not_in_group, "nowhere"));
    CHECK(groups_in(scene) == "dev=2 ");
    CHECK(scene.room.history()->size() == 0);
    CHECK(scene.room.history("dev")->size() == 0);
}

TEST_CASE("two signs are one in public, and a sign without a name is text") {
    Scene scene{"lily bob"};
    scene.says("lily", "/join #dev");
    scene.forget();
    scene.says("lily", "##dev is my group");
    scene.says("lily", "# a heading");
    scene.says("lily", "we are #1");
    CHECK(scene.hears("bob") == "lily: #dev is my group\nlily: # a heading\nlily: we are #1\n");
    CHECK(scene.hears("lily") == "");
}

TEST_CASE("a mention in a line to a group is text, and makes nothing private") {
    Scene scene{"lily bob eve"};
    scene.group("dev", "lily bob");
    scene.says("lily", "#dev ask @eve, or @nobody");
    CHECK(scene.hears("bob") == "#dev lily: ask @eve, or @nobody\n");
    CHECK(scene.hears("eve") == "");
    CHECK(scene.hears("lily") == "");
}

TEST_CASE("joins and leaves are announced in the group alone") {
    Scene scene{"lily bob eve"};
    scene.says("lily", "/join #dev");
    scene.forget();
    scene.says("bob", "/join #dev");
    scene.says("bob", "/leave #dev");
    CHECK(scene.hears("lily") == as_text(GroupJoined{"bob", "dev"}) + as_text(GroupLeft{"bob", "dev"}));
    CHECK(scene.hears("bob") == as_text(GroupEntered{"dev", 2}) + as_text(GroupExited{"dev"}));
    CHECK(scene.hears("eve") == "");

    scene.says("lily", "#dev alone again");
    scene.says("bob", "#dev still here?");
    CHECK(scene.hears("bob") == refused(Errc::not_in_group, "dev"));
    CHECK(scene.hears("lily") == "");
}

TEST_CASE("a group ends with its last member, and what was said there with it") {
    Scene scene{"lily bob"};
    scene.says("lily", "/join #dev");
    scene.says("lily", "#dev a secret");
    CHECK(groups_in(scene) == "dev=1 ");
    scene.forget();

    SECTION("that leaves it") { scene.says("lily", "/leave #dev"); }
    SECTION("that leaves the room") { scene.says("lily", "/quit"); }
    SECTION("that is lost") { scene.hangs_up("lily"); }
    SECTION("that is removed") { (void)scene.room.kick(scene["lily"]); }
    scene.settle();
    CHECK(groups_in(scene) == "");
    CHECK(scene.room.history("dev") == nullptr);

    scene.forget();
    scene.says("bob", "/join #dev");
    scene.says("bob", "/history #dev");
    CHECK(scene.hears("bob") == as_text(GroupEntered{"dev", 1}) + as_text(Recalled{"dev", "", {}}));
}

TEST_CASE("a group goes on as long as it has a member") {
    Scene scene{"lily bob eve"};
    scene.group("dev", "lily bob eve");
    scene.says("lily", "/leave #dev");
    scene.says("bob", "/quit");
    scene.settle();
    CHECK(groups_in(scene) == "dev=1 ");
    scene.forget();
    scene.says("lily", "/join #dev");
    CHECK(scene.hears("eve") == as_text(GroupJoined{"lily", "dev"}));
}

TEST_CASE("a permanent group goes on without members, with what was said there") {
    Scene scene{"lily"};
    CHECK_FALSE(scene.room.make_permanent("dev"));
    CHECK(groups_in(scene) == "dev=0 ");
    scene.says("lily", "/join #dev");
    scene.says("lily", "#dev remember me");
    scene.says("lily", "/leave #dev");
    scene.says("lily", "/groups");
    CHECK(groups_in(scene) == "dev=0 ");
    const GroupSize listed[] = {{"", 1, true}, {"dev", 0}};
    CHECK(scene.hears("lily").ends_with(as_text(Groups{listed, 2})));
    REQUIRE(scene.room.history("dev"));
    CHECK(scene.room.history("dev")->size() == 1);

    CHECK_FALSE(scene.room.make_permanent("DEV", false));
    CHECK(groups_in(scene) == "");
}

TEST_CASE("a group that has members is not ended by being permanent no more") {
    Scene scene{"lily"};
    CHECK_FALSE(scene.room.make_permanent("dev"));
    scene.says("lily", "/join #dev");
    CHECK_FALSE(scene.room.make_permanent("dev", false));
    CHECK(groups_in(scene) == "dev=1 ");
    scene.says("lily", "/leave #dev");
    CHECK(groups_in(scene) == "");
}

TEST_CASE("a rename and a departure are announced once to each, however many groups are shared") {
    Scene scene{"lily bob eve"};
    for (const char* group : {"a", "b", "c"}) scene.group(group, "lily bob");
    scene.says("lily", "name:rose");
    CHECK(scene.hears("bob") == as_text(Renamed{"lily", "rose"}));
    CHECK(scene.hears("eve") == as_text(Renamed{"lily", "rose"}));
    scene.says("lily", "#b the same as before");
    CHECK(scene.hears("bob") == "#b rose: the same as before\n");

    scene.says("lily", "/quit");
    CHECK(scene.hears("bob") == as_text(Left{"rose", {}}));
    CHECK(scene.hears("eve") == as_text(Left{"rose", {}}));
    CHECK(groups_in(scene) == "a=1 b=1 c=1 ");
}

TEST_CASE("a group's name is one name in whatever case and width, as its founder wrote it") {
    Scene scene{"lily bob"};
    scene.says("lily", "/join #Dev");
    scene.says("bob", "/join #ｄｅｖ");
    CHECK(scene.hears("lily").ends_with(as_text(GroupJoined{"bob", "Dev"})));
    CHECK(scene.hears("bob") == as_text(GroupEntered{"Dev", 2}));
    scene.says("bob", "#DEV hi");
    CHECK(scene.hears("lily") == "#Dev bob: hi\n");
    scene.says("bob", "/join #dEV");
    scene.says("bob", "/leave #dEV");
    CHECK(scene.hears("bob") == refused(Errc::in_group_already, "dEV") + as_text(GroupExited{"Dev"}));
    CHECK(groups_in(scene) == "Dev=1 ");
}

TEST_CASE("a group and a member may have the same name") {
    Scene scene{"lily bob eve"};
    scene.group("bob", "lily eve");
    scene.says("lily", "#bob to the group");
    scene.says("lily", "@bob to him");
    CHECK(scene.hears("eve") == "#bob lily: to the group\n");
    CHECK(scene.hears("bob") == "[private] lily: @bob to him\n");
}

TEST_CASE("the lobby has a name, every member is in it, and none can leave it") {
    Scene scene{"lily bob"};
    scene.says("lily", "#lobby hi");
    scene.says("lily", "#Lobby hi");
    CHECK(scene.hears("bob") == "lily: hi\nlily: hi\n");
    for (const char* line : {"/join #lobby", "/leave #LOBBY", "/who #lobby"}) scene.says("lily", line);
    const Presence both[] = {{"bob"}, {"lily"}};
    CHECK(scene.hears("lily") == refused(Errc::in_group_already, "lobby") + refused(Errc::in_lobby_always, "LOBBY") +
                                     as_text(Members{both, 2}));
    CHECK(scene.hears("bob") == "");
    CHECK_FALSE(scene.room.say(scene["lily"], "lobby", "from the program"));
    CHECK(scene.hears("bob") == "lily: from the program\n");
    CHECK(scene.room.history("lobby") == scene.room.history());
}

TEST_CASE("groups are listed with their sizes, and a member's own with a sign") {
    Scene scene{"lily bob eve"};
    for (const char* line : {"/join #tea", "/join #dev"}) scene.says("lily", line);
    scene.says("bob", "/join #dev");
    scene.forget();
    scene.says("bob", "/groups");
    const GroupSize bobs[] = {{"", 3, true}, {"dev", 2, true}, {"tea", 1}};
    CHECK(scene.hears("bob") == as_text(Groups{bobs, 3}));
    scene.says("eve", "/groups");
    const GroupSize eves[] = {{"", 3, true}, {"dev", 2}, {"tea", 1}};
    CHECK(scene.hears("eve") == as_text(Groups{eves, 3}));
}

TEST_CASE("of many groups some are listed, and the rest is a number") {
    Scene scene{"lily", Limits{.listed_names = 2}};
    for (const char* line : {"/join #c", "/join #a", "/join #b"}) scene.says("lily", line);
    scene.forget();
    scene.says("lily", "/groups");
    const GroupSize first[] = {{"", 1, true}, {"a", 1, true}};
    CHECK(scene.hears("lily") == as_text(Groups{first, 4}));
}

TEST_CASE("the members of a group are listed to those in it, in the order of their names") {
    Scene scene{"lily bob eve"};
    scene.group("dev", "lily bob");
    scene.says("lily", "/who #dev");
    const Presence both[] = {{"bob"}, {.name = "lily", .role = Role::owner}};  // since she made it
    CHECK(scene.hears("lily") == as_text(Members{both, 2, "dev"}));
    scene.says("eve", "/who #dev");
    scene.says("eve", "/who #nowhere");
    scene.says("eve", "/history #dev");
    CHECK(scene.hears("eve") == refused(Errc::not_your_group, "dev") + refused(Errc::not_your_group, "nowhere") +
                                    refused(Errc::not_your_group, "dev"));
}

TEST_CASE("each refusal about groups goes to the member that asked, and changes nothing") {
    Scene scene{"lily bob eve", Limits{.name_characters = 6, .groups = 3, .groups_per_member = 2}};
    for (const char* line : {"/join #a", "/join #b"}) scene.says("lily", line);
    scene.says("bob", "/join #c");
    scene.forget();
    const std::string before = groups_in(scene);

    struct Case {
        const char* who;
        const char* line;
        std::string answer;
    };
    const std::vector<Case> cases{
        {"lily", "/join #a", refused(Errc::in_group_already, "a")},
        {"lily", "/join #c", refused(Errc::too_many_groups, "c", 2)},
        {"lily", "/leave #c", refused(Errc::not_your_group, "c")},
        {"lily", "/leave #none", refused(Errc::not_your_group, "none")},
        {"eve", "/leave #lobby", refused(Errc::in_lobby_always, "lobby")},
        {"eve", "/join #lobby", refused(Errc::in_group_already, "lobby")},
        {"eve", "/join #d", refused(Errc::no_more_groups, "d", 3)},
        {"eve", "/join #1234567", refused(Errc::name_too_long, "123456", 6)},
        {"eve", "/join #a b", refused(Errc::name_character, "a b")},
        {"eve", "/join #-a", refused(Errc::name_character, "-a")},
        {"eve", "/join", refused(Errc::missing_argument, "/join")},
        {"eve", "/join #", refused(Errc::missing_argument, "/join")},
        {"eve", "/leave", refused(Errc::missing_argument, "/leave")},
        {"eve", "#a hi", refused(Errc::not_in_group, "a")},
        {"eve", "/who #a", refused(Errc::not_your_group, "a")},
        {"lily", "#a", refused(Errc::missing_argument, "#a")},
        {"lily", "#a /me", refused(Errc::missing_argument, "/me")},
        {"lily", "#a /who", refused(Errc::unknown_command, "/who")},
        {"lily", "#a \x1b[2J", refused(Errc::control_character, "a")},
        {"lily", "#a \xFF", refused(Errc::invalid_utf8, "a")},
    };
    for (const Case& each : cases) {
        CAPTURE(each.line);
        scene.says(each.who, each.line);
        CHECK(scene.hears(each.who) == each.answer);
        for (const char* other : {"lily", "bob", "eve"}) CHECK(scene.hears(other) == "");
        CHECK(groups_in(scene) == before);
    }
}

TEST_CASE("a peer without a name can do nothing about groups") {
    Scene scene{"lily"};
    scene.says("lily", "/join #dev");
    scene.connects("someone");
    scene.forget();
    for (const char* line : {"/join #dev", "/leave #dev", "/groups", "#dev hi", "/who #dev", "/history #dev"}) {
        CAPTURE(line);
        scene.says("someone", line);
        CHECK(scene.hears("someone") == refused(Errc::name_required));
        CHECK(scene.hears("lily") == "");
    }
}

TEST_CASE("a member that left a group finds room for another") {
    Scene scene{"lily bob", Limits{.groups = 2, .groups_per_member = 1}};
    scene.says("lily", "/join #a");
    scene.says("bob", "/join #b");
    scene.forget();
    scene.says("lily", "/leave #a");
    scene.says("lily", "/join #c");
    CHECK(scene.hears("lily") == as_text(GroupExited{"a"}) + as_text(GroupEntered{"c", 1}));
    CHECK(groups_in(scene) == "b=1 c=1 ");
}

TEST_CASE("the program brings members into groups and out of them, and speaks there, as they do themselves") {
    Scene scene{"lily bob eve"};
    CHECK_FALSE(scene.room.join(scene["lily"], "dev"));
    CHECK_FALSE(scene.room.join(scene["bob"], " Dev "));
    CHECK(scene.hears("lily") == as_text(GroupEntered{"dev", 1}) + as_text(GroupJoined{"bob", "dev"}));
    CHECK_FALSE(scene.room.say(scene["lily"], "dev", "hi"));
    CHECK_FALSE(scene.room.say(scene["lily"], "DEV", "waves", Manner::action));
    CHECK_FALSE(scene.room.announce("dev", "hear"));
    CHECK_FALSE(scene.room.leave(scene["lily"], "dev"));
    CHECK(scene.hears("bob") == as_text(GroupEntered{"dev", 2}) + "#dev lily: hi\n#dev * lily waves\n#dev ** hear\n" +
                                    as_text(GroupLeft{"lily", "dev"}));
    CHECK(scene.hears("lily") == "#dev ** hear\n" + as_text(GroupExited{"dev"}));
    CHECK(scene.hears("eve") == "");
}

TEST_CASE("what a hook does about groups on their events is heard in that order") {
    Scene scene{"lily bob eve"};
    scene.group("dev", "lily bob");
    scene.room.on_event([&](const Event& event) {
        if (const auto* said = minimeta::get_if<Said>(&event); said != nullptr && said->group == "dev") {
            CHECK_FALSE(scene.room.join(scene["eve"], "dev"));
            CHECK_FALSE(scene.room.leave(scene["bob"], "dev"));
        }
        if (const auto* joined = minimeta::get_if<GroupJoined>(&event))
            CHECK_FALSE(scene.room.announce("dev", "welcome, " + std::string(joined->name)));
        if (const auto* left = minimeta::get_if<GroupLeft>(&event))
            CHECK_FALSE(scene.room.announce("dev", "so long, " + std::string(left->name)));
    });
    scene.says("lily", "#dev go");
    CHECK(scene.hears("lily") == as_text(GroupJoined{"eve", "dev"}) + "#dev ** welcome, eve\n" +
                                     as_text(GroupLeft{"bob", "dev"}) + "#dev ** so long, bob\n");
    CHECK(scene.hears("bob") == "#dev lily: go\n" + as_text(GroupJoined{"eve", "dev"}) + "#dev ** welcome, eve\n" +
                                    as_text(GroupExited{"dev"}));
    CHECK(scene.hears("eve") == as_text(GroupEntered{"dev", 3}) + "#dev ** welcome, eve\n" +
                                    as_text(GroupLeft{"bob", "dev"}) + "#dev ** so long, bob\n");
}

TEST_CASE("a hook may take away the group, or the member, of the event") {
    for (const std::string line : {"/join #dev", "#tea hi", "/leave #tea", "name:rose", "/away", "@bob hi"}) {
        CAPTURE(line);
        for (const bool kicks : {true, false}) {
            Scene scene{"lily bob"};
            scene.says("lily", "/join #tea");
            scene.forget();
            const auto hook = scene.room.on_event([&](const Event&) {
                if (kicks) (void)scene.room.kick(scene["lily"]);
                for (const char* group : {"dev", "tea"}) (void)scene.room.leave(scene["lily"], group);
            });
            scene.says("lily", line);
            scene.settle();
            CHECK(groups_in(scene) == "");
            CHECK(scene.room.member_count() == (kicks ? 1u : 2u));
            scene.room.remove_hook(hook);
            scene.says("bob", "/join #tea");
            CHECK(scene.hears("bob").ends_with(as_text(GroupEntered{"tea", 1})));
        }
    }
}

TEST_CASE("a hook that joins a group again as soon as it ended finds a new one") {
    Scene scene{"lily bob"};
    scene.says("lily", "/join #dev");
    scene.says("lily", "#dev old");
    scene.forget();
    scene.room.on_event([&](const Event& event) {
        if (minimeta::holds_alternative<GroupLeft>(event)) CHECK_FALSE(scene.room.join(scene["bob"], "dev"));
        if (minimeta::holds_alternative<Left>(event)) CHECK_FALSE(scene.room.join(scene["bob"], "tea"));
    });
    scene.says("lily", "/join #tea");
    scene.says("lily", "/leave #dev");
    scene.says("lily", "/quit");
    CHECK(groups_in(scene) == "dev=1 tea=1 ");
    CHECK(scene.room.history("dev")->size() == 0);
    CHECK(scene.hears("bob") ==
          as_text(GroupEntered{"dev", 1}) + as_text(Left{"lily", {}}) + as_text(GroupEntered{"tea", 1}));
}

TEST_CASE("a member that leaves the room in a turn has heard what was said in its groups before") {
    Scene scene{"lily bob eve"};
    scene.group("dev", "lily bob eve");
    scene.says("lily", "#dev one");
    scene.says("bob", "/quit");
    scene.says("lily", "#dev two");
    CHECK(scene.hears("bob") == "#dev lily: one\n" + as_text(Farewell{}));
    CHECK(scene.hears("eve") == "#dev lily: one\n" + as_text(Left{"bob", {}}) + "#dev lily: two\n");
}

TEST_CASE("a peer that does not read what its groups say is closed as too slow, and they go on") {
    Scene scene{"lily bob eve", Limits{.backlog_bytes = 300, .messages_per_second = 0}};
    scene.group("dev", "lily bob eve");
    scene.stalls("bob");
    for (int i = 0; i < 5; ++i) scene.says("lily", "#dev " + std::string(100, 'x'));
    CHECK(scene.hears("eve").ends_with(as_text(Left{"bob", Errc::too_slow})));
    CHECK_FALSE(scene.has("bob"));
    CHECK(groups_in(scene) == "dev=2 ");
    scene.says("lily", "#dev on we go");
    CHECK(scene.hears("eve") == "#dev lily: on we go\n");
}

TEST_CASE("a peer that fails in the middle of a turn leaves its groups, and no other loses anything") {
    const auto run = [](std::size_t failing, std::string& lily) {
        Scene scene{"lily bob eve"};
        scene.group("dev", "lily bob eve");
        scene.says("bob", "/join #tea");
        scene.forget();
        const std::size_t before = scene.transport.sends();
        scene.transport.fail_after(failing);
        scene.says("lily", "#dev one");
        scene.says("lily", "two");
        scene.says("lily", "@bob three");
        scene.says("bob", "#tea four");
        scene.says("bob", "#dev five");
        scene.says("eve", "/who #dev");
        lily = scene.hears("lily");
        std::size_t in_dev = 0;
        for (const GroupSize& group : scene.room.groups())
            if (group.name == "dev") in_dev = group.members;
        CHECK(in_dev == scene.room.member_count());
        return scene.transport.sends() - before;
    };
    std::string whole, some;
    const std::size_t sends = run(1'000'000, whole);
    CHECK(whole == delivered({"bob"}) + "#dev bob: five\n");
    REQUIRE(sends > 5);
    for (std::size_t failing = 0; failing < sends; ++failing) {
        CAPTURE(failing);
        (void)run(failing, some);
    }
}

TEST_CASE("a text that is {} is an empty text in the group, and not the group's name in the lobby") {
    Scene scene{"lily bob"};
    scene.group("dev", "lily bob");
    CHECK(scene.room.say(scene["lily"], "dev", {}) == Errc::text_empty);
    CHECK(scene.room.say(scene["lily"], "waves", Manner::action) == Refusal());
    CHECK(scene.hears("bob") == "* lily waves\n");
}

}  // namespace
