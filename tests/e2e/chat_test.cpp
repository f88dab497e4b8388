// People chat through tcp_server: what each of them reads.
#include <string>

#include "catch.hpp"
#include "program.hpp"
#include "support/peer.hpp"
#include "support/websocket_frames.hpp"

using e2e::place_in;
using e2e::Program;
using e2e::Server;
using test::Peer;

TEST_CASE("two people on nc and one on tcp_client chat, whisper, rename and leave") {
    Server server;
    Peer lily = server.join("lily");
    Peer bob = server.join("bob");
    CHECK(lily.reads("-- bob joined.\n"));

    Program eve(MINIMETA_TCP_CLIENT_PATH, {"--port", std::to_string(server.where.port), "--name", "eve"});
    CHECK(eve.prints(e2e::greeting));
    CHECK(eve.prints("-- Welcome, eve! People here: 3. What you can do: /help\n"));
    CHECK(lily.reads("-- eve joined.\n"));
    CHECK(bob.reads("-- eve joined.\n"));

    lily.send("hello, everybody\n");
    CHECK(bob.reads("lily: hello, everybody\n"));
    CHECK(eve.prints("lily: hello, everybody\n"));

    eve.types("hello, lily");
    CHECK(lily.reads("eve: hello, lily\n"));
    CHECK(bob.reads("eve: hello, lily\n"));

    bob.send("between us, @eve\n");
    CHECK(bob.reads("-- Sent in private to eve; nobody else can read it.\n"));
    CHECK(eve.prints("[private] bob: between us, @eve\n"));

    eve.types("you too @lily @bob");
    CHECK(eve.prints("-- Sent in private to lily, bob; nobody else can read it.\n"));
    CHECK(lily.reads("[private] eve: you too @lily @bob\n"));
    CHECK(bob.reads("[private] eve: you too @lily @bob\n"));

    lily.send("name:bob\nname:rose\n");
    CHECK(lily.reads("! The name bob is taken. Please try another.\n-- Your name is rose now.\n"));
    CHECK(bob.reads("-- lily is now rose.\n"));
    CHECK(eve.prints("-- lily is now rose.\n"));

    eve.types("/quit");
    CHECK(eve.prints("-- Goodbye!\n"));
    CHECK(eve.status() == 0);
    eve.err.receive_all();
    CHECK(lily.reads("-- eve is gone.\n"));
    CHECK(bob.reads("-- eve is gone.\n"));

    bob.send("/quit\n");
    CHECK(bob.receive_all() == "-- Goodbye!\n");
    CHECK(lily.reads("-- bob is gone.\n"));
    CHECK(server.terminate() == 0);
    CHECK(lily.receive_all() == "** The server stops.\n");
}

