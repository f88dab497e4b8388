// tcp_client as a filter: lines in from a pipe, lines out to a pipe, and what it says about itself on standard error.
#include <unistd.h>

#include <csignal>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "minimeta/net/endpoint.hpp"
#include "program.hpp"
#include "support/peer.hpp"

using e2e::Program;
using e2e::Server;
using test::Door;
using test::Peer;

namespace net = minimeta::net;

namespace {

class Client : public Program {
public:
    explicit Client(const net::Endpoint& where, std::vector<std::string> options = {})
        : Program(MINIMETA_TCP_CLIENT_PATH, with_place(std::move(options), where)),
          connecting_("tcp_client: connecting to " + where.text() + " ...\n") {}

    /// Whether these are its first words about itself.
    bool begins(std::string_view words) { return complains(connecting_ + std::string(words)); }

private:
    static std::vector<std::string> with_place(std::vector<std::string> options, const net::Endpoint& where) {
        options.insert(options.begin(), {"--host", where.address, "--port", std::to_string(where.port)});
        return options;
    }

    std::string connecting_;
};

/// A client in a room; the test is that room.
struct ClientAtDoor {
    Door door;
    Client client{door.where()};
    Peer room = door.admit();

    /// Ends the client's input, upon which it leaves.
    void end() {
        client.end_input();
        CHECK(room.reads("/quit\n"));
        room.leave();
    }
};

constexpr std::string_view connected = "tcp_client: connected\n";

}  // namespace

// ---- A session

