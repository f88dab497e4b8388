// The embedding program decides about requests, has commands of its own, and tells a member something.
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "minimeta/minimeta.hpp"
#include "scenario/as_text.hpp"
#include "scenario/scene.hpp"

using namespace minimeta;

namespace {

using Asked = Scene::Room::Request;

// Refuses bad words, and takes the edge off others.
Verdict mind_words(const Asked& request) {
    const auto* said = get_if<Say>(&request.command);
    if (said == nullptr) return Verdict::allow();
    if (said->text.find("damn") != said->text.npos) return Verdict::refuse("Mind your words.");
    if (said->text == "bloody hell") return Verdict::allow_as("oh dear");
    return Verdict::allow();
}

}  // namespace

TEST_CASE("a gate lets a message pass, changes it, or refuses it in its own words") {
    Scene scene{"lily bob"};
    scene.room.on_request(mind_words);
    scene.says("lily", "hello");
    scene.says("lily", "bloody hell");
    scene.says("lily", "damn");
    CHECK(scene.hears("bob") == "lily: hello\nlily: oh dear\n");
    CHECK(scene.hears("lily") == "! Mind your words.\n");
    scene.says("bob", "/history");
    CHECK(scene.hears("bob").find("oh dear") != std::string::npos);
}

TEST_CASE("a gate refuses with a reason of the room, in the words of the protocol") {
    Scene scene{"lily bob"};
    scene.room.on_request([](const Asked& request) {
        if (holds_alternative<Join>(request.command)) return Verdict::refuse(Errc::no_more_groups);
        return holds_alternative<SetName>(request.command) ? Verdict::refuse() : Verdict::allow();
    });
    scene.says("lily", "/join #dev");
    CHECK(scene.hears("lily") == as_text(Refused{Errc::no_more_groups, {}, 1'024}));
    scene.says("lily", "name:rose");
    CHECK(scene.hears("lily") == as_text(Refused{Errc::forbidden, {}}));
    CHECK(scene.hears("bob") == "");
}

TEST_CASE("words that may not be shown are not, and the request is refused all the same") {
    for (const std::string words : {"", " ", "two\nlines", "\x1b[2J", "\xFF"}) {
        CAPTURE(words);
        Scene scene{"lily bob"};
        scene.room.on_request([&](const Asked&) { return Verdict::refuse(words); });
        scene.says("lily", "hello");
        CHECK(scene.hears("lily") == as_text(Refused{Errc::forbidden, {}}));
        CHECK(scene.hears("bob") == "");
    }
}

TEST_CASE("what a gate puts in place of a text is held to the same rules") {
    for (const char* text : {"", " ", "two\nlines", "\x1b[2J"}) {
        CAPTURE(text);
        Scene scene{"lily bob"};
        scene.room.on_request([&](const Asked&) { return Verdict::allow_as(text); });
        scene.says("lily", "hello");
        scene.says("lily", "/msg bob hello");
        CHECK(scene.hears("bob") == "");
        CHECK(scene.hears("lily").starts_with("! "));
    }
}

TEST_CASE("a gate changes texts in private, words of being away, and names") {
    Scene scene{"lily bob"};
    scene.room.on_request([](const Asked& request) {
        if (holds_alternative<Who>(request.command)) return Verdict::allow_as("no text");
        return Verdict::allow_as("Rose");
    });
    scene.says("lily", "/msg bob hello");
    CHECK(scene.hears("bob") == "[private] lily: Rose\n");
    scene.says("lily", "/away lunch");
    scene.says("bob", "/whois lily");
    CHECK(scene.hears("bob").find("-- lily is away: Rose\n") != std::string::npos);
    scene.says("lily", "name:lilith");
    CHECK(scene.hears("bob") == "-- lily is now Rose.\n");
    scene.forget();
    scene.says("bob", "/who");
    CHECK(scene.hears("bob") == "-- Here now (2): Rose (away), bob\n");
}

TEST_CASE("a gate is shown who asks") {
    SceneWithSomeone scene("lily");
    std::string seen;
    scene.room.on_request([&](const Asked& request) {
        seen += std::to_string(request.connection) + " " + std::to_string(request.number.value) + " [" +
                std::string(request.name) + "] [" + std::string(request.account) + "]; ";
        return Verdict::done();
    });
    scene.says("lily", "hello");
    REQUIRE_FALSE(scene.room.identify(scene["lily"], "lily@home"));
    scene.says("lily", "hello");
    scene.says("someone", "name:bob");
    CHECK(seen == "0 1 [lily] []; 0 1 [lily] [lily@home]; 1 0 [] []; ");
    CHECK(scene.hears("lily") == "");
    CHECK(scene.hears("someone") == "");
    CHECK(scene.room.member_count() == 1);
}

TEST_CASE("only what a peer asks for comes to the gate") {
    SceneWithSomeone scene("lily", Limits{.messages_per_second = 1, .burst = 3});
    scene.passes(seconds(10));
    int asked = 0;
    scene.room.on_request([&](const Asked&) { return ++asked, Verdict::allow(); });
    SECTION("not what needs a name that it does not have") { scene.says("someone", "hello"); }
    SECTION("not what nobody understands") { scene.says("lily", "/history before x"); }
    SECTION("not a line that is too long") { scene.says("lily", std::string(5'000, 'x')); }
    SECTION("not the greeting of a connection") { scene.connects("other"); }
    SECTION("not what the program does") { (void)scene.room.say(scene["lily"], "hello"); }
    CHECK(asked == 0);
    scene.passes(seconds(10));
    for (int i = 0; i < 10; ++i) scene.says("lily", "hello");
    CHECK(asked == 3);  // not what comes too fast
    scene.says("lily", "/quit");
    CHECK(asked == 4);
}

TEST_CASE("a command of the program is answered by the program, and otherwise unknown") {
    Scene scene{"lily bob"};
    scene.says("lily", "/roll 2d6");
    const std::string unknown = scene.hears("lily");
    CHECK(unknown.starts_with("! There is no command \"/roll\""));
    std::string rolled;
    scene.room.on_request([&](const Asked& request) {
        const auto* custom = get_if<Custom>(&request.command);
        if (custom == nullptr || custom->word != "roll") return Verdict::allow();
        rolled += std::string(request.name) + " rolls " + std::string(custom->rest) + "; ";
        CHECK_FALSE(scene.room.tell(request.number, "You rolled 7."));
        return Verdict::done();
    });
    scene.says("lily", "/roll 2d6");
    CHECK(scene.hears("lily") == "[private] ** You rolled 7.\n");
    CHECK(rolled == "lily rolls 2d6; ");
    scene.says("lily", "/rol 2d6");
    CHECK(scene.hears("lily").starts_with("! There is no command \"/rol\""));
    scene.room.on_request({});
    scene.says("lily", "/roll 2d6");
    CHECK(scene.hears("lily") == unknown);
    CHECK(scene.hears("bob") == "");
}

TEST_CASE("the help lists the program's commands behind its own") {
    Scene scene{"lily"};
    REQUIRE_FALSE(scene.room.describe_command("/roll 2d6", "throws dice"));
    REQUIRE_FALSE(scene.room.describe_command("/a-very-long-command with words", "is long"));
    CHECK(scene.room.describe_command("", "nothing") == Errc::text_empty);
    CHECK(scene.room.describe_command("/x", "two\nlines") == Errc::control_character);
    scene.says("lily", "/help");
    CHECK(
        scene.hears("lily").ends_with("--   /roll 2d6            throws dice\n"
                                      "--   /a-very-long-command with words  is long\n"));
}

TEST_CASE("a peer without a name can be told something, and come in by a command of the program") {
    SceneWithSomeone scene("lily");
    scene.room.on_request([&](const Asked& request) {
        const auto* custom = get_if<Custom>(&request.command);
        if (custom == nullptr || custom->word != "login") return Verdict::allow();
        if (custom->rest != "secret") return Verdict::refuse("That is not the word.");
        CHECK_FALSE(scene.room.rename(request.connection, "bob"));
        CHECK_FALSE(scene.room.identify(request.connection, "bob@home"));
        CHECK_FALSE(scene.room.tell(request.connection, "You are known."));
        return Verdict::done();
    });
    scene.says("someone", "/login x");
    CHECK(scene.hears("someone") == "! That is not the word.\n");
    scene.says("someone", "/login secret");
    CHECK(scene.hears("someone") ==
          "-- Welcome, bob! People here: 2. What you can do: /help\n[private] ** You are known.\n");
    scene.forget();
    scene.says("lily", "/whois bob");
    CHECK(scene.hears("lily").find("-- bob is logged in as bob@home.\n") != std::string::npos);
}

TEST_CASE("what is told comes in order with all else") {
    Scene scene{"lily bob"};
    scene.says("bob", "one");
    REQUIRE_FALSE(scene.room.tell(scene["lily"], "two"));
    scene.says("bob", "three");
    CHECK(scene.hears("lily") == "bob: one\n[private] ** two\nbob: three\n");
    CHECK(scene.room.tell(scene["lily"], " ") == Errc::text_empty);
    CHECK(scene.room.tell(scene["lily"], "\x1b") == Errc::control_character);
    CHECK(scene.room.tell(MemberNumber{99}, "hello") == Errc::not_a_member);
    scene.says("lily", "/history");
    CHECK(scene.hears("lily").find("two") == std::string::npos);
}

TEST_CASE("a gate may remove the peer that asks, or the group that it asks about") {
    Scene scene{"lily bob"};
    scene.says("lily", "/join #dev");
    scene.forget();
    scene.room.on_request([&](const Asked& request) {
        if (request.name == "bob") (void)scene.room.kick(request.number, "out");
        if (holds_alternative<Say>(request.command)) (void)scene.room.leave(request.number, "dev");
        return Verdict::allow();
    });
    scene.says("lily", "#dev hello");
    CHECK(scene.hears("lily") == as_text(GroupExited{"dev"}) + as_text(Refused{Errc::not_in_group, {{"dev"}}}));
    scene.says("bob", "hello");
    CHECK(scene.hears("bob") == "! You were removed: out\n");
    CHECK(scene.hears("lily") == "-- bob is gone: removed.\n");
}

TEST_CASE("a slow lookup is answered later") {
    Scene scene{"lily bob"};
    std::vector<std::pair<MemberNumber, std::string>> waiting;
    scene.room.on_request([&](const Asked& request) {
        const auto* join = get_if<Join>(&request.command);
        if (join == nullptr) return Verdict::allow();
        waiting.emplace_back(request.number, join->group);
        return Verdict::done();
    });
    scene.says("lily", "/join #dev");
    CHECK(scene.hears("lily") == "");
    for (const auto& [number, group] : waiting) CHECK_FALSE(scene.room.join(number, group));
    CHECK(scene.hears("lily") == as_text(GroupEntered{"dev", 1}));
}
