#include "minimeta/net/dead_peer.hpp"

#include <string>
#include <vector>

#include "catch.hpp"
#include "recording_room.hpp"
#include "support/peer.hpp"
#include "support/vanish.hpp"

using namespace minimeta;
using net::Acknowledged;
using test::Peer;
using test::Record;
using test::Running;

#if defined(__linux__)

namespace {

constexpr Duration soon = milliseconds(300);

bool closed(Running& running, std::size_t count) {
    return running.room.eventually([&](const Record& r) { return r.closed.size() >= count; });
}

// Waits until that many turns have passed since now.
bool turns_pass(Running& running, int count) {
    const int now = running.room.record().turns;
    return running.room.eventually([&](const Record& r) { return r.turns >= now + count; });
}

}  // namespace

TEST_CASE("a peer that vanishes while it is sent something is found dead, and no other") {
    Running running({.dead_after = soon});
    running.start();
    Peer here(running.where), gone(running.where);
    const auto id = running.id_of(gone);
    (void)running.id_of(here);
    test::vanish(gone.descriptor());
    REQUIRE(running.in_the_room([&] { running.room.broadcast = Bytes::copy("news"); }));
    CHECK(here.receive(4) == "news");
    CHECK(closed(running, 1));
    CHECK(running.room.record().closed.front() == id);
    CHECK(here.send("x"));
    CHECK(here.receive(1) == "x");
}

TEST_CASE("a peer that vanishes while its window is full is found dead") {
    Running running({.dead_after = soon});
    running.start();
    Peer gone(running.where);
    const auto id = running.id_of(gone);
    REQUIRE(running.in_the_room([&] { running.transport.send(id, Bytes::copy(std::string(20'000'000, 'x'))); }));
    test::vanish(gone.descriptor());
    CHECK(closed(running, 1));
}

TEST_CASE("a peer that is there but does not read is not found dead, however long that takes") {
    Running running({.dead_after = soon});
    running.start();
    Peer idle(running.where);
    const auto id = running.id_of(idle);
    REQUIRE(running.in_the_room([&] { running.transport.send(id, Bytes::copy(std::string(20'000'000, 'x'))); }));
    CHECK(turns_pass(running, 40));  // 8 within the timeout
    CHECK(running.room.record().closed.empty());
    CHECK(idle.receive(20'000'000).size() == 20'000'000);
}

TEST_CASE("where everything is acknowledged, or nothing was sent, nothing is due") {
    net::DeadPeerDetector detector(seconds(8));
    struct Connections {
        [[nodiscard]] bool contains(int descriptor) const { return descriptor == open; }
        void finish(int) { ++finished; }
        int open;
        int finished = 0;
    };
    test::Door door;
    Peer one(door.where());
    Peer other = door.admit();
    Connections connections{one.descriptor()};
    const auto look = [&](Time now) { detector.look(now, one.descriptor() + 1, connections); };

    CHECK_FALSE(detector.deadline());
    detector.expect_acknowledgement(Time{});
    CHECK(detector.deadline() == Time{} + seconds(1));
    look(Time{});
    CHECK(detector.deadline() == Time{} + seconds(1));
    look(Time{} + seconds(1));
    CHECK_FALSE(detector.deadline());

    test::vanish(other.descriptor());
    CHECK(one.send("x"));
    detector.expect_acknowledgement(Time{} + seconds(2));
    look(Time{} + seconds(3));
    CHECK(detector.deadline() == Time{} + seconds(4));
    CHECK(connections.finished == 0);
}

TEST_CASE("no output is looked after where the timeout is 0") {
    net::DeadPeerDetector detector({});
    detector.expect_acknowledgement(Time{});
    CHECK_FALSE(detector.deadline());
}

TEST_CASE("what is no connection owes nothing") { CHECK(net::acknowledged(-1, soon) == Acknowledged::all); }

#endif
