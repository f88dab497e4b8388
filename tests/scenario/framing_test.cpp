// A message is a line, however the network delivers it; and bytes that are no message do no harm.
#include <algorithm>
#include <cstddef>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "scene.hpp"
#include "seed.hpp"

using namespace minimeta;

namespace {

TEST_CASE("two messages that arrive together are two messages") {
    Scene scene{"lily bob"};
    scene.sends("lily", "one\ntwo\n");
    CHECK(scene.hears("bob") == "lily: one\nlily: two\n");
}

TEST_CASE("a message that arrives in two pieces is one message") {
    Scene scene{"lily bob"};
    scene.sends("lily", "on");
    CHECK(scene.hears("bob") == "");
    scene.sends("lily", "e\n");
    CHECK(scene.hears("bob") == "lily: one\n");
}

TEST_CASE("pieces of messages from several members are not mixed up") {
    Scene scene{"lily bob eve"};
    scene.sends("lily", "li");
    scene.sends("bob", "bo");
    scene.sends("lily", "ly\n");
    scene.sends("bob", "b\n");
    CHECK(scene.hears("eve") == "lily: lily\nbob: bob\n");
}

TEST_CASE("a character that is cut in two arrives whole") {
    Scene scene{"lily bob"};
    scene.sends("lily", "\xE4\xBD");
    scene.settle();
    scene.sends("lily", "\xA0\xE5\xA5");
    scene.settle();
    scene.sends("lily", "\xBD\n");
    CHECK(scene.hears("bob") == "lily: 你好\n");
}

TEST_CASE("a line may end like a telnet's") {
    Scene scene{"lily bob"};
    scene.sends("lily", "one\r\ntwo\r");
    scene.sends("lily", "\n\r\n");
    CHECK(scene.hears("bob") == "lily: one\nlily: two\n");
    CHECK(scene.hears("lily") == "");
}

TEST_CASE("empty lines say nothing and are not answered") {
    Scene scene{"lily bob"};
    scene.sends("lily", "\n\r\n   \n\t\n\xE3\x80\x80\n");
    CHECK(scene.hears("lily") == "");
    CHECK(scene.hears("bob") == "");
}

TEST_CASE("a last line without an end is not carried out, since it may have been cut") {
    Scene scene{"lily bob"};
    scene.sends("lily", "I will give you 100");
    scene.hangs_up("lily");
    CHECK(scene.hears("bob") == "-- lily is gone.\n");
}

TEST_CASE("an invalid byte is refused and does no harm") {
    Scene scene{"lily bob"};
    for (const char* bytes :
         {"\xFF", "hi \x80 there", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "cut \xE4\xBD"}) {
        scene.says("lily", bytes);
        CHECK(scene.hears("lily") == "! That line is not valid UTF-8; nobody got it.\n");
    }
    scene.says("lily", "@bob \xFF");
    CHECK(scene.hears("lily") == "! That line is not valid UTF-8; nobody got it.\n");
    CHECK(scene.hears("bob") == "");
    scene.says("lily", "still here");
    CHECK(scene.hears("bob") == "lily: still here\n");
}

TEST_CASE("what would do something to a terminal is refused and not delivered") {
    Scene scene{"lily bob"};
    const std::string_view bytes[] = {"\x1B[2J",
                                      "ding\x07",
                                      std::string_view("nul\0", 4),
                                      "over\rwritten",
                                      "\xC2\x9B"
                                      "2J",
                                      "\xE2\x80\xAEturned",
                                      "\xE2\x80\xA8"};
    for (const std::string_view line : bytes) {
        scene.says("lily", line);
        scene.says("lily", "@bob " + std::string(line));
        CHECK(scene.hears("lily") ==
              "! That line has control characters in it; nobody got it.\n"
              "! That line has control characters in it; nobody got it.\n");
        scene.passes(seconds(1));
    }
    CHECK(scene.hears("bob") == "");
}

TEST_CASE("a refusal does not repeat what would do something to a terminal") {
    Scene scene{"lily"};
    scene.says("lily", "/\x1B[2J");
    scene.says("lily", "/msg \xE2\x80\xAE hi");
    scene.says("lily", "/msg bo\x1B[2J hi");
    const std::string heard = scene.hears("lily");
    CHECK(heard.find('\x1B') == heard.npos);
    CHECK(heard.find("\xE2\x80\xAE") == heard.npos);
}

// ---- However a session is cut

struct Step {
    const char* who;
    std::string bytes;
};

// Everything that the room understands, and much that it does not.
std::vector<Step> session() {
    return {
        {"lily", "hello?\nname:lily\n"},
        {"bob", "name:lily\r\nname：bob\r\n"},
        {"李雷", "name:李雷\n"},
        {"lily", "hello\n\n  \r\n你好，世界 🌍\nhi @bob\n＠bob你好\n@bob,@李雷: x\n@zoe are you there\n"},
        {"bob", "/who\r\n/msg lily,@李雷 a@b.com\r\n/me waves\r\n/me winks at @lily\r\n"},
        {"李雷", "@@bob 是公开的\n/nick 李梅\n／who\n/help\n//x\n/mgs bob hi\n/msg bob\n"},
        {"lily", std::string(40, 'a') + '\n' + std::string(41, 'b') + '\n' + std::string(300, 'c') + "\nafter it\n"},
        {"bob", std::string(40, 'd') + "\r\n" + std::string(41, 'e') + "\r\nafter it\r\n"},
        {"lily", "\xFF\xFE\ncut \xE4\xBD\n\xED\xA0\x80\nesc \x1B[2J\ncr\rin it\n\r\r\nname:li ly\nname:\n@bob \xFF\n"},
        {"bob", "/quit\r\nnobody hears this\r\n"},
        {"李雷", "the end\nof a line that nev"},
    };
}

using Transcripts = std::map<std::string, std::string>;

// Plays the session. `cut(left)` tells how much of what is left of a step comes in the next piece.
template <class Cut>
Transcripts play(const std::vector<Step>& steps, Cut&& cut) {
    Scene scene{"", Limits{.line_bytes = 40, .messages_per_second = 0}};
    for (const char* who : {"lily", "bob", "李雷"}) scene.connects(who);
    for (const Step& step : steps) {
        for (std::string_view rest = step.bytes; !rest.empty();) {
            const std::size_t size = cut(rest.size());
            scene.sends(step.who, rest.substr(0, size));
            scene.settle();
            rest.remove_prefix(size);
        }
    }
    Transcripts all;
    for (const char* who : {"lily", "bob", "李雷"}) all[who] = scene.hears(who);
    return all;
}

Transcripts play_uncut() {
    return play(session(), [](std::size_t left) { return left; });
}

TEST_CASE("the session that is cut below has something of everything in it") {
    Transcripts all = play_uncut();
    for (const char* part :
         {"-- Welcome, lily!", "-- bob joined.", "-- 李雷 joined.", "-- Sent in private to bob, 李雷;",
          "! Not here: bob你好.", "! Not here: zoe.", "[private] bob: a@b.com", "* bob waves", "[private] * bob winks",
          "李雷: @bob 是公开的", "-- 李雷 is now 李梅.", "李梅: /x", "李梅: the end", "-- bob is gone.",
          "! A name cannot be empty.", "! You need a name first"}) {
        INFO(part);
        CHECK(all["lily"].find(part) != std::string::npos);
    }
    CHECK(all["bob"].find("lily: after it\n") != std::string::npos);
    CHECK(all["bob"].find(std::string(40, 'a')) != std::string::npos);
    CHECK(all["bob"].find("bb") == std::string::npos);
    CHECK(all["李雷"].find("bob: after it\n") != std::string::npos);
    CHECK(all["李雷"].find(std::string(40, 'd')) != std::string::npos);
    CHECK(all["李雷"].find("nobody hears this") == std::string::npos);
}

TEST_CASE("input that comes byte by byte says the same to all") {
    CHECK(play(session(), [](std::size_t) { return std::size_t{1}; }) == play_uncut());
}

TEST_CASE("input that is cut at any byte says the same to all") {
    const std::vector<Step> steps = session();
    const Transcripts uncut = play_uncut();
    std::size_t all = 0;
    for (const Step& step : steps) all += step.bytes.size();
    for (std::size_t at = 1; at < all; ++at) {
        std::size_t played = 0;
        const auto cut = [&](std::size_t left) {
            const std::size_t size = played < at && at < played + left ? at - played : left;
            played += size;
            return size;
        };
        INFO("cut at byte " << at);
        REQUIRE(play(steps, cut) == uncut);
    }
}

TEST_CASE("input in random pieces says the same to all") {
    const Transcripts uncut = play_uncut();
    INFO("MINIMETA_SEED=" << seed_of_this_run());
    std::mt19937 random(seed_of_this_run());
    for (int round = 0; round < 200; ++round) {
        const std::size_t longest = 1 + random() % 60;
        REQUIRE(play(session(), [&](std::size_t left) { return std::min(left, 1 + random() % longest); }) == uncut);
    }
}

TEST_CASE("random bytes harm no other member") {
    INFO("MINIMETA_SEED=" << seed_of_this_run());
    std::mt19937 random(seed_of_this_run());
    for (int round = 0; round < 200; ++round) {
        Scene scene{"lily bob", Limits{.line_bytes = 40, .messages_per_second = 0}};
        scene.connects("noise");
        const std::string_view favourites =
            "\n\n\r@@/:, \xEF\xBC\xA0\xFF\x1B"
            "bob";
        for (int piece = 0; piece < 20; ++piece) {
            std::string bytes(random() % 50, '\0');
            for (char& c : bytes)
                c = random() % 2 != 0 ? favourites[random() % favourites.size()] : static_cast<char>(random());
            scene.sends("noise", bytes);
            if (random() % 4 == 0) scene.settle();
        }
        scene.forget();
        scene.says("lily", "hello");
        REQUIRE(scene.hears("bob") == "lily: hello\n");
        scene.says("bob", "@lily hello");
        REQUIRE(scene.hears("lily") == "[private] bob: @lily hello\n");
    }
}

}  // namespace
