// tcp_server's options for groups, history and sessions; and what outlives it.
#include <sys/resource.h>

#include <string>

#include "catch.hpp"
#include "program.hpp"
#include "support/peer.hpp"
#include "support/scratch_file.hpp"

using e2e::Program;
using e2e::Server;
using test::Peer;

TEST_CASE("what is said in the lobby and in the server's groups is known after a restart, and nothing else") {
    const test::ScratchFile path;
    const std::vector<std::string> options = {"--group", "dev", "--recent", "5", "--history-file", path};
    {
        Server server(options);
        Peer lily = server.join("lily");
        lily.send("/join #dev\n/join #tea\n#dev hello, devs\n#tea not for the file\nhello, all\n/quit\n");
        lily.receive_up_to("-- Goodbye!\n");
        CHECK(server.terminate() == 0);
    }
    Server server(options);
    Peer bob = server.join("bob");
    CHECK(bob.receive_line() == "-- Said in the lobby (times in UTC):\n");
    CHECK(bob.receive_line().ends_with("] lily: hello, all\n"));
    bob.send("/join #dev\n/join #tea\n/groups\n");
    bob.receive_up_to("-- Said in #dev (times in UTC):\n");
    CHECK(bob.receive_line().ends_with("] #dev lily: hello, devs\n"));
    bob.receive_line();  // in #tea, of which nothing is known
    CHECK(bob.reads("-- Groups: lobby (1), #dev (1, you are in it), #tea (1, you are in it)\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("a history file with lines that are of no use is read as far as it goes, and that is reported") {
    const test::ScratchFile path;
    path.write("7-1\t0\t\tsay\tlily\thello\nrubbish\n");
    Program server(MINIMETA_TCP_SERVER_PATH, {"--serve", "--port", "0", "--recent", "5", "--history-file", path});
    CHECK(server.err.receive_line() == std::string(path) + ": 1 of its lines were of no use, the first is line 2\n");
    Peer bob = e2e::join(e2e::place_in(server.out.receive_line()), "bob");
    bob.receive_up_to("[7-1] lily: hello\n");
    CHECK(server.terminate() == 0);
}

TEST_CASE("a server whose group or history file cannot be used says so, and ends") {
    const auto complains = [](std::vector<std::string> options, const std::string& complaint) {
        options.insert(options.begin(), {"--serve", "--port", "0"});
        Program server(MINIMETA_TCP_SERVER_PATH, options);
        CHECK(server.err.receive_line() == complaint);
        CHECK(server.status() == 1);
    };
    complains({"--group", "two words"}, "cannot make a group \"two words\": name_character\n");
    complains({"--history-file", "/nowhere/at/all"}, "cannot write to /nowhere/at/all: No such file or directory\n");
}

TEST_CASE("two servers do not write to one history file") {
    const test::ScratchFile path;
    Server first({"--history-file", path});
    Program second(MINIMETA_TCP_SERVER_PATH, {"--serve", "--port", "0", "--history-file", path});
    CHECK(second.err.receive_line() == "cannot write to " + std::string(path) + ": another server uses it\n");
    CHECK(second.status() == 1);
    CHECK(first.terminate() == 0);
}

#if defined(__linux__)
TEST_CASE("a server whose disk is full goes on, says so, and keeps what is said when there is room again") {
    const test::ScratchFile path;
    Server server({"--history-file", path});
    Peer lily = server.join("lily");
    const auto may_write = [&](rlim_t bytes) {
        const rlimit limit{bytes, RLIM_INFINITY};
        REQUIRE(::prlimit(server.pid(), RLIMIT_FSIZE, &limit, nullptr) == 0);
    };
    may_write(10);
    lily.send("one\n");
    CHECK(server.err.receive_line().starts_with(std::string(path) + " cannot be written; what is said is not kept ("));
    lily.send("two\n/who\n");
    CHECK(lily.reads("-- Here now (1): lily\n"));
    may_write(RLIM_INFINITY);
    lily.send("three\n");
    CHECK(server.err.receive_line() == std::string(path) + " can be written again\n");
    CHECK(path.text().substr(0, 11).ends_with('\n'));  // what was cut off
    CHECK(path.text().ends_with("\tlily\tthree\n"));
    CHECK(path.text().find("two") == std::string::npos);
    CHECK(server.terminate() == 0);
}
#endif

TEST_CASE("show has the lost members, and the sizes of the groups") {
    Server server({"--group", "dev"});
    {
        Peer lily = server.connect();
        lily.send("/session\nname:lily\n/join #dev\n");
        lily.receive_up_to("-- You are in #dev.");
        server.out.receive_up_to("lily joined from " + lily.address() + "\n");
    }
    CHECK(server.out.receive_line() == "lily lost the connection\n");
    server.types("show");
    CHECK(server.out.reads("0 connected, 1 with a name\n  lily  connection lost\n  #dev  members: 1\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("private messages are kept as --private says, and places as --resume does") {
    Server server({"--private", "5", "--resume", "1"});
    Peer bob = server.join("bob");
    {
        Peer lily = server.connect();
        lily.send("/session\nname:lily\n");
        lily.receive_up_to("+session ");
        CHECK(lily.receive_line().ends_with(" 1\n"));
        CHECK(bob.reads("-- lily joined.\n"));
    }
    server.out.receive_up_to("lily lost the connection\n");
    bob.send("psst @lily\n");
    CHECK(
        bob.reads("-- Sent in private to lily; nobody else can read it.\n"
                  "-- The connection of lily is lost; it may come back.\n"
                  "-- lily is gone.\n"));  // after a second
    bob.send("/history @lily\n");
    CHECK(bob.receive_line() == "-- Said in private between you and lily (times in UTC):\n");
    CHECK(bob.receive_line().ends_with("] [private to lily] bob: psst @lily\n"));
    CHECK(server.terminate() == 0);
}
