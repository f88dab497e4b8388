// chat_server: the example that newcomers copy, run as they would run it.
#include <csignal>
#include <string>
#include <vector>

#include "catch.hpp"
#include "program.hpp"
#include "support/peer.hpp"

using e2e::Program;
using test::Peer;

TEST_CASE("chat_server: two members chat, and the log shows them join and leave") {
    const int signal = GENERATE(SIGINT, SIGTERM);
    Program server(MINIMETA_CHAT_SERVER_PATH, {"0"});
    const auto where = e2e::place_in(server.out.receive_line());
    Peer lily = e2e::join(where, "lily");
    CHECK(server.prints("lily joined\n"));
    Peer bob = e2e::join(where, "bob");
    CHECK(server.prints("bob joined\n"));
    CHECK(lily.reads("-- bob joined.\n"));

    lily.send("hello, bob\n");
    CHECK(bob.reads("lily: hello, bob\n"));
    bob.send("hello, lily\n/quit\n");
    CHECK(lily.reads("bob: hello, lily\n-- bob is gone.\n"));
    CHECK(server.prints("bob left\n"));

    server.signal(signal);
    CHECK(server.prints("lily left\nstopped\n"));
    CHECK(server.status() == 0);
    CHECK(lily.receive_all().empty());
}

TEST_CASE("chat_server: a roll of the dice is announced in the group where it was asked for") {
    Program server(MINIMETA_CHAT_SERVER_PATH, {"0"});
    const auto where = e2e::place_in(server.out.receive_line());
    Peer lily = e2e::join(where, "lily");
    Peer bob = e2e::join(where, "bob");
    lily.receive_up_to("-- bob joined.\n");

    bob.send("!roll\n");
    CHECK(lily.reads("bob: !roll\n"));
    const std::string result = lily.receive_line();
    CHECK(result.starts_with("** bob rolls a "));
    CHECK(bob.receive_line() == result);

    lily.send("/join #dice\n#dice !roll\n");
    lily.receive_up_to("-- You are in #dice.");
    lily.receive_line();
    CHECK(lily.receive_line().starts_with("#dice ** lily rolls a "));
    lily.send("and on we go\n");
    CHECK(bob.reads("lily: and on we go\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("chat_server: a log that is read no longer does not end it") {
    Program server(MINIMETA_CHAT_SERVER_PATH, {"0"});
    const auto where = e2e::place_in(server.out.receive_line());
    server.out.close();
    Peer lily = e2e::join(where, "lily");
    Peer bob = e2e::join(where, "bob");
    CHECK(lily.reads("-- bob joined.\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("chat_server: a bad command line or a port in use is reported") {
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"port"}, {"65536"}, {"-1"}, {""}, {"5000", "5001"}}) {
        Program server(MINIMETA_CHAT_SERVER_PATH, arguments);
        CHECK(server.complains("usage: chat_server [port]\n"));
        CHECK(server.status() == 2);
    }
    Program first(MINIMETA_CHAT_SERVER_PATH, {"0"});
    const auto where = e2e::place_in(first.out.receive_line());
    Program second(MINIMETA_CHAT_SERVER_PATH, {std::to_string(where.port)});
    CHECK(second.err.receive_line().starts_with("cannot listen on " + where.text() + ": "));
    CHECK(second.status() == 1);
    CHECK(first.terminate() == 0);
}
