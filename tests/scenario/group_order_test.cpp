// One order over all groups: a member of several reads all that they say in the order in which it was said, also within
// one turn.
#include <map>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "as_text.hpp"
#include "catch.hpp"
#include "scene.hpp"
#include "seed.hpp"

using namespace minimeta;

namespace {

const Limits unhurried{.messages_per_second = 0};

TEST_CASE("what two groups say by turns is read in that order by members of both") {
    Scene scene{"lily bob eve zoe"};
    scene.group("a", "lily bob eve");
    scene.group("b", "lily bob zoe");
    for (const char* line : {"#a 1", "#b 2", "#a 3", "4", "#b 5", "6", "#a 7"}) scene.says("lily", line);
    CHECK(scene.hears("bob") == "#a lily: 1\n#b lily: 2\n#a lily: 3\nlily: 4\n#b lily: 5\nlily: 6\n#a lily: 7\n");
    CHECK(scene.hears("eve") == "#a lily: 1\n#a lily: 3\nlily: 4\nlily: 6\n#a lily: 7\n");
    CHECK(scene.hears("zoe") == "#b lily: 2\nlily: 4\n#b lily: 5\nlily: 6\n");
    CHECK(scene.hears("lily") == "");
}

TEST_CASE("a member that speaks by turns in several groups reads the others in between, and never itself") {
    Scene scene{"lily bob"};
    for (const char* group : {"a", "b"}) scene.group(group, "lily bob");
    scene.says("lily", "#a 1");
    scene.says("bob", "#b 2");
    scene.says("lily", "3");
    scene.says("bob", "#a 4");
    scene.says("lily", "#b 5");
    scene.says("bob", "6");
    CHECK(scene.hears("lily") == "#b bob: 2\n#a bob: 4\nbob: 6\n");
    CHECK(scene.hears("bob") == "#a lily: 1\nlily: 3\n#b lily: 5\n");
}

TEST_CASE("answers and private lines have their place between what groups say") {
    Scene scene{"lily bob"};
    for (const char* group : {"a", "b"}) scene.group(group, "lily bob");
    scene.says("lily", "#a 1");
    scene.says("bob", "/nope");
    scene.says("lily", "#b 2");
    scene.says("lily", "@bob 3");
    scene.says("bob", "@lily 4");
    scene.says("lily", "#a 5");
    CHECK(scene.hears("bob") == "#a lily: 1\n" + refused(Errc::unknown_command, "/nope") +
                                    "#b lily: 2\n[private] lily: @bob 3\n" + delivered({"lily"}) + "#a lily: 5\n");
    CHECK(scene.hears("lily") == delivered({"bob"}) + "[private] bob: @lily 4\n");
}

TEST_CASE("a member that joins or leaves a group in the middle of a turn hears it just for so long, and in order") {
    Scene scene{"lily bob"};
    scene.group("a", "lily bob");
    scene.group("b", "lily");
    scene.says("lily", "#a 1");
    scene.says("lily", "#b 2");
    scene.says("bob", "/join #b");
    scene.says("lily", "#b 3");
    scene.says("lily", "#a 4");
    scene.says("bob", "/leave #b");
    scene.says("lily", "#b 5");
    scene.says("bob", "/leave #a");
    scene.says("lily", "#a 6");
    scene.says("lily", "7");
    CHECK(scene.hears("bob") == "#a lily: 1\n" + as_text(GroupEntered{"b", 2}) + "#b lily: 3\n#a lily: 4\n" +
                                    as_text(GroupExited{"b"}) + as_text(GroupExited{"a"}) + "lily: 7\n");
    CHECK(scene.hears("lily") ==
          as_text(GroupJoined{"bob", "b"}) + as_text(GroupLeft{"bob", "b"}) + as_text(GroupLeft{"bob", "a"}));
}

TEST_CASE("a member that leaves a group has heard what was said there in the same turn, and nothing after it") {
    Scene scene{"lily bob eve"};
    scene.group("a", "lily bob eve");
    scene.says("lily", "#a 1");
    scene.says("bob", "/leave #a");
    scene.says("lily", "#a 2");
    CHECK(scene.hears("bob") == "#a lily: 1\n" + as_text(GroupExited{"a"}));
    CHECK(scene.hears("eve") == "#a lily: 1\n" + as_text(GroupLeft{"bob", "a"}) + "#a lily: 2\n");
}

TEST_CASE("a member that a hook brings into a group hears it in order, too") {
    Scene scene{"lily bob"};
    scene.group("a", "lily bob");
    scene.group("b", "lily");
    scene.room.on_event([&](const Event& event) {
        const auto* said = minimeta::get_if<Said>(&event);
        if (said != nullptr && said->text == "2") CHECK_FALSE(scene.room.join(scene["bob"], "b"));
    });
    for (const char* line : {"#a 1", "#b 2", "#b 3", "#a 4"}) scene.says("lily", line);
    CHECK(scene.hears("bob") == "#a lily: 1\n" + as_text(GroupEntered{"b", 2}) + "#b lily: 3\n#a lily: 4\n");
}

// Text, but for the confirmation of having joined a group.
struct Taciturn : Text {
    Taciturn() = default;
    using Text::encode;
    void encode(ByteLog& log, const Reply& reply, std::string_view name) {
        if (!minimeta::holds_alternative<GroupEntered>(reply)) Text::encode(log, reply, name);
    }
};

TEST_CASE("the order does not depend on joining being confirmed") {
    SceneOf<Taciturn> scene{"lily bob"};
    scene.group("a", "lily bob");
    scene.group("b", "lily");
    scene.says("lily", "#a 1");
    scene.says("lily", "#b unheard");
    scene.says("bob", "/join #b");
    CHECK_FALSE(scene.room.announce("b", "2"));
    scene.says("lily", "#a 3");
    CHECK(scene.hears("bob") == "#a lily: 1\n#b ** 2\n#a lily: 3\n");
}

TEST_CASE("a slow member reads everything in order as soon as it reads again") {
    Scene scene{"lily bob"};
    for (const char* group : {"a", "b"}) scene.group(group, "lily bob");
    scene.stalls("bob");
    for (const char* line : {"#a 1", "#b 2", "3"}) scene.says("lily", line);
    scene.settle();
    for (const char* line : {"#b 4", "#a 5", "@bob 6", "#b 7"}) scene.says("lily", line);
    CHECK(scene.hears("bob") == "");
    scene.resumes("bob");
    CHECK(scene.hears("bob") ==
          "#a lily: 1\n#b lily: 2\nlily: 3\n#b lily: 4\n#a lily: 5\n[private] lily: @bob 6\n#b lily: 7\n");
}

TEST_CASE("a rename stands between what was said under the old name and under the new, in every group") {
    Scene scene{"lily bob"};
    for (const char* group : {"a", "b"}) scene.group(group, "lily bob");
    for (const char* line : {"#a 1", "#b 2", "name:rose", "#a 3", "#b 4"}) scene.says("lily", line);
    CHECK(scene.hears("bob") ==
          "#a lily: 1\n#b lily: 2\n" + as_text(Renamed{"lily", "rose"}) + "#a rose: 3\n#b rose: 4\n");
}

TEST_CASE("members of many groups of all sizes read one order, whatever is said in one turn") {
    const auto seed = seed_of_this_run();
    INFO("MINIMETA_SEED=" << seed);
    std::mt19937 random(seed);
    const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };

