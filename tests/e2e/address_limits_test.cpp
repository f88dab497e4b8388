// One address that takes what is everybody's. Two of this machine are the two addresses here: 127.0.0.1 and ::1.
#include <string>
#include <vector>

#include "catch.hpp"
#include "program.hpp"
#include "support/peer.hpp"

using e2e::Server;
using test::Peer;

namespace {

constexpr const char* turned_away =
    "! There are too many connections from your address. Try again later. The connection is closed.\n";

minimeta::net::Endpoint over_ipv4(const Server& server) { return {"127.0.0.1", server.where.port}; }
minimeta::net::Endpoint over_ipv6(const Server& server) { return {"::1", server.where.port}; }

}  // namespace

TEST_CASE("an address with all of its connections is turned away, and another one comes in") {
    Server server({"--host", "", "--trust", "none", "--per-address", "2"});
    Peer lily = e2e::join(over_ipv6(server), "lily");
    Peer bob = e2e::join(over_ipv6(server), "bob");
    Peer third(over_ipv6(server));
    CHECK(third.reads(turned_away));
    CHECK(third.receive_all().empty());
    Peer eve = e2e::join(over_ipv4(server), "eve");
    eve.send("/quit\n");
    CHECK(lily.receive_up_to("eve is gone.").ends_with("eve is gone."));
    CHECK(server.terminate() == 0);
}

TEST_CASE("this machine is trusted, unless other addresses are") {
    Server server({"--per-address", "1"});
    Peer lily = server.join("lily");
    Peer bob = server.join("bob");
    CHECK(lily.reads("-- bob joined.\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("whoever comes and goes all the time takes the kept places of no other address") {
    Server server({"--host", "", "--trust", "none", "--per-address", "0", "--address-rate", "0", "--connections", "8"});
    Peer lily(over_ipv4(server));
    lily.send("/session\nname:lily\n");
    lily.receive_up_to("+session ");
    const std::string token = lily.receive_up_to(" ");
    lily.leave();
    server.out.receive_up_to("lily lost the connection\n");
    for (int i = 0; i < 20; ++i) {
        Peer nuisance(over_ipv6(server));
        nuisance.send("/session\nname:nuisance" + std::to_string(i) + "\n");
        nuisance.receive_up_to("+session ");
        nuisance.leave();
        server.out.receive_up_to("lost the connection\n");
    }
    Peer again(over_ipv4(server));
    again.send("/resume " + token + "0\n");
    CHECK(again.receive_up_to("Welcome back, lily!").ends_with("lily!"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("a range that is none is an error") {
    for (const char* range : {"10.0.0.0/40", "example.org", ""}) {
        e2e::Program program(MINIMETA_TCP_SERVER_PATH, {"--trust", range});
        CHECK(program.err.receive_line() == "tcp_server: bad value for --trust: " + std::string(range) + "\n");
        program.err.receive_all();
        CHECK(program.status() == 2);
    }
}
