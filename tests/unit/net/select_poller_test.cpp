#include "minimeta/net/select_poller.hpp"

#include <fcntl.h>

#include <vector>

#include "catch.hpp"
#include "descriptors.hpp"
#include "minimeta/net/descriptor.hpp"
#include "pipe.hpp"

using minimeta::Duration;
using minimeta::Ready;
using minimeta::SelectPoller;

TEST_CASE("select refuses descriptors that its sets have no place for") {
    SelectPoller poller;
    CHECK(SelectPoller::fits(0));
    CHECK(SelectPoller::fits(FD_SETSIZE - 1));
    for (const int beyond : {-1, FD_SETSIZE, FD_SETSIZE + 1, 1 << 20}) {
        CHECK_FALSE(SelectPoller::fits(beyond));
        CHECK_FALSE(poller.watch(beyond, {.reading = true, .writing = true}));
    }
    CHECK(poller.wait(Duration{}).empty());
}

TEST_CASE("the last descriptor that fits is watched like any other") {
    const test::DescriptorLimit limit;
    if (!limit.set(FD_SETSIZE + 10)) {
        WARN("this process may not have so many descriptors");
        return;
    }
    SelectPoller poller;
    test::Pipe pipe;
    pipe.fill();
    const minimeta::net::Descriptor last(::fcntl(pipe.reading.value(), F_DUPFD_CLOEXEC, FD_SETSIZE - 1));
    REQUIRE(last.value() == FD_SETSIZE - 1);
    REQUIRE(poller.watch(last.value(), {.reading = true}));
    const auto ready = poller.wait(Duration{});
    REQUIRE(ready.size() == 1);
    CHECK(ready[0] == Ready{last.value(), true, false});
}