TEST_CASE("a program that speaks JSON chats with one that types") {
    Server server;
    Peer lily = server.join("lily");
    Peer robot = server.connect();
    robot.send("{");
    robot.receive_up_to("{\"type\":\"greeting\",");
    robot.receive_line();
    robot.send("\"type\":\"name\",\"name\":\"robot\",\"request\":1}\n");
    CHECK(robot.reads("{\"type\":\"welcome\",\"name\":\"robot\",\"members\":2,\"request\":1}\n"));
    CHECK(lily.reads("-- robot joined.\n"));
    lily.send("hello, \"robot\"\n");
    robot.receive_up_to("{\"type\":\"said\",\"from\":\"lily\",\"text\":\"hello, \\\"robot\\\"\",\"id\":\"");
    robot.receive_line();
    robot.send("{\"type\":\"say\",\"text\":\"b\\u0065ep\"}\n");
    robot.receive_up_to("{\"type\":\"sent\",\"text\":\"beep\",\"id\":\"");
    CHECK(lily.reads("robot: beep\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("a page that speaks JSON over WebSocket chats with somebody that types") {
    Server server;
    Peer lily = server.join("lily");
    Peer page = server.connect();
    page.send(
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n" +
        test::text_frame(R"({"type":"name","name":"page"})"));
    page.receive_up_to(R"({"type":"welcome","name":"page","members":2})");
    CHECK(lily.reads("-- page joined.\n"));
    page.send(test::text_frame(R"({"type":"say","text":"hello from a page"})"));
    CHECK(lily.reads("page: hello from a page\n"));
    lily.send("hello, page\n");
    page.receive_up_to(R"({"type":"said","from":"lily","text":"hello, page",)");
    page.send(test::close_frame(1000));
    CHECK(lily.reads("-- page is gone.\n"));
    CHECK(page.receive_all().ends_with("\x88\x02\x03\xE8"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("a client of IRC chats with somebody that types, at the same port") {
    Server server({"--server-name", "irc.example.org"});
    Peer lily = server.join("lily");
    Peer irc = server.connect();
    irc.send("NICK ivy\r\nUSER ivy 0 * :Ivy\r\n");
    irc.receive_up_to(":irc.example.org 001 ivy :");
    irc.receive_up_to(":irc.example.org 366 ivy #lobby ");
    irc.receive_line();
    CHECK(lily.reads("-- ivy joined.\n"));
    irc.send("PRIVMSG #lobby :hello\r\nPRIVMSG lily :psst\r\nJOIN #dev\r\n");
    CHECK(lily.reads("ivy: hello\n[private] ivy: psst\n"));
    irc.receive_up_to(":irc.example.org 366 ivy #dev ");
    irc.receive_line();
    lily.send("/join #dev\n#dev hi\n@ivy you too\n/quit\n");
    CHECK(
        irc.reads(":lily!~u@irc.example.org JOIN #dev\r\n:lily!~u@irc.example.org PRIVMSG #dev :hi\r\n"
                  ":lily!~u@irc.example.org PRIVMSG ivy :@ivy you too\r\n:lily!~u@irc.example.org QUIT :Left\r\n"));
    irc.send("QUIT\r\n");
    CHECK(irc.receive_all() == ":irc.example.org ERROR :Closing link (Quit)\r\n");
    Server closed({"--no-irc"});
    Peer refused = closed.connect();
    refused.send("NICK ivy\r\n");
    CHECK(refused.receive_all() == "ERROR :IRC is not spoken here\r\n");
}

TEST_CASE("a browser is served the page, and no other file") {
    Server server({"--host-name", "chat.example.org"});
    const auto answer = [&](const std::string& first, const std::string& fields) {
        Peer browser = server.connect();
        browser.send(first + " HTTP/1.1\r\n" + fields + "\r\n");
        return browser.receive_all();
    };
    const std::string page = answer("GET /", "Host: 127.0.0.1\r\n");
    CHECK(page.starts_with("HTTP/1.1 200 OK\r\nDate: "));
    CHECK(page.find("\r\n\r\n<!DOCTYPE html>") != page.npos);
    CHECK(page.find("script-src 'sha256-") != page.npos);
    CHECK(answer("HEAD /", "Host: chat.example.org\r\n") + page.substr(page.find("<!DOCTYPE")) == page);
    CHECK(answer("GET /etc/passwd", "Host: localhost\r\n").starts_with("HTTP/1.1 404 Not Found\r\n"));
    CHECK(answer("POST /", "Host: localhost\r\n").starts_with("HTTP/1.1 405 Method Not Allowed\r\n"));
    CHECK(answer("GET /", "Host: evil.example\r\n").starts_with("HTTP/1.1 403 Forbidden\r\n"));
    CHECK(answer("GET /", "").starts_with("HTTP/1.1 400 Bad Request\r\n"));
    Server closed({"--no-web"});
    Peer browser = closed.connect();
    browser.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    CHECK(browser.receive_all().starts_with("HTTP/1.1 404 Not Found\r\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("who speaks TLS is told at once that this is no port for it") {
    Server server;
    Peer browser = server.connect();
    browser.send(std::string_view("\x16\x03\x01\x02\x00\x01", 6));
    CHECK(browser.receive_all() == std::string_view("\x15\x03\x01\x00\x02\x02\x46", 7));
}

TEST_CASE("members with and without line ends chat in one room") {
    Server server({"--unframed-port", "0"});
    const auto unframed_place = place_in(server.out.receive_line());
    Peer lily = server.join("lily");
    Peer bob(unframed_place);
    CHECK(bob.reads(e2e::greeting));
    bob.send("name:bob");
    CHECK(bob.reads("-- Welcome, bob! People here: 2. What you can do: /help\n"));
    CHECK(lily.reads("-- bob joined.\n"));
    bob.send("hello, lily");
    CHECK(lily.reads("bob: hello, lily\n"));
    lily.send("hello, bob\nand @bob alone\n");
    CHECK(bob.reads("lily: hello, bob\n[private] lily: and @bob alone\n"));
    CHECK(lily.reads("-- Sent in private to bob; nobody else can read it.\n"));
    bob.send("@lily");
    CHECK(lily.reads("[private] bob: @lily\n"));
    CHECK(bob.reads("-- Sent in private to lily; nobody else can read it.\n"));
    bob.leave();
    CHECK(lily.reads("-- bob is gone.\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("what is sent before a half close is answered in full") {  // printf ... | nc -N
    Server server;
    Peer bob = server.join("bob");
    Peer lily = server.connect();
    lily.send("name:lily\nhello\nhi @bob\nhi @nobody\n/who\n");
    lily.end_sending();
    CHECK(lily.receive_all() == std::string(e2e::greeting) +
                                    "-- Welcome, lily! People here: 2. What you can do: /help\n"
                                    "-- Sent in private to bob; nobody else can read it.\n"
                                    "! Not here: nobody. Nobody got the line. (@@name writes an @ in public.)\n"
                                    "-- Here now (2): bob, lily\n");
    CHECK(bob.reads("-- lily joined.\nlily: hello\n[private] lily: hi @bob\n-- lily is gone.\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("what was said before a half close reaches the one that closes, though lines are gathered") {
    Server server({"--flush-interval", "3600000"});
    Peer bob = server.join("bob"), lily = server.join("lily");
    CHECK(bob.send("hello\n@lily and this\nbye\n"));
    CHECK(lily.reads("bob: hello\n"));  // with the private line, in order
    lily.end_sending();
    CHECK(lily.receive_all().ends_with("bob: bye\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("a thousand lines in a row arrive in order at every member") {
    Server server({"--rate", "0"});
    Peer lily = server.join("lily");
    Peer bob = server.join("bob");
    Peer eve = server.join("eve");
    CHECK(lily.reads("-- bob joined.\n-- eve joined.\n"));
    CHECK(bob.reads("-- eve joined.\n"));
    std::string heard;
    for (int i = 0; i < 1000; ++i) {
        const std::string text = "number " + std::to_string(i) + "\n";
        lily.send(text);
        heard += "lily: " + text;
    }
    CHECK(bob.reads(heard));
    CHECK(eve.reads(heard));
    CHECK(server.terminate() == 0);
    CHECK(lily.receive_all() == "** The server stops.\n");
}
