#include "minimeta/net/wakeup.hpp"

#include <poll.h>

#include <cerrno>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "descriptors.hpp"
#include "minimeta/net/descriptor.hpp"
#include "support/peer.hpp"

using minimeta::net::Wakeup;

namespace {

bool is_notified(const Wakeup& wakeup, int milliseconds) {
    pollfd waiting{wakeup.descriptor(), POLLIN, 0};
    return ::poll(&waiting, 1, milliseconds) == 1;
}

}  // namespace

TEST_CASE("a wakeup ends another thread's wait") {
    Wakeup wakeup;
    REQUIRE(wakeup.error() == 0);
    CHECK_FALSE(is_notified(wakeup, 0));
    std::thread other([&] { wakeup.notify(); });
    CHECK(is_notified(wakeup, static_cast<int>(std::chrono::milliseconds(test::longest_wait).count())));
    other.join();
    wakeup.clear();
    CHECK_FALSE(is_notified(wakeup, 0));
}

TEST_CASE("however often it is notified, a wakeup neither blocks nor leaves anything behind") {
    Wakeup wakeup;
    errno = ENOENT;
    for (int i = 0; i < 200'000; ++i) wakeup.notify();  // more than any pipe holds
    CHECK(errno == ENOENT);
    CHECK(is_notified(wakeup, 0));
    wakeup.clear();
    CHECK_FALSE(is_notified(wakeup, 0));
}

TEST_CASE("without a descriptor for it, a wakeup says why") {
    const test::DescriptorLimit limit;
    if (!limit.set(64)) return;
    std::vector<minimeta::net::Descriptor> taken;
    REQUIRE(test::take_descriptors(taken, 64) == EMFILE);
    Wakeup wakeup;
    CHECK(wakeup.error() == EMFILE);
    CHECK(wakeup.descriptor() == -1);
    wakeup.notify();
    wakeup.clear();
}
