#include "minimeta/net/endpoint.hpp"

#include <arpa/inet.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "catch.hpp"

using namespace minimeta::net;

TEST_CASE("an endpoint reads as people write it") {
    CHECK(Endpoint{"127.0.0.1", 5000}.text() == "127.0.0.1:5000");
    CHECK(Endpoint{"::1", 5000}.text() == "[::1]:5000");
    CHECK(Endpoint{"localhost", 0}.text() == "localhost:0");
}

TEST_CASE("an IPv4 peer of an IPv6 listener reads as IPv4") {
    sockaddr_in6 mapped{};
    mapped.sin6_family = AF_INET6;
    mapped.sin6_port = htons(5000);
    REQUIRE(::inet_pton(AF_INET6, "::ffff:192.0.2.7", &mapped.sin6_addr) == 1);
    SocketAddress address;
    std::memcpy(&address.storage, &mapped, sizeof mapped);
    address.size = sizeof mapped;
    CHECK(address.endpoint().text() == "192.0.2.7:5000");
}

TEST_CASE("an unknown address is an empty endpoint") {
    CHECK(SocketAddress{}.endpoint() == Endpoint{});
    CHECK(local_endpoint(-1) == Endpoint{});
    CHECK(peer_endpoint(-1) == Endpoint{});
}

TEST_CASE("an error has the reason and the place") {
    const NetError error{reason_of(EADDRINUSE), {"::1", 5000}};
    CHECK(error.text() == "[::1]:5000: " + std::string(std::strerror(EADDRINUSE)));
}

TEST_CASE("a result is a value or an error") {
    Result<int> value = 3;
    REQUIRE(value);
    CHECK(*value == 3);
    Result<int> failure = NetError{"no", {}};
    REQUIRE_FALSE(failure);
    CHECK(failure.error().reason == "no");
}
