// What the embedding program knows and does: members by number, residents, accounts, its own data, connections, counts.
#include <cstdint>
#include <string>
#include <string_view>

#include "catch.hpp"
#include "minimeta/minimeta.hpp"
#include "scenario/as_text.hpp"
#include "scenario/scene.hpp"
#include "scenario/sessions.hpp"

using namespace minimeta;

namespace {

using ConnectionEvent = Scene::Room::ConnectionEvent;

// As in `0 opened; 1 refused (room_full); 0 closed 1; `.
std::string line_of(const ConnectionEvent& event) {
    constexpr std::string_view kinds[] = {"opened", "refused", "limited", "closed"};
    std::string line = std::to_string(event.connection) + " ";
    line += kinds[static_cast<std::size_t>(event.kind)];
    if (event.why) line.append(" (").append(name_of(*event.why)).append(")");
    if (event.number) line += " " + std::to_string(event.number.value);
    return line + "; ";
}

void note_connections(Scene& scene, std::string& noted) {
    scene.room.on_connection([&noted](const ConnectionEvent& event) { noted += line_of(event); });
}

}  // namespace

// ---- Numbers

TEST_CASE("every operation on a member takes its number, too") {
    Scene scene{"lily bob"};
    const MemberNumber lily = scene.room.number(scene["lily"]);
    CHECK(scene.room.connection(lily) == scene["lily"]);
    CHECK((scene.room.number_of("LILY") == lily));
    CHECK_FALSE(scene.room.join(lily, "dev"));
    CHECK_FALSE(scene.room.say(lily, "hi"));
    CHECK_FALSE(scene.room.say(lily, "dev", "hi there"));
    CHECK_FALSE(scene.room.whisper(lily, "bob", "psst"));
    CHECK_FALSE(scene.room.go_away(lily, "lunch"));
    CHECK_FALSE(scene.room.come_back(lily));
    CHECK_FALSE(scene.room.rename(lily, "rose"));
    CHECK(scene.room.name(lily) == "rose");
    CHECK_FALSE(scene.room.leave(lily, "dev"));
    CHECK_FALSE(scene.room.kick(lily, "enough"));
    CHECK(scene.hears("bob") == "lily: hi\n[private] lily: psst\n-- lily is now rose.\n-- rose is gone: removed.\n");
    CHECK(scene.room.say(lily, "hi") == Errc::not_a_member);
    CHECK(scene.room.name(lily) == "");
    CHECK_FALSE(scene.room.connection(lily));
}

TEST_CASE("a group's name is never taken for a text, nor a text for a group") {
    Scene scene{"lily bob"};
    const auto lily = scene["lily"];
    CHECK(scene.room.say(lily, "dev", {}) == Errc::not_in_group);
    CHECK(scene.room.say(lily, "", {}) == Errc::text_empty);
    CHECK_FALSE(scene.room.say(lily, "waves", Manner::action));
    CHECK(scene.room.announce("dev", {}) == Errc::no_such_group);
    CHECK(scene.hears("bob") == "* lily waves\n");
}

TEST_CASE("a lost member speaks by its number, and reads what it missed") {
    SceneWithSessions scene{"lily bob", "lily"};
    const MemberNumber lily = scene.room.number(scene["lily"]);
    scene.hangs_up("lily");
    CHECK_FALSE(scene.room.connection(lily));
    CHECK_FALSE(scene.room.say(lily, "I am on my way"));
    CHECK_FALSE(scene.room.join(lily, "dev"));
    CHECK_FALSE(scene.room.rename(lily, "rose"));
    CHECK_FALSE(scene.room.tell(lily, "nobody hears this"));
    CHECK(scene.hears("bob") == "lily: I am on my way\n-- lily is now rose.\n");
    scene.says("bob", "hurry");
    scene.comes_back("lily");
    CHECK(scene.hears("lily").starts_with("-- Welcome back, rose! You missed a message:\n"));
    scene.says("bob", "/join #dev");
    CHECK(scene.hears("lily") == as_text(GroupJoined{"bob", "dev"}));
}

