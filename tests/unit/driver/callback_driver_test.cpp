#include "minimeta/driver/callback_driver.hpp"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "minimeta/minimeta.hpp"

using namespace minimeta;

namespace {

// A loop that calls back. An iteration calls what is ready, then what was deferred. `log` has all calls, in order.
struct FakeLoop {
    std::string log;
    Time now{1000};
    std::optional<Time> timer;
    std::vector<std::function<void()>> ready, deferred;

    // Returns whether there was anything to do.
    bool iterate() {
        const auto callbacks = std::exchange(ready, {});
        for (const auto& each : callbacks) each();
        const auto ends = std::exchange(deferred, {});
        for (const auto& each : ends) each();
        return !callbacks.empty() || !ends.empty();
    }
};

struct FakeRoom {
    FakeLoop& loop;
    std::optional<Time> deadline;
    void advance(Time now, WallTime wall) {
        loop.log += "advance " + std::to_string(now.nanoseconds) + "/" + std::to_string(wall.nanoseconds) + "; ";
    }
    void on_receive(const std::string& bytes) { loop.log += bytes + "; "; }
    void flush() { loop.log += "flush; "; }
    [[nodiscard]] std::optional<Time> next_deadline() const { return deadline; }
};

struct Driven {
    FakeLoop loop;
    FakeRoom room{loop, {}};
    CallbackDriver<FakeRoom> driver{room,
                                    {.now = [this] { return loop.now; },
                                     .wall_time = [] { return WallTime{7}; },
                                     .defer = [this] { loop.deferred.emplace_back([this] { driver.end_turn(); }); },
                                     .arm =
                                         [this](std::optional<Time> due) {
                                             loop.timer = due;
                                             loop.log +=
                                                 due ? "arm " + std::to_string(due->nanoseconds) + "; " : "disarm; ";
                                         }}};

    void receives(const std::string& bytes) {
        loop.ready.emplace_back([this, bytes] { driver.wake().on_receive(bytes); });
    }
    void timer_expires() {
        loop.timer.reset();
        loop.ready.emplace_back([this] { driver.on_timer(); });
    }
    std::string takes() { return std::exchange(loop.log, {}); }
};

}  // namespace

TEST_CASE("a wake-up advances once, before its callbacks, and flushes once, after the last") {
    Driven driven;
    driven.receives("a");
    driven.receives("b");
    driven.receives("c");
    CHECK(driven.loop.iterate());
    CHECK(driven.takes() == "advance 1000/7; a; b; c; flush; ");
    CHECK_FALSE(driven.loop.iterate());

    driven.loop.now = {2000};
    driven.receives("d");
    CHECK(driven.loop.iterate());
    CHECK(driven.takes() == "advance 2000/7; d; flush; ");
}

TEST_CASE("nothing happens to the room when nothing happens") {
    Driven driven;
    CHECK_FALSE(driven.loop.iterate());
    driven.driver.end_turn();
    CHECK(driven.takes().empty());
}

TEST_CASE("the timer is armed to the deadline, only when that changes, and disarmed when there is none") {
    Driven driven;
    driven.room.deadline = Time{5000};
    driven.receives("a");
    driven.loop.iterate();
    CHECK(driven.takes() == "advance 1000/7; a; flush; arm 5000; ");
    driven.receives("b");
    driven.loop.iterate();
    CHECK(driven.takes() == "advance 1000/7; b; flush; ");
    driven.room.deadline = Time{4000};
    driven.receives("c");
    driven.loop.iterate();
    CHECK(driven.takes() == "advance 1000/7; c; flush; arm 4000; ");
    driven.room.deadline.reset();
    driven.receives("d");
    driven.loop.iterate();
    CHECK(driven.takes() == "advance 1000/7; d; flush; disarm; ");
    CHECK_FALSE(driven.loop.timer);
}

TEST_CASE("an expired timer wakes the room, and is armed again if it was early") {
    Driven driven;
    driven.room.deadline = Time{5000};
    driven.receives("a");
    driven.loop.iterate();
    driven.takes();
    driven.loop.now = {4999};
    driven.timer_expires();
    driven.loop.iterate();
    CHECK(driven.takes() == "advance 4999/7; flush; arm 5000; ");
    driven.loop.now = {5000};
    driven.room.deadline.reset();
    driven.timer_expires();
    driven.loop.iterate();
    CHECK(driven.takes() == "advance 5000/7; flush; ");
}

TEST_CASE("what is said in one wake-up is one send for each member that reads it") {
    MemoryTransport transport;
    Room room{transport};
    FakeLoop loop;
    CallbackDriver driver{room, {.now = [&] { return loop.now; }, .defer = [] {}, .arm = [](std::optional<Time>) {}}};
    driver.wake();
    const auto lily = transport.open(room), bob = transport.open(room), eve = transport.open(room);
    transport.send_to(room, lily, "name:lily\n");
    transport.send_to(room, bob, "name:bob\n");
    transport.send_to(room, eve, "name:eve\n");
    driver.end_turn();
    const auto before = transport.sends();
    for (int i = 0; i < 3; ++i) driver.wake().on_receive(lily, "hello\n");
    CHECK(transport.sends() == before);
    driver.end_turn();
    CHECK(transport.sends() == before + 2);
}
