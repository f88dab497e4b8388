// tcp_client with a person at a terminal.
#include <csignal>
#include <string>
#include <string_view>

#include "catch.hpp"
#include "lily.hpp"
#include "program.hpp"
#include "support/peer.hpp"
#include "terminal.hpp"

using e2e::BobAndLily;
using e2e::Lily;
using e2e::options_for;
using e2e::Server;
using e2e::Terminal;
using test::Door;
using test::Peer;

namespace {

bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace

// ---- Coming and going

TEST_CASE("at a terminal the client begins with its help, and connects on :start") {
    Server server;
    Terminal client(MINIMETA_TCP_CLIENT_PATH, options_for(server.where));
    CHECK(client.shows("  :start     connect"));
    CHECK(client.shows("  :quit      disconnect and end (also Ctrl-C or Ctrl-D on an empty line)"));
    CHECK(client.has_at_the_end({"> "}));
    client.enters("hello?");
    CHECK(client.has_at_the_end({"> hello?", ": not said, since there is no connection; :start connects", "> "}));
    client.enters(":start");
    CHECK(client.has_at_the_end({"> :start", ": connecting to " + server.where.text() + " ...", ": connected",
                                 "-- Hello! Tell us your name to come in, for example:  name:lily", "> "}));
    client.enters(":start");
    CHECK(client.has_at_the_end({"> :start", ": already connected; :stop disconnects", "> "}));
    client.enters("name:lily");
    CHECK(client.has_at_the_end({"> name:lily", "-- Welcome, lily! People here: 1. What you can do: /help", "> "}));
    client.enters(":quit");
    CHECK(client.status() == 0);
    CHECK(client.shows(": disconnected"));
    CHECK(client.is_as_before());
    CHECK(server.terminate() == 0);
}

TEST_CASE("at a terminal --start connects at once, without a name") {
    Server server;
    Terminal client(MINIMETA_TCP_CLIENT_PATH, options_for(server.where, {"--start"}));
    CHECK(client.has_at_the_end(
        {": connected", "-- Hello! Tell us your name to come in, for example:  name:lily", "> "}));
    client.enters("name:lily");
    CHECK(client.has_at_the_end({"-- Welcome, lily! People here: 1. What you can do: /help", "> "}));
    CHECK(server.terminate() == 0);
}

TEST_CASE("the client can quit before it has ever connected") {
    Terminal client(MINIMETA_TCP_CLIENT_PATH);
    CHECK(client.has_at_the_end({"> "}));
    CHECK_FALSE(client.is_as_before());
    client.enters(":stop");
    CHECK(client.shows(": not connected; :start connects"));
    client.enters(":quit");
    CHECK(client.status() == 0);
    CHECK(client.is_as_before());
}

TEST_CASE_METHOD(BobAndLily,
                 "after :stop the client is out at once, though the room is silent, and :start brings it back") {
    for (int i = 0; i < 3; ++i) {
        lily.enters(":stop");
        CHECK(bob.reads("-- lily is gone.\n"));
        CHECK(lily.has_at_the_end({"> :stop", ": disconnected", "> "}));
        lily.enters(":start");
        CHECK(bob.reads("-- lily joined.\n"));  // under the same name
        lily.enters("me again");
        CHECK(bob.reads("lily: me again\n"));
    }
    lily.enters(":quit");
    CHECK(lily.status() == 0);
    CHECK(bob.reads("-- lily is gone.\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("a server that says nothing holds up neither :stop nor :quit") {
    Door door;
    Lily lily(door.where());
    Peer silent = door.admit();
    CHECK(silent.reads("/session\nname:lily\n"));
    lily.enters(":stop");
    CHECK(lily.has_at_the_end({": disconnected", "> "}));
    CHECK(silent.receive_all() == "/quit\n");
    lily.enters(":start");
    Peer again = door.admit();
    CHECK(again.reads("/session\nname:lily\n"));
    lily.enters(":quit");
    CHECK(lily.status() == 0);
    CHECK(again.receive_all() == "/quit\n");
}

TEST_CASE("a refused connection is reported, and the client goes on") {
    Door door;
    door.close();
    Terminal client(MINIMETA_TCP_CLIENT_PATH, options_for(door.where()));
    client.enters(":start");
    CHECK(client.has_at_the_end({": cannot connect to " + door.where().text() + ": Connection refused", "> "}));
    client.enters(":quit");
    CHECK(client.status() == 0);
    CHECK(client.is_as_before());
}

TEST_CASE("losing the server is reported, and the client is back as soon as the server is") {
    Server server;
    Lily lily(server.where);
    CHECK(lily.shows("-- Welcome, lily! People here: 1. What you can do: /help"));
    lily.types("half a thou");
    CHECK(lily.has_at_the_end({"> half a thou"}));
    server.types("stop");
    CHECK(lily.shows("** The server stops."));
    CHECK(lily.shows(": the connection is lost: the server has closed it"));
    server.types("start");
    server.out.receive_up_to("listening on " + server.where.text() + "\n");
    CHECK(lily.has_at_the_end({"-- Welcome back, lily! You missed nothing.", "> half a thou"}));
    lily.types("\x15");  // Ctrl-U
    lily.enters(":quit");
    CHECK(lily.status() == 0);
    CHECK(server.terminate() == 0);
}

TEST_CASE_METHOD(BobAndLily, "however a person ends the client, the terminal is as it was") {
    CHECK_FALSE(lily.is_as_before());
    SECTION("by Ctrl-D") {
        lily.types("\x04");
        CHECK(lily.status() == 0);
    }
    SECTION("by Ctrl-C, which first throws away what is being typed") {
        lily.types("oops");
        CHECK(lily.has_at_the_end({"> oops"}));
        lily.types("\x03");
        CHECK(lily.has_at_the_end({"> "}));
        lily.types("\x03");
        CHECK(lily.status() == 0);
    }
    SECTION("by a signal") {
        lily.signal(SIGTERM);
        CHECK(lily.status() == 128 + SIGTERM);
    }
    SECTION("by closing the window") {
        lily.signal(SIGHUP);
        CHECK(lily.status() == 128 + SIGHUP);
    }
    CHECK(lily.is_as_before());
    CHECK(bob.reads("-- lily is gone.\n"));
    CHECK(server.terminate() == 0);
}

// ---- What is seen

TEST_CASE_METHOD(BobAndLily, "label, text, own state and warnings each have their colour") {
    bob.send("hello\n");
    CHECK(lily.shows("bob: hello"));
    lily.enters(":strat");
    lily.enters("hi @nobody");
    CHECK(lily.shows("! Not here: nobody. Nobody got the line. (@@name writes an @ in public.)"));
    const std::string& bytes = lily.bytes();
    CHECK(contains(bytes, "\x1b[94m: connected\x1b[0m"));
    CHECK(contains(bytes, "\x1b[96m-- \x1b[0m\x1b[92mWelcome, lily!"));
    CHECK(contains(bytes, "\x1b[96mbob: \x1b[0m\x1b[92mhello\x1b[0m"));
    CHECK(contains(bytes, "\x1b[93m: not said: :strat is not a command."));
    CHECK(contains(bytes, "\x1b[93m! Not here: nobody."));
    CHECK(server.terminate() == 0);
}

TEST_CASE("with NO_COLOR there is no colour") {
    Server server;
    Peer bob = server.join("bob");
    Lily lily(server.where, {.environment = {"NO_COLOR=1"}, .descriptors = 0});
    CHECK(bob.reads("-- lily joined.\n"));
    bob.send("hello\n");
    CHECK(lily.shows("bob: hello"));
    lily.enters(":strat");
    lily.enters("hi @nobody");
    CHECK(lily.shows("! Not here: nobody. Nobody got the line. (@@name writes an @ in public.)"));
    const std::string& bytes = lily.bytes();
    for (const char* colour : {"\x1b[9", "\x1b[0m", "\x1b[m", "\x1b[3"}) CHECK_FALSE(contains(bytes, colour));
    CHECK(server.terminate() == 0);
}

TEST_CASE("a terminal that can do nothing gets no sequences at all") {
    Server server;
    Peer bob = server.join("bob");
    Lily lily(server.where, {.environment = {"TERM=dumb"}, .descriptors = 0});
    CHECK(bob.reads("-- lily joined.\n"));
    bob.send("hello\n");
    CHECK(lily.shows("bob: hello"));
    CHECK_FALSE(contains(lily.bytes(), "\x1b"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("what a room sends cannot act on the terminal") {
    Door door;
    Lily lily(door.where());
    Peer room = door.admit();
    room.send("bob: \x1b[2J\x1b[31m\x07gone\rover\u202Ethere\n");
    CHECK(lily.shows("bob: \uFFFD[2J\uFFFD[31m\uFFFDgone\uFFFDover\uFFFDthere"));
    CHECK_FALSE(contains(lily.bytes(), "\x1b[2J"));
    CHECK_FALSE(contains(lily.bytes(), "\x1b[31m"));
}

// ---- What is typed

TEST_CASE_METHOD(BobAndLily, "what is being typed survives what arrives, and is sent whole") {
    lily.types("good mor");
    CHECK(lily.has_at_the_end({"> good mor"}));
    bob.send("hello\n");
    CHECK(lily.has_at_the_end({"bob: hello", "> good mor"}));
    bob.send("are you there?\nI wonder\n");
    CHECK(lily.has_at_the_end({"bob: hello", "bob: are you there?", "bob: I wonder", "> good mor"}));
    lily.types("ning");
    CHECK(lily.has_at_the_end({"bob: I wonder", "> good morning"}));
    lily.types("\r");
    CHECK(bob.reads("lily: good morning\n"));
    CHECK(lily.has_at_the_end({"bob: I wonder", "> good morning", "> "}));
    CHECK(server.terminate() == 0);
}

TEST_CASE_METHOD(BobAndLily, "a line is edited with the usual keys") {
    lily.types("helo");
    lily.types("\x1b[D");  // left
    lily.types("l");
    lily.types("\x1b[H");  // home
    lily.types("well, ");
    lily.types("\x1b[F!!");  // end
    lily.types("\x7f");      // backspace
    CHECK(lily.has_at_the_end({"> well, hello!"}));
    lily.types("\r");
    CHECK(bob.reads("lily: well, hello!\n"));
    lily.types("\x1b[A");  // up: the line before
    lily.types("\x17");    // Ctrl-W: without its last word
    lily.enters("goodbye");
    CHECK(bob.reads("lily: well, goodbye\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE_METHOD(BobAndLily, "Chinese is typed and taken back a character at a time") {
    lily.types("你好吗");
    CHECK(lily.has_at_the_end({"> 你好吗"}));
    lily.types("\x7f");
    CHECK(lily.has_at_the_end({"> 你好"}));
    bob.send("在吗？\n");
    CHECK(lily.has_at_the_end({"bob: 在吗？", "> 你好"}));
    lily.types("\xE5\x95");  // the first two bytes of 啊
    lily.types("\x8A");
    CHECK(lily.has_at_the_end({"> 你好啊"}));
    lily.types("\x1b[D\x1b[D\x7f您\r");
    CHECK(bob.reads("lily: 您好啊\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE_METHOD(BobAndLily, "at a terminal a mistyped command is not said, and advice is given") {
    lily.enters(":sotp");
    CHECK(lily.has_at_the_end(
        {"> :sotp", ": not said: :sotp is not a command. Did you mean :stop? To say it, write ::sotp", "> "}));
    lily.enters("::sotp");
    CHECK(bob.reads("lily: :sotp\n"));
    lily.enters(":help");
    CHECK(lily.has_at_the_end(
        {"A colon and a letter begin a command, so :) and :-D are just said; ::text says \":text\".", "> "}));
    CHECK(server.terminate() == 0);
}

TEST_CASE_METHOD(BobAndLily, "several lines that are pasted are all said") {
    lily.types("one\rtwo\rthree\r");
    CHECK(bob.reads("lily: one\nlily: two\nlily: three\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE_METHOD(BobAndLily, "of a paste of many lines none is lost, and what waits is shown as unsent") {
    std::string paste, said;
    for (int i = 0; i < 40; ++i) {
        paste += "line " + std::to_string(i) + "\r";
        said += "lily: line " + std::to_string(i) + "\n";
    }
    lily.types("\x1b[200~" + paste + "half a line\x1b[201~");
    CHECK(lily.bytes().find("too fast") == std::string::npos);
    CHECK(bob.reads(said));
    CHECK(lily.has_at_the_end({"> line 39", "> half a line"}));
    CHECK(lily.bytes().find("0 unsent) ") != std::string::npos);
    CHECK(lily.rows_with("! ") == 0);
    CHECK(server.terminate() == 0);
}

TEST_CASE_METHOD(BobAndLily,
                 "a row that a narrower terminal has wrapped is erased from its first line on, and drawn to fit") {
    lily.types(std::string(70, 'x'));  // 72 cells with the prompt
    CHECK(lily.shows("> " + std::string(70, 'x')));
    lily.resize(30);
    CHECK(lily.is_sent("\x1b[2A\r\x1b[J\r< x"));
    CHECK(server.terminate() == 0);
}

TEST_CASE_METHOD(BobAndLily, "the cursor stands behind what is in front of it, however wide the terminal shows that") {
    lily.types("👩\u200D💻b");
    CHECK(lily.shows("> 👩\u200D💻b"));
    lily.types("\x1b[D");
    CHECK(lily.is_sent("\r> 👩\u200D💻b\x1b[K\r> 👩\u200D💻"));
    CHECK(server.terminate() == 0);
}
