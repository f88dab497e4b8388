#include "minimeta/net/poller.hpp"

#include <poll.h>
#include <pthread.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <optional>
#include <random>
#include <span>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "minimeta/net/epoll_poller.hpp"
#include "minimeta/net/select_poller.hpp"
#include "minimeta/net/tcp_transport.hpp"
#include "pipe.hpp"

// What holds of every model of the concept.
#if MINIMETA_HAS_EPOLL
#define MINIMETA_POLLERS minimeta::SelectPoller, minimeta::EpollPoller
#else
#define MINIMETA_POLLERS minimeta::SelectPoller
#endif

using minimeta::Interest;
using minimeta::Ready;
using test::Pipe;

namespace {

// The least that is a poller: nothing is ever ready.
struct SleepingPoller {
    bool watch(int, minimeta::Interest) { return false; }
    void change(int, minimeta::Interest) {}
    void forget(int) {}
    std::span<const minimeta::Ready> wait(std::optional<minimeta::Duration>) { return {}; }
};
static_assert(minimeta::poller<SleepingPoller>);
static_assert(minimeta::transport_with_backlog<minimeta::TcpTransport<SleepingPoller>>);

struct WaitsForEver : SleepingPoller {
    void wait() {}
};
static_assert(!minimeta::poller<WaitsForEver>);

// The least that can be driven.
struct EmptyRoom {
    using Id = minimeta::TcpConnectionId;
    void advance(minimeta::Time, minimeta::WallTime) { ++turns; }
    void on_open(Id, minimeta::ProtocolIndex) {}
    void on_receive(Id, std::string_view) {}
    void on_close(Id) {}
    void flush() {}
    std::optional<minimeta::Time> next_deadline() { return {}; }
    minimeta::Bytes refusal(minimeta::Errc, minimeta::ProtocolIndex) { return {}; }

    int turns = 0;
};

// What is ready now, in the order of the descriptors.
template <minimeta::poller Poller>
std::vector<Ready> ready_now(Poller& poller) {
    const auto span = poller.wait(minimeta::Duration{});
    std::vector<Ready> ready(span.begin(), span.end());
    std::sort(ready.begin(), ready.end(), [](const Ready& a, const Ready& b) { return a.descriptor < b.descriptor; });
    return ready;
}

}  // namespace

TEST_CASE("a transport whose poller cannot even watch its mailbox says so, and runs nothing") {
    minimeta::TcpTransport<SleepingPoller> transport;
    auto listening = transport.listen("127.0.0.1", 0);
    REQUIRE_FALSE(listening);
    CHECK_FALSE(listening.error().reason.empty());
    EmptyRoom room;
    transport.run(room);
    CHECK(room.turns == 0);
}

TEMPLATE_TEST_CASE("a poller reports what is ready for what it is watched for, until it is not", "", MINIMETA_POLLERS) {
    TestType poller;
    const Pipe pipe;
    REQUIRE(poller.watch(pipe.reading.value(), {.reading = true}));
    CHECK(ready_now(poller).empty());
    pipe.fill();
    const std::vector<Ready> readable{{pipe.reading.value(), true, false}};
    CHECK(ready_now(poller) == readable);
    CHECK(ready_now(poller) == readable);
    pipe.empty();
    CHECK(ready_now(poller).empty());

    REQUIRE(poller.watch(pipe.writing.value(), {}));
    CHECK(ready_now(poller).empty());
    poller.change(pipe.writing.value(), {.writing = true});
    CHECK(ready_now(poller) == std::vector<Ready>{{pipe.writing.value(), false, true}});
    poller.forget(pipe.writing.value());
    CHECK(ready_now(poller).empty());
}

TEMPLATE_TEST_CASE("a descriptor that is forgotten may be watched again", "", MINIMETA_POLLERS) {
    TestType poller;
    const Pipe pipe;
    pipe.fill();
    for (int i = 0; i < 3; ++i) {
        REQUIRE(poller.watch(pipe.reading.value(), {.reading = true}));
        CHECK(ready_now(poller).size() == 1);
        poller.forget(pipe.reading.value());
        CHECK(ready_now(poller).empty());
        poller.forget(pipe.reading.value());
    }
}

