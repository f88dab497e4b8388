// How members leave: politely, suddenly, together, too slow or thrown out. The room goes on.
#include <string>

#include "catch.hpp"
#include "minimeta/transport/loopback.hpp"
#include "scene.hpp"

using namespace minimeta;

namespace {

TEST_CASE("when a member disconnects its leave is announced to all others") {
    Scene scene{"lily bob eve"};
    scene.hangs_up("lily");
    CHECK(scene.hears("bob") == "-- lily is gone.\n");
    CHECK(scene.hears("eve") == "-- lily is gone.\n");
    CHECK(scene.room.member_count() == 2);
}

TEST_CASE("a connection that never gave a name leaves silently") {
    Scene scene{"bob"};
    scene.connects("someone");
    scene.hangs_up("someone");
    scene.connects("someone else");
    scene.says("someone else", "/quit");
    CHECK(scene.hears("bob") == "");
    CHECK(scene.room.connection_count() == 1);
}

TEST_CASE("a member that quits is sent a goodbye and nothing after that is looked at") {
    Scene scene{"lily bob"};
    scene.sends("lily", "bye\n/quit\nstill here?\nname:lily\nhere again!\n");
    CHECK(scene.hears("lily") == "-- Goodbye!\n");
    CHECK_FALSE(scene.has("lily"));
    CHECK(scene.hears("bob") == "lily: bye\n-- lily is gone.\n");
}

TEST_CASE("the name of a member that left is free at once") {
    Scene scene{"lily bob"};
    scene.connects("other");
    scene.says("lily", "/quit");
    scene.says("other", "name:lily");
    CHECK(scene.hears("bob") == "-- lily is gone.\n-- lily joined.\n");
    scene.says("bob", "@lily hi");
    CHECK(scene.hears("other").find("[private] bob: @lily hi\n") != std::string::npos);
    CHECK(scene.hears("lily") == "-- Goodbye!\n");
}

TEST_CASE("several members leaving together are each announced once to those that stay") {
    Scene scene{"lily bob eve zoe max"};
    for (const char* who : {"bob", "lily", "max"}) scene.hangs_up(who);
    const std::string gone = "-- bob is gone.\n-- lily is gone.\n-- max is gone.\n";
    CHECK(scene.hears("eve") == gone);
    CHECK(scene.hears("zoe") == gone);
    scene.says("eve", "just us now");
    CHECK(scene.hears("zoe") == "eve: just us now\n");
}

TEST_CASE("the room can empty and fill again") {
    Scene scene{"lily bob"};
    scene.hangs_up("lily");
    scene.hangs_up("bob");
    scene.settle();
    CHECK(scene.room.member_count() == 0);
    scene.enters("lily");
    scene.enters("bob");
    scene.forget();
    scene.says("lily", "again");
    CHECK(scene.hears("bob") == "lily: again\n");
}

TEST_CASE("a member that leaves in a turn has heard what was said before, and no other loses anything") {
    Scene scene{"lily bob eve"};
    scene.says("lily", "one");
    scene.says("bob", "/quit");
    scene.says("lily", "two");
    CHECK(scene.hears("bob") == "lily: one\n-- Goodbye!\n");
    CHECK(scene.hears("eve") == "lily: one\n-- bob is gone.\nlily: two\n");
}

TEST_CASE("a private message to a member that left in the same turn is refused") {
    Scene scene{"lily bob"};
    scene.hangs_up("bob");
    scene.says("lily", "@bob wait");
    CHECK(scene.hears("lily") ==
          "-- bob is gone.\n! Not here: bob. Nobody got the line. (@@name writes an @ in public.)\n");
}

TEST_CASE("a peer that stops reading is closed as too slow, which is announced in the same turn") {
    Scene scene{"lily bob eve", Limits{.backlog_bytes = 1'000, .messages_per_second = 0}};
    scene.stalls("bob");
    const std::string text(100, 'x');
    for (int i = 0; i < 9; ++i) scene.says("lily", text);
    CHECK(scene.has("bob"));
    scene.forget();
    scene.says("lily", "one more, which he gets");
    scene.says("lily", text);
    scene.room.flush();  // a turn, and nothing behind it
    CHECK(scene.transport.take(scene["eve"]) ==
          "lily: one more, which he gets\nlily: " + text + "\n-- bob is gone: the connection was too slow.\n");
    CHECK(scene.transport.take(scene["lily"]) == "-- bob is gone: the connection was too slow.\n");
    CHECK_FALSE(scene.has("bob"));
}

TEST_CASE("several that stop reading are closed together") {
    Scene scene{"lily bob eve zoe max", Limits{.backlog_bytes = 100}};
    for (const char* who : {"bob", "zoe", "max"}) scene.stalls(who);
    scene.says("lily", std::string(200, 'x'));
    CHECK(scene.hears("lily").size() == 3 * std::string("-- bob is gone: the connection was too slow.\n").size());
    CHECK(scene.room.member_count() == 2);
    scene.says("lily", "eve?");
    CHECK(scene.hears("eve").find("lily: eve?\n") != std::string::npos);
}

TEST_CASE("a peer that stops reading and reads again in time loses nothing") {
    Scene scene{"lily bob"};
    scene.stalls("bob");
    scene.says("lily", "one");
    scene.settle();
    scene.says("lily", "@bob two");
    scene.settle();
    scene.says("lily", "three");
    CHECK(scene.hears("bob") == "");
    scene.resumes("bob");
    CHECK(scene.hears("bob") == "lily: one\n[private] lily: @bob two\nlily: three\n");
}

TEST_CASE("a failed send removes the peer that failed and not the sender") {
    Scene scene{"lily bob eve"};
    scene.transport.fail_after(0);
    scene.says("lily", "hello");
    scene.settle();
    CHECK(scene.has("lily"));
    CHECK_FALSE(scene.has("bob"));
    CHECK(scene.hears("eve") == "lily: hello\n-- bob is gone.\n");
    CHECK(scene.hears("lily") == "-- bob is gone.\n");
}

TEST_CASE("a private message whose recipient fails does not remove its sender") {
    Scene scene{"lily bob eve"};
    scene.transport.fail_after(0);
    scene.says("lily", "@bob @eve hello");
    CHECK(scene.hears("eve") == "[private] lily: @bob @eve hello\n-- bob is gone.\n");
    CHECK(scene.hears("lily") == "-- Sent in private to bob, eve; nobody else can read it.\n-- bob is gone.\n");
}

TEST_CASE("a member removed by the program gets the reason, and the others that it was removed") {
    Scene scene{"lily bob eve"};
    CHECK_FALSE(scene.room.kick(scene["bob"], "no shouting"));
    CHECK_FALSE(scene.room.kick(scene["eve"]));
    CHECK(scene.hears("bob") == "! You were removed: no shouting\n");
    CHECK(scene.hears("eve") == "-- bob is gone: removed.\n! You were removed. The connection is closed.\n");
    CHECK(scene.hears("lily") == "-- bob is gone: removed.\n-- eve is gone: removed.\n");
    CHECK_FALSE(scene.has("bob"));
    CHECK(scene.room.connection_count() == 1);
}

TEST_CASE("a peer that is being closed can do nothing more") {
    Scene scene{"lily bob"};
    const auto bob = scene["bob"];
    (void)scene.room.kick(bob);
    scene.room.on_receive(bob, "still here\nname:rob\n");  // from a transport that has not noticed yet
    CHECK(scene.room.kick(bob) == Errc::not_a_member);
    CHECK(scene.room.rename(bob, "rob") == Errc::not_a_member);
    CHECK(scene.room.say(bob, "hi") == Errc::not_a_member);
    CHECK(scene.room.name(bob) == "");
    CHECK(scene.hears("lily") == "-- bob is gone: removed.\n");
}

// Counts what is sent to connections that are gone.
struct StrictTransport : MemoryTransport {
    void send(connection_id id, const Bytes& bytes) {
        if (!is_open(id)) ++sent_in_vain;
        MemoryTransport::send(id, bytes);
    }
    int sent_in_vain = 0;
};

TEST_CASE("nothing is sent to members that have left") {
    StrictTransport transport;
    Room room{transport, Limits{.backlog_bytes = 100}};
    for (const char* name : {"lily", "bob", "eve", "zoe", "max"})
        transport.send_to(room, transport.open(room), "name:" + std::string(name) + "\n");
    const auto lily = *room.find("lily"), bob = *room.find("bob"), eve = *room.find("eve"), zoe = *room.find("zoe");
    transport.settle(room);
    transport.send_to(room, bob, "/quit\n");
    transport.hang_up(room, eve);
    transport.sent_in_vain = 0;  // eve was offered what had been said before: she might have ended her side only
    (void)room.kick(zoe);
    transport.stall(*room.find("max"));
    for (int i = 0; i < 3; ++i) {
        transport.send_to(room, lily, std::string(150, 'x') + "\n");
        transport.settle(room);
    }
    CHECK(room.connection_count() == 1);
    CHECK(transport.sent_in_vain == 0);
}

TEST_CASE("connections that the room does not know are ignored") {
    Scene scene{"lily"};
    scene.room.on_receive(99, "name:ghost\n");
    scene.room.on_close(99);
    CHECK(scene.hears("lily") == "");
    CHECK(scene.room.connection_count() == 1);
}

TEST_CASE("a connection is counted until the transport reports its end") {
    Scene scene{"lily bob"};
    scene.says("bob", "/quit");
    CHECK(scene.room.member_count() == 1);
    CHECK(scene.room.connection_count() == 2);
    scene.settle();
    CHECK(scene.room.connection_count() == 1);
}

TEST_CASE("what a slow peer has yet to read is not written over, however long it takes") {
    LoopbackTransport transport;  // hands out what the room wrote, without a copy
    Room room{transport, Limits{.messages_per_second = 0}};
    const auto lily = transport.connect(), bob = transport.connect(), eve = transport.connect();
    transport.write(lily, "name:lily\n");
    transport.write(bob, "name:bob\n");
    transport.write(eve, "name:eve\n");
    transport.run(room);
    const auto read = [&](auto who) {
        std::string text;
        transport.read(who, [&](const Bytes& slice) { text += slice.view(); });
        return text;
    };
    for (const auto who : {lily, bob, eve}) (void)read(who);

    std::string expected;
    for (int i = 0; i < 1'000; ++i) {
        const std::string text = "line " + std::to_string(i);
        transport.write(lily, i % 10 == 0 ? "/msg bob " + text + "\n" : text + "\n");
        transport.run(room);
        if (i % 10 != 0) CHECK(read(eve) == "lily: " + text + "\n");
        expected += (i % 10 == 0 ? "[private] lily: " : "lily: ") + text + "\n";
    }
    CHECK(read(bob) == expected);
}

}  // namespace
