// What the operator orders at the console of tcp_server, who becomes an operator by a secret, and the file of metrics.
#include <chrono>
#include <string>
#include <thread>

#include "catch.hpp"
#include "program.hpp"
#include "support/peer.hpp"
#include "support/scratch_file.hpp"

using e2e::Server;
using test::Peer;
using test::ScratchFile;

TEST_CASE("the console speaks, removes, mutes and bans, and says what became of it") {
    Server server;
    Peer lily = server.join("lily"), bob = server.join("bob");
    CHECK(lily.reads("-- bob joined.\n"));
    server.types("say tea is ready");
    CHECK(server.prints("done\n"));
    CHECK(lily.reads("** tea is ready\n"));
    server.types("tell bob only for you");
    CHECK(server.prints("done\n"));
    CHECK(bob.reads("** tea is ready\n[private] ** only for you\n"));
    server.types("mute bob 10m\nbans");
    CHECK(server.prints("done\n  bob  muted  600 s left\n"));
    CHECK(lily.reads("-- bob is muted for 10 minutes, by the room.\n"));
    server.types("topic all about tea\ngroups\ntopic");
    CHECK(server.prints("done\n  the lobby  members: 2  topic: all about tea\nall about tea\n"));
    server.types("kick nobody\nban bob 10\nkick\nsay #dev hi");
    CHECK(
        server.prints("refused: not_a_member\nrefused: invalid_argument \"10\"\nrefused: missing_argument \"kick\"\n"
                      "refused: no_such_group\n"));
    server.types("ban bob");
    CHECK(server.prints("bob left (banned)\ndone\n"));
    CHECK(bob.receive_all().ends_with("! That is banned here. The connection is closed.\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("what is ordered before the server runs counts when it does") {
    e2e::Program console(MINIMETA_TCP_SERVER_PATH, {"--port", "0"});
    console.out.receive_up_to("end the program\n");
    console.types("kick bob\nban eve\ntopic tea\nstart");
    CHECK(console.prints("refused: not_a_member\ndone\ndone\n"));
    Peer eve(e2e::place_in(console.out.receive_line()));
    CHECK(eve.reads(e2e::greeting));
    eve.send("name:eve\nname:lily\n");
    CHECK(
        eve.reads("! That is banned here.\n-- Welcome, lily! People here: 1. What you can do: /help\n-- Topic: tea\n"));
    CHECK(console.terminate() == 0);
}

TEST_CASE("who knows a secret of the file becomes an operator, and no secret is logged") {
    // `sesame`, by openssl passwd -6 -salt minimeta
    const ScratchFile file;
    file.write(
        "# those who keep order\n"
        "lily@home:$6$minimeta$nSvj7oN6sxjQiPYfxg63oBLhRuLNRDnTcY9dY15TMKlkr1EsXzxmbbjBaPVwAo2Xmp."
        "5f0kvwAv/wFx3pl.e50:ignored\n");
    Server server({"--operators", file});
    Peer lily = server.join("lily");
    lily.send("/login wrong\n");
    CHECK(server.prints("lily failed to log in\n"));
    CHECK(lily.reads("[private] ** That is not the secret.\n"));
    lily.send("/topic tea\n");
    CHECK(lily.reads("! Only an operator may do that here.\n"));
    lily.send("/login sesame\n");
    CHECK(server.prints("lily is operator lily@home\n"));
    CHECK(lily.reads("-- lily is an operator now, by the room.\n"));
    lily.send("/topic tea\n");
    CHECK(lily.reads("-- Topic, set by lily: tea\n"));
    Peer stranger = server.connect();
    CHECK(stranger.reads(e2e::greeting));
    stranger.send("/login sesame\n");
    CHECK(stranger.reads("! You need a name first, for example:  name:lily\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("a file without operators ends the server before it begins") {
    const ScratchFile file;
    file.write("# nobody\n");
    e2e::Program program(MINIMETA_TCP_SERVER_PATH, {"--port", "0", "--serve", "--operators", file});
    CHECK(program.err.receive_line() == "there is no operator in " + std::string(file) + "\n");
    CHECK(program.status() == 1);
}

TEST_CASE("the metrics are in a file, in the format of Prometheus, and whole whenever it is read") {
    const ScratchFile file;
    Server server({"--metrics", file});
    Peer lily = server.join("lily");
    lily.send("/dance\n");
    CHECK(lily.reads("! There is no command \"/dance\"; nobody got the line. See /help, or write // for a slash.\n"));
    server.types("help");  // whatever is typed has them written, too
    const auto deadline = std::chrono::steady_clock::now() + test::longest_wait;
    std::string text;
    while (text.find("minimeta_members 1\n") == text.npos && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        text = file.text();
    }
    CHECK(text.starts_with("# HELP minimeta_connections "));
    CHECK(text.find("# TYPE minimeta_opened_total counter\nminimeta_opened_total 1\n") != text.npos);
    CHECK(text.find("minimeta_refused_total{reason=\"unknown_command\"} 1\n") != text.npos);
    CHECK(text.ends_with("\n"));
    CHECK(server.terminate() == 0);
}