TEST_CASE("every event of a member has its number") {
    SceneWithSessions scene{"bob lily", "lily"};
    std::string numbers;
    scene.room.on_event([&](const Event& event) {
        visit(
            [&](const auto& e) {
                if constexpr (requires { e.number; }) numbers += std::to_string(e.number.value);
                else numbers += "-";
            },
            event);
    });
    scene.enters("eve");
    for (const char* line : {"hi", "@bob hi", "/join #dev", "#dev hi", "/leave #dev", "/away", "/back", "name:rose"})
        scene.says("lily", line);
    CHECK(numbers == "322222222");
    (void)scene.room.announce("hear");
    scene.hangs_up("lily");
    scene.comes_back("lily");
    scene.says("lily", "/quit");
    CHECK(numbers == "322222222-222");
}

// ---- The program's own

TEST_CASE("a word beside a member is the program's own, and goes with the member") {
    SceneWithSessions scene{"lily bob", "lily"};
    const MemberNumber lily = scene.room.number(scene["lily"]);
    std::uint64_t freed = 0;
    scene.room.on_event([&](const Event& event) {
        if (const auto* left = get_if<Left>(&event)) freed = left->data;
    });
    REQUIRE(scene.room.data(lily) != nullptr);
    CHECK(*scene.room.data(lily) == 0);
    *scene.room.data(scene["lily"]) = 77;
    scene.hangs_up("lily");
    scene.comes_back("lily");
    scene.says("lily", "name:rose");
    CHECK(*scene.room.data(lily) == 77);
    CHECK(*scene.room.data(scene["bob"]) == 0);
    scene.says("lily", "/quit");
    CHECK(freed == 77);
    CHECK(scene.room.data(lily) == nullptr);
}

TEST_CASE("an account is attached to a member, and seen by others") {
    Scene scene{"lily bob"};
    CHECK_FALSE(scene.room.identify(scene["lily"], "lily@example.org"));
    CHECK(scene.room.account(scene["lily"]) == "lily@example.org");
    CHECK(scene.room.identify(MemberNumber{9}, "x") == Errc::not_a_member);
    CHECK(scene.room.identify(scene["lily"], "\x1b") == Errc::control_character);
    CHECK(scene.room.identify(scene["lily"], std::string(33, 'x')) == Errc::name_too_long);
    scene.says("bob", "/whois lily");
    CHECK(scene.hears("bob").find("-- lily is logged in as lily@example.org.\n") != std::string::npos);
    CHECK_FALSE(scene.room.identify(scene["lily"], ""));
    scene.says("bob", "/whois lily");
    CHECK(scene.hears("bob").find("logged in") == std::string::npos);
}

// ---- Residents

TEST_CASE("a resident says, joins, is whispered to, and hears through the hook") {
    Scene scene{"lily"};
    const auto added = scene.room.add_resident(" guard ");
    REQUIRE_FALSE(added.refused);
    CHECK(scene.hears("lily") == "-- guard joined.\n");
    std::string heard;
    scene.room.on_event([&](const Event& event) {
        const auto* whispered = get_if<Whispered>(&event);
        if (whispered == nullptr || whispered->number == added.number) return;
        heard = whispered->text;
        CHECK_FALSE(scene.room.whisper(added.number, whispered->from, "who goes there?"));
    });
    scene.says("lily", "/msg guard psst");
    CHECK(heard == "psst");
    CHECK(scene.hears("lily") ==
          "-- Sent in private to guard; nobody else can read it.\n[private] guard: who goes there?\n");
    CHECK_FALSE(scene.room.join(added.number, "dev"));
    scene.says("lily", "/join #dev");
    scene.forget();
    CHECK_FALSE(scene.room.say(added.number, "dev", "halt"));
    CHECK(scene.hears("lily") == "#dev guard: halt\n");
}

TEST_CASE("a resident is seen as a member that is there") {
    Scene scene{"lily bob"};
    REQUIRE_FALSE(scene.room.add_resident("guard").refused);
    scene.forget();
    scene.says("lily", "/who");
    CHECK(scene.hears("lily") == "-- Here now (3): bob, guard, lily\n");
    scene.says("lily", "/whois guard");
    CHECK(scene.hears("lily") == "-- guard belongs to the room.\n");
    scene.says("lily", "name:GUARD");
    CHECK(scene.hears("lily").starts_with("! The name GUARD is taken."));
    CHECK(scene.room.member_count() == 3);
    CHECK(scene.room.connection_count() == 2);
}

