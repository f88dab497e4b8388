// Coming back when everything that can go wrong does: bytes that come in pieces, sends that fail, peers that send no
// line ends, and hooks that interfere.
#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "catch.hpp"
#include "sessions.hpp"

using namespace minimeta;

namespace {

TEST_CASE("it makes no difference where the bytes of a conversation about coming back are cut") {
    const std::string opening = "/session\nname:bob\n/join #dev\r\n#dev hi\n";
    const auto closing = [](const std::string& token) {
        return "/resume " + token + " 1-1\n#dev back\n/history #dev 1\n/who\n";
    };
    // What bob and lily hear when each of his two conversations is cut into pieces of this length.
    const auto played = [&](std::size_t length, bool is_length) {
        SceneWithSessions scene{"lily", "", Limits{.messages_per_second = 0}};
        scene.says("lily", "/join #dev");
        scene.forget();
        const auto send = [&](const std::string& bytes) {
            if (!is_length) {
                const std::size_t cut = std::min(length, bytes.size());
                scene.sends("bob", std::string_view(bytes).substr(0, cut));
                scene.sends("bob", std::string_view(bytes).substr(cut));
                return;
            }
            for (std::size_t at = 0; at < bytes.size(); at += length)
                scene.sends("bob", std::string_view(bytes).substr(at, length));
        };
        scene.connects("bob");
        send(opening);
        std::string heard = scene.hears("bob");
        scene.hangs_up("bob");
        scene.says("lily", "#dev missed");
        scene.connects("bob");
        send(closing(scene.token("bob")));
        heard += scene.hears("bob");
        return heard + "|" + scene.hears("lily");
    };
    const std::string whole = played(1'000, true);
    REQUIRE(whole.find("missed") != std::string::npos);
    REQUIRE(whole.ends_with("#dev bob: hi\n#dev bob: back\n"));
    CHECK(played(1, true) == whole);
    for (std::size_t at = 1; at < 80; ++at) {
        CAPTURE(at);
        CHECK(played(at, false) == whole);
    }
}

TEST_CASE("whichever send fails, bob can come back in the end and has missed nothing") {
    const auto run = [](std::size_t failing) {
        SceneWithSessions scene{"lily eve", "", Limits{.messages_per_second = 0, .private_history_messages = 9}};
        scene.group("dev", "lily eve");
        scene.enters("bob");
        scene.has_session("bob");
        scene.says("bob", "/join #dev");
        scene.forget();
        const std::size_t before = scene.transport.sends();
        scene.transport.fail_after(failing);
        scene.says("lily", "#dev 1");
        scene.says("lily", "2");
        scene.says("eve", "@bob 3");
        scene.settle();
        scene.hangs_up("bob");
        scene.says("lily", "#dev 4");
        scene.comes_back("bob");
        scene.says("lily", "5");
        scene.settle();
        const std::size_t sends = scene.transport.sends() - before;
        scene.transport.fail_after(1'000'000);

        const bool lily = scene.has("lily"), eve = scene.has("eve");
        if (scene.has("bob")) scene.hangs_up("bob");
        scene.comes_back("bob");
        // It never looked at anything in between, so all of it was missed.
        std::string said, heard = scene.hears("bob");
        std::size_t count = 0;
        const auto add = [&](const std::string& line) {
            ++count;
            said += "+1-" + std::to_string(count) + " 0 " + line + "\n";
        };
        add("#dev lily: 1");
        add("lily: 2");
        if (eve || heard.find("@bob 3") != heard.npos) add("[private] eve: @bob 3");
        if (lily || heard.find("#dev lily: 4") != heard.npos) add("#dev lily: 4");
        if (lily || heard.find(" lily: 5") != heard.npos) add("lily: 5");
        CHECK(heard == welcome_back("bob", count) + said + scene.session("bob", {1, count}));
        CHECK(scene.room.member_count() == 1u + (lily ? 1 : 0) + (eve ? 1 : 0));
        if (lily) CHECK(scene.hears("lily").find("bob") == std::string::npos);
        return sends;
    };
    const std::size_t sends = run(1'000'000);
    REQUIRE(sends >= 8);
    for (std::size_t failing = 0; failing < sends; ++failing) {
        CAPTURE(failing);
        (void)run(failing);
    }
}

using MixedScene = SceneWithSessionsOf<Text, Unframed>;
constexpr ProtocolIndex unframed = MixedScene::Room::speaks<Unframed>();

TEST_CASE("peers that send no line ends have sessions, and come back, even in the other way of speaking") {
    MixedScene scene{"lily", ""};
    scene.connects("bob", unframed);
    scene.sends("bob", "/session");
    scene.sends("bob", "name:bob");
    scene.forget();
    scene.says("lily", "1");
    CHECK(scene.hears("bob") == "+1-1 0 lily: 1\n");
    scene.hangs_up("bob");
    scene.says("lily", "2");

    scene.connects("bob", unframed);
    scene.forget();
    scene.sends("bob", "/resume " + scene.token("bob") + " 1-1");
    CHECK(scene.hears("bob") == welcome_back("bob", 1) + "+1-2 0 lily: 2\n" + scene.session("bob", {1, 2}));
    scene.hangs_up("bob");
    scene.says("lily", "3");
    scene.comes_back("bob");  // with line ends
    CHECK(scene.hears("bob") == welcome_back("bob", 1) + "+1-3 0 lily: 3\n" + scene.session("bob", {1, 3}));
    scene.says("lily", "4");
    scene.says("bob", "5");
    CHECK(scene.hears("bob") == "+1-4 0 lily: 4\n");
    CHECK(scene.hears("lily") == "bob: 5\n");
}

// Speaks Text, and knows no stamped form.
struct Stampless {
    using decoder = Text::decoder;
    Text text{english};

    std::optional<Command> decode(decoder& state, std::string_view& fed) { return text.decode(state, fed); }
    void encode(ByteLog& log, const Event& event) { text.encode(log, event); }
    void encode(ByteLog& log, const Reply& reply, std::string_view name) { text.encode(log, reply, name); }
};
static_assert(!protocol_with_stamps<Stampless>);

TEST_CASE("a protocol that knows no stamps can have sessions, too, if its peers keep count") {
    SceneWithSessionsOf<Stampless> scene{"lily bob", "bob"};
    scene.says("lily", "1");
    CHECK(scene.hears("bob") == "lily: 1\n");
    scene.hangs_up("bob");
    scene.comes_back("bob");
    CHECK(scene.hears("bob") == welcome_back("bob", 1) + "+1-1 0 lily: 1\n" + scene.session("bob", {1, 1}));
}

TEST_CASE("a hook may act on a member that is lost, comes back or is gone, and all hear it in that order") {
    SceneWithSessions scene{"lily bob eve", "bob eve"};
    scene.room.on_event([&](const Event& event) {
        if (const auto* e = minimeta::get_if<ConnectionLost>(&event)) {
            CHECK_FALSE(scene.room.find(e->name));
            CHECK(scene.room.announce("lost: " + std::string(e->name)) == std::nullopt);
        }
        if (const auto* e = minimeta::get_if<Resumed>(&event)) {
            const auto connection = scene.room.find(e->name);
            REQUIRE(connection);
            CHECK_FALSE(scene.room.join(*connection, "again"));
            CHECK_FALSE(scene.room.rename(*connection, "rob"));
        }
    });
    scene.hangs_up("bob");
    CHECK(scene.hears("lily") == "** lost: bob\n");
    scene.comes_back("bob");
    CHECK(scene.hears("bob") == welcome_back("bob", 1) + "+1-1 0 ** lost: bob\n" + scene.session("bob", {1, 1}) +
                                    as_text(GroupEntered{"again", 1}) + as_text(NameChanged{"rob"}) +
                                    as_text(CurrentName{"rob"}));
    CHECK(scene.hears("lily") == as_text(Renamed{"bob", "rob"}));
}

TEST_CASE("a hook may remove a member that comes back, and then it cannot come back any more") {
    SceneWithSessions scene{"lily bob", "bob"};
    scene.room.on_event([&](const Event& event) {
        if (const auto* e = minimeta::get_if<Resumed>(&event))
            CHECK_FALSE(scene.room.kick(*scene.room.find(e->name), "No."));
    });
    scene.hangs_up("bob");
    scene.comes_back("bob");
    scene.says("bob", "hello?");
    CHECK(scene.hears("bob") ==
          welcome_back("bob", 0) + scene.session("bob", {1, 0}) + as_text(Removed{Errc::kicked, "No."}));
    CHECK(scene.hears("lily") == as_text(Left{"bob", Errc::kicked}));
    scene.comes_back("bob");
    CHECK(scene.hears("bob") == refused(Errc::session_unknown, "", 60));
}

TEST_CASE("a hook may act when the room gives up a lost member") {
    SceneWithSessions scene{"lily bob eve zoe", "bob eve zoe", Limits{.connections = 4}};
    scene.room.on_event([&](const Event& event) {
        const auto* left = minimeta::get_if<Left>(&event);
        if (left == nullptr) return;
        CHECK_FALSE(scene.room.announce(std::string(left->name) + " is given up"));
        if (left->name == "bob" && scene.room.find("zoe")) CHECK_FALSE(scene.room.kick(*scene.room.find("zoe")));
    });
    for (const char* who : {"bob", "eve"}) scene.hangs_up(who);
    scene.passes(seconds(60));
    CHECK(scene.hears("lily") == as_text(Left{"bob", {}}) + "** bob is given up\n" +
                                     as_text(Left{"zoe", Errc::kicked}) + "** zoe is given up\n" +
                                     as_text(Left{"eve", {}}) + "** eve is given up\n");
    CHECK(scene.room.member_count() == 1);
}

TEST_CASE("a hook may give up the very member whose lost connection made the room give up another one") {
    MemoryTransport transport;
    Room room{transport, Limits{.connections = 1}};
    room.advance({});
    room.offer_sessions({1, 2});
    std::string events;
    room.on_event([&](const Event& event) {
        if (const auto* lost = minimeta::get_if<ConnectionLost>(&event)) events.append(lost->name).append(" lost, ");
        const auto* left = minimeta::get_if<Left>(&event);
        if (left == nullptr) return;
        events.append(left->name).append(" left, ");
        if (left->name == "bob") CHECK_FALSE(room.kick(room.number_of("eve")));
    });
    for (const char* name : {"bob", "eve"}) {
        const auto id = transport.open(room);
        transport.send_to(room, id, "/session\nname:" + std::string(name) + "\n");
        transport.hang_up(room, id);
    }
    CHECK(events == "bob lost, bob left, eve left, ");
    CHECK(room.member_count() == 0);
}

TEST_CASE("a connection that is lost while it is being taken over is of no account") {
    SceneWithSessions scene{"lily bob", "bob"};
    const auto old = scene["bob"];
    scene.transport.fail_after(1);  // the greeting arrives, the last words to the old connection do not
    scene.comes_back("bob");
    scene.settle();
    CHECK_FALSE(scene.transport.is_open(old));
    CHECK(scene.hears("bob") == welcome_back("bob", 0) + scene.session("bob", {1, 0}));
    CHECK(scene.hears("lily") == "");
    CHECK(scene.room.connection_count() == 2);
    scene.says("lily", "hi");
    CHECK(scene.hears("bob") == "+1-1 0 lily: hi\n");
}

}  // namespace
