// All members see the same order of things: that in which they happened, however much of it happens in one turn, and
// whichever members it is for.
#include <string>

#include "catch.hpp"
#include "scene.hpp"

using namespace minimeta;

namespace {

TEST_CASE("what is said to all is not heard before the end of the turn") {
    Scene scene{"lily bob"};
    scene.says("lily", "hello");
    CHECK(scene.transport.take(scene["bob"]) == "");
    scene.room.flush();
    CHECK(scene.transport.take(scene["bob"]) == "lily: hello\n");
}

TEST_CASE("private and public lines of one turn are read in the order in which they were said") {
    Scene scene{"lily bob eve"};
    scene.says("lily", "one");
    scene.says("lily", "@bob two");
    scene.says("bob", "three");
    scene.says("eve", "@bob four");
    scene.says("bob", "@lily five");
    scene.says("lily", "six");
    CHECK(scene.hears("bob") ==
          "lily: one\n[private] lily: @bob two\n[private] eve: @bob four\n"
          "-- Sent in private to lily; nobody else can read it.\nlily: six\n");
    CHECK(scene.hears("lily") ==
          "-- Sent in private to bob; nobody else can read it.\nbob: three\n"
          "[private] bob: @lily five\n");
    CHECK(scene.hears("eve") ==
          "lily: one\nbob: three\n-- Sent in private to bob; nobody else can read it.\n"
          "lily: six\n");
}

TEST_CASE("an answer is read behind what was said before the question") {
    Scene scene{"lily bob"};
    scene.says("bob", "one");
    scene.says("lily", "/who");
    scene.says("bob", "two");
    scene.says("lily", "/nope");
    scene.says("lily", "name:rose");
    scene.says("bob", "three");
    CHECK(scene.hears("lily") ==
          "bob: one\n-- Here now (2): bob, lily\nbob: two\n"
          "! There is no command \"/nope\"; nobody got the line. See /help, or write // for a slash.\n"
          "-- Your name is rose now.\nbob: three\n");
}

TEST_CASE("members that speak at once hear each other and never themselves") {
    Scene scene{"lily bob eve"};
    for (const char* who : {"lily", "bob", "eve", "lily", "eve"}) scene.says(who, "I am " + std::string(who));
    CHECK(scene.hears("lily") == "bob: I am bob\neve: I am eve\neve: I am eve\n");
    CHECK(scene.hears("bob") == "lily: I am lily\neve: I am eve\nlily: I am lily\neve: I am eve\n");
    CHECK(scene.hears("eve") == "lily: I am lily\nbob: I am bob\nlily: I am lily\n");
}

TEST_CASE("a member that comes in the middle of a turn hears what is said from then on") {
    Scene scene{"lily bob"};
    scene.connects("eve");
    scene.forget();
    scene.says("lily", "before");
    scene.says("eve", "name:eve");
    scene.says("lily", "after");
    CHECK(scene.hears("eve") == "-- Welcome, eve! People here: 3. What you can do: /help\nlily: after\n");
    CHECK(scene.hears("bob") == "lily: before\n-- eve joined.\nlily: after\n");
}

TEST_CASE(
    "when members leave in the middle of a turn those that move into their place lose nothing and hear nothing twice") {
    Scene scene{"lily bob eve zoe"};
    scene.says("zoe", "one");
    scene.hangs_up("lily");
    scene.says("bob", "two");
    scene.hangs_up("bob");
    scene.enters("max");
    scene.says("zoe", "three");
    CHECK(scene.hears("zoe") == "-- lily is gone.\nbob: two\n-- bob is gone.\n-- max joined.\n");
    CHECK(scene.hears("eve") == "zoe: one\n-- lily is gone.\nbob: two\n-- bob is gone.\n-- max joined.\nzoe: three\n");
}

TEST_CASE("a turn of many megabytes keeps its order") {
    Scene scene{"lily bob eve", Limits{.backlog_bytes = 100'000'000, .messages_per_second = 0}};
    std::string bob, eve;
    for (int i = 0; i < 1'000; ++i) {
        const std::string text = std::to_string(i) + std::string(static_cast<std::size_t>(i * 7 % 4'000), '.');
        scene.says(i % 3 == 0 ? "bob" : "lily", text);
        if (i % 3 != 0) bob += "lily: " + text + "\n";
        eve += (i % 3 == 0 ? "bob: " : "lily: ") + text + "\n";
    }
    CHECK((scene.hears("bob") == bob));  // not expanded: nobody reads megabytes
    CHECK((scene.hears("eve") == eve));
}

}  // namespace
