#include "minimeta/net/socket.hpp"

#include <fcntl.h>

#include <cerrno>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "support/peer.hpp"

using namespace minimeta;
using test::Peer;

namespace {

// A listener and where it is.
struct Door {
    explicit Door(const std::string& host) {
        auto made = net::listen(host, 0);
        REQUIRE(made);
        socket = std::move(*made);
        where = net::local_endpoint(socket.value());
    }

    // Waits for a visitor.
    net::Descriptor accept() {
        pollfd waiting{socket.value(), POLLIN, 0};
        REQUIRE(::poll(&waiting, 1, static_cast<int>(std::chrono::milliseconds(test::longest_wait).count())) == 1);
        return net::accept(socket.value());
    }

    net::Descriptor socket;
    net::Endpoint where;
};

int option(int socket, int level, int name) {
    int value = -1;
    socklen_t size = sizeof value;
    CHECK(::getsockopt(socket, level, name, &value, &size) == 0);
    return value;
}

}  // namespace

TEST_CASE("port 0 is a free port, over IPv4 and IPv6") {
    const std::string host = GENERATE("127.0.0.1", "::1");
    Door door(host);
    CHECK(door.where.address == host);
    CHECK(door.where.port != 0);
    Peer peer(door.where);
    const net::Descriptor accepted = door.accept();
    REQUIRE(accepted);
    CHECK(net::peer_endpoint(accepted.value()).text() == peer.address());
}

TEST_CASE("a connection does not block, is private, sends at once and notices a vanished peer") {
    Door door("127.0.0.1");
    auto made = net::connect("127.0.0.1", door.where.port, seconds(20));
    REQUIRE(made);
    const net::Descriptor accepted = door.accept();
    for (const int each : {accepted.value(), made->value()}) {
        CHECK((::fcntl(each, F_GETFL) & O_NONBLOCK) != 0);
        CHECK((::fcntl(each, F_GETFD) & FD_CLOEXEC) != 0);
        CHECK(option(each, IPPROTO_TCP, TCP_NODELAY) != 0);
        CHECK(option(each, SOL_SOCKET, SO_KEEPALIVE) != 0);
    }
}

TEST_CASE("a port that is taken is an error with its reason and place") {
    const std::string host = GENERATE("127.0.0.1", "::1");
    Door door(host);
    auto second = net::listen(host, door.where.port);
    REQUIRE_FALSE(second);
    CHECK(second.error().reason == net::reason_of(EADDRINUSE));
    CHECK(second.error().where == door.where);
    CHECK(second.error().text() == door.where.text() + ": " + net::reason_of(EADDRINUSE));
}

TEST_CASE("an address of another machine cannot be listened at") {
    auto made = net::listen("192.0.2.1", 5000);  // reserved for documentation
    REQUIRE_FALSE(made);
    CHECK(made.error().text() == "192.0.2.1:5000: " + net::reason_of(EADDRNOTAVAIL));
}

TEST_CASE("what is no host at all is an error with a reason") {
    auto made = net::listen("::1::", 5000);
    REQUIRE_FALSE(made);
    CHECK_FALSE(made.error().reason.empty());
    CHECK(made.error().where == net::Endpoint{"::1::", 5000});
}

TEST_CASE("the same port can be had for IPv4 and for IPv6") {
    Door four("127.0.0.1");
    auto six = net::listen("::1", four.where.port);
    CHECK(six);
}

TEST_CASE("a listener for every address accepts both families") {
    Door door("");
    std::vector<std::string> hosts{"127.0.0.1"};
    if (door.where.address == "::") hosts.push_back("::1");
    for (const std::string& host : hosts) {
        Peer peer({host, door.where.port});
        const net::Descriptor accepted = door.accept();
        REQUIRE(accepted);
        CHECK(net::peer_endpoint(accepted.value()).text() == peer.address());
        CHECK(net::peer_endpoint(accepted.value()).address == host);
    }
}

