#include "minimeta/net/descriptor.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "catch.hpp"

using minimeta::net::Descriptor;

namespace {

bool is_open(int descriptor) { return ::fcntl(descriptor, F_GETFD) >= 0; }

std::array<Descriptor, 2> make_pipe() {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    return {Descriptor(ends[0]), Descriptor(ends[1])};
}

}  // namespace

TEST_CASE("a descriptor is closed with its owner, once") {
    auto [reading, writing] = make_pipe();
    const int number = reading.value();
    Descriptor moved = std::move(reading);
    CHECK_FALSE(reading);
    CHECK(moved.value() == number);
    CHECK(is_open(number));
    moved.reset();
    CHECK_FALSE(is_open(number));
    CHECK_FALSE(moved);
}

TEST_CASE("assigning a descriptor closes the previous one") {
    auto [reading, writing] = make_pipe();
    const int before = reading.value();
    const int after = writing.value();
    reading = std::move(writing);
    CHECK_FALSE(is_open(before));
    CHECK(is_open(after));
    CHECK(reading.value() == after);
}

TEST_CASE("a released descriptor stays open") {
    auto [reading, writing] = make_pipe();
    const int number = reading.release();
    CHECK_FALSE(reading);
    CHECK(is_open(number));
    ::close(number);
}

TEST_CASE("closing leaves errno alone") {
    Descriptor never_opened(1 << 20);
    errno = ENOENT;
    never_opened.reset();
    CHECK(errno == ENOENT);
}

TEST_CASE("a descriptor is made nonblocking and private") {
    auto [reading, writing] = make_pipe();
    REQUIRE(minimeta::net::make_nonblocking_and_private(reading.value()));
    CHECK((::fcntl(reading.value(), F_GETFL) & O_NONBLOCK) != 0);
    CHECK((::fcntl(reading.value(), F_GETFD) & FD_CLOEXEC) != 0);
    CHECK_FALSE(minimeta::net::make_nonblocking_and_private(-1));
}