TEST_CASE("a short session from a pipe connects, says what it is given, and leaves") {
    Server server;
    Peer bob = server.join("bob");
    Client client(server.where);
    client.writes("name:lily\nhello\n:quit\n");
    CHECK(client.out.receive_all() == std::string(e2e::greeting) +
                                          "-- Welcome, lily! People here: 2. What you can do: /help\n"
                                          "-- Goodbye!\n");
    CHECK(client.status() == 0);
    CHECK(client.begins(connected));
    CHECK(client.err.receive_all() == "tcp_client: disconnected\n");
    CHECK(bob.reads("-- lily joined.\nlily: hello\n-- lily is gone.\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("at the end of its input the client has every answer, and leaves") {
    Server server;
    Peer bob = server.join("bob");
    Client client(server.where);
    client.writes("name:lily\nhi @bob\nhi @nobody\n/who\nthe last line, without an end");
    client.end_input();
    CHECK(client.out.receive_all() == std::string(e2e::greeting) +
                                          "-- Welcome, lily! People here: 2. What you can do: /help\n"
                                          "-- Sent in private to bob; nobody else can read it.\n"
                                          "! Not here: nobody. Nobody got the line. (@@name writes an @ in public.)\n"
                                          "-- Here now (2): bob, lily\n"
                                          "-- Goodbye!\n");
    CHECK(client.status() == 0);
    CHECK(client.begins(connected));
    client.err.receive_all();
    CHECK(
        bob.reads("-- lily joined.\n[private] lily: hi @bob\nlily: the last line, without an end\n-- lily is gone.\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("with no input at all the client comes and goes") {
    Server server;
    Client client(server.where);
    client.end_input();
    CHECK(client.out.receive_all() == std::string(e2e::greeting) + "-- Goodbye!\n");
    CHECK(client.status() == 0);
    client.err.receive_all();
    CHECK(server.terminate() == 0);
}

TEST_CASE("a client that is given a name comes in under it") {
    Server server;
    Peer bob = server.join("bob");
    Client client(server.where, {"--name", "lily"});
    CHECK(bob.reads("-- lily joined.\n"));
    bob.send("hello, lily\n");
    CHECK(client.prints(e2e::greeting));
    CHECK(client.prints("-- Welcome, lily! People here: 2. What you can do: /help\nbob: hello, lily\n"));
    client.end_input();
    CHECK(client.out.receive_all() == "-- Goodbye!\n");
    CHECK(client.status() == 0);
    client.err.receive_all();
    CHECK(server.terminate() == 0);
}

TEST_CASE("of more lines than the room admits in a second, none is lost") {
    Server server;
    Peer bob = server.join("bob");
    Client client(server.where, {"--name", "lily"});
    std::string expected = "-- lily joined.\n";
    for (int i = 0; i < 25; ++i) {
        client.types(std::to_string(i));
        expected += "lily: " + std::to_string(i) + "\n";
    }
    client.end_input();
    CHECK(bob.reads(expected + "-- lily is gone.\n"));
    CHECK(client.status() == 0);
    client.err.receive_all();
    CHECK(server.terminate() == 0);
}

TEST_CASE("a client on a pipe uses no escape sequences") {
    Server server;
    Peer bob = server.join("bob");
    Client client(server.where, {"--name", "lily"});
    CHECK(bob.reads("-- lily joined.\n"));
    bob.send("hello\nfor @lily\n");
    client.writes("hi @nobody\n:strat\n:help\n:start\n");
    client.out.receive_up_to("[private]");
    client.out.receive_up_to("! Not here: nobody");
    client.writes(":quit\n");
    CHECK(client.status() == 0);
    CHECK((client.out.receive_all() + client.err.receive_all()).find('\x1b') == std::string::npos);
    CHECK(server.terminate() == 0);
}

// ---- What it takes for its own, and what it does not let through

TEST_CASE_METHOD(ClientAtDoor, "a mistyped command is not said in the room, and what looks like one can be") {
    client.writes(":strat\n:Quit\n:q\n::start\n:)\n:-D\n: \n::\nname:lily\n/who\nhello :start\n");
    CHECK(room.reads(":start\n:)\n:-D\n: \n:\nname:lily\n/who\nhello :start\n"));
    CHECK(client.begins(connected));
    CHECK(client.err.receive_line().find(":strat is not a command. Did you mean :start?") != std::string::npos);
    CHECK(client.err.receive_line().find(":Quit is not a command. Did you mean :quit?") != std::string::npos);
    CHECK(client.err.receive_line().find(":q is not a command.") != std::string::npos);
    end();
    CHECK(client.status() == 0);
    client.err.receive_all();
}

TEST_CASE_METHOD(ClientAtDoor, "what acts on a terminal is made visible before it is printed") {
    room.send("a\x1b[2Jb\nc\x07\x08\rd\ne\x9b\x33\x31mf\ng\u202Eh\nbye\xFF\n你好\n");
    const std::string printed = client.out.receive_up_to("你好\n");
    CHECK(printed == "a\uFFFD[2Jb\nc\uFFFD\uFFFD\uFFFDd\ne\uFFFD31mf\ng\uFFFDh\nbye\uFFFD\n你好\n");
    end();
    CHECK(client.status() == 0);
    client.err.receive_all();
}

TEST_CASE_METHOD(ClientAtDoor, "a line that arrives in pieces is printed whole, two in one piece are two") {
    room.send("one\ntwo\r\nth");
    CHECK(client.prints("one\ntwo\n"));
    room.send("ree \xE4\xBD");
    room.send("\xA0\n");
    CHECK(client.prints("three 你\n"));
    room.send("the rest");
    end();
    CHECK(client.out.receive_all() == "the rest\n");
    CHECK(client.status() == 0);
    client.err.receive_all();
}

// ---- When it does not work

TEST_CASE("a client that is refused says where and why, with status 1") {
    Door door;
    door.close();
    Client client(door.where());
    CHECK(client.begins("tcp_client: cannot connect to " + door.where().text() + ": Connection refused\n"));
    CHECK(client.status() == 1);
    CHECK(client.out.receive_all().empty());
}

TEST_CASE("a client whose server's name means nothing says so, with status 1") {
    Client client({"nowhere.invalid", 5000});
    CHECK(client.begins("tcp_client: cannot connect to nowhere.invalid:5000: "));
    client.err.receive_all();
    CHECK(client.status() == 1);
}

TEST_CASE("a client that loses its server prints what came, and says so, with status 1") {
    SECTION("the server ends") {
        Server server;
        Client client(server.where, {"--name", "lily"});
        client.out.receive_up_to("-- Welcome, lily!");
        CHECK(server.terminate() == 0);
        CHECK(client.status() == 1);
        CHECK(client.out.receive_all() == " People here: 1. What you can do: /help\n** The server stops.\n");
        CHECK(client.begins(connected));
        CHECK(client.err.receive_all() == "tcp_client: the connection is lost: the server has closed it\n");
    }
    SECTION("the connection is reset") {
        Door door;
        Client client(door.where());
        Peer room = door.admit();
        room.send("hello\n");
        CHECK(client.prints("hello\n"));
        room.reset();
        CHECK(client.status() == 1);
        CHECK(client.begins(connected));
        CHECK(client.err.receive_all() == "tcp_client: the connection is lost: Connection reset by peer\n");
    }
    SECTION("the connection is reset when the client has said everything, and leaves") {
        Door door;
        Client client(door.where());
        Peer room = door.admit();
        client.writes("hello\n");
        client.end_input();
        CHECK(room.reads("hello\n/quit\n"));
        room.reset();
        CHECK(client.status() == 1);
        CHECK(client.begins(connected));
        CHECK(client.err.receive_line() == "tcp_client: the connection is lost: Connection reset by peer\n");
        client.err.receive_all();
    }
    SECTION("the client has left, and the server never closes the connection") {
        Door door;
        Client client(door.where());
        Peer room = door.admit();
        client.end_input();
        CHECK(room.reads("/quit\n"));
        CHECK(client.status() == 1);
        CHECK(client.begins(connected));
        CHECK(client.err.receive_all() == "tcp_client: the connection is lost: the server does not close it\n");
    }
    SECTION("the server is killed while there is much to say") {
        Server server;
        Client client(server.where, {"--name", "lily"});
        client.out.receive_up_to("-- Welcome, lily!");
        for (int i = 0; i < 100; ++i) client.types("on and on");
        server.signal(SIGKILL);
        CHECK(client.status() == 1);
        CHECK(client.begins(connected));
        CHECK(client.err.receive_all().find("tcp_client: the connection is lost: ") == 0);
    }
}

TEST_CASE("a client whose output is not read any more ends") {
    const std::string before = GENERATE("", "trap '' PIPE; ");  // as some programs leave it to those they start
    Server server;
    Peer bob = server.join("bob");
    Program client("/bin/sh", {"-c", before + "exec \"$0\" --port \"$1\" --name lily", MINIMETA_TCP_CLIENT_PATH,
                               std::to_string(server.where.port)});
    client.out.receive_up_to("-- Welcome, lily!");
    CHECK(bob.reads("-- lily joined.\n"));
    client.out.close();
    bob.send("hello\n");
    CHECK(bob.reads("-- lily is gone.\n"));
    CHECK(client.status() > 0);
    client.err.receive_all();
    CHECK(server.terminate() == 0);
}

TEST_CASE("a client whose output is lost does not call that a success") {
    if (::access("/dev/full", W_OK) != 0) {
        WARN("no /dev/full here, so nothing is tested");
        return;
    }
    Server server;
    Program client("/bin/sh", {"-c", "exec \"$0\" --port \"$1\" >/dev/full", MINIMETA_TCP_CLIENT_PATH,
                               std::to_string(server.where.port)});
    client.writes(":quit\n");
    CHECK(client.status() == 1);
    client.err.receive_all();
    CHECK(server.terminate() == 0);
}

TEST_CASE("the client refuses options that it does not understand, with its usage") {
    struct Wrong {
        std::vector<std::string> options;
        std::string_view complaint;
    };
    const auto wrong =
        GENERATE(Wrong{{"--frobnicate"}, "no such option: --frobnicate"}, Wrong{{"hello"}, "no such option: hello"},
                 Wrong{{"--port", "many"}, "cannot use \"many\" for --port"},
                 Wrong{{"--port", "65536"}, "cannot use \"65536\" for --port"},
                 Wrong{{"--port=0"}, "cannot use \"0\" for --port"}, Wrong{{"--port"}, "cannot use \"\" for --port"},
                 Wrong{{"--name", "two words"}, "cannot use \"two words\" for --name"},
                 Wrong{{"--host", ""}, "cannot use \"\" for --host"});
    Program client(MINIMETA_TCP_CLIENT_PATH, wrong.options);
    CHECK(client.complains("tcp_client: " + std::string(wrong.complaint) + "\nusage: tcp_client "));
    client.err.receive_all();
    CHECK(client.out.receive_all().empty());
    CHECK(client.status() == 2);
}

TEST_CASE("the client's help is no error") {
    Program client(MINIMETA_TCP_CLIENT_PATH, {"--help"});
    const std::string help = client.out.receive_all();
    CHECK(client.status() == 0);
    for (const std::string option : {"--host", "--port", "--name", "--start", "--once", "--pace", "--help"}) {
        CAPTURE(option);
        CHECK(help.find(option + " ") != std::string::npos);
    }
}
