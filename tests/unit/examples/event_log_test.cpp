// The server's log: which events are logged, and how.
#include <string>
#include <string_view>

#include "../../../examples/tcp_server/event_log.hpp"
#include "catch.hpp"
#include "minimeta/minimeta.hpp"

using namespace minimeta;

namespace {

std::string logged(const Event& event) {
    return tcp_server::log_line(event, [](std::string_view name) { return "address of " + std::string(name); });
}

}  // namespace

TEST_CASE("event log: members that come and go are logged, with the address and the reason") {
    CHECK(logged(Joined{"lily"}) == "lily joined from address of lily");
    CHECK(logged(Renamed{"lily", "rose"}) == "lily is now rose");
    CHECK(logged(Left{"lily", {}}) == "lily left");
    CHECK(logged(Left{"lily", Errc::too_slow}) == "lily left (too_slow)");
    CHECK(logged(ConnectionLost{"lily"}) == "lily lost the connection");
    CHECK(logged(Resumed{"lily"}) == "lily is back from address of lily");
}

TEST_CASE("event log: nothing that members say is logged") {
    const std::string_view bob = "bob";
    CHECK(logged(Said{"lily", "hello"}).empty());
    CHECK(logged(Whispered{"lily", {&bob, 1}, "hello"}).empty());
    CHECK(logged(WentAway{"lily", "lunch"}).empty());
    CHECK(logged(Announced{"hello"}).empty());
}

TEST_CASE("event log: what was turned away is summed") {
    CHECK(tcp_server::log_line({.connections = 250, .origins = 1, .example = "192.0.2.7"}) ==
          "turned away 250 connections from 192.0.2.7");
    CHECK(tcp_server::log_line({.connections = 250, .origins = 3, .example = "192.0.2.7"}) ==
          "turned away 250 connections from 3 addresses, such as 192.0.2.7");
}
