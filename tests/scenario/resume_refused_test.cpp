// Members that cannot come back: without a right token, too late, or because they left or were removed; and how many
// can.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "sessions.hpp"

using namespace minimeta;

namespace {

const std::string unknown = refused(Errc::session_unknown, "", 60);

// A peer connects and sends a line; returns the answer.
template <class AnyScene>
std::string answer(AnyScene& scene, std::string_view line) {
    scene.connects("someone");
    (void)scene.hears("someone");
    scene.says("someone", line);
    return scene.hears("someone");
}

TEST_CASE("a token that is malformed, unknown or of another room is refused, unnoticed by others") {
    SceneWithSessions scene{"lily bob eve", "bob eve", Limits{.messages_per_second = 0}};
    scene.hangs_up("bob");
    const std::string right = scene.token("bob");
    const std::size_t dot = right.find('.');
    std::vector<std::string> tokens{"x",         "2",
                                    ".",         "2.",
                                    right + "0", right.substr(0, right.size() - 1),
                                    "0" + right, " 0",
                                    "\xFF",      "02." + right.substr(dot + 1)};
    tokens.push_back(TokenMint({1, 3}).token_of({2}));   // of another room
    tokens.push_back(TokenMint({1, 2}).token_of({1}));   // lily's, who has none
    tokens.push_back(TokenMint({1, 2}).token_of({99}));  // no member's
    tokens.push_back("3." + right.substr(dot + 1));      // eve's number, bob's proof
    tokens.push_back(right);
    for (char& c : tokens.back()) c = static_cast<char>(c >= 'a' && c <= 'f' ? c - 'a' + 'A' : c);
    REQUIRE(tokens.back() != right);
    for (std::size_t i = dot + 1; i < right.size(); ++i) {
        tokens.push_back(right);
        tokens.back()[i] = right[i] == '0' ? '1' : '0';
    }
    for (const std::string& token : tokens) {
        CAPTURE(token);
        CHECK(answer(scene, "/resume " + token + " 1-0").starts_with("+nosession "));
        CHECK(scene.has("someone"));
        scene.hangs_up("someone");
    }
    for (const char* who : {"lily", "eve"}) CHECK(scene.hears(who) == "");
    scene.comes_back("bob");
    CHECK(scene.hears("bob").starts_with(welcome_back("bob", 0)));
}

TEST_CASE("a peer that was refused can give a name, and has a session then, since it asked for one") {
    SceneWithSessions scene{"lily", ""};
    CHECK(answer(scene, "/resume 7.abc 1-0") == unknown);
    scene.says("someone", "name:bob");
    const std::string heard = scene.hears("someone");
    CHECK(heard == as_text(Welcome{"bob", 2}) + scene.session("someone", {1, 0}, "bob"));
    scene.says("lily", "hi");
    CHECK(scene.hears("someone") == "+1-1 0 lily: hi\n");
    scene.hangs_up("someone");
    scene.comes_back("someone");
    CHECK(scene.hears("someone").starts_with(welcome_back("bob", 0)));
}

TEST_CASE("resuming is asked for properly, or refused") {
    SceneWithSessions scene{"lily", "lily"};
    CHECK(answer(scene, "/resume") == refused(Errc::missing_argument, "/resume"));
    CHECK(answer(scene, "/resume " + scene.token("lily")) == refused(Errc::missing_argument, "/resume"));
    CHECK(answer(scene, "/resume " + scene.token("lily") + " x") == refused(Errc::invalid_argument, "x"));
    CHECK(answer(scene, "/resume " + scene.token("lily") + " 1-0 y") == refused(Errc::invalid_argument, "y"));
    CHECK(scene.has("lily"));
}

TEST_CASE("a peer with a name can resume no other member, nor itself") {
    SceneWithSessions scene{"lily bob eve", "lily bob"};
    scene.hangs_up("bob");
    for (const char* who : {"lily", "eve"}) {
        for (const char* whose : {"lily", "bob"}) {
            CAPTURE(who, whose);
            scene.says(who, "/resume " + scene.token(whose) + " 1-0");
            CHECK(scene.hears(who) == refused(Errc::named_already));
        }
    }
    CHECK(scene.room.name(scene["lily"]) == "lily");
    CHECK(scene.room.name(scene["eve"]) == "eve");
    scene.says("lily", "hi");
    CHECK(scene.hears("eve") == "lily: hi\n");  // without a stamp: it has opened no session
}

TEST_CASE("a member that left, or was removed, cannot come back") {
    SceneWithSessions scene{"lily bob", "bob", Limits{.idle_seconds = 30}};
    std::string gone = as_text(Left{"bob", {}});
    SECTION("quit") { scene.says("bob", "/quit"); }
    SECTION("kicked") {
        CHECK_FALSE(scene.room.kick(scene["bob"]));
        gone = as_text(Left{"bob", Errc::kicked});
    }
    SECTION("idle") {
        scene.passes(seconds(20));
        scene.says("lily", "");
        scene.passes(seconds(10));
        gone = as_text(Left{"bob", Errc::idle});
    }
    CHECK(scene.hears("lily") == gone);
    CHECK_FALSE(scene.has("bob"));
    scene.comes_back("bob");
    CHECK(scene.hears("bob") == unknown);
    CHECK(scene.hears("lily") == "");
    CHECK(scene.room.member_count() == 1);
}

TEST_CASE("who resumes again and again is closed for a while, and keeps its place") {
    SceneWithSessions scene{"lily bob", "bob"};
    for (int i = 0; i < 10; ++i) {
        scene.hangs_up("bob");
        scene.comes_back("bob");
        CHECK(scene.hears("bob").find("Welcome back, bob!") != std::string::npos);
    }
    scene.hangs_up("bob");
    scene.comes_back("bob");
    CHECK(scene.hears("bob").ends_with(
        "! You changed your connection too often just now. Try again in some seconds. The connection is closed.\n"));
    CHECK_FALSE(scene.has("bob"));
    CHECK(scene.hears("lily") == "");
    scene.passes(seconds(1));
    scene.comes_back("bob");
    CHECK(scene.hears("bob").find("Welcome back, bob!") != std::string::npos);
}

TEST_CASE("a member closed as too slow can come back, and hears what it did not read") {
    SceneWithSessions scene{"lily bob", "bob", Limits{.backlog_bytes = 1'000, .messages_per_second = 0}};
    scene.stalls("bob");
    const std::string text(150, 'x');
    std::string said;
    for (std::size_t i = 1; i <= 8; ++i) scene.says("lily", text);
    CHECK_FALSE(scene.has("bob"));
    CHECK(scene.hears("lily") == "");
    CHECK(scene.room.member_count() == 2);
    scene.comes_back("bob");
    for (const char* id : {"7", "8"}) said += "+1-" + std::string(id) + " 0 lily: " + text + "\n";
    CHECK(scene.hears("bob") == welcome_back("bob", 2, {1, 1}, {1, 6}) + said + scene.session("bob", {1, 8}));
}

TEST_CASE("a lost member is not idle, and begins anew when it comes back") {
    SceneWithSessions scene{"lily bob", "bob", Limits{.idle_seconds = 30}};
    scene.hangs_up("bob");
    scene.passes(seconds(29));
    scene.says("lily", "");
    scene.passes(seconds(29));
    scene.says("lily", "");
    CHECK(scene.hears("lily") == "");
    scene.comes_back("bob");
    scene.passes(seconds(29));
    CHECK(scene.has("bob"));
    scene.passes(seconds(1));
    CHECK_FALSE(scene.has("bob"));
}

TEST_CASE("a room that offers no sessions says so, and a lost member is gone at once") {
    const std::string none = refused(Errc::no_sessions);
    CHECK(none.starts_with("+nosession "));
    const std::string token = TokenMint({1, 2}).token_of({1});
    SECTION("because it was not asked to") {
        Scene scene{"lily bob"};
        scene.says("lily", "/session");
        CHECK(scene.hears("lily") == as_text(CurrentName{"lily"}) + none);
        CHECK(answer(scene, "/session") == none);
        CHECK(answer(scene, "/resume " + token + " 1-0") == none);
        scene.says("bob", "hi");  // with its stamp nevertheless
        CHECK(scene.hears("lily") == "+1-1 0 bob: hi\n");
    }
    SECTION("because it keeps places for no time") {
        Scene scene{"lily bob", Limits{.resume_seconds = 0}};
        scene.room.offer_sessions({1, 2});
        scene.says("lily", "/session");
        CHECK(scene.hears("lily") == as_text(CurrentName{"lily"}) + none);
        scene.hangs_up("lily");
        CHECK(scene.hears("bob") == as_text(Left{"lily", {}}));
        CHECK(answer(scene, "/resume " + token + " 1-0") == none);
    }
    SECTION("because it has no time") {
        MemoryTransport transport;
        Room room{transport};
        room.offer_sessions({1, 2});
        const auto lily = transport.open(room), bob = transport.open(room);
        transport.send_to(room, lily, "name:lily\n");
        transport.send_to(room, bob, "name:bob\n");
        transport.settle(room);
        (void)transport.take(lily);
        (void)transport.take(bob);
        transport.send_to(room, lily, "/session\n");
        CHECK(transport.take(lily) == as_text(CurrentName{"lily"}) + none);
        transport.hang_up(room, lily);
        transport.settle(room);
        CHECK(transport.take(bob) == as_text(Left{"lily", {}}));
        CHECK(room.member_count() == 1);
        CHECK_FALSE(room.next_deadline());
    }
}

TEST_CASE("a member without a session is gone as soon as its connection is") {
    SceneWithSessions scene{"lily bob eve", "bob"};
    scene.hangs_up("eve");
    CHECK(scene.hears("lily") == as_text(Left{"eve", {}}));
}

TEST_CASE("a room that is given another secret knows the old tokens no more") {
    SceneWithSessions scene{"lily bob", "bob"};
    scene.room.offer_sessions({3, 4});
    scene.hangs_up("bob");
    scene.comes_back("bob");
    CHECK(scene.hears("bob") == unknown);
    CHECK(scene.room.member_count() == 2);  // its place is kept all the same, until its time is over
    scene.passes(seconds(60));
    CHECK(scene.hears("lily") == as_text(Left{"bob", {}}));
}

TEST_CASE("as many lost members are kept as there may be connections, and then the one lost longest is gone") {
    SceneWithSessions scene{"lily", "", Limits{.connections = 3}};
    std::string left;
    scene.room.on_event([&](const Event& event) {
        if (const auto* e = minimeta::get_if<Left>(&event)) left += std::string(e->name) + " ";
    });
    for (int i = 0; i < 100; ++i) {
        const std::string name = "m" + std::to_string(i);
        scene.enters(name);
        scene.has_session(name);
        scene.hangs_up(name);
        scene.passes(milliseconds(1));
        CHECK(scene.room.member_count() <= 4);
    }
    CHECK(left.starts_with("m0 m1 m2 "));
    CHECK(left.ends_with(" m95 m96 "));
    CHECK(scene.room.connection_count() == 1);
    scene.comes_back("m97");
    CHECK(scene.hears("m97").starts_with(welcome_back("m97", 0)));
    scene.comes_back("m96");
    CHECK(scene.hears("m96") == unknown);
}

TEST_CASE("an id from the future, or of another epoch, is answered with what there is") {
    SceneWithSessions scene{"lily bob", "bob"};
    scene.says("lily", "hi");
    const std::string hi = welcome_back("bob", 1) + "+1-1 0 lily: hi\n" + scene.session("bob", {1, 1});
    const std::string nothing = welcome_back("bob", 0) + scene.session("bob", {1, 1});
    const auto back_with = [&](const std::string& id) {
        scene.hangs_up("bob");
        scene.connects("bob");
        (void)scene.hears("bob");
        scene.says("bob", "/resume " + scene.token("bob") + " " + id);
        return scene.hears("bob");
    };
    CHECK(back_with("0") == hi);
    CHECK(back_with("0-0") == hi);
    CHECK(back_with("0-7") == nothing);  // no epoch is this one
    CHECK(back_with("1-0") == hi);
    CHECK(back_with("1") == nothing);
    CHECK(back_with("1-1") == nothing);
    CHECK(back_with("1-999") == nothing);
    CHECK(back_with("2-0") == nothing);
    CHECK(back_with("18446744073709551615-18446744073709551615") == nothing);
}

}  // namespace
