#include "minimeta/net/address_range.hpp"

#include "catch.hpp"
#include "minimeta/net/socket.hpp"

using namespace minimeta::net;

namespace {

Address address(const char* text) { return address_range_of(text)->first; }

bool contains(const char* range, const char* text) { return address_range_of(range)->contains(address(text)); }

}  // namespace

TEST_CASE("an address is a range of one") {
    CHECK(contains("192.0.2.7", "192.0.2.7"));
    CHECK_FALSE(contains("192.0.2.7", "192.0.2.6"));
    CHECK(contains("2001:db8::1", "2001:DB8:0::1"));
    CHECK_FALSE(contains("::1", "::"));
}

TEST_CASE("a range has the addresses whose first bits are the same") {
    CHECK(contains("10.0.0.0/8", "10.255.3.4"));
    CHECK_FALSE(contains("10.0.0.0/8", "11.0.0.0"));
    CHECK(contains("192.0.2.128/25", "192.0.2.255"));
    CHECK_FALSE(contains("192.0.2.128/25", "192.0.2.127"));
    CHECK(contains("2001:db8:8000::/33", "2001:db8:ffff::1"));
    CHECK_FALSE(contains("2001:db8:8000::/33", "2001:db8:7fff::1"));
    CHECK(contains("0.0.0.0/0", "203.0.113.9"));
    CHECK_FALSE(contains("0.0.0.0/0", "2001:db8::1"));
    CHECK(contains("::/0", "203.0.113.9"));
}

TEST_CASE("an IPv4 address is the same as its mapped one") { CHECK(contains("::ffff:192.0.2.7", "192.0.2.7")); }

TEST_CASE("what is no address, or has too many bits, is no range") {
    for (const char* text : {"", "/", "192.0.2", "192.0.2.256", "192.0.2.7/33", "192.0.2.7/", "192.0.2.7/-1", "::1/129",
                             "::1/x", "example.org", "192.0.2.7:80", "192.0.2.7 ", "::1/64/3"})
        CHECK_FALSE(address_range_of(text));
}

TEST_CASE("the address of a socket is its address without the port, and what is unknown has none") {
    SocketAddress socket;
    CHECK_FALSE(address_of(socket));
    for (const char* text : {"127.0.0.1", "::1", "2001:db8::7"}) {
        auto resolved = resolve(text, 80, AI_NUMERICHOST);
        REQUIRE(resolved);
        CHECK(address_of(resolved->front()) == address(text));
    }
}
