// A member does not hear another one: in the lobby, in groups, in private, and when it reads what was said.
#include <string>

#include "catch.hpp"
#include "minimeta/minimeta.hpp"
#include "scenario/as_text.hpp"
#include "scenario/scene.hpp"
#include "scenario/sessions.hpp"

using namespace minimeta;

TEST_CASE("who is ignored is not heard in the lobby and in groups, and by all others as ever") {
    Scene scene{"lily bob eve"};
    scene.group("tea", "lily bob eve");
    scene.says("lily", "/ignore bob");
    CHECK(scene.hears("lily") == "-- You do not hear bob any more. To hear again:  /unignore bob\n");
    scene.says("eve", "one");
    for (const char* line : {"two", "/me waves", "#tea three"}) scene.says("bob", line);
    scene.says("eve", "#tea four");
    CHECK(scene.hears("lily") == "eve: one\n#tea eve: four\n");
    CHECK(scene.hears("eve") == "bob: two\n* bob waves\n#tea bob: three\n");
    CHECK(scene.hears("bob") == "eve: one\n#tea eve: four\n");
    scene.says("lily", "can you hear me?");
    CHECK(scene.hears("bob") == "lily: can you hear me?\n");
    scene.says("lily", "/unignore BOB");
    scene.says("bob", "five");
    CHECK(scene.hears("lily") == "-- You hear bob again.\nbob: five\n");
}

TEST_CASE("who is ignored is not told so when it writes in private, and others of the same message read it") {
    Scene scene{"lily bob eve", Limits{.messages_per_second = 0, .private_history_messages = 10}};
    scene.says("lily", "/ignore bob");
    (void)scene.hears("lily");
    scene.says("bob", "/msg lily,eve psst");
    CHECK(scene.hears("bob") == "-- Sent in private to lily, eve; nobody else can read it.\n");
    CHECK(scene.hears("eve") == "[private] bob: psst\n");
    CHECK(scene.hears("lily") == "");
    scene.says("eve", "/history @bob");
    CHECK(scene.hears("eve").find("[private to lily, eve] bob: psst") != std::string::npos);
    scene.says("lily", "/unignore bob");
    scene.says("lily", "/history @bob");
    CHECK(scene.hears("lily").find("psst") == std::string::npos);
}

TEST_CASE("what was said is read without those that are ignored, also after a lost connection") {
    SceneWithSessions scene{"lily bob eve", "lily"};
    for (const char* who : {"bob", "eve"}) scene.says(who, "from " + std::string(who));
    scene.says("lily", "/ignore bob");
    scene.forget();
    scene.says("lily", "/history");
    const std::string history = scene.hears("lily");
    CHECK(history.find("from eve") != std::string::npos);
    CHECK(history.find("from bob") == std::string::npos);
    scene.hangs_up("lily");
    for (const char* who : {"bob", "eve"}) scene.says(who, "later, " + std::string(who));
    scene.comes_back("lily");
    const std::string missed = scene.hears("lily");
    CHECK(missed.starts_with("-- Welcome back, lily! You missed a message:\n"));
    CHECK(missed.find("later, eve") != std::string::npos);
    CHECK(missed.find("later, bob") == std::string::npos);
}

TEST_CASE("ignoring lasts through other names, and no longer than either of both is a member") {
    Scene scene{"lily bob eve"};
    scene.says("lily", "/ignore bob");
    scene.says("bob", "name:rob");
    scene.says("lily", "name:rose");
    scene.forget();
    scene.says("bob", "hello");
    scene.says("lily", "/ignore");
    CHECK(scene.hears("lily") == "-- You do not hear: rob\n");
    scene.says("bob", "/quit");
    scene.says("lily", "/ignore");
    CHECK(scene.hears("lily") == "-- rob is gone.\n-- You hear everybody.\n");
    scene.enters("rob");
    scene.forget();
    scene.says("rob", "hello");
    CHECK(scene.hears("lily") == "rob: hello\n");
    scene.says("rob", "/ignore rose");
    scene.says("rob", "/quit");
    scene.forget();
    scene.says("lily", "hello");
    CHECK(scene.hears("eve") == "rose: hello\n");
}

TEST_CASE("nobody ignores itself, a stranger, or more than so many; the program can do it, too") {
    Scene scene{"lily bob eve", Limits{.messages_per_second = 0, .sanctions = 1}};
    const auto asks = [&](const char* line) {
        scene.says("lily", line);
        return scene.hears("lily");
    };
    CHECK(asks("/ignore lily") == as_text(Refused{Errc::to_yourself, {{"lily"}}}));
    CHECK(asks("/ignore nobody") == as_text(Refused{Errc::no_such_member, {{"nobody"}}}));
    CHECK(asks("/unignore bob") == as_text(Refused{Errc::not_there, {{"bob"}}}));
    CHECK_FALSE(scene.room.ignore(scene["lily"], scene["bob"]));
    CHECK(asks("/ignore eve").ends_with(as_text(Refused{Errc::too_many_sanctions, {{"eve"}}, 1})));
    CHECK(asks("/ignore bob") == "-- You do not hear bob any more. To hear again:  /unignore bob\n");
    scene.says("bob", "hello");
    CHECK(scene.hears("lily") == "");
    CHECK_FALSE(scene.room.ignore(scene["lily"], scene["bob"], false));
    CHECK(scene.room.ignore(scene["lily"], MemberNumber{9}) == Errc::not_a_member);
}

TEST_CASE("what is not heard is not counted as delivered") {
    Scene scene{"lily bob eve"};
    scene.says("lily", "/ignore bob");
    scene.forget();
    const Metrics before = scene.room.metrics();
    scene.says("bob", "hello");
    scene.settle();
    const Metrics after = scene.room.metrics();
    CHECK(after.deliveries - before.deliveries == 1);
    CHECK(after.bytes - before.bytes == std::string("bob: hello\n").size());
}