TEMPLATE_TEST_CASE("a hang-up is readable", "", MINIMETA_POLLERS) {
    TestType poller;
    Pipe pipe;
    REQUIRE(poller.watch(pipe.reading.value(), {.reading = true}));
    pipe.writing.reset();
    const std::vector<Ready> ready = ready_now(poller);
    REQUIRE(ready.size() == 1);
    CHECK(ready[0].descriptor == pipe.reading.value());
    CHECK(ready[0].readable);  // or for everything, as some systems say
}

TEMPLATE_TEST_CASE("a poller waits for as long as it is asked to, and not for less", "", MINIMETA_POLLERS) {
    using clock = std::chrono::steady_clock;
    TestType poller;
    const Pipe pipe;
    REQUIRE(poller.watch(pipe.reading.value(), {.reading = true}));
    for (const auto time : {minimeta::Duration{1}, minimeta::Duration{999'999}, minimeta::milliseconds(20)}) {
        const auto before = clock::now();
        CHECK(poller.wait(time).empty());
        CHECK(clock::now() - before >= std::chrono::nanoseconds(time.nanoseconds));
    }
    CHECK(poller.wait(minimeta::Duration{-5}).empty());
}

TEMPLATE_TEST_CASE("something that becomes ready ends a wait without end", "", MINIMETA_POLLERS) {
    TestType poller;
    const Pipe pipe;
    REQUIRE(poller.watch(pipe.reading.value(), {.reading = true}));
    std::thread other([&] { pipe.fill(); });
    const auto without_end =
        GENERATE(std::optional<minimeta::Duration>{}, std::optional<minimeta::Duration>(minimeta::Duration{INT64_MAX}));
    CHECK(poller.wait(without_end).size() == 1);
    other.join();
}

TEMPLATE_TEST_CASE("whatever is watched and ready, a poller reports exactly that", "", MINIMETA_POLLERS) {
    const auto seed = GENERATE(1U, 2U, 3U);
    CAPTURE(seed);
    std::mt19937 random(seed);
    TestType poller;
    std::vector<Pipe> pipes(100);
    struct Model {
        bool watched = false;
        bool full = false;
        Interest interest;
    };
    std::vector<Model> models(pipes.size());
    for (int step = 0; step < 2000; ++step) {
        const std::size_t i = random() % pipes.size();
        REQUIRE(pipes[i].reading);
        Model& model = models[i];
        switch (random() % 4) {
            case 0:
                if (std::exchange(model.full, true)) pipes[i].empty();
                pipes[i].fill();
                break;
            case 1:
                if (std::exchange(model.full, false)) pipes[i].empty();
                break;
            case 2:
                model.interest = {.reading = random() % 4 != 0};
                if (std::exchange(model.watched, true)) poller.change(pipes[i].reading.value(), model.interest);
                else REQUIRE(poller.watch(pipes[i].reading.value(), model.interest));
                break;
            default:
                if (std::exchange(model.watched, false)) poller.forget(pipes[i].reading.value());
        }
        std::vector<Ready> expected;
        for (std::size_t k = 0; k < pipes.size(); ++k)
            if (models[k].watched && models[k].interest.reading && models[k].full)
                expected.push_back({pipes[k].reading.value(), true, false});
        std::sort(expected.begin(), expected.end(),
                  [](const Ready& a, const Ready& b) { return a.descriptor < b.descriptor; });
        REQUIRE(ready_now(poller) == expected);
    }
}

TEMPLATE_TEST_CASE("a signal ends a wait with nothing ready", "", MINIMETA_POLLERS) {
    struct sigaction quiet {};
    struct sigaction before {};
    quiet.sa_handler = [](int) {};  // without SA_RESTART, so calls are interrupted
    REQUIRE(::sigaction(SIGUSR1, &quiet, &before) == 0);
    TestType poller;
    const Pipe pipe;
    const Pipe done;
    REQUIRE(poller.watch(pipe.reading.value(), {.reading = true}));
    std::thread other([&, waiting = ::pthread_self()] {
        // Again and again, since there is no way to know when the wait has begun.
        pollfd until{done.reading.value(), POLLIN, 0};
        do ::pthread_kill(waiting, SIGUSR1);
        while (::poll(&until, 1, 1) == 0);
    });
    CHECK(poller.wait(std::nullopt).empty());
    done.fill();
    other.join();
    ::sigaction(SIGUSR1, &before, nullptr);
}
