// The console of tcp_server: start, stop, show, help, quit; and what it prints of the room.
#include <chrono>
#include <string>
#include <string_view>

#include "catch.hpp"
#include "program.hpp"
#include "support/peer.hpp"

using e2e::place_in;
using e2e::Program;
using e2e::Server;
using test::Peer;

namespace {

// Less than any time that the server would wait for a peer.
constexpr std::chrono::seconds at_once{3};

constexpr std::string_view menu =
    "commands:\n"
    "  start   listen and serve\n"
    "  stop    close all connections and stop listening\n"
    "  show    who is connected, and what the room has done\n"
    "  groups  the groups and their topics\n"
    "  say     to all, or with #dev in front, there; tell bob ... to bob alone\n"
    "  kick bob, ban bob 2h, mute bob 10m, unban, unmute, bans, op bob, deop bob, topic,\n"
    "  lock, and what else an operator may do, as in /help; with #dev in front, there\n"
    "  help    this menu\n"
    "  quit    stop, and end the program\n";

// How long the server takes to stop.
std::chrono::nanoseconds time_to_stop(Program& server) {
    const auto begin = std::chrono::steady_clock::now();
    server.types("stop");
    server.out.receive_up_to("stopped\n");
    return std::chrono::steady_clock::now() - begin;
}

}  // namespace

TEST_CASE("the console begins with its menu and does not serve before start") {
    Program console(MINIMETA_TCP_SERVER_PATH, {"--port", "0"});
    CHECK(console.prints(menu));
    console.types("show");
    CHECK(console.prints("the server does not run\n"));
    console.types("stop");
    CHECK(console.prints("the server does not run\n"));
    console.types("start");
    CHECK(Peer(place_in(console.out.receive_line())).reads(e2e::greeting));
    console.types("quit");
    CHECK(console.status() == 0);
}

TEST_CASE("starting twice and stopping twice is reported, and does no harm") {
    Server server;
    Peer lily = server.join("lily");
    server.types("start");
    CHECK(server.prints("the server runs already\n"));
    lily.send("/who\n");
    CHECK(lily.reads("-- Here now (1): lily\n"));
    server.types("stop\nstop");
    CHECK(server.prints("lily left\nstopped\nthe server does not run\n"));
    CHECK(lily.receive_all() == "** The server stops.\n");
    server.types("quit");
    CHECK(server.status() == 0);
}

TEST_CASE("show lists the connected members, with their addresses") {
    Server server;
    Peer lily = server.join("lily");
    Peer nameless = server.connect();
    CHECK(nameless.reads(e2e::greeting));
    server.types("show");
    CHECK(server.prints("2 connected, 1 with a name\n  lily  " + lily.address() + "\n"));
    CHECK(server.out.receive_line().starts_with("since the start: connections 2, said 0, "));
    Peer bob = server.join("bob");
    server.types("show");
    CHECK(server.prints("3 connected, 2 with a name\n"));
    const std::string list = server.out.receive_line() + server.out.receive_line();
    CHECK(list.find("  lily  " + lily.address() + "\n") != std::string::npos);
    CHECK(list.find("  bob  " + bob.address() + "\n") != std::string::npos);
    CHECK(server.terminate() == 0);
}

TEST_CASE("anything else is not a command, and brings the menu") {
    Program console(MINIMETA_TCP_SERVER_PATH);
    CHECK(console.prints(menu));
    console.types("dance");
    CHECK(console.prints("not a command: dance\n"));
    CHECK(console.prints(menu));
    console.types("START");
    CHECK(console.prints("not a command: START\n"));
    CHECK(console.prints(menu));
    console.types("help");
    CHECK(console.prints(menu));
    console.types("");
    console.types("  show \t");  // blanks do not count, and a line of nothing is nothing
    CHECK(console.prints("the server does not run\n"));
    console.types("quit");
    CHECK(console.status() == 0);
}

TEST_CASE("the console does not obey or repeat control characters") {
    Program console(MINIMETA_TCP_SERVER_PATH);
    CHECK(console.prints(menu));
    console.types("da\x1b[2Jnce");
    CHECK(console.prints("not a command: da\n"));
    CHECK(console.prints(menu));
    console.types(std::string(3000, 'x'));
    CHECK(console.prints("not a command: " + std::string(40, 'x') + "\n"));
    CHECK(console.prints(menu));
    console.types("quit");
    CHECK(console.status() == 0);
}

TEST_CASE("a command may arrive in pieces, and several at once") {
    Program console(MINIMETA_TCP_SERVER_PATH);
    CHECK(console.prints(menu));
    console.writes("sh");
    console.writes("ow\nstop\nhe");
    CHECK(console.prints("the server does not run\nthe server does not run\n"));
    console.writes("lp\nquit\n");
    CHECK(console.prints(menu));
    CHECK(console.status() == 0);
}