TEST_CASE("a port without a listener refuses, and the error says where") {
    net::Endpoint where;
    {
        Door door("127.0.0.1");
        where = door.where;
    }
    auto made = net::connect(where.address, where.port, seconds(20));
    REQUIRE_FALSE(made);
    CHECK(made.error().text() == where.text() + ": " + net::reason_of(ECONNREFUSED));
}

#if defined(__linux__)  // others answer differently when the queue of a listener is full
TEST_CASE("connecting to a host that does not answer ends in time") {
    using clock = std::chrono::steady_clock;
    Door door("127.0.0.1");
    REQUIRE(::listen(door.socket.value(), 0) == 0);
    const auto before = clock::now();
    std::vector<net::Descriptor> waiting;
    for (;;) {
        auto made = net::connect("127.0.0.1", door.where.port, milliseconds(100));
        if (made) {
            waiting.push_back(std::move(*made));
            REQUIRE(waiting.size() < 10);
            continue;
        }
        CHECK(made.error().text() == door.where.text() + ": " + net::reason_of(ETIMEDOUT));
        break;
    }
    CHECK(clock::now() - before >= std::chrono::milliseconds(100));
    CHECK(clock::now() - before < test::longest_wait);
}
#endif

TEST_CASE("bytes move as far as there is room, and the rest is not yet") {
    Door door("127.0.0.1");
    Peer peer(door.where);
    const net::Descriptor accepted = door.accept();
    char buffer[16];
    CHECK(net::receive(accepted.value(), buffer).outcome == net::Moving::not_yet);

    std::string first = "one ", second = "two";
    iovec parts[] = {{first.data(), first.size()}, {second.data(), second.size()}};
    const net::Moved gathered = net::send(accepted.value(), parts);
    CHECK(gathered.outcome == net::Moving::moved);
    CHECK(gathered.bytes == 7);
    CHECK(peer.receive(7) == "one two");

    const std::string much(1 << 20, 'x');
    net::Moved sent;
    int sends = 0;
    do sent = net::send(accepted.value(), much);
    while (sent.outcome == net::Moving::moved && ++sends < 1000);
    CHECK(sent.outcome == net::Moving::not_yet);

    peer.send("bye");
    peer.end_sending();
    pollfd waiting{accepted.value(), POLLIN, 0};
    REQUIRE(::poll(&waiting, 1, 20'000) == 1);
    CHECK(net::receive(accepted.value(), buffer).bytes == 3);
    REQUIRE(::poll(&waiting, 1, 20'000) == 1);
    CHECK(net::receive(accepted.value(), buffer).outcome == net::Moving::ended);
}

TEST_CASE("writing to a peer that is gone is a result, not a signal") {
    Door door("127.0.0.1");
    Peer peer(door.where);
    const net::Descriptor accepted = door.accept();
    peer.reset();
    pollfd waiting{accepted.value(), POLLIN, 0};
    REQUIRE(::poll(&waiting, 1, 20'000) == 1);
    for (int i = 0; i < 3; ++i) CHECK(net::send(accepted.value(), "x").outcome == net::Moving::broken);
    std::string text = "x";
    iovec part{text.data(), text.size()};
    CHECK(net::send(accepted.value(), std::span(&part, 1)).outcome == net::Moving::broken);
    char buffer[16];
    CHECK(net::receive(accepted.value(), buffer).outcome != net::Moving::moved);
}

TEST_CASE("last words survive parting from a peer that has sent what was never read") {
    Door door("127.0.0.1");
    Peer peer(door.where);
    net::Descriptor accepted = door.accept();
    CHECK(peer.send(std::string(10'000, 'x')));
    pollfd waiting{accepted.value(), POLLIN, 0};
    REQUIRE(::poll(&waiting, 1, 20'000) == 1);
    CHECK(net::send(accepted.value(), "bye").bytes == 3);
    char scratch[4096];
    net::part(accepted.value(), scratch);
    accepted.reset();
    CHECK(peer.receive_all() == "bye");
    CHECK_FALSE(peer.was_reset());
}
