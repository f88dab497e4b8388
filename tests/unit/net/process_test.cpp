#include "minimeta/net/process.hpp"

#include "catch.hpp"
#include "descriptors.hpp"
#include "minimeta/net/descriptor.hpp"

namespace net = minimeta::net;

TEST_CASE("the descriptor limit is raised as far as it may be") {
    const test::DescriptorLimit limit;  // restores it
    REQUIRE(limit.set(100));
    net::raise_descriptor_limit();
    rlimit raised{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &raised) == 0);
    CHECK(raised.rlim_cur == raised.rlim_max);
}

TEST_CASE("where the standard streams are open, nothing is opened for them") {
    const net::Descriptor before(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    net::open_standard_streams();
    const net::Descriptor after(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    CHECK(after.value() == before.value() + 1);
}
