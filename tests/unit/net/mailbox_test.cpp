#include "minimeta/net/mailbox.hpp"

#include <poll.h>

#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "support/peer.hpp"

using minimeta::net::Mailbox;

namespace {

bool has_mail(const Mailbox& mailbox, std::chrono::milliseconds time = {}) {
    pollfd waiting{mailbox.descriptor(), POLLIN, 0};
    return ::poll(&waiting, 1, static_cast<int>(time.count())) == 1;
}

}  // namespace

TEST_CASE("what is posted is called in order, when the mailbox is opened") {
    Mailbox mailbox;
    std::string order;
    mailbox.post([&] { order += "a"; });
    mailbox.post([&] { order += "b"; });
    CHECK(order.empty());
    CHECK(has_mail(mailbox));
    CHECK_FALSE(mailbox.open());
    CHECK(order == "ab");
    CHECK_FALSE(has_mail(mailbox));
    CHECK_FALSE(mailbox.open());
    CHECK(order == "ab");
}

TEST_CASE("what is posted by a posted function is called the next time") {
    Mailbox mailbox;
    int calls = 0;
    mailbox.post([&] {
        ++calls;
        mailbox.post([&] { ++calls; });
    });
    CHECK_FALSE(mailbox.open());
    CHECK(calls == 1);
    CHECK(has_mail(mailbox));
    CHECK_FALSE(mailbox.open());
    CHECK(calls == 2);
}

TEST_CASE("a loop is asked to stop once, after what was posted before") {
    Mailbox mailbox;
    bool called = false;
    mailbox.post([&] { called = true; });
    mailbox.request_stop();
    mailbox.request_stop();
    CHECK(mailbox.open());
    CHECK(called);
    CHECK_FALSE(mailbox.open());
    mailbox.request_stop();
    mailbox.withdraw_stop();
    CHECK_FALSE(mailbox.open());
}

TEST_CASE("a posted function may ask to stop") {
    Mailbox mailbox;
    mailbox.post([&] { mailbox.request_stop(); });
    CHECK_FALSE(mailbox.open());
    CHECK(has_mail(mailbox));
    CHECK(mailbox.open());
}

TEST_CASE("many threads post at once, and nothing is lost") {
    constexpr int each = 2000;
    Mailbox mailbox;
    std::vector<int> last(4, -1);
    bool in_order = true;
    int calls = 0;
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < last.size(); ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < each; ++i) {
                mailbox.post([&, t, i] {
                    in_order = in_order && last[t] + 1 == i;
                    last[t] = i;
                    ++calls;
                });
            }
        });
    }
    while (calls < 4 * each && has_mail(mailbox, test::longest_wait)) CHECK_FALSE(mailbox.open());
    for (std::thread& thread : threads) thread.join();
    CHECK(calls == 4 * each);
    CHECK(in_order);
}