TEST_CASE("stop works at once while all peers are silent") {
    Server server;
    Peer lily = server.join("lily");
    Peer nameless = server.connect();
    CHECK(nameless.reads(e2e::greeting));
    CHECK(time_to_stop(server) < at_once);
    CHECK(lily.receive_all() == "** The server stops.\n");
    CHECK(nameless.receive_all().empty());
    server.types("quit");
    CHECK(server.status() == 0);
}

TEST_CASE("stop works at once while a peer does not read") {
    Server server({"--rate", "0"});
    Peer lily = server.join("lily");
    Peer deaf = server.connect_with_small_buffer();
    deaf.send("name:deaf\n");
    CHECK(lily.reads("-- deaf joined.\n"));
    const std::string line = std::string(4000, 'x') + "\n";
    for (int i = 0; i < 20'000 && lily.hears_nothing(std::chrono::milliseconds(0)); ++i) lily.send(line);
    CHECK(lily.reads("-- deaf is gone: the connection was too slow.\n"));
    CHECK(time_to_stop(server) < at_once);  // though there is much that deaf has not taken
    CHECK(lily.receive_all() == "** The server stops.\n");
    server.types("quit");
    CHECK(server.status() == 0);
}

TEST_CASE("after stop, start serves again on the same port") {
    Server server({"--unframed-port", "0"});
    const auto unframed = place_in(server.out.receive_line());
    for (int round = 0; round < 3; ++round) {
        CAPTURE(round);
        Peer lily = server.join("lily");
        Peer bob = e2e::join(unframed, "bob");
        CHECK(lily.reads("-- bob joined.\n"));
        CHECK(server.prints("bob joined from " + bob.address() + "\n"));
        server.types("stop");
        CHECK(lily.receive_all() == "** The server stops.\n");
        CHECK(bob.receive_all() == "** The server stops.\n");
        server.out.receive_up_to("stopped\n");
        CHECK_THROWS(server.connect());
        server.types("start");
        CHECK(server.prints("listening on " + server.where.text() + "\nin a browser: http://" + server.where.text() +
                            "/\nlistening on " + unframed.text() + "\n"));
    }
    server.types("show");
    CHECK(server.prints("0 connected, 0 with a name\n"));
    server.types("quit");
    CHECK(server.status() == 0);
}

TEST_CASE("a start that fails is reported, and works once the port is free") {
    test::Door other;
    Program console(MINIMETA_TCP_SERVER_PATH, {"--port", std::to_string(other.where().port)});
    CHECK(console.prints(menu));
    console.types("start");
    CHECK(console.complains("cannot listen on " + other.where().text() + ": Address already in use\n"));
    console.types("show");
    CHECK(console.prints("the server does not run\n"));
    other.close();
    console.types("start");
    CHECK(console.prints("listening on " + other.where().text() + "\n"));
    CHECK(Peer(other.where()).reads(e2e::greeting));
    console.types("quit");
    CHECK(console.status() == 0);
}

TEST_CASE("a start that fails at the second port gives the first one up") {
    test::Door first;
    first.close();
    test::Door second;
    Program console(MINIMETA_TCP_SERVER_PATH, {"--port", std::to_string(first.where().port), "--unframed-port",
                                               std::to_string(second.where().port)});
    CHECK(console.prints(menu));
    console.types("start");
    CHECK(console.complains("cannot listen on " + second.where().text() + ": Address already in use\n"));
    console.types("show");
    console.out.receive_up_to("the server does not run\n");
    CHECK_THROWS(Peer(first.where()));
    second.close();
    console.types("start");
    CHECK(console.prints("listening on " + first.where().text() + "\nin a browser: http://" + first.where().text() +
                         "/\nlistening on " + second.where().text() + "\n"));
    CHECK(Peer(first.where()).reads(e2e::greeting));
    console.types("quit");
    CHECK(console.status() == 0);
}

TEST_CASE("quit works while members are connected") {
    Server server;
    Peer lily = server.join("lily");
    server.types("quit");
    CHECK(lily.receive_all() == "** The server stops.\n");
    CHECK(server.status() == 0);
}

TEST_CASE("the log has joins, renames and leaves, and never what is said") {
    Server server;
    Peer lily = server.join("lily");
    Peer bob = server.join("bob");
    CHECK(lily.reads("-- bob joined.\n"));
    lily.send("a public word\nfor @bob alone\n/me hums\n/nobody knows\nfor @nobody alone\nname:rose\n");
    CHECK(bob.reads("lily: a public word\n[private] lily: for @bob alone\n* lily hums\n-- lily is now rose.\n"));
    bob.send("/quit\n");
    CHECK(bob.receive_all() == "-- Goodbye!\n");
    CHECK(server.prints("lily is now rose\nbob left\n"));
    lily.leave();
    CHECK(server.prints("rose left\n"));
    CHECK(server.terminate() == 0);
    CHECK(server.out.receive_all().empty());
    CHECK(server.err.receive_all().empty());
}
