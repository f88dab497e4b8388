#include "minimeta/base/timeout_queue.hpp"

#include <cstdint>
#include <optional>

#include "catch.hpp"

using minimeta::milliseconds;
using minimeta::seconds;
using minimeta::Time;
using minimeta::TimeoutQueue;

namespace {

struct Guest : minimeta::Timed {};

constexpr Time at(std::int64_t second) { return Time{} + seconds(second); }

}  // namespace

TEST_CASE("an item expires when the time is over, and not before") {
    TimeoutQueue<Guest> queue(60);
    Guest guest;
    CHECK_FALSE(queue.deadline());
    CHECK(queue.expired(at(1000)) == nullptr);

    queue.restart(guest, at(5));
    CHECK((queue.deadline() == at(65)));
    CHECK(queue.expired(at(65) - milliseconds(1)) == nullptr);
    CHECK(queue.expired(at(65)) == &guest);
}

TEST_CASE("the item restarted longest ago is the first to expire") {
    TimeoutQueue<Guest> queue(60);
    Guest lily, bob;
    queue.restart(lily, at(0));
    queue.restart(bob, at(10));
    queue.restart(lily, at(20));
    CHECK((queue.deadline() == at(70)));
    CHECK(queue.expired(at(100)) == &bob);
    TimeoutQueue<Guest>::cancel(bob);
    CHECK(queue.expired(at(100)) == &lily);
    TimeoutQueue<Guest>::cancel(lily);
    CHECK(queue.expired(at(100)) == nullptr);
    CHECK_FALSE(queue.deadline());
}

TEST_CASE("the oldest item is known also before it expires, and if it never will") {
    TimeoutQueue<Guest> queue(60), endless(0);
    Guest lily, bob;
    CHECK(queue.oldest() == nullptr);
    queue.restart(lily, at(0));
    queue.restart(bob, at(10));
    CHECK(queue.oldest() == &lily);
    queue.restart(lily, at(20));
    CHECK(queue.oldest() == &bob);
    endless.restart(bob, at(30));
    CHECK(queue.oldest() == &lily);
    CHECK(endless.oldest() == &bob);
}

TEST_CASE("a timeout of 0 seconds never expires") {
    TimeoutQueue<Guest> endless(0);
    Guest guest;
    endless.restart(guest, at(0));
    CHECK_FALSE(endless.deadline());
    CHECK(endless.expired(at(1'000'000)) == nullptr);
}

TEST_CASE("an item is in one queue at a time") {
    TimeoutQueue<Guest> naming(10), listening(100);
    Guest guest;
    naming.restart(guest, at(0));
    listening.restart(guest, at(5));
    CHECK(naming.expired(at(1000)) == nullptr);
    CHECK(listening.expired(at(105)) == &guest);
}
