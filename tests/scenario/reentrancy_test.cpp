// Every operation of the program from within every event, nested: whatever a hook does, the operation around it holds
// nothing that is gone. Run under AddressSanitizer, this finds each view and pointer that outlives what it is of.
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "scene.hpp"

using namespace minimeta;

namespace {

constexpr std::size_t event_kinds = 13;
const std::vector<std::string> cast = {"lily", "bob", "eve", "zoe"};

// What a hook may do: to the member with this name, with or without a connection.
struct Operation {
    const char* name;
    void (*act)(Scene&, const std::string& who);
};

template <class Use>
void with_connection(Scene& scene, const std::string& who, Use&& use) {
    if (const auto id = scene.room.find(who)) use(*id);
}

const std::array operations = {
    Operation{"say", [](Scene& scene, const std::string& who) {
                  with_connection(scene, who, [&](auto id) { (void)scene.room.say(id, "nested"); });
              }},
    Operation{"say in a group", [](Scene& scene, const std::string& who) {
                  with_connection(scene, who, [&](auto id) { (void)scene.room.say(id, "dev", "nested"); });
              }},
    Operation{"whisper", [](Scene& scene, const std::string& who) {
                  with_connection(scene, who,
                                  [&](auto id) { (void)scene.room.whisper(id, {"bob", "eve"}, "nested"); });
              }},
    Operation{"announce", [](Scene& scene, const std::string&) { (void)scene.room.announce("nested"); }},
    Operation{"announce in a group", [](Scene& scene, const std::string&) {
                  (void)scene.room.announce("dev", "nested");
              }},
    Operation{"rename", [](Scene& scene, const std::string& who) {
                  with_connection(scene, who, [&](auto id) { (void)scene.room.rename(id, who + who + who + who); });
              }},
    Operation{"rename to the name of another", [](Scene& scene, const std::string& who) {
                  with_connection(scene, who, [&](auto id) { (void)scene.room.rename(id, "lily"); });
              }},
    Operation{"kick", [](Scene& scene, const std::string& who) {
                  with_connection(scene, who, [&](auto id) { (void)scene.room.kick(id, "nested"); });
              }},
    Operation{"kick by number",
              [](Scene& scene, const std::string& who) { (void)scene.room.kick(scene.room.number_of(who)); }},
    Operation{"join", [](Scene& scene, const std::string& who) {
                  with_connection(scene, who, [&](auto id) { (void)scene.room.join(id, "dev"); });
              }},
    Operation{"join a new group", [](Scene& scene, const std::string& who) {
                  with_connection(scene, who, [&](auto id) { (void)scene.room.join(id, "new"); });
              }},
    Operation{"leave", [](Scene& scene, const std::string& who) {
                  with_connection(scene, who, [&](auto id) { (void)scene.room.leave(id, "dev"); });
              }},
    Operation{"make permanent", [](Scene& scene, const std::string&) { (void)scene.room.make_permanent("dev"); }},
    Operation{"let a group end", [](Scene& scene, const std::string&) {
                  (void)scene.room.make_permanent("dev", false);
              }},
    Operation{"remember", [](Scene& scene, const std::string&) {
                  (void)scene.room.remember("dev", {.stamp = {{~0ULL - 9, 1}, {}}, .from = "old", .text = "nested"});
              }},
    Operation{"go away", [](Scene& scene, const std::string& who) {
                  with_connection(scene, who, [&](auto id) { (void)scene.room.go_away(id, "nested"); });
              }},
    Operation{"come back", [](Scene& scene, const std::string& who) {
                  with_connection(scene, who, [&](auto id) { (void)scene.room.come_back(id); });
              }},
    Operation{"offer sessions", [](Scene& scene, const std::string&) { scene.room.offer_sessions({3, 4}); }},
    Operation{"look", [](Scene& scene, const std::string&) {
                  (void)scene.room.members();
                  (void)scene.room.groups();
                  (void)scene.room.history("dev");
              }},
};

// Has each event kind happen, to all members of the cast in turn where it matters.
void play(Scene& scene) {
    std::map<std::string, std::string> tokens;
    for (const std::string& who : cast) {
        scene.enters(who);
        scene.says(who, "/session");
        std::istringstream told(scene.hears(who));
        for (std::string word; told >> word;)
            if (word == "+session") told >> tokens[who];
        scene.says(who, "/join #dev");
    }
    const auto says = [&](const std::string& who, const std::string& line) {
        if (scene.has(who)) scene.says(who, line);
    };
    for (const std::string& who : cast) {
        says(who, "/away tea");
        says(who, "/back");
        says(who, "/away tea");
        says(who, "hello");
        says(who, "/away tea");
        says(who, "#dev hello");
        says(who, "/away tea");
        says(who, "/msg bob, zoe hello");
        says(who, "name:" + who + "2");
        says(who, "/leave #dev");
        says(who, "/join #dev");
        (void)scene.room.announce("dev", "hear");
        scene.passes(seconds(11));
        scene.settle();
    }
    // One too slow, and two lost where one place is kept; then one comes back, and time runs out for the others.
    scene.stalls("eve");
    (void)scene.room.announce(std::string(900, 'x'));
    scene.settle();
    scene.hangs_up("lily");
    scene.hangs_up("bob");
    for (const std::string& who : cast) {
        scene.connects(who + " again");
        scene.says(who + " again", "/resume " + tokens[who] + " 0");
        scene.settle();
    }
    scene.passes(seconds(100));
    scene.settle();
    for (const std::string& who : cast)
        for (const std::string& line : {who, who + " again"}) says(line, "/quit");
}

// Members that come and go where one place is kept.
void play_where_one_place_is_kept(Scene& scene) {
    for (const std::string& who : cast) {
        scene.enters(who);
        scene.says(who, "/session");
        scene.hangs_up(who);
        scene.settle();
    }
    scene.passes(seconds(100));
    scene.settle();
}

// The numbers that must agree, whatever was done.
void check_order(const Scene& scene) {
    const auto members = scene.room.members();
    CHECK(members.size() == scene.room.member_count());
    CHECK(scene.room.groups().front().members == members.size());
    std::set<std::string_view> names;
    for (const auto& member : members) {
        names.insert(member.name);
        if (member.connection) CHECK(scene.room.name(*member.connection) == member.name);
        CHECK(scene.room.find(member.name) == member.connection);
    }
    CHECK(names.size() == members.size());
    for (const auto& group : scene.room.groups()) CHECK(group.members <= members.size());
}

// Does it with each operation on each member from within each kind of event. Returns which kinds there were, but for what came within others.
std::set<std::size_t> rehearse(Limits limits, void (*play)(Scene&)) {
    std::set<std::size_t> seen;
    for (const Operation& operation : operations) {
        INFO(operation.name);
        for (std::size_t kind = 0; kind < event_kinds; ++kind) {
            for (const std::string& who : cast) {
                Scene scene("", limits);
                scene.room.offer_sessions({1, 2});
                int depth = 0;
                scene.room.on_event([&](const Event& event) {
                    if (depth == 0) seen.insert(event.index());
                    if (event.index() != kind || depth == 3) return;
                    ++depth;
                    operation.act(scene, who);
                    operation.act(scene, who + "2");  // what it is called after its renaming
                    --depth;
                });
                play(scene);
                check_order(scene);
            }
        }
    }
    return seen;
}

}  // namespace

TEST_CASE("every operation can be used from within every event") {
    const Limits limits{.connections = 8,
                        .backlog_bytes = 3'000,
                        .messages_per_second = 0,
                        .private_history_messages = 4,
                        .noticed_members = 2};
    CHECK(rehearse(limits, play).size() == event_kinds);
}

TEST_CASE("every operation can be used where a kept place is given up for another") {
    CHECK(rehearse({.connections = 1}, play_where_one_place_is_kept).size() == 3);
}
