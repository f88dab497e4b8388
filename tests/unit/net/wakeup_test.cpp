#include "minimeta/net/wakeup.hpp"

#include <poll.h>

#include <cerrno>
#include <thread>

#include "catch.hpp"
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