    constexpr std::size_t groups = 10;
    Scene scene{"", unhurried};
    std::vector<std::string> names;
    std::vector<std::set<std::size_t>> heard_by(groups);  // who is in which
    for (std::size_t i = 0; i < 14; ++i) {
        names.push_back("m" + std::to_string(i));
        scene.enters(names[i]);
    }
    const auto join = [&](std::size_t who, std::size_t group) {
        scene.says(names[who], "/join #g" + std::to_string(group));
        heard_by[group].insert(who);
    };
    for (std::size_t group = 0; group < groups; ++group) {
        for (const std::size_t who : {0u, 1u}) join(who, group);  // who are in all of them
        for (const std::size_t who : {2u, 3u, 4u})
            if (group < 3) join(who, group);
        for (const std::size_t who : {5u, 6u})
            if (group < 2) join(who, group);
        for (std::size_t who = 7; who < names.size(); ++who)
            if (below(4) == 0) join(who, group);
    }
    scene.forget();

    for (int turn = 0; turn < 60; ++turn) {
        std::map<std::size_t, std::string> expected;
        for (std::size_t said = 1 + below(40); said != 0; --said) {
            const std::string text = std::to_string(turn) + "." + std::to_string(said);
            const std::size_t group = below(groups + 2), who = below(names.size());
            if (group == groups + 1) {
                const std::size_t to = below(names.size());
                if (to == who) continue;
                scene.says(names[who], "/msg " + names[to] + " " + text);
                expected[to] += "[private] " + names[who] + ": " + text + "\n";
                expected[who] += delivered({names[to]});
            } else if (group == groups) {
                scene.says(names[who], text);
                for (std::size_t other = 0; other < names.size(); ++other)
                    if (other != who) expected[other] += names[who] + ": " + text + "\n";
            } else if (heard_by[group].contains(who)) {
                const std::string to = "#g" + std::to_string(group) + " ";
                scene.says(names[who], to + text);
                for (const std::size_t other : heard_by[group])
                    if (other != who) expected[other] += to + names[who] + ": " + text + "\n";
            }
        }
        for (std::size_t who = 0; who < names.size(); ++who) {
            CAPTURE(turn, who);
            REQUIRE(scene.hears(names[who]) == expected[who]);
        }
    }
}

}  // namespace
