#include "minimeta/net/address_limiter.hpp"

#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "minimeta/net/socket.hpp"
#include "recording_room.hpp"
#include "support/peer.hpp"

using namespace minimeta;
using net::AddressLimiter;
using net::AddressLimits;
using test::Peer;
using test::Record;
using test::Running;

namespace {

constexpr Time start = Time{} + seconds(1'000);

net::SocketAddress at(const std::string& address) { return net::resolve(address.c_str(), 80, AI_NUMERICHOST)->front(); }

bool admits(AddressLimiter& limiter, const std::string& address, Time now = start) {
    return limiter.admit(limiter.origin_of(at(address)), at(address), now);
}

void releases(AddressLimiter& limiter, const std::string& address) { limiter.release(limiter.origin_of(at(address))); }

const std::string refusal = "too_many_connections in protocol 7\n";

}  // namespace

TEST_CASE("an address may have so many connections, and again so many when they are released") {
    AddressLimiter limiter({.connections = 2, .connections_per_second = 0});
    CHECK(admits(limiter, "192.0.2.7"));
    CHECK(admits(limiter, "192.0.2.7"));
    CHECK_FALSE(admits(limiter, "192.0.2.7"));
    CHECK(admits(limiter, "192.0.2.8"));
    releases(limiter, "192.0.2.7");
    CHECK(admits(limiter, "192.0.2.7"));
    CHECK_FALSE(admits(limiter, "192.0.2.7"));
}

TEST_CASE("an address may open so many connections in a second, also if it closes them") {
    AddressLimiter limiter({.connections = 3, .connections_per_second = 2});
    const auto visit = [&](Time now) {
        const bool admitted = admits(limiter, "192.0.2.7", now);
        if (admitted) releases(limiter, "192.0.2.7");
        return admitted;
    };
    for (int i = 0; i < 3; ++i) CHECK(visit(start));
    CHECK_FALSE(visit(start));
    CHECK(visit(start + milliseconds(500)));
    CHECK_FALSE(visit(start + milliseconds(500)));
}

TEST_CASE("of IPv6, the first 64 bits are one address, and a mapped IPv4 address is that") {
    AddressLimiter limiter({.connections = 1, .connections_per_second = 0});
    CHECK(admits(limiter, "2001:db8:1:2::1"));
    CHECK_FALSE(admits(limiter, "2001:db8:1:2:ffff::9"));
    CHECK(admits(limiter, "2001:db8:1:3::1"));
    CHECK(admits(limiter, "192.0.2.7"));
    CHECK_FALSE(admits(limiter, "::ffff:192.0.2.7"));
    CHECK(admits(limiter, "::ffff:192.0.2.8"));
}

TEST_CASE("an address that is trusted has no limit, by default those of this machine") {
    AddressLimiter limiter({.connections = 1});
    for (const char* address : {"127.0.0.1", "127.9.9.9", "::1"})
        for (int i = 0; i < 100; ++i) CHECK(admits(limiter, address));
    AddressLimiter strict({.connections = 1, .trusted = {*net::address_range_of("10.0.0.0/8")}});
    for (const char* address : {"127.0.0.1", "::1"}) {
        CHECK(admits(strict, address));
        CHECK_FALSE(admits(strict, address));
    }
    for (int i = 0; i < 100; ++i) CHECK(admits(strict, "10.1.2.3"));
}

TEST_CASE("what was turned away is summed, once in ten seconds") {
    AddressLimiter limiter({.connections = 1, .connections_per_second = 0});
    CHECK_FALSE(limiter.deadline());
    for (const char* address : {"192.0.2.7", "192.0.2.8"})
        for (int i = 0; i < 4; ++i) (void)admits(limiter, address);
    CHECK(limiter.deadline() == start + seconds(10));
    CHECK_FALSE(limiter.summary(start + seconds(10) - Duration{1}));
    const auto summary = limiter.summary(start + seconds(10));
    REQUIRE(summary);
    CHECK(summary->connections == 6);
    CHECK(summary->origins == 2);
    CHECK(summary->example == "192.0.2.8");
    CHECK_FALSE(limiter.deadline());
    (void)admits(limiter, "192.0.2.8", start + seconds(20));
    CHECK(limiter.summary(start + seconds(30))->origins == 1);
}

TEST_CASE("addresses that come and go are forgotten, and those with connections are not") {
    AddressLimiter limiter({.connections = 1, .connections_per_second = 100});
    CHECK(admits(limiter, "192.0.2.7"));
    for (int i = 0; i < 10'000; ++i) {
        const std::string address = "10.0." + std::to_string(i / 100) + "." + std::to_string(i % 100);
        CHECK(admits(limiter, address, start + seconds(i)));
        releases(limiter, address);
    }
    CHECK(limiter.origins() < 200);
    CHECK_FALSE(admits(limiter, "192.0.2.7", start + seconds(20'000)));
}

TEST_CASE("addresses whose connections are adopted are forgotten, too") {
    AddressLimiter limiter({.connections = 1});
    for (int i = 0; i < 10'000; ++i) {
        const auto origin = limiter.origin_of(at("10.0." + std::to_string(i / 100) + "." + std::to_string(i % 100)));
        CHECK(limiter.adopt(origin, start));
        CHECK_FALSE(limiter.adopt(origin, start));
        limiter.release(origin);
    }
    CHECK(limiter.origins() < 200);
}

// ---- At a transport

TEST_CASE("an address with too many connections is told so, and others come in") {
    Running running({.addresses = {.connections = 2, .connections_per_second = 0, .trusted = {}}}, "::1");
    auto second = running.transport.listen("127.0.0.1", 0, {7});
    REQUIRE(second);
    running.start();
    Peer one(running.where), two(running.where), three(running.where);
    CHECK(three.receive(refusal.size()) == refusal);
    CHECK(three.receive_all().empty());
    Peer other(*second);
    for (Peer* peer : {&one, &two, &other}) {
        CHECK(peer->send("x"));
        CHECK(peer->receive(1) == "x");
    }
    one.leave();
    CHECK(running.room.eventually([](const Record& r) { return r.closed.size() == 1; }));
    Peer next(running.where);
    CHECK(next.send("x"));
    CHECK(next.receive(1) == "x");
    CHECK(running.room.record().opened.size() == 4);
}

TEST_CASE("a connection that is adopted counts, and is not adopted if its address has too many") {
    Running running({.addresses = {.connections = 1, .connections_per_second = 0, .trusted = {}}});
    running.start();
    test::Door door;
    Peer one(door.where()), two(door.where());
    net::Descriptor sockets[] = {door.accept(), door.accept()};
    std::vector<bool> adopted;
    REQUIRE(running.in_the_room([&] {
        for (net::Descriptor& socket : sockets) {
            const auto id = running.transport.adopt(std::move(socket));
            adopted.push_back(id.has_value());
            if (id) running.room.on_open(*id, {});
        }
    }));
    CHECK(adopted == std::vector{true, false});
    Peer three(running.where);
    CHECK(three.receive(refusal.size()) == refusal);
    one.leave();
    CHECK(running.room.eventually([](const Record& r) { return r.closed.size() == 1; }));
    Peer four(running.where);
    CHECK(four.send("x"));
    CHECK(four.receive(1) == "x");
}
