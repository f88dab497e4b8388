// Private messages are in no history; but, where that is switched on, in those of the two parties.
#include <string>
#include <string_view>

#include "as_text.hpp"
#include "catch.hpp"
#include "read_page.hpp"
#include "scene.hpp"

using namespace minimeta;

namespace {

const std::string nothing_kept = as_text(Recalled{{}, {}, {}});
const Limits keeping{.messages_per_second = 0, .private_history_messages = 10};

// The page that a member reads on this line.
std::string asked(Scene& scene, std::string_view who, std::string_view line) {
    (void)scene.hears(who);
    scene.says(who, line);
    return ReadPage(scene.hears(who)).lines;
}

TEST_CASE("where it is off, private messages are in no history at all") {
    Scene scene{"lily bob eve"};
    scene.says("lily", "@bob psst");
    scene.says("lily", "/msg bob,eve psst");
    CHECK_FALSE(scene.room.whisper(scene["lily"], "bob", "psst"));
    scene.forget();
    for (const char* who : {"lily", "bob", "eve"}) {
        for (const char* line : {"/history", "/history @lily", "/history @bob"}) {
            CAPTURE(who, line);
            scene.says(who, line);
            CHECK(scene.hears(who) == nothing_kept);
        }
    }
}

TEST_CASE("where it is on, both parties can read it again, and no other member can, however it asks") {
    Scene scene{"lily bob eve", keeping};
    scene.group("dev", "lily bob eve");
    scene.says("lily", "hi @bob");
    scene.says("bob", "/me nods at @lily");
    const std::string both = "[private to bob] lily: hi @bob\n[private to lily] * bob nods at @lily\n";
    CHECK(asked(scene, "lily", "/history @bob") == both);
    CHECK(asked(scene, "bob", "/history @lily") == both);
    CHECK(asked(scene, "bob", "/history ＠LILY 1") == "[private to lily] * bob nods at @lily\n");
    scene.forget();
    for (const char* line : {"/history", "/history @bob", "/history @lily", "/history @eve", "/history #dev",
                             "/history before 99", "/history @bob before 99", "/history #bob"}) {
        CAPTURE(line);
        CHECK(asked(scene, "eve", line) == "");
    }
    CHECK(asked(scene, "bob", "/history") == "");  // what is said to all stays apart
    CHECK(scene.room.history()->size() == 0);
}

TEST_CASE("a message to several is in the history of each of them, and found by the name of each") {
    Scene scene{"lily bob eve zoe", keeping};
    scene.says("lily", "@bob @eve psst");
    const std::string line = "[private to bob, eve] lily: @bob @eve psst\n";
    CHECK(asked(scene, "lily", "/history @bob") == line);
    CHECK(asked(scene, "lily", "/history @eve") == line);
    CHECK(asked(scene, "bob", "/history @lily") == line);
    CHECK(asked(scene, "eve", "/history @lily") == line);
    CHECK(asked(scene, "lily", "/history @zoe") == "");
    CHECK(asked(scene, "zoe", "/history @lily") == "");
    CHECK(asked(scene, "zoe", "/history @bob") == "");
}

TEST_CASE("talks with several members are listed one by one") {
    Scene scene{"lily bob eve", keeping};
    for (const char* line : {"@bob 1", "@eve 2", "@bob 3"}) scene.says("lily", line);
    scene.says("eve", "@lily 4");
    CHECK(asked(scene, "lily", "/history @bob") == "[private to bob] lily: @bob 1\n[private to bob] lily: @bob 3\n");
    CHECK(asked(scene, "lily", "/history @eve") == "[private to eve] lily: @eve 2\n[private to lily] eve: @lily 4\n");
    CHECK(asked(scene, "bob", "/history @eve") == "");
}

TEST_CASE("a private history can be paged back as the answers say, and has bounds of its own") {
    Limits limits = keeping;
    limits.history_messages = 1;
    Scene scene{"lily bob eve", limits};
    for (int i = 0; i < 12; ++i) {
        scene.says("lily", "@bob " + std::to_string(i));
        scene.says("lily", "in public");
    }
    std::string all, read;
    for (int i = 2; i < 12; ++i) all += "[private to bob] lily: @bob " + std::to_string(i) + "\n";
    for (std::string command = "/history @lily 3"; !command.empty();) {
        scene.forget();
        scene.says("bob", command);
        const ReadPage page(scene.hears("bob"));
        REQUIRE(page.lines != "");
        read = page.lines + read;
        command = page.older;
    }
    CHECK(read == all);

    limits.private_history_bytes = 20;
    Scene small{"lily bob", limits};
    for (const char* line : {"/msg bob 1", "/msg bob 2", "/msg bob 3"}) small.says("lily", line);  // 8 bytes each
    CHECK(asked(small, "bob", "/history @lily") == "[private to bob] lily: 2\n[private to bob] lily: 3\n");
    small.says("bob", "/msg lily 4");
    CHECK(asked(small, "lily", "/history @bob") == "[private to bob] lily: 3\n[private to lily] bob: 4\n");
}

TEST_CASE("a private history stays through renames, and ends with its owner") {
    Scene scene{"lily bob", keeping};
    scene.says("lily", "/msg bob psst");
    scene.says("bob", "name:rob");
    CHECK(asked(scene, "bob", "/history @lily") == "[private to bob] lily: psst\n");
    scene.hangs_up("bob");
    scene.enters("bob");  // another member, as far as the room knows
    CHECK(asked(scene, "bob", "/history @lily") == "");
    CHECK(asked(scene, "lily", "/history @bob") == "[private to bob] lily: psst\n");
    scene.hangs_up("lily");
    scene.enters("lily");
    CHECK(asked(scene, "lily", "/history @bob") == "");
}

TEST_CASE("a private message that was refused is in no history") {
    Scene scene{"lily bob", keeping};
    for (const char* line : {"@bob @nobody psst", "@lily psst", "/msg bob \x1b", "/msg bob"}) scene.says("lily", line);
    CHECK(asked(scene, "lily", "/history @bob") == "");
    CHECK(asked(scene, "bob", "/history @lily") == "");
}

TEST_CASE("what was said in private to a member is found under the name that it has now") {
    Scene scene{"lily bob eve", keeping};
    scene.says("lily", "@bob one");
    scene.says("bob", "@lily two");
    scene.says("bob", "name:robert");
    scene.says("lily", "@robert three");
    const std::string both =
        "[private to bob] lily: @bob one\n[private to lily] bob: @lily two\n[private to robert] lily: @robert three\n";
    CHECK(asked(scene, "lily", "/history @robert") == both);
    CHECK(asked(scene, "lily", "/history @bob") == both.substr(0, both.find("[private to robert")));
    scene.says("eve", "name:bob");  // another one takes the name
    scene.says("lily", "@bob four");
    CHECK(asked(scene, "lily", "/history @robert") == both);
    scene.says("lily", "/history @robert");
    for (const char* who : {"bob", "eve"}) (void)scene.hears(who);
    CHECK(asked(scene, "eve", "/history @robert") == "");
}

}  // namespace
