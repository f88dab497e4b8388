// What was said before: kept within bounds, sent page by page, and carried over from one room to the next.
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "as_text.hpp"
#include "catch.hpp"
#include "read_page.hpp"
#include "scene.hpp"

using namespace minimeta;

namespace {

const std::string nothing_kept = as_text(Recalled{{}, {}, {}});
constexpr WallTime noon{1'763'899'200LL * 1'000'000'000};  // 2025-11-23 12:00:00

// The page that a member reads on this line.
ReadPage asked(Scene& scene, std::string_view who, std::string_view line) {
    (void)scene.hears(who);
    scene.says(who, line);
    return ReadPage(scene.hears(who));
}

TEST_CASE("a history has what was said as it was heard, oldest first, also for its sender and for newcomers") {
    Scene scene{"lily bob"};
    scene.says("lily", "hello");
    scene.says("bob", "/me waves");
    CHECK_FALSE(scene.room.announce("hear"));
    scene.enters("eve");
    for (const char* who : {"lily", "eve"})
        CHECK(asked(scene, who, "/history").lines == "lily: hello\n* bob waves\n** hear\n");
    CHECK(asked(scene, "eve", "/history").older == "");
    CHECK(asked(scene, "eve", "/history 2").lines == "* bob waves\n** hear\n");
    CHECK(scene.hears("lily") == "");  // others do not notice that
}

TEST_CASE("each message says when it was said, by whatever the clock on the wall showed") {
    Scene scene{"lily bob"};
    scene.says("lily", "without a clock");
    CHECK(asked(scene, "bob", "/history").times == "");
    scene.clock_shows(noon);
    scene.says("lily", "at noon");
    scene.passes(seconds(3'661));
    scene.says("lily", "later");
    scene.clock_shows(noon);
    scene.says("lily", "set back");
    const ReadPage page = asked(scene, "bob", "/history 3");
    CHECK(page.lines == "lily: at noon\nlily: later\nlily: set back\n");
    CHECK(page.times == "2025-11-23 12:00:00|2025-11-23 13:01:01|2025-11-23 12:00:00");
}

TEST_CASE("where nothing was said, the history is empty") {
    Scene scene{"lily"};
    scene.says("lily", "/history");
    scene.says("lily", "/history 7");
    scene.says("lily", "/history @bob");
    CHECK(scene.hears("lily") == nothing_kept + nothing_kept + nothing_kept);
}

TEST_CASE("coming, going and renaming are in no history, and push nothing out of it") {
    Scene scene{"lily bob", Limits{.messages_per_second = 0, .history_messages = 2}};
    scene.says("lily", "/join #dev");
    for (const char* line : {"one", "#dev two", "three", "#dev four"}) scene.says("lily", line);
    for (int i = 0; i < 50; ++i) {
        scene.enters("guest");
        for (const char* line : {"/join #dev", "name:other", "/away", "/back", "@lily psst", "/leave #dev", "/who"})
            scene.says("guest", line);
        scene.hangs_up("guest");
    }
    CHECK(asked(scene, "lily", "/history").lines == "lily: one\nlily: three\n");
    CHECK(asked(scene, "lily", "/history #dev").lines == "#dev lily: two\n#dev lily: four\n");
}

TEST_CASE("of what was said so many messages are kept, and so many bytes, in each group") {
    Scene scene{"lily bob", Limits{.messages_per_second = 0, .history_messages = 3, .history_bytes = 40}};
    scene.group("dev", "lily bob");
    for (const char* line : {"1", "2", "3", "4", "#dev a", "5"}) scene.says("lily", line);
    CHECK(asked(scene, "bob", "/history").lines == "lily: 3\nlily: 4\nlily: 5\n");
    CHECK(asked(scene, "bob", "/history #dev").lines == "#dev lily: a\n");

    const std::string x(16, 'x');  // 20 bytes with the name
    scene.says("lily", x);
    scene.says("lily", x);
    CHECK(asked(scene, "bob", "/history").lines == "lily: " + x + "\nlily: " + x + "\n");
    scene.says("lily", std::string(36, 'y'));
    CHECK(asked(scene, "bob", "/history").lines == "lily: " + std::string(36, 'y') + "\n");
    scene.says("lily", std::string(37, 'z'));
    scene.says("bob", "/history");
    CHECK(scene.hears("bob").ends_with(nothing_kept));
}

TEST_CASE("a room may keep nothing") {
    Scene scene{"lily bob", Limits{.history_messages = 0, .recent_messages = 5}};
    scene.says("lily", "hello");
    scene.says("bob", "/history");
    CHECK(scene.hears("bob") == "lily: hello\n" + nothing_kept);
    scene.enters("eve");
    CHECK(scene.hears("eve") == as_text(Greeting{}) + as_text(Welcome{"eve", 3}));
}

TEST_CASE("an answer has so many messages, and a fifth of them where no count is given") {
    Scene scene{"lily", Limits{.messages_per_second = 0, .listed_messages = 9}};
    for (int i = 1; i <= 20; ++i) scene.says("lily", std::to_string(i));
    CHECK(asked(scene, "lily", "/history").lines == "lily: 19\nlily: 20\n");
    CHECK(asked(scene, "lily", "/history 3").lines == "lily: 18\nlily: 19\nlily: 20\n");
    const std::string nine =
        "lily: 12\nlily: 13\nlily: 14\nlily: 15\nlily: 16\nlily: 17\nlily: 18\nlily: 19\nlily: 20\n";
    CHECK(asked(scene, "lily", "/history 9").lines == nine);
    CHECK(asked(scene, "lily", "/history 10").lines == nine);
    CHECK(asked(scene, "lily", "/history 18446744073709551615").lines == nine);
}

TEST_CASE("a member that pages back as the answers say reads everything once, up to the very beginning") {
    for (const std::string group : {"", "#dev "}) {
        for (const std::size_t backlog_bytes : {std::size_t{1'000'000}, std::size_t{1'000}}) {
            CAPTURE(group, backlog_bytes);
            Scene scene{"lily bob", Limits{.backlog_bytes = backlog_bytes, .messages_per_second = 0}};
            scene.group("dev", "lily bob");
            std::string all;
            for (int i = 0; i < 57; ++i) {
                scene.says("lily", group + std::to_string(i));
                all += group + "lily: " + std::to_string(i) + "\n";
                scene.says("lily", i % 3 == 0 ? "@bob between" : group.empty() ? "#dev between" : "between");
            }
            std::string read, command = "/history " + group + "7";
            int pages = 0;
            for (; !command.empty(); ++pages) {
                const ReadPage page = asked(scene, "bob", command);
                REQUIRE(page.lines != "");
                read = page.lines + read;
                command = page.older;
            }
            CHECK(read == all);
            CHECK(pages > 57 / 20);
            CHECK(scene.has("bob"));
        }
    }
}

TEST_CASE("an answer is not longer than half of what may wait for a peer") {
    Scene scene{"lily bob", Limits{.backlog_bytes = 3'000, .messages_per_second = 0}};
    for (int i = 0; i < 50; ++i) {
        scene.says("lily", std::string(100, 'x'));
        scene.settle();
    }
    scene.forget();
    scene.says("bob", "/history 50");
    const std::string answer = scene.hears("bob");
    CHECK(answer.size() <= 1'500);
    CHECK(answer.size() > 700);
    CHECK(ReadPage(answer).older != "");
}

TEST_CASE("an answer with all that there is does not point to more") {
    Scene scene{"lily", Limits{.messages_per_second = 0}};
    for (const char* line : {"1", "2", "3"}) scene.says("lily", line);
    CHECK(asked(scene, "lily", "/history 3").older == "");
    const ReadPage page = asked(scene, "lily", "/history 2");
    REQUIRE(page.older != "");
    CHECK(asked(scene, "lily", page.older).lines == "lily: 1\n");
    CHECK(asked(scene, "lily", page.older).older == "");
}

TEST_CASE("what is before a message is all that is older, whatever is called so, and wherever it was said") {
    Scene scene{"lily bob", Limits{.messages_per_second = 0}};
    scene.group("dev", "lily bob");
    for (const char* line : {"one", "#dev two", "three", "@bob four", "five"}) scene.says("lily", line);
    const auto before = [&](const std::string& id) { return asked(scene, "bob", "/history before " + id).lines; };
    CHECK(before("1") == "");
    CHECK(before("2") == "lily: one\n");
    CHECK(before("3") == "lily: one\n");
    CHECK(before("4") == "lily: one\nlily: three\n");
    CHECK(before("5") == "lily: one\nlily: three\n");
    CHECK(before("999") == "lily: one\nlily: three\nlily: five\n");
    CHECK(before("1-4") == before("4"));
    CHECK(before("2-1") == before("999"));
    CHECK(before("999 1") == "lily: five\n");
    CHECK(asked(scene, "bob", "/history #dev before 2").lines == "");
    CHECK(asked(scene, "bob", "/history #dev before 3").lines == "#dev lily: two\n");
}

TEST_CASE("a page is asked for properly, or refused") {
    Scene scene{"lily", Limits{.messages_per_second = 0}};
    scene.says("lily", "hello");
    const std::pair<const char*, std::string> cases[] = {
        {"/history 0", refused(Errc::invalid_argument, "0")},
        {"/history -1", refused(Errc::invalid_argument, "-1")},
        {"/history many", refused(Errc::invalid_argument, "many")},
        {"/history before", refused(Errc::missing_argument, "before")},
        {"/history before x", refused(Errc::invalid_argument, "x")},
        {"/history before 1-0", refused(Errc::invalid_argument, "1-0")},
        {"/history 5 5", refused(Errc::invalid_argument, "5")},
        {"/history #dev", refused(Errc::not_your_group, "dev")},
    };
    for (const auto& [line, answer] : cases) {
        CAPTURE(line);
        scene.says("lily", line);
        CHECK(scene.hears("lily") == answer);
    }
}

TEST_CASE("a group's history is for its members, and for no longer") {
    Scene scene{"lily bob eve"};
    scene.group("dev", "lily bob");
    scene.says("lily", "#dev for devs");
    scene.says("lily", "for all");
    CHECK(asked(scene, "bob", "/history #dev").lines == "#dev lily: for devs\n");
    CHECK(asked(scene, "bob", "/history").lines == "lily: for all\n");
    scene.says("bob", "/leave #dev");
    scene.forget();
    for (const char* who : {"bob", "eve"}) {
        scene.says(who, "/history #dev");
        CHECK(scene.hears(who) == refused(Errc::not_your_group, "dev"));
    }
    scene.says("eve", "/join #DEV");
    CHECK(asked(scene, "eve", "/history #Dev").lines == "#dev lily: for devs\n");
}

TEST_CASE("a message keeps the name under which it was said") {
    Scene scene{"lily bob"};
    scene.says("lily", "I am lily");
    scene.says("lily", "name:rose");
    scene.says("lily", "I am rose");
    scene.says("lily", "/quit");
    CHECK(asked(scene, "bob", "/history").lines == "lily: I am lily\nrose: I am rose\n");
}

TEST_CASE("a newcomer reads nothing from before, unless the room is set so") {
    Scene scene{"lily"};
    scene.says("lily", "/join #dev");
    for (const char* line : {"before", "#dev before"}) scene.says("lily", line);
    scene.enters("bob");
    scene.says("bob", "/join #dev");
    CHECK(scene.hears("bob") == as_text(Greeting{}) + as_text(Welcome{"bob", 2}) + as_text(GroupEntered{"dev", 2}));
}

TEST_CASE("a newcomer to a room that is set so, or to a group in it, reads the last messages") {
    Scene scene{"lily", Limits{.messages_per_second = 0, .recent_messages = 2}};
    scene.says("lily", "/join #dev");
    for (const char* line : {"1", "2", "#dev a", "3"}) scene.says("lily", line);
    scene.enters("bob");
    const std::string heard = scene.hears("bob");
    CHECK(heard.starts_with(as_text(Greeting{}) + as_text(Welcome{"bob", 2})));
    CHECK(ReadPage(heard).lines == "lily: 2\nlily: 3\n");
    CHECK(asked(scene, "bob", ReadPage(heard).older).lines == "lily: 1\n");
    scene.says("bob", "/join #dev");
    const std::string of_group = scene.hears("bob");
    CHECK(of_group.starts_with(as_text(GroupEntered{"dev", 2})));
    CHECK(ReadPage(of_group).lines == "#dev lily: a\n");
    CHECK(ReadPage(of_group).older == "");

    scene.says("bob", "/join #new");  // where nothing was said yet
    CHECK(scene.hears("bob") == as_text(GroupEntered{"new", 1}));
    scene.says("bob", "name:rob");  // who is no newcomer
    CHECK(scene.hears("bob") == as_text(NameChanged{"rob"}));
}

TEST_CASE("no two messages are called the same, wherever they are said, and later ones are later") {
    Scene scene{"lily bob", Limits{.messages_per_second = 0}};
    for (const char* group : {"a", "b"}) scene.group(group, "lily bob");
    std::vector<MessageId> ids;
    scene.room.on_event([&](const Event& event) {
        if (const auto* said = minimeta::get_if<Said>(&event)) ids.push_back(said->stamp.id);
        if (const auto* said = minimeta::get_if<Announced>(&event)) ids.push_back(said->stamp.id);
        if (const auto* said = minimeta::get_if<Whispered>(&event)) ids.push_back(said->stamp.id);
    });
    for (int i = 0; i < 5; ++i) {
        for (const char* line : {"#a x", "x", "@bob x", "#b x", "#none x", "@none x", "#b", "/who"})
            scene.says("lily", line);
        CHECK_FALSE(scene.room.announce("x"));
        CHECK_FALSE(scene.room.announce("b", "x"));
    }
    REQUIRE(ids.size() == 30);
    for (std::size_t i = 0; i < ids.size(); ++i) CHECK((ids[i] == MessageId{1, i + 1}));
}

// ---- From one room to the next

// What a program keeps of a message, on paper.
struct Kept {
    std::string group, from, text;
    Manner manner;
    Stamp stamp;
};

// Keeps what is said to all and in groups, and reads it to another room.
struct Archive {
    std::vector<Kept> all;

    auto hook() {
        return [this](const Event& event) {
            if (const auto* e = minimeta::get_if<Said>(&event))
                all.push_back({std::string(e->group), std::string(e->from), std::string(e->text), e->manner, e->stamp});
            if (const auto* e = minimeta::get_if<Announced>(&event))
                all.push_back({std::string(e->group), "", std::string(e->text), Manner::speech, e->stamp});
        };
    }
    void read_to(Scene::Room& room) const {
        for (const Kept& kept : all) {
            CHECK_FALSE(room.make_permanent(kept.group.empty() ? "lobby" : kept.group));
            CHECK_FALSE(room.remember(
                kept.group,
                {.stamp = kept.stamp, .from = kept.from, .text = kept.text, .manner = kept.manner, .author = {1}}));
        }
    }
};

TEST_CASE("a second room goes on with the history of the first one") {
    const bool clock = GENERATE(false, true);
    Archive archive;
    ReadPage first("");
    {
        Scene scene{"lily bob", Limits{.messages_per_second = 0}};
        if (clock) scene.clock_shows(noon);
        scene.room.on_event(archive.hook());
        for (const char* line : {"/join #dev", "one", "#dev two", "/me waves", "@bob psst"}) scene.says("lily", line);
        CHECK_FALSE(scene.room.announce("three"));
        first = asked(scene, "lily", "/history");
    }
    REQUIRE(archive.all.size() == 4);

    Scene scene{"", Limits{.messages_per_second = 0}};
    archive.read_to(scene.room);
    if (clock) scene.clock_shows(noon);  // in the same second
    scene.room.on_event(archive.hook());
    scene.enters("eve");
    const ReadPage second = asked(scene, "eve", "/history");
    CHECK(second.lines == "lily: one\n* lily waves\n** three\n");
    CHECK(second.lines == first.lines);
    CHECK(second.times == first.times);
    scene.says("eve", "/join #dev");
    scene.says("eve", "#dev four");
    scene.says("eve", "five");
    CHECK(asked(scene, "eve", "/history #dev").lines == "#dev lily: two\n#dev eve: four\n");

    std::set<std::pair<std::uint64_t, std::uint64_t>> ids;
    for (const Kept& kept : archive.all) ids.emplace(kept.stamp.id.epoch, kept.stamp.id.sequence);
    CHECK(ids.size() == 6);
    CHECK((archive.all.front().stamp.id == MessageId{clock ? 1'763'899'200u : 1u, 1}));
    CHECK((archive.all.back().stamp.id == MessageId{archive.all.front().stamp.id.epoch + 1, 2}));
    for (std::size_t i = 1; i < archive.all.size(); ++i) CHECK((archive.all[i - 1].stamp.id < archive.all[i].stamp.id));

    std::string read;  // across the epochs, page by page
    for (std::string command = "/history 1"; !command.empty();) {
        const ReadPage page = asked(scene, "eve", command);
        REQUIRE(page.lines != "");
        read = page.lines + read;
        command = page.older;
    }
    CHECK(read == "lily: one\n* lily waves\n** three\neve: five\n");
}

TEST_CASE("a room whose clock was set back since still begins a later epoch than the one before") {
    Scene scene{"", Limits{}};
    scene.clock_shows(noon);
    CHECK_FALSE(
        scene.room.remember("", {.stamp = {{1'800'000'000, 7}, {}}, .from = "lily", .text = "from the future"}));
    scene.enters("bob");
    scene.says("bob", "hello");
    REQUIRE(scene.room.history()->size() == 2);
    CHECK(((*scene.room.history())[1].stamp.id == MessageId{1'800'000'001, 1}));
}

TEST_CASE("messages from before are remembered in order, before anything is said, where there is a place for them") {
    Scene scene{"", Limits{}};
    const auto remember = [&](std::string_view group, MessageId id) {
        return scene.room.remember(group, {.stamp = {id, {}}, .from = "lily", .text = "before"});
    };
    CHECK(remember("dev", {1, 1}) == Errc::no_such_group);
    CHECK_FALSE(scene.room.make_permanent("dev"));
    CHECK_FALSE(remember("dev", {1, 1}));
    CHECK(remember("dev", {1, 1}) == Errc::message_not_newer);
    CHECK(remember("", {1, 1}) == Errc::message_not_newer);
    CHECK_FALSE(remember("", {1, 2}));
    CHECK_FALSE(remember("DEV", {3, 1}));
    CHECK(remember("", {2, 9}) == Errc::message_not_newer);
    CHECK(scene.room.history()->size() == 1);
    CHECK(scene.room.history("dev")->size() == 2);
    CHECK_FALSE(scene.room.announce("said"));
    CHECK(remember("", {99, 1}) == Errc::message_not_newer);
    CHECK(scene.room.history()->size() == 2);
}

TEST_CASE("what was remembered is no present member's, whatever its name or number") {
    Scene scene{"", Limits{.messages_per_second = 0}};
    scene.room.offer_sessions({1, 2});
    CHECK_FALSE(scene.room.remember("", {.stamp = {{1, 1}, {}}, .from = "lily", .text = "before", .author = {1}}));
    scene.enters("lily");  // whose number is 1
    scene.has_session("lily");
    scene.hangs_up("lily");
    scene.connects("lily");
    scene.says("lily", "/resume " + scene.token("lily") + " 0");
    CHECK(scene.hears("lily").find("+1-1 0 lily: before\n") != std::string::npos);
}

}  // namespace
