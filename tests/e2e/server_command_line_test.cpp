// How tcp_server is started, what it says about that, and how it ends.
#include <chrono>
#include <csignal>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "minimeta/net/socket.hpp"
#include "minimeta/time.hpp"
#include "program.hpp"
#include "support/peer.hpp"

using e2e::place_in;
using e2e::Program;
using e2e::Server;
using test::Peer;

namespace {

bool has_ipv6() { return static_cast<bool>(minimeta::net::listen("::1", 0)); }

}  // namespace

// ---- Where it listens

TEST_CASE("the server prints the port that it got, and answers there") {
    Server server;
    CHECK(server.where.address == "127.0.0.1");
    CHECK(server.where.port != 0);
    CHECK(server.connect().reads(e2e::greeting));
    CHECK(server.terminate() == 0);
}

TEST_CASE("the server listens on IPv6, and writes the address in brackets") {
    if (!has_ipv6()) {
        WARN("no IPv6 here, so nothing is tested");
        return;
    }
    Program program(MINIMETA_TCP_SERVER_PATH, {"--serve", "--host", "::1", "--port", "0"});
    const std::string line = program.out.receive_line();
    CHECK(line.substr(0, 19) == "listening on [::1]:");
    CHECK(program.prints("in a browser: http://" + place_in(line).text() + "/\n"));
    Peer lily = e2e::join(place_in(line), "lily");
    CHECK(program.prints("lily joined from " + lily.address() + "\n"));
    CHECK(program.terminate() == 0);
}

TEST_CASE("the server without a particular host serves IPv4 and IPv6") {
    Server server({"--host", ""});
    CHECK(Peer({"127.0.0.1", server.where.port}).reads(e2e::greeting));
    if (has_ipv6()) CHECK(Peer({"::1", server.where.port}).reads(e2e::greeting));
    CHECK(server.terminate() == 0);
}