TEST_CASE("a resident has a name that nobody has, and there are so many of them") {
    Scene scene{"lily", Limits{.residents = 1}};
    CHECK(scene.room.add_resident("lily").refused == Errc::name_taken);
    CHECK(scene.room.add_resident("a b").refused == Errc::name_character);
    const auto guard = scene.room.add_resident("guard");
    REQUIRE(guard.number);
    CHECK(scene.room.add_resident("bot").refused == Errc::no_more_residents);
    CHECK_FALSE(scene.room.kick(guard.number));
    CHECK(scene.hears("lily").ends_with("-- guard is gone: removed.\n"));
    CHECK(scene.room.add_resident("bot").number > guard.number);
}

// ---- Connections

TEST_CASE("the program is told of each connection once when it opens and once when it ends") {
    Scene scene{"", Limits{.connections = 2}};
    std::string noted;
    note_connections(scene, noted);
    scene.enters("lily");
    scene.connects("someone");
    scene.connects("one too many");
    CHECK(noted == "0 opened; 1 opened; 2 refused (room_full); ");
    noted.clear();
    scene.hangs_up("someone");
    SECTION("by its peer") {
        scene.hangs_up("lily");
        CHECK(noted == "1 closed; 0 closed 1; ");
    }
    SECTION("with a word of farewell") {
        scene.says("lily", "/quit");
        scene.settle();
        CHECK(noted == "1 closed; 0 closed 1; ");
    }
    SECTION("by the program") {
        (void)scene.room.kick(scene["lily"]);
        scene.hangs_up("lily");
        CHECK(noted == "1 closed; 0 closed (kicked) 1; ");
    }
}

TEST_CASE("the program is told of a connection that exceeds its rate, once until it calms down") {
    Scene scene{"lily", Limits{.messages_per_second = 1, .burst = 2}};
    scene.passes(seconds(10));
    std::string noted;
    note_connections(scene, noted);
    for (int i = 0; i < 10; ++i) scene.says("lily", "hi");
    CHECK(noted == "0 limited (too_fast) 1; ");
    scene.passes(seconds(10));
    for (int i = 0; i < 10; ++i) scene.says("lily", "hi");
    CHECK(noted == "0 limited (too_fast) 1; 0 limited (too_fast) 1; ");
}

TEST_CASE("a member that goes on over another connection is told of before its old one") {
    SceneWithSessions scene{"lily bob", "lily"};
    std::string noted;
    note_connections(scene, noted);
    scene.room.on_event([&](const Event& event) {
        if (holds_alternative<Resumed>(event)) noted += "resumed; ";
    });
    scene.comes_back("lily");
    CHECK(noted == "2 opened; resumed; 0 closed (resumed) 1; ");
}

// ---- Counts

TEST_CASE("what a room does is counted") {
    SceneWithSessions scene{"lily bob eve", "lily"};
    const Metrics before = scene.room.metrics();
    CHECK(before.connections == 3);
    CHECK(before.members == 3);
    CHECK(before.groups == 1);
    CHECK(before.opened == 3);
    for (const char* line : {"hi", "/join #dev", "#dev hello", "@bob psst", "/zzz", "name:bob"})
        scene.says("lily", line);
    (void)scene.room.announce("hear");
    scene.settle();
    const Metrics after = scene.room.metrics();
    CHECK(after.groups == 2);
    CHECK(after.said - before.said == 3);
    CHECK(after.whispered - before.whispered == 1);
    CHECK(after.deliveries - before.deliveries == 2 + 0 + 1 + 3);
    CHECK(after.refused[static_cast<std::size_t>(Errc::unknown_command)] == 1);
    CHECK(after.refused[static_cast<std::size_t>(Errc::name_taken)] == 1);
    std::size_t bytes = 0;
    for (const char* who : {"lily", "bob", "eve"}) bytes += scene.transport.take(scene[who]).size();
    CHECK(after.bytes - before.bytes == bytes);
    scene.hangs_up("lily");
    CHECK(scene.room.metrics().lost == 1);
    scene.comes_back("lily");
    CHECK(scene.room.metrics().resumed == 1);
}

TEST_CASE("a peer that does not read is counted as slow") {
    Scene scene{"lily bob", Limits{.backlog_bytes = 1'000}};
    scene.stalls("bob");
    for (int i = 0; i < 20; ++i) scene.says("lily", std::string(100, 'x'));
    scene.settle();
    CHECK(scene.room.metrics().slow == 1);
}
