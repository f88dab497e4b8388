// What is said to some, and what is said to all.
#include <array>
#include <string>
#include <string_view>

#include "catch.hpp"
#include "scene.hpp"

using namespace minimeta;

namespace {

const std::string sent_to_bob = "-- Sent in private to bob; nobody else can read it.\n";

// Lily says the line; bob alone reads it.
void check_bob_alone_reads(std::string_view line) {
    INFO(line);
    Scene scene{"lily bob eve"};
    scene.says("lily", line);
    CHECK(scene.hears("bob") == "[private] lily: " + std::string(line) + "\n");
    CHECK(scene.hears("eve") == "");
    CHECK(scene.hears("lily") == sent_to_bob);
}

// Lily says the line; all others read this text.
void check_all_read(std::string_view line, std::string_view text) {
    INFO(line);
    Scene scene{"lily bob eve"};
    scene.says("lily", line);
    CHECK(scene.hears("bob") == "lily: " + std::string(text) + "\n");
    CHECK(scene.hears("eve") == "lily: " + std::string(text) + "\n");
    CHECK(scene.hears("lily") == "");
}

// Lily says the line; it is not delivered, and she reads that these are missing.
void check_absent(std::string_view line, std::string_view missing) {
    INFO(line);
    Scene scene{"lily bob eve"};
    scene.says("lily", line);
    CHECK(scene.hears("lily") ==
          "! Not here: " + std::string(missing) + ". Nobody got the line. (@@name writes an @ in public.)\n");
    CHECK(scene.hears("bob") == "");
    CHECK(scene.hears("eve") == "");
}

TEST_CASE("a mention behind Chinese text counts, although there is no blank") {
    check_bob_alone_reads("你好@bob");
    check_bob_alone_reads("你好＠bob");
}

TEST_CASE("a line goes to all others with the name of its sender, who gets no echo") {
    check_all_read("hello", "hello");
    check_all_read("大家好", "大家好");
    check_all_read("a: b", "a: b");
}

TEST_CASE("a line that mentions @bob is private: bob alone receives it, with the sender's name and the whole text") {
    check_bob_alone_reads("@bob the key is under the mat");
    check_bob_alone_reads("the key, @bob, is under the mat");
}

TEST_CASE("a line that mentions @bob and @eve is private to both") {
    Scene scene{"lily bob eve zoe"};
    scene.says("lily", "@bob @eve hi");
    CHECK(scene.hears("bob") == "[private] lily: @bob @eve hi\n");
    CHECK(scene.hears("eve") == "[private] lily: @bob @eve hi\n");
    CHECK(scene.hears("zoe") == "");
    CHECK(scene.hears("lily") == "-- Sent in private to bob, eve; nobody else can read it.\n");
}

TEST_CASE("a mention counts wherever it stands and whatever stands behind it") {
    for (const char* line : {"hi @bob", "@bob", "@bob: x", "@bob, x", "@bob. x", "(@bob)", "hi,@bob!", "@bob's hat",
                             "@bob\xE3\x80\x80你好", "@bob，你好", "“@bob”", "\t@bob", "@bob\t", "@bob.", "@BOB hi"})
        check_bob_alone_reads(line);
}

TEST_CASE("the full-width ＠ mentions like @") {
    for (const char* line : {"＠bob", "＠bob hi", "hi ＠bob", "＠ｂｏｂ"}) check_bob_alone_reads(line);
}

TEST_CASE("names behind commas without a blank are all mentioned") {
    Scene scene{"lily bob eve zoe"};
    scene.says("lily", "@bob,@eve x");
    CHECK(scene.hears("bob") == "[private] lily: @bob,@eve x\n");
    CHECK(scene.hears("eve") == "[private] lily: @bob,@eve x\n");
    CHECK(scene.hears("zoe") == "");
}

TEST_CASE("a private message to an absent name reaches nobody and its sender reads which name") {
    check_absent("hi @zoe", "zoe");
    check_absent("@zoe,@bob hi", "zoe");
    check_absent("@bob @zoe @eve @max hi", "zoe, max");
    check_absent("@zoe @zoe hi", "zoe");
    check_absent("@bo hi", "bo");
    check_absent("@bobby hi", "bobby");
    check_absent("/msg zoe hi", "zoe");
    check_absent("/msg bob,zoe hi", "zoe");
    check_absent("/me waves at @zoe", "zoe");
}

TEST_CASE("@bob你好 is an absent name, and not read by all") {
    check_absent("@bob你好", "bob你好");
    check_absent("＠bob你好", "bob你好");
}

TEST_CASE("a mail address is not a private message") {
    check_all_read("mail me at a@b.com", "mail me at a@b.com");
    check_all_read("mail me at lily@bob", "mail me at lily@bob");
    check_all_read("a＠b.com", "a＠b.com");
}

TEST_CASE("an @ in front of no name is text") {
    for (const char* line : {"@", "a @ b", "@ bob", "@, @! @@", "3 @ 5"}) check_all_read(line, line);
}

TEST_CASE("@@bob says @bob in public") {
    check_all_read("@@bob is late", "@bob is late");
    check_all_read("ask @@bob and @@eve", "ask @bob and @eve");
    check_all_read("＠＠bob", "＠bob");
    check_all_read("@@zoe was here", "@zoe was here");
}

TEST_CASE("an escaped mention beside a real one stays private") {
    Scene scene{"lily bob eve"};
    scene.says("lily", "@bob do you know @@eve");
    CHECK(scene.hears("bob") == "[private] lily: @bob do you know @eve\n");
    CHECK(scene.hears("eve") == "");
}

TEST_CASE("a member that is mentioned twice receives the line once") {
    Scene scene{"lily bob"};
    scene.says("lily", "@bob @Bob @bob hi");
    CHECK(scene.hears("bob") == "[private] lily: @bob @Bob @bob hi\n");
    CHECK(scene.hears("lily") == sent_to_bob);
}

TEST_CASE("a member that mentions itself among others is not sent the line") {
    Scene scene{"lily bob"};
    scene.says("lily", "@lily and @bob, remember");
    CHECK(scene.hears("bob") == "[private] lily: @lily and @bob, remember\n");
    CHECK(scene.hears("lily") == sent_to_bob);
}

TEST_CASE("a line for its sender alone is refused") {
    Scene scene{"lily bob"};
    scene.says("lily", "note to @lily");
    CHECK(scene.hears("lily") == "! That is for nobody but yourself.\n");
    CHECK(scene.hears("bob") == "");
}

TEST_CASE("a recipient can tell private from public") {
    Scene scene{"lily bob"};
    scene.says("lily", "hi @bob");
    const std::string in_private = scene.hears("bob");
    scene.says("lily", "hi @@bob");
    CHECK(in_private == "[private] lily: hi @bob\n");
    CHECK(scene.hears("bob") == "lily: hi @bob\n");
}

TEST_CASE("what is said cannot look like what the room says, since a name stands in front") {
    Scene scene{"lily bob"};
    scene.says("lily", "-- eve joined.");
    scene.says("lily", "[private] eve: hi");
    CHECK(scene.hears("bob") == "lily: -- eve joined.\nlily: [private] eve: hi\n");
}

TEST_CASE("/msg is private without a mention") {
    Scene scene{"lily bob eve zoe"};
    scene.says("lily", "/msg bob,@eve mail a@b.com");
    CHECK(scene.hears("bob") == "[private] lily: mail a@b.com\n");
    CHECK(scene.hears("eve") == "[private] lily: mail a@b.com\n");
    CHECK(scene.hears("zoe") == "");
    CHECK(scene.hears("lily") == "-- Sent in private to bob, eve; nobody else can read it.\n");
}

TEST_CASE("an action can be private, too") {
    Scene scene{"lily bob eve"};
    scene.says("lily", "/me waves");
    scene.says("lily", "/me winks at @bob");
    CHECK(scene.hears("bob") == "* lily waves\n[private] * lily winks at @bob\n");
    CHECK(scene.hears("eve") == "* lily waves\n");
}

TEST_CASE("a mistyped command is refused and not delivered") {
    Scene scene{"lily bob"};
    scene.says("lily", "/mgs bob the key is under the mat");
    CHECK(scene.hears("lily") ==
          "! There is no command \"/mgs\"; nobody got the line. See /help, or write // for a slash.\n");
    scene.says("lily", "／who0");
    CHECK(scene.hears("lily") ==
          "! There is no command \"／who0\"; nobody got the line. See /help, or write // for a slash.\n");
    CHECK(scene.hears("bob") == "");
}

TEST_CASE("a command that lacks something is refused and not delivered") {
    Scene scene{"lily bob"};
    for (const std::string line : {"/msg", "/msg bob", "/msg ,", "/me"}) {
        scene.says("lily", line);
        CHECK(scene.hears("lily") ==
              "! Something is missing behind " + line.substr(0, line.find(' ')) + ". See /help.\n");
    }
    CHECK(scene.hears("bob") == "");
}

TEST_CASE("a second slash says a slash") { check_all_read("//usr/bin", "/usr/bin"); }

TEST_CASE("/who lists the members") {
    Scene scene{"lily bob eve"};
    scene.connects("someone");
    scene.says("lily", "/who");
    CHECK(scene.hears("lily") == "-- Here now (3): bob, eve, lily\n");
}

TEST_CASE("the program can speak to all, to some and in a member's name") {
    Scene scene{"lily bob eve"};
    CHECK_FALSE(scene.room.announce("Tea is ready."));
    CHECK_FALSE(scene.room.say(scene["lily"], "I bring @bob cake"));  // the program need not escape
    CHECK_FALSE(scene.room.whisper(scene["lily"], "bob", "two pieces"));
    CHECK(scene.hears("lily") == "** Tea is ready.\n" + sent_to_bob);
    CHECK(scene.hears("bob") == "** Tea is ready.\nlily: I bring @bob cake\n[private] lily: two pieces\n");
    CHECK(scene.hears("eve") == "** Tea is ready.\nlily: I bring @bob cake\n");
}

TEST_CASE("what the program may not say is refused with the reason and not delivered") {
    SceneWithSomeone scene{"lily bob"};
    auto& room = scene.room;
    CHECK(room.say(scene["someone"], "hi") == Errc::not_a_member);
    CHECK(room.say(99, "hi") == Errc::not_a_member);
    CHECK(room.say(scene["lily"], " ") == Errc::text_empty);
    CHECK(room.say(scene["lily"], "two\nlines") == Errc::control_character);
    CHECK(room.announce("\xFF") == Errc::invalid_utf8);
    CHECK(room.whisper(scene["lily"], "zoe", "hi") == Errc::absent);
    CHECK(room.whisper(scene["lily"], "Lily", "hi") == Errc::to_yourself);
    CHECK(room.whisper(scene["someone"], "bob", "hi") == Errc::not_a_member);
    CHECK(room.rename(scene["lily"], "BOB") == Errc::name_taken);
    CHECK(room.rename(99, "zoe") == Errc::not_a_member);
    CHECK(room.kick(99) == Errc::not_a_member);
    CHECK(room.kick(scene["bob"], "\x1B[2J") == Errc::control_character);
    for (const char* who : {"lily", "bob", "someone"}) CHECK(scene.hears(who) == "");
    CHECK(scene.has("bob"));
}

}  // namespace
