// Notices of joins, leaves and renames: announced one by one in a small group, summarised in a large one.
#include <string>

#include "catch.hpp"
#include "sessions.hpp"

using namespace minimeta;

namespace {

// Four members are a large group.
const Limits summarised{.messages_per_second = 0, .noticed_members = 3, .summary_seconds = 10};

TEST_CASE("up to so many members each join and leave is announced, and with one more a summary") {
    Scene scene{"lily bob", summarised};
    scene.enters("eve");
    CHECK(scene.hears("lily") == as_text(Joined{"eve"}));
    scene.enters("zoe");
    scene.says("zoe", "name:zoey");
    CHECK(scene.hears("lily") == "");
    scene.says("zoe", "/quit");  // and so there are few again
    CHECK(scene.hears("lily") == as_text(Left{"zoey", {}}));
    scene.passes(seconds(10));
    CHECK(scene.hears("lily") == as_text(MembershipSummary{"", 1, 0, 1}));
}

TEST_CASE("in a large room the summary is sent once, so many seconds after the first change") {
    Scene scene{"lily bob eve zoe", summarised};
    scene.passes(seconds(100));
    scene.forget();
    const Time before = scene.now();
    CHECK_FALSE(scene.room.next_deadline());
    scene.passes(seconds(1));
    for (const char* who : {"m1", "m2", "m3"}) scene.enters(who);
    REQUIRE(scene.room.next_deadline());
    CHECK((*scene.room.next_deadline() == before + seconds(11)));
    scene.passes(seconds(5));
    scene.hangs_up("m2");
    scene.says("m1", "name:m4");
    (void)scene.room.kick(scene["m3"]);
    scene.says("lily", "what is said is heard at once");
    CHECK(scene.hears("bob") == "lily: what is said is heard at once\n");
    scene.passes(Duration{seconds(5).nanoseconds - 1});
    CHECK(scene.hears("bob") == "");
    scene.passes(Duration{1});
    CHECK(scene.hears("bob") == as_text(MembershipSummary{"", 3, 2, 1}));
    CHECK(scene.hears("m1").ends_with(as_text(MembershipSummary{"", 3, 2, 1})));
    CHECK_FALSE(scene.room.next_deadline());
    scene.passes(seconds(1'000));
    CHECK(scene.hears("bob") == "");

    scene.enters("m5");
    scene.passes(seconds(10));
    CHECK(scene.hears("bob") == as_text(MembershipSummary{"", 1, 0, 0}));
}

TEST_CASE("a room of hundreds reads a join storm in a few lines") {
    Scene scene{"lily", Limits{.messages_per_second = 0}};
    for (int i = 0; i < 300; ++i) {
        scene.enters("m" + std::to_string(i));
        if (i % 50 == 0) scene.settle();
    }
    scene.passes(seconds(10));
    const std::string heard = scene.hears("lily");
    CHECK(heard.starts_with(as_text(Joined{"m0"})));
    CHECK(
        heard.ends_with(as_text(Joined{"m98"}) + as_text(MembershipSummary{"", 201, 0, 0})));  // lily is the hundredth
    for (int i = 0; i < 250; ++i) scene.hangs_up("m" + std::to_string(i));
    scene.passes(seconds(10));
    const std::string gone = scene.hears("lily");
    CHECK(gone.starts_with(as_text(Left{"m200", {}})));
    CHECK(gone.ends_with(as_text(Left{"m249", {}}) + as_text(MembershipSummary{"", 0, 200, 0})));
}

TEST_CASE("in a small group of a large room each change is announced, once, however many small groups are shared") {
    Scene scene{"lily bob eve zoe", summarised};
    scene.passes(seconds(10));
    for (const char* group : {"a", "b"}) scene.group(group, "lily bob");
    scene.says("bob", "/join #c");
    scene.says("lily", "/join #c");
    CHECK(scene.hears("bob").ends_with(as_text(GroupJoined{"lily", "c"})));
    scene.says("lily", "/leave #c");
    CHECK(scene.hears("bob") == as_text(GroupLeft{"lily", "c"}));
    scene.forget();

    scene.says("lily", "name:rose");
    CHECK(scene.hears("bob") == as_text(Renamed{"lily", "rose"}));
    CHECK(scene.hears("lily") == as_text(NameChanged{"rose"}));
    CHECK(scene.hears("eve") == "");
    scene.enters("max");  // so that it is still large when lily is gone
    scene.forget();
    SECTION("a leave") {
        scene.says("lily", "/quit");
        CHECK(scene.hears("bob") == as_text(Left{"rose", {}}));
    }
    SECTION("a removal") {
        (void)scene.room.kick(scene["lily"]);
        CHECK(scene.hears("bob") == as_text(Left{"rose", Errc::kicked}));
    }
    CHECK(scene.hears("eve") == "");
    scene.passes(seconds(10));
    CHECK(scene.hears("bob") == as_text(MembershipSummary{"", 1, 1, 1}));
    CHECK(scene.hears("eve") == as_text(MembershipSummary{"", 1, 1, 1}));
}

TEST_CASE("a large group has a summary of its own, and members of a large and a small one read each change") {
    Scene scene{"lily bob eve zoe max", summarised};
    scene.passes(seconds(10));
    scene.forget();
    for (const char* who : {"lily", "bob", "eve", "zoe"}) scene.says(who, "/join #large");
    for (const char* who : {"lily", "bob"}) scene.says(who, "/join #small");
    scene.passes(seconds(10));
    CHECK(scene.hears("eve") == as_text(GroupEntered{"large", 3}) + as_text(MembershipSummary{"large", 1, 0, 0}));
    scene.forget();
    scene.says("max", "/join #large");
    scene.says("max", "/leave #large");
    scene.says("lily", "name:rose");
    CHECK(scene.hears("bob") == as_text(Renamed{"lily", "rose"}));
    CHECK(scene.hears("eve") == "");
    CHECK(scene.hears("zoe") == "");
    scene.passes(seconds(10));
    CHECK(scene.hears("zoe") == as_text(MembershipSummary{"large", 1, 1, 0}) + as_text(MembershipSummary{"", 0, 0, 1}));
    CHECK(scene.hears("max").ends_with(as_text(GroupExited{"large"}) + as_text(MembershipSummary{"", 0, 0, 1})));
}

TEST_CASE("a hook sees each change, and the summary") {
    Scene scene{"lily bob eve zoe", summarised};
    scene.passes(seconds(10));
    std::string noted;
    scene.room.on_event([&](const Event& event) { noted += as_text(event); });
    scene.enters("max");
    scene.says("max", "name:mia");
    scene.says("max", "/quit");
    scene.passes(seconds(10));
    CHECK(noted == as_text(Joined{"max"}) + as_text(Renamed{"max", "mia"}) + as_text(Left{"mia", {}}) +
                       as_text(MembershipSummary{"", 1, 1, 1}));
}

TEST_CASE("a group that ends before its summary takes it along") {
    Scene scene{"lily bob eve zoe", summarised};
    scene.passes(seconds(10));
    scene.group("dev", "lily bob eve zoe");
    CHECK(scene.room.next_deadline());
    for (const char* who : {"lily", "bob", "eve", "zoe"}) scene.says(who, "/leave #dev");
    CHECK_FALSE(scene.room.next_deadline());
    scene.forget();
    scene.says("lily", "/join #dev");
    scene.passes(seconds(10));
    CHECK(scene.hears("lily") == as_text(GroupEntered{"dev", 1}));
}

TEST_CASE("a room without time announces each change") {
    MemoryTransport transport;
    Room room{transport, summarised};
    const auto lily = transport.open(room);
    transport.send_to(room, lily, "name:lily\n");
    (void)transport.take(lily);
    std::string joined;
    for (int i = 0; i < 10; ++i) {
        const std::string name = "m" + std::to_string(i);
        transport.send_to(room, transport.open(room), "name:" + name + "\n");
        joined += as_text(Joined{name});
    }
    transport.settle(room);
    CHECK(transport.take(lily) == joined);
}

TEST_CASE("a lost member counts, and has left only if it does not come back") {
    SceneWithSessions scene{"lily bob eve zoe max", "bob zoe", summarised};
    scene.passes(seconds(10));
    scene.forget();
    for (const char* who : {"bob", "zoe"}) scene.hangs_up(who);
    scene.passes(seconds(30));
    scene.comes_back("bob");
    scene.passes(seconds(30));  // the time of zoe is over
    CHECK(scene.hears("lily") == "");
    scene.passes(seconds(10));
    CHECK(scene.hears("lily") == as_text(MembershipSummary{"", 0, 1, 0}));
    CHECK(scene.hears("bob") ==
          welcome_back("bob", 0) + scene.session("bob", {1, 0}) + as_text(MembershipSummary{"", 0, 1, 0}));
}

TEST_CASE("a summary has its place in the order") {
    Scene scene{"lily bob eve zoe", summarised};
    scene.group("dev", "lily bob");
    scene.passes(seconds(10));
    scene.enters("max");
    scene.passes(milliseconds(9'999));
    scene.forget();
    scene.says("lily", "#dev one");
    scene.passes(milliseconds(1));
    scene.says("lily", "#dev two");
    CHECK(scene.hears("bob") == "#dev lily: one\n" + as_text(MembershipSummary{"", 1, 0, 0}) + "#dev lily: two\n");
}

}  // namespace
