#include "minimeta/patience.hpp"

#include <cstdint>
#include <optional>

#include "catch.hpp"

using minimeta::milliseconds;
using minimeta::Patience;
using minimeta::seconds;
using minimeta::Time;

namespace {

struct Guest : minimeta::Heard {};

constexpr Time at(std::int64_t second) { return Time{} + seconds(second); }

}  // namespace

TEST_CASE("somebody is overdue when the time is over, and not before") {
    Patience<Guest> patience(60);
    Guest guest;
    CHECK_FALSE(patience.deadline());
    CHECK(patience.overdue(at(1000)) == nullptr);

    patience.hear(guest, at(5));
    CHECK((patience.deadline() == at(65)));
    CHECK(patience.overdue(at(65) - milliseconds(1)) == nullptr);
    CHECK(patience.overdue(at(65)) == &guest);
}

TEST_CASE("whoever was heard longest ago is the first to be overdue") {
    Patience<Guest> patience(60);
    Guest lily, bob;
    patience.hear(lily, at(0));
    patience.hear(bob, at(10));
    patience.hear(lily, at(20));
    CHECK((patience.deadline() == at(70)));
    CHECK(patience.overdue(at(100)) == &bob);
    Patience<Guest>::forget(bob);
    CHECK(patience.overdue(at(100)) == &lily);
    Patience<Guest>::forget(lily);
    CHECK(patience.overdue(at(100)) == nullptr);
    CHECK_FALSE(patience.deadline());
}

TEST_CASE("whoever was heard longest ago is known also before it is overdue, and if it never will be") {
    Patience<Guest> patience(60), endless(0);
    Guest lily, bob;
    CHECK(patience.longest() == nullptr);
    patience.hear(lily, at(0));
    patience.hear(bob, at(10));
    CHECK(patience.longest() == &lily);
    patience.hear(lily, at(20));
    CHECK(patience.longest() == &bob);
    endless.hear(bob, at(30));
    CHECK(patience.longest() == &lily);
    CHECK(endless.longest() == &bob);
}

TEST_CASE("a patience of 0 seconds lasts for ever") {
    Patience<Guest> endless(0);
    Guest guest;
    endless.hear(guest, at(0));
    CHECK_FALSE(endless.deadline());
    CHECK(endless.overdue(at(1'000'000)) == nullptr);
}

TEST_CASE("somebody is waited for by one patience at a time") {
    Patience<Guest> naming(10), listening(100);
    Guest guest;
    naming.hear(guest, at(0));
    listening.hear(guest, at(5));
    CHECK(naming.overdue(at(1000)) == nullptr);
    CHECK(listening.overdue(at(105)) == &guest);
}