TEST_CASE("the server prints one line for each of its two listeners") {
    Server server({"--unframed-port", "0"});
    const auto unframed = place_in(server.out.receive_line());
    CHECK(unframed.port != server.where.port);
    Peer lily(unframed);
    CHECK(lily.reads(e2e::greeting));
    lily.send("name:lily");  // no line end, and understood
    CHECK(lily.reads("-- Welcome, lily! People here: 1. What you can do: /help\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("the server speaks Chinese if asked to") {
    Server server({"--lang", "zh"});
    Peer lily = server.connect();
    CHECK(lily.reads("-- 你好！请先起个名字，例如：name:lily\n"));
    lily.send("name：莉莉\n");  // with the colon of a Chinese keyboard
    CHECK(lily.reads("-- 欢迎你，莉莉！现在有 1 人在场。输入 /help 查看用法\n"));
    server.signal(SIGTERM);
    CHECK(lily.reads("** 服务器关闭了。\n"));
    CHECK(server.status() == 0);
}

// ---- What it cannot do

TEST_CASE("the server refuses options that it does not understand, with its usage") {
    struct Wrong {
        std::vector<std::string> options;
        std::string complaint;
    };
    const auto wrong = GENERATE(
        Wrong{{"--frobnicate"}, "unknown option --frobnicate"}, Wrong{{"hello"}, "unknown option hello"},
        Wrong{{"--port"}, "--port needs a value"}, Wrong{{"--port", "many"}, "bad value for --port: many"},
        Wrong{{"--port", "65536"}, "bad value for --port: 65536"}, Wrong{{"--port", "-1"}, "bad value for --port: -1"},
        Wrong{{"--port", "50 00"}, "bad value for --port: 50 00"}, Wrong{{"--rate", ""}, "bad value for --rate: "},
        Wrong{{"--unframed-port", "x"}, "bad value for --unframed-port: x"},
        Wrong{{"--recent", "all"}, "bad value for --recent: all"}, Wrong{{"--group"}, "--group needs a value"},
        Wrong{{"--serve", "--lang", "fr"}, "bad value for --lang: fr"},
        Wrong{{"--serve", "--poller", "kqueue"}, "bad value for --poller: kqueue"});
    Program program(MINIMETA_TCP_SERVER_PATH, wrong.options);
    CHECK(program.complains("tcp_server: " + wrong.complaint + "\nusage: tcp_server "));
    program.err.receive_all();
    CHECK(program.out.receive_all().empty());
    CHECK(program.status() == 2);
}

TEST_CASE("the server's help is no error") {
    Program program(MINIMETA_TCP_SERVER_PATH, {"--help"});
    const std::string help = program.out.receive_all();
    CHECK(program.status() == 0);
    for (const std::string option :
         {"--host",     "--port",        "--unframed-port",  "--no-web",      "--no-irc",
          "--password", "--server-name", "--origin",         "--host-name",   "--poller",
          "--lang",     "--rate",        "--connections",    "--per-address", "--address-rate",
          "--trust",    "--idle",        "--flush-interval", "--serve",       "--help"}) {
        CAPTURE(option);
        CHECK(help.find(option + " ") != std::string::npos);
    }
}

TEST_CASE("a server that cannot listen says why and where, and ends") {
    SECTION("the port is taken") {
        test::Door other;
        Program program(MINIMETA_TCP_SERVER_PATH, {"--serve", "--port", std::to_string(other.where().port)});
        CHECK(program.complains("cannot listen on " + other.where().text() + ": Address already in use\n"));
        CHECK(program.status() == 1);
    }
    SECTION("the second port is taken") {
        test::Door other;
        const std::string port = std::to_string(other.where().port);
        Program program(MINIMETA_TCP_SERVER_PATH, {"--serve", "--port", "0", "--unframed-port", port});
        CHECK(program.complains("cannot listen on " + other.where().text() + ": Address already in use\n"));
        CHECK(program.status() == 1);
    }
    SECTION("the address is none of this machine's") {  // 192.0.2.0/24 is nobody's, RFC 5737
        Program program(MINIMETA_TCP_SERVER_PATH, {"--serve", "--host", "192.0.2.1", "--port", "4000"});
        CHECK(program.complains("cannot listen on 192.0.2.1:4000: Cannot assign requested address\n"));
        CHECK(program.status() == 1);
    }
    SECTION("the host is none") {
        Program program(MINIMETA_TCP_SERVER_PATH, {"--serve", "--host", "256.0.0.1.invalid", "--port", "4000"});
        CHECK(program.complains("cannot listen on 256.0.0.1.invalid:4000: "));
        program.err.receive_all();
        CHECK(program.status() == 1);
    }
}

// ---- How it ends

TEST_CASE("a signal ends the server with status 0, though a silent peer is connected") {
    const int signal = GENERATE(SIGINT, SIGTERM);
    Server server;
    Peer lily = server.join("lily");
    Peer nameless = server.connect();
    CHECK(nameless.reads(e2e::greeting));
    server.signal(signal);
    CHECK(lily.receive_all() == "** The server stops.\n");
    CHECK(nameless.receive_all().empty());
    CHECK(server.status() == 0);
}

TEST_CASE("a signal ends the server while its console waits for a command") {
    const int signal = GENERATE(SIGINT, SIGTERM);
    Program console(MINIMETA_TCP_SERVER_PATH);
    console.out.receive_up_to("  quit ");
    console.signal(signal);
    CHECK(console.status() == 0);
}

TEST_CASE("with --serve, a server goes on when its standard input ends") {
    Server server;
    Peer lily = server.join("lily");
    server.end_input();
    Peer bob = server.join("bob");
    CHECK(lily.reads("-- bob joined.\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("with --serve, a server has a console all the same") {
    Server server;
    server.types("show");
    CHECK(server.prints("0 connected, 0 with a name\n"));
    server.types("quit");
    CHECK(server.status() == 0);
}

TEST_CASE("without --serve, the end of standard input is a quit") {
    Program console(MINIMETA_TCP_SERVER_PATH, {"--port", "0"});
    console.types("start");
    console.out.receive_up_to("listening on ");
    console.end_input();
    CHECK(console.status() == 0);
}

TEST_CASE("a server whose log is not read any more goes on") {
    Server server;
    server.out.close();
    Peer lily = e2e::join(server.where, "lily");
    Peer bob = e2e::join(server.where, "bob");
    CHECK(lily.reads("-- bob joined.\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("a log that is not read for a while holds up neither the room nor the end") {
    Server server({"--rate", "0"});
    Peer lily = e2e::join(server.where, "lily");
    std::string wishes;
    std::string answers;
    for (int i = 0; i < 2000; ++i) {  // more than a pipe holds
        const std::string name = std::string(20, 'x') + std::to_string(i);
        wishes += "name:" + name + "\n";
        answers += "-- Your name is " + name + " now.\n";
    }
    CHECK(lily.send(wishes));
    CHECK(lily.reads(answers));
    CHECK(server.terminate() == 0);
}

TEST_CASE("a server without any standard streams serves all the same") {
    test::Door door;
    door.close();  // its port is free, and the server cannot tell which it takes
    Program program("/bin/sh", {"-c", "exec \"$0\" --serve --port \"$1\" <&- >&- 2>&-", MINIMETA_TCP_SERVER_PATH,
                                std::to_string(door.where().port)});
    const auto deadline = std::chrono::steady_clock::now() + test::longest_wait;
    auto socket = minimeta::net::connect("127.0.0.1", door.where().port, minimeta::seconds(1));
    while (!socket && std::chrono::steady_clock::now() < deadline)
        socket = minimeta::net::connect("127.0.0.1", door.where().port, minimeta::seconds(1));
    REQUIRE(socket);
    CHECK(Peer(std::move(*socket)).reads(e2e::greeting));
    Peer lily = e2e::join(door.where(), "lily");
    Peer bob = e2e::join(door.where(), "bob");
    CHECK(lily.reads("-- bob joined.\n"));
    CHECK(program.terminate() == 0);
}
