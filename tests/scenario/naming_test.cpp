// How a peer gets a name, and what a name may be.
#include <string>

#include "catch.hpp"
#include "scene.hpp"

using namespace minimeta;

namespace {

const std::string bad_name = "! " + std::string(english.reason(Errc::name_character)) + "\n";

TEST_CASE("a peer that connects is greeted, with how to give a name") {
    Scene scene;
    scene.connects("someone");
    CHECK(scene.hears("someone") == "-- Hello! Tell us your name to come in, for example:  name:lily\n");
}

TEST_CASE("the first name welcomes its owner and is announced to all others") {
    Scene scene{"bob"};
    scene.connects("lily");
    scene.forget();
    scene.says("lily", "name:lily");
    CHECK(scene.hears("lily") == "-- Welcome, lily! People here: 2. What you can do: /help\n");
    CHECK(scene.hears("bob") == "-- lily joined.\n");
}

TEST_CASE("blanks of any kind around a name are not part of it") {
    Scene scene{"bob"};
    scene.connects("lily");
    scene.says("lily", "name: \t\xE3\x80\x80 lily \xC2\xA0");
    CHECK(scene.hears("bob") == "-- lily joined.\n");
    CHECK(scene.room.find("lily") == scene["lily"]);
}

TEST_CASE("a member that takes another name reads so and the others read who is now who") {
    Scene scene{"lily bob"};
    scene.says("lily", "name:rose");
    CHECK(scene.hears("lily") == "-- Your name is rose now.\n");
    CHECK(scene.hears("bob") == "-- lily is now rose.\n");
    scene.says("bob", "@rose hi");
    CHECK(scene.hears("lily") == "[private] bob: @rose hi\n");
}

TEST_CASE("a name that was given up is free for others") {
    Scene scene{"lily bob"};
    scene.says("lily", "name:rose");
    scene.says("bob", "name:lily");
    CHECK(scene.hears("lily") == "-- Your name is rose now.\n-- bob is now lily.\n");
    CHECK(scene.hears("bob") == "-- lily is now rose.\n-- Your name is lily now.\n");
}

TEST_CASE("a name cannot be empty") {
    SceneWithSomeone scene{"lily bob"};
    for (const char* who : {"someone", "lily"}) {
        for (const char* line : {"name:", "name:  ", "name:\xE3\x80\x80", "/nick"}) {
            scene.says(who, line);
            CHECK(scene.hears(who) == "! A name cannot be empty. For example:  name:lily\n");
        }
    }
    CHECK(scene.hears("bob") == "");
}

TEST_CASE("a name that is taken is refused and another one may be tried") {
    SceneWithSomeone scene{"lily bob"};
    scene.says("someone", "name:lily");
    CHECK(scene.hears("someone") == "! The name lily is taken. Please try another.\n");
    scene.says("bob", "name:lily");
    CHECK(scene.hears("bob") == "! The name lily is taken. Please try another.\n");
    CHECK(scene.hears("lily") == "");
    scene.says("someone", "name:lily2");
    CHECK(scene.hears("bob") == "-- lily2 joined.\n");
}

TEST_CASE("Bob and bob are the same name, in any case and width") {
    SceneWithSomeone scene{"Bob lily"};
    for (const char* name : {"bob", "BOB", "ｂｏｂ", "ＢＯＢ"}) {
        scene.forget();
        scene.says("someone", std::string("name:") + name);
        CHECK(scene.hears("someone") == std::string("! The name ") + name + " is taken. Please try another.\n");
        scene.says("lily", std::string("psst @") + name);
        CHECK(scene.hears("Bob") == std::string("[private] lily: psst @") + name + "\n");
        CHECK(scene.hears("lily") == "-- Sent in private to Bob; nobody else can read it.\n");
    }
}

TEST_CASE("a member may write its own name differently") {
    Scene scene{"bob lily"};
    scene.says("bob", "name:Bob");
    CHECK(scene.hears("bob") == "-- Your name is Bob now.\n");
    CHECK(scene.hears("lily") == "-- bob is now Bob.\n");
}

TEST_CASE("giving yourself your own name announces nothing") {
    Scene scene{"lily bob"};
    scene.says("lily", "name:lily");
    CHECK(scene.hears("lily") == "! That is your name already.\n");
    CHECK(scene.hears("bob") == "");
}

TEST_CASE("the full-width colon gives a name and is not broadcast as chat") {
    Scene scene{"bob"};
    scene.connects("李雷");
    scene.says("李雷", "name：李雷");
    CHECK(scene.hears("bob") == "-- 李雷 joined.\n");
}

TEST_CASE("/nick is another way to give a name") {
    Scene scene{"bob"};
    scene.connects("lily");
    scene.says("lily", "/nick lily");
    scene.says("lily", "/nick rose");
    CHECK(scene.hears("bob") == "-- lily joined.\n-- lily is now rose.\n");
}

TEST_CASE("a name that could not be addressed is refused") {
    SceneWithSomeone scene{"bob"};
    for (const char* name :
         {"li ly", "li@ly", "@lily", "li,ly", "lily:", "[private]", "*", "--", "-lily", "li\xE3\x80\x80ly"}) {
        scene.forget();
        scene.says("someone", std::string("name:") + name);
        CHECK(scene.hears("someone") == bad_name);
    }
    CHECK(scene.hears("bob") == "");
    CHECK(scene.room.member_count() == 1);
}

TEST_CASE("a name holds no line breaks, escape sequences, invisible or invalid characters") {
    SceneWithSomeone scene{"bob"};
    for (const char* name : {"li\rly", "\x1B[31mlily", "li\x07ly", "lily\x7F", "li\xE2\x80\xAEly", "li\xE2\x80\x8Bly",
                             "li\xC2\x85ly", "li\xE2\x80\xA8ly", "\xFFlily", "li\xC3", "\xED\xA0\x80"}) {
        scene.forget();
        scene.says("someone", std::string("name:") + name);
        CHECK(scene.hears("someone") == bad_name);
    }
    CHECK(scene.hears("bob") == "");
}

TEST_CASE("no name can pass for the room") {
    SceneWithSomeone scene{"bob"};
    scene.says("someone", "name:-- bob is gone.");
    CHECK(scene.hears("someone") == bad_name);
    scene.says("someone", "name:[private] lily");
    CHECK(scene.hears("someone") == bad_name);
}

TEST_CASE("a peer without a name can say nothing") {
    SceneWithSomeone scene{"bob"};
    for (const char* line : {"hello?", "psst @bob", "/me waves", "/msg bob psst", "/who"}) {
        scene.says("someone", line);
        CHECK(scene.hears("someone") == "! You need a name first, for example:  name:lily\n");
    }
    CHECK(scene.hears("bob") == "");
}

TEST_CASE("a peer without a name hears nothing") {
    SceneWithSomeone scene{"lily bob"};
    scene.says("lily", "is somebody listening?");
    scene.says("lily", "/me whispers");
    scene.says("lily", "name:rose");
    (void)scene.room.announce("Tea is ready.");
    scene.hangs_up("bob");
    CHECK(scene.hears("someone") == "");
}

TEST_CASE("a peer without a name may ask for help and leave") {
    SceneWithSomeone scene{"bob"};
    scene.says("someone", "/help");
    CHECK(scene.hears("someone") == std::string(english.usage) + "\n");
    scene.says("someone", "/quit");
    CHECK(scene.hears("someone") == "-- Goodbye!\n");
    CHECK_FALSE(scene.has("someone"));
    CHECK(scene.hears("bob") == "");
}

TEST_CASE("whoever looks like another member cannot come in, and is sent nothing that is meant for it") {
    SceneWithSomeone scene{"Bob lily"};
    scene.says("someone", "name:ВОВ");  // Cyrillic
    CHECK(scene.hears("someone") == "! The name ВОВ is taken. Please try another.\n");
    scene.says("someone", "name:bоb");  // with a Cyrillic о
    CHECK(scene.hears("someone") ==
          "! A name is in one script. Latin letters may stand beside another one, but not beside Cyrillic or Greek.\n");
    scene.says("lily", "/msg вов secret");
    CHECK(scene.hears("lily") == "! Not here: вов. Nobody got the line. (@@name writes an @ in public.)\n");
    CHECK(scene.hears("Bob") == "");
}

TEST_CASE("a member is addressed by all of an emoji, and by a name composed or not") {
    Scene scene{"👩 👩\u200D💻 élise lily"};
    scene.says("lily", "@👩\u200D💻 one");
    CHECK(scene.hears("👩\u200D💻") == "[private] lily: @👩\u200D💻 one\n");
    CHECK(scene.hears("👩") == "");
    scene.says("lily", "@E\u0301LISE two");
    CHECK(scene.hears("élise") == "[private] lily: @E\u0301LISE two\n");
}

}  // namespace
