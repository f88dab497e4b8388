// The events that the embedding program sees, and what it may do about them on the spot.
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "scene.hpp"

using namespace minimeta;

namespace {

// ---- A log that can be read

std::string line_of(const Joined& e) { return "joined " + std::string(e.name); }
std::string line_of(const Renamed& e) { return "renamed " + std::string(e.from) + " " + std::string(e.to); }
std::string line_of(const Said& e) {
    return (e.manner == Manner::action ? "acted " : "said ") + std::string(e.from) + ": " + std::string(e.text);
}
std::string line_of(const Whispered& e) {
    std::string line = "whispered " + std::string(e.from);
    for (const std::string_view to : e.to) line.append(" >").append(to);
    return line.append(": ").append(e.text);
}
std::string line_of(const Announced& e) { return "announced " + std::string(e.text); }
std::string line_of(const Left& e) {
    return "left " + std::string(e.name) + (e.why ? " " + std::string(name_of(*e.why)) : "");
}

std::string line_of(const Event& event) {
    return minimeta::visit([](const auto& e) { return line_of(e) + "\n"; }, event);
}

// Has a log kept of all that happens in the scene from now on.
minimeta::HookId keep_log(Scene& scene, std::string& log) {
    return scene.room.on_event([&log](const Event& event) { log += line_of(event); });
}

TEST_CASE("a hook sees every event in order") {
    Scene scene;
    std::string log;
    keep_log(scene, log);
    scene.enters("lily");
    scene.enters("bob");
    scene.says("lily", "hello");
    scene.says("lily", "/me waves");
    scene.says("bob", "psst @lily");
    scene.says("bob", "name:rob");
    (void)scene.room.announce("Tea is ready.");
    scene.says("lily", "/quit");
    (void)scene.room.kick(scene["bob"]);
    CHECK(log ==
          "joined lily\njoined bob\nsaid lily: hello\nacted lily: waves\nwhispered bob >lily: psst @lily\n"
          "renamed bob rob\nannounced Tea is ready.\nleft lily\nleft rob kicked\n");
}

TEST_CASE("a hook sees why a member left") {
    Scene scene{"lily bob eve", Limits{.backlog_bytes = 50, .idle_seconds = 10}};
    std::string log;
    keep_log(scene, log);
    scene.hangs_up("eve");
    scene.stalls("bob");
    (void)scene.room.announce(std::string(50, 'x'));
    scene.settle();
    scene.passes(seconds(10));
    CHECK(log == "left eve\nannounced " + std::string(50, 'x') + "\nleft bob too_slow\nleft lily idle\n");
}

TEST_CASE("a hook never sees what was refused or changes nothing") {
    Scene scene{"lily bob"};
    scene.connects("someone");
    std::string log;
    keep_log(scene, log);
    for (const char* line :
         {"@zoe hi", "\xFF", "esc \x1B[2J", "/nope", "/msg bob", "name:bob", "name:lily", "name:", ""})
        scene.says("lily", line);
    for (const char* line : {"/who", "/help"}) scene.says("lily", line);
    scene.says("someone", "hello?");
    scene.says("someone", "/quit");
    (void)scene.room.announce("\n");
    (void)scene.room.say(scene["lily"], "");
    CHECK(log == "");
}

TEST_CASE("a hook never sees what exceeds the rate") {
    Scene scene{"lily bob", Limits{.messages_per_second = 1, .burst = 2}};
    scene.passes(seconds(10));
    std::string log;
    keep_log(scene, log);
    for (const char* line : {"one", "two", "three"}) scene.says("lily", line);
    CHECK(log == "said lily: one\nsaid lily: two\n");
}

TEST_CASE("a hook sees the room as it is after the event") {
    Scene scene{"bob"};
    std::string seen;
    scene.room.on_event([&](const Event& event) {
        seen += line_of(event);
        for (const char* name : {"lily", "rose"}) seen += scene.room.find(name) ? "+" : "-";
        seen += std::to_string(scene.room.member_count()) + "\n";
    });
    scene.enters("lily");
    scene.says("lily", "name:rose");
    scene.hangs_up("lily");
    CHECK(seen == "joined lily\n+-2\nrenamed lily rose\n-+2\nleft rose\n--1\n");
}

TEST_CASE("each hook is called until it is removed") {
    Scene scene{"lily bob"};
    std::string first, second;
    const auto removed = keep_log(scene, first);
    keep_log(scene, second);
    scene.says("lily", "hello");
    scene.room.remove_hook(removed);
    scene.says("lily", "bye");
    CHECK(first == "said lily: hello\n");
    CHECK(second == "said lily: hello\nsaid lily: bye\n");
}

// ---- Bots

TEST_CASE("a bot removes a member for a bad word, and the rest of what it sent is not looked at") {
    Scene scene{"lily bob eve"};
    std::string log;
    scene.room.on_event([&](const Event& event) {
        log += line_of(event);
        const Said* said = minimeta::get_if<Said>(&event);
        if (said != nullptr && said->text.find("fiddlesticks") != said->text.npos)
            (void)scene.room.kick(*scene.room.find(said->from), "mind your words");
    });
    scene.sends("bob", "oh\nfiddlesticks!\nand more\n");
    CHECK(scene.hears("bob") == "! You were removed: mind your words\n");
    CHECK(scene.hears("lily") == "bob: oh\nbob: fiddlesticks!\n-- bob is gone: removed.\n");
    CHECK(log == "said bob: oh\nsaid bob: fiddlesticks!\nleft bob kicked\n");
    scene.says("eve", "well");
    CHECK(scene.hears("lily") == "eve: well\n");
}

TEST_CASE("a bot removes members as they come in") {
    Scene scene{"lily"};
    scene.room.on_event([&](const Event& event) {
        const Joined* joined = minimeta::get_if<Joined>(&event);
        if (joined != nullptr && joined->name.starts_with("spam"))
            (void)scene.room.kick(*scene.room.find(joined->name));
    });
    scene.enters("spam1");
    scene.enters("bob");
    CHECK(scene.hears("lily") == "-- spam1 joined.\n-- spam1 is gone: removed.\n-- bob joined.\n");
    CHECK_FALSE(scene.has("spam1"));
}

TEST_CASE("a bot gives guests another name on the spot") {
    Scene scene{"lily"};
    std::string log;
    int guests = 0;
    scene.room.on_event([&](const Event& event) {
        log += line_of(event);
        const Joined* joined = minimeta::get_if<Joined>(&event);
        if (joined != nullptr && joined->name == "guest")
            (void)scene.room.rename(*scene.room.find("guest"), "guest" + std::to_string(++guests));
    });
    scene.connects("someone");
    scene.connects("someone else");
    scene.forget();
    scene.says("someone", "name:guest");
    scene.says("someone else", "name:guest");
    CHECK(scene.hears("someone") ==
          "-- Welcome, guest! People here: 2. What you can do: /help\n"
          "-- Your name is guest1 now.\n-- guest joined.\n-- guest is now guest2.\n");
    CHECK(scene.hears("lily") ==
          "-- guest joined.\n-- guest is now guest1.\n"
          "-- guest joined.\n-- guest is now guest2.\n");
    CHECK(log == "joined guest\nrenamed guest guest1\njoined guest\nrenamed guest guest2\n");
}

TEST_CASE("a bot greets members in public and in private") {
    Scene scene{"butler lily"};
    const auto butler = scene["butler"];
    scene.room.on_event([&](const Event& event) {
        const Joined* joined = minimeta::get_if<Joined>(&event);
        if (joined == nullptr) return;
        const std::string name(joined->name);
        CHECK_FALSE(scene.room.say(butler, "please welcome " + name));
        CHECK_FALSE(scene.room.whisper(butler, name, "your coat, please"));
        CHECK_FALSE(scene.room.announce("We are " + std::to_string(scene.room.member_count()) + "."));
    });
    scene.enters("bob");
    CHECK(scene.hears("lily") == "-- bob joined.\nbutler: please welcome bob\n** We are 3.\n");
    CHECK(scene.hears("bob") ==
          "-- Hello! Tell us your name to come in, for example:  name:lily\n"
          "-- Welcome, bob! People here: 3. What you can do: /help\n"
          "butler: please welcome bob\n[private] butler: your coat, please\n** We are 3.\n");
    CHECK(scene.hears("butler") ==
          "-- bob joined.\n-- Sent in private to bob; nobody else can read it.\n** We are 3.\n");
}

TEST_CASE("what a bot says to a change is read after the answer to the change") {
    Scene scene{"lily bob"};
    scene.room.on_event([&](const Event& event) {
        if (minimeta::holds_alternative<Renamed>(event)) (void)scene.room.announce("A fine name.");
    });
    scene.says("lily", "name:rose");
    CHECK(scene.hears("lily") == "-- Your name is rose now.\n** A fine name.\n");
    CHECK(scene.hears("bob") == "-- lily is now rose.\n** A fine name.\n");
}

TEST_CASE("hooks nest: the events of what a hook does come within") {
    Scene scene{"lily bob"};
    std::string log;
    int depth = 0;
    scene.room.on_event([&](const Event& event) {
        log += std::string(static_cast<std::size_t>(2 * depth++), ' ') + line_of(event);
        if (depth < 4) (void)scene.room.announce(std::to_string(depth));
        --depth;
    });
    scene.says("lily", "go");
    CHECK(log == "said lily: go\n  announced 1\n    announced 2\n      announced 3\n");
    CHECK(scene.hears("bob") == "lily: go\n** 1\n** 2\n** 3\n");
    CHECK(scene.hears("lily") == "** 1\n** 2\n** 3\n");
}

TEST_CASE("a bot answers what is whispered to it, behind the answer to the whisper") {
    Scene scene{"echo lily bob"};
    const auto echo = scene["echo"];
    scene.room.on_event([&](const Event& event) {
        const Whispered* heard = minimeta::get_if<Whispered>(&event);
        if (heard != nullptr && heard->from != "echo")
            CHECK_FALSE(scene.room.whisper(echo, heard->from, std::string(heard->text)));
    });
    scene.says("lily", "/msg echo hello");
    CHECK(scene.hears("lily") == "-- Sent in private to echo; nobody else can read it.\n[private] echo: hello\n");
    CHECK(scene.hears("bob") == "");
}

TEST_CASE("when a member leaves a hook can remove all the others") {
    Scene scene{"host lily bob eve"};
    scene.room.on_event([&](const Event& event) {
        if (!minimeta::holds_alternative<Left>(event)) return;
        for (const auto& member : scene.room.members()) {
            if (!scene.room.find(member.name)) continue;  // a nested hook was faster
            (void)scene.room.kick(member.connection.value(), "the host is gone");
            return;
        }
    });
    scene.hangs_up("host");
    for (const char* who : {"lily", "bob", "eve"}) {
        CHECK(scene.hears(who).ends_with("! You were removed: the host is gone\n"));
        CHECK_FALSE(scene.has(who));
    }
    CHECK(scene.room.connection_count() == 0);
}

TEST_CASE("a hook cannot bring back a member that left") {
    for (const bool sudden : {true, false}) {
        Scene scene{"lily bob"};
        const auto lily = scene["lily"];
        Refusal renamed, said, kicked;
        scene.room.on_event([&](const Event& event) {
            if (!minimeta::holds_alternative<Left>(event)) return;
            renamed = scene.room.rename(lily, "ghost");
            said = scene.room.say(lily, "boo");
            kicked = scene.room.kick(lily);
        });
        if (sudden) scene.hangs_up("lily");
        else scene.says("lily", "/quit");
        CHECK(scene.hears("bob") == "-- lily is gone.\n");
        CHECK(renamed == Errc::not_a_member);
        CHECK(said == Errc::not_a_member);
        CHECK(kicked == Errc::not_a_member);
        CHECK(scene.room.member_count() == 1);
    }
}

TEST_CASE("a hook that closes members while a slow one is removed leaves the room in order") {
    Scene scene{"lily bob eve zoe", Limits{.backlog_bytes = 50}};
    scene.room.on_event([&](const Event& event) {
        const Left* left = minimeta::get_if<Left>(&event);
        if (left != nullptr && left->why == Errc::too_slow) (void)scene.room.kick(scene["zoe"]);
    });
    scene.stalls("bob");
    (void)scene.room.announce(std::string(50, 'x'));
    CHECK(scene.hears("eve") ==
          "** " + std::string(50, 'x') + "\n-- bob is gone: the connection was too slow.\n-- zoe is gone: removed.\n");
    CHECK(scene.room.connection_count() == 2);
}

}  // namespace
