#include "minimeta/net/select_poller.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <random>
#include <stdexcept>
#include <thread>
#include <vector>

#include <pthread.h>

#include "catch.hpp"
#include "descriptors.hpp"
#include "minimeta/net/descriptor.hpp"
#include "support/peer.hpp"

using minimeta::Interest;
using minimeta::Ready;
using minimeta::SelectPoller;
using minimeta::net::Descriptor;

namespace {

struct Pipe {
    Pipe() {
        int ends[2];
        if (::pipe(ends) != 0) return;
        reading.reset(ends[0]);
        writing.reset(ends[1]);
    }
    // No Catch in here: other threads do this too.
    void fill() const {
        if (::write(writing.value(), "x", 1) != 1) throw std::runtime_error("a pipe is full");
    }
    void empty() const {
        char byte;
        if (::read(reading.value(), &byte, 1) != 1) throw std::runtime_error("a pipe is empty");
    }

    Descriptor reading;
    Descriptor writing;
};

std::vector<Ready> ready_now(SelectPoller& poller) {
    const auto ready = poller.wait(minimeta::Duration{});
    return {ready.begin(), ready.end()};
}

}  // namespace

TEST_CASE("select reports what is ready for what it is watched for, until it is not") {
    SelectPoller poller;
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

TEST_CASE("a descriptor that is forgotten may be watched again") {
    SelectPoller poller;
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

TEST_CASE("a hang-up is readable") {
    SelectPoller poller;
    Pipe pipe;
    REQUIRE(poller.watch(pipe.reading.value(), {.reading = true}));
    pipe.writing.reset();
    CHECK(ready_now(poller) == std::vector<Ready>{{pipe.reading.value(), true, false}});
}

TEST_CASE("select refuses descriptors that its sets have no place for") {
    SelectPoller poller;
    CHECK(SelectPoller::fits(0));
    CHECK(SelectPoller::fits(FD_SETSIZE - 1));
    for (const int beyond : {-1, FD_SETSIZE, FD_SETSIZE + 1, 1 << 20}) {
        CHECK_FALSE(SelectPoller::fits(beyond));
        CHECK_FALSE(poller.watch(beyond, {.reading = true, .writing = true}));
    }
    CHECK(ready_now(poller).empty());
}

TEST_CASE("the last descriptor that fits is watched like any other") {
    const test::DescriptorLimit limit;
    if (!limit.set(FD_SETSIZE + 10)) {
        WARN("this process may not have so many descriptors");
        return;
    }
    SelectPoller poller;
    Pipe pipe;
    pipe.fill();
    const Descriptor last(::fcntl(pipe.reading.value(), F_DUPFD_CLOEXEC, FD_SETSIZE - 1));
    REQUIRE(last.value() == FD_SETSIZE - 1);
    REQUIRE(poller.watch(last.value(), {.reading = true}));
    CHECK(ready_now(poller) == std::vector<Ready>{{last.value(), true, false}});
}

TEST_CASE("select waits for as long as it is told, and not for less") {
    using clock = std::chrono::steady_clock;
    SelectPoller poller;
    const Pipe pipe;
    REQUIRE(poller.watch(pipe.reading.value(), {.reading = true}));
    for (const auto time : {minimeta::Duration{1}, minimeta::Duration{999'999}, minimeta::milliseconds(20)}) {
        const auto before = clock::now();
        CHECK(poller.wait(time).empty());
        CHECK(clock::now() - before >= std::chrono::nanoseconds(time.nanoseconds));
    }
    CHECK(poller.wait(minimeta::Duration{-5}).empty());
}

TEST_CASE("something that becomes ready ends a wait without end") {
    SelectPoller poller;
    const Pipe pipe;
    REQUIRE(poller.watch(pipe.reading.value(), {.reading = true}));
    std::thread other([&] { pipe.fill(); });
    const auto without_end =
        GENERATE(std::optional<minimeta::Duration>{}, std::optional<minimeta::Duration>(minimeta::Duration{INT64_MAX}));
    CHECK(poller.wait(without_end).size() == 1);
    other.join();
}

TEST_CASE("whatever is watched and ready, select reports exactly that") {
    const auto seed = GENERATE(1U, 2U, 3U);
    CAPTURE(seed);
    std::mt19937 random(seed);
    SelectPoller poller;
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

TEST_CASE("a signal ends a wait with nothing ready") {
    struct sigaction quiet {};
    struct sigaction before {};
    quiet.sa_handler = [](int) {};  // without SA_RESTART, so calls are interrupted
    REQUIRE(::sigaction(SIGUSR1, &quiet, &before) == 0);
    SelectPoller poller;
    const Pipe pipe;
    const Pipe done;
    REQUIRE(poller.watch(pipe.reading.value(), {.reading = true}));
    std::thread other([&, waiting = ::pthread_self()] {
        // Again and again, since nobody knows when the wait has begun.
        pollfd until{done.reading.value(), POLLIN, 0};
        do ::pthread_kill(waiting, SIGUSR1);
        while (::poll(&until, 1, 1) == 0);
    });
    CHECK(poller.wait(std::nullopt).empty());
    done.fill();
    other.join();
    ::sigaction(SIGUSR1, &before, nullptr);
}
