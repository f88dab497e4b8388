#include "minimeta/net/poller.hpp"

#include <optional>
#include <span>
#include <string_view>

#include "catch.hpp"
#include "minimeta/net/tcp_transport.hpp"

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
    void advance(minimeta::Time) { ++turns; }
    void on_open(Id, minimeta::ProtocolIndex) {}
    void on_receive(Id, std::string_view) {}
    void on_close(Id) {}
    void flush() {}
    std::optional<minimeta::Time> next_deadline() { return {}; }
    minimeta::Bytes refusal(minimeta::Errc, minimeta::ProtocolIndex) { return {}; }

    int turns = 0;
};

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
