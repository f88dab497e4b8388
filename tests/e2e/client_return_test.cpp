// tcp_client loses its connection, with a person at a terminal, and comes back.
#include <chrono>
#include <csignal>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "lily.hpp"
#include "minimeta/net/endpoint.hpp"
#include "minimeta/net/socket.hpp"
#include "program.hpp"
#include "support/peer.hpp"
#include "support/vanish.hpp"

using e2e::Lily;
using e2e::Server;
using test::Door;
using test::Peer;

namespace net = minimeta::net;

namespace {

/// Lily at her terminal, in a room that keeps her place; the test is that room.
struct LilyWithSession {
    Door door;
    Lily lily{door.where()};
    Peer room = door.admit();

    LilyWithSession() {
        if (!room.reads("/session\nname:lily\n")) throw std::runtime_error("lily says something else");
        room.send("-- Welcome, lily!\n+session abc.def 7-3 60\n");
    }
};

/// The place of a door that was closed, open again.
net::Descriptor listen_again(const net::Endpoint& where) {
    auto made = net::listen(where.address, where.port);
    if (!made) throw std::runtime_error(made.error().text());
    return std::move(*made);
}

constexpr std::string_view trying = ": trying again in ";

}  // namespace

// ---- Coming back

TEST_CASE_METHOD(LilyWithSession, "what is for programs is not shown, and messages are shown without their stamps") {
    room.send("+7-4 1700000000000 bob: hello\n-- eve joined.\n+7-5 1700000000001 [private] eve: +1-1 2 x\n");
    CHECK(lily.has_at_the_end(
        {": connected", "-- Welcome, lily!", "bob: hello", "-- eve joined.", "[private] eve: +1-1 2 x", "> "}));
    CHECK(lily.bytes().find("abc.def") == std::string::npos);
}

TEST_CASE_METHOD(LilyWithSession,
                 "a client whose connection is lost shows the room its token and the last id, as often as it happens") {
    std::string seen = "7-3";
    for (int i = 4; i < 8; ++i) {
        if (i % 2 == 0) {  // every other time there is nothing new
            const std::string said = "bob: number " + std::to_string(i);
            seen = "7-" + std::to_string(i);
            room.send("+" + seen + " 1700000000000 " + said + "\n");
            CHECK(lily.shows(said));
        }
        if (i % 3 == 0) room.reset();
        else room.leave();
        room = door.admit();
        CHECK(room.reads("/resume abc.def " + seen + "\n"));
        room.send("-- Hello!\n-- Welcome back, lily! " + std::to_string(i) + "\n+session abc.def " + seen + " 60\n");
        CHECK(lily.shows("-- Welcome back, lily! " + std::to_string(i)));
    }
    CHECK(lily.rows_with(": the connection is lost: ") == 4);
    CHECK(lily.rows_with(trying) == 4);  // each time at the first attempt
    lily.enters("here I am");
    CHECK(room.reads("here I am\n"));
}

TEST_CASE_METHOD(LilyWithSession, "a message that the end of the connection cuts in two is shown once, whole") {
    const std::string message = "+7-4 1700000000000 bob: good morning\n";
    const std::size_t cut = GENERATE(1u, 5u, 19u, 30u, 36u);
    CAPTURE(cut);
    room.send(message.substr(0, cut));
    room.leave();
    Peer again = door.admit();
    CHECK(again.reads("/resume abc.def 7-3\n"));
    again.send("-- Hello!\n-- Welcome back, lily!\n" + message + "+session abc.def 7-4 60\n");
    CHECK(lily.has_at_the_end({"-- Welcome back, lily!", "bob: good morning", "> "}));
    CHECK(lily.rows_with("bob: ") == 1);
    CHECK(lily.rows_with("+") == 0);
}

TEST_CASE_METHOD(
    LilyWithSession,
    "what is being typed survives the loss, and what is entered meanwhile is said when the client is back") {
    const net::Endpoint where = door.where();
    door.close();
    room.leave();
    CHECK(lily.shows(": the connection is lost: the server has closed it"));
    CHECK(lily.shows_rows_with(trying));
    CHECK(lily.bytes().find("\x1b[94m: trying again in ") != std::string::npos);
    lily.enters("hello?");
    lily.enters("is anybody there?");
    CHECK(lily.shows("(2 unsent) > "));
    lily.types("half a thou");
    CHECK(lily.shows_rows_with(": no connection yet (Connection refused); trying again in "));
    const net::Descriptor listener = listen_again(where);
    CHECK(test::await(listener.value(), POLLIN, test::longest_wait));
    Peer again(net::accept(listener.value()));
    CHECK(again.reads("/resume abc.def 7-3\n"));
    again.send("-- Hello!\n-- Welcome back, lily!\n+session abc.def 7-3 60\n");
    CHECK(again.reads("hello?\nis anybody there?\n"));
    CHECK(lily.has_at_the_end(
        {": connected", "-- Welcome back, lily!", "> hello?", "> is anybody there?", "> half a thou"}));
    lily.types("ght\r");
    CHECK(again.reads("half a thought\n"));
}

TEST_CASE_METHOD(LilyWithSession, "a room that has not kept the place is sent the name again") {
    lily.enters("name:lily2");
    CHECK(room.reads("name:lily2\n"));
    room.send("-- Your name is lily2 now.\n+name lily2\n");
    lily.enters("name:eve");  // which is refused
    CHECK(room.reads("name:eve\n"));
    room.send("! The name eve is taken.\nbob: hi\n");
    CHECK(lily.shows("bob: hi"));
    room.leave();
    Peer again = door.admit();
    CHECK(again.reads("/resume abc.def 7-3\n"));
    again.send("-- Hello!\n+nosession ! That session is over.\n");
    CHECK(again.reads("/session\nname:lily2\n"));
    again.send("-- Welcome, lily2!\n+session ghi 8-0 60\n");
    CHECK(lily.has_at_the_end(
        {": connected",
         ": the room has not kept your place; what was said meanwhile may be missing, and you are in no groups",
         "-- Welcome, lily2!", "> "}));
    again.leave();
    Peer third = door.admit();
    CHECK(third.reads("/resume ghi 8-0\n"));
}

TEST_CASE("a room without sessions, or older than they are, is as good as ever, and lily comes back under her name") {
    const std::string refusal = GENERATE("+nosession ! There are no sessions here.\n",
                                         "! There is no command \"/session\"; nobody got the line.\n");
    Door door;
    Lily lily(door.where());
    for (int i = 0; i < 3; ++i) {
        Peer room = door.admit();
        CHECK(room.reads("/session\nname:lily\n"));
        room.send("-- Hello!\n" + refusal + "-- Welcome, lily!\n");
        CHECK(lily.has_at_the_end({": connected", "-- Hello!", "-- Welcome, lily!", "> "}));
        lily.enters("hello");
        CHECK(room.reads("hello\n"));
    }
}

TEST_CASE_METHOD(LilyWithSession, "whatever a hostile room sends for programs, the client shows it and goes on") {
    const std::string endless(5'000, 'x');
    room.send("+\n+session\n+1-2 x y\n+session " + endless + " 1-2 60\n+99999999999999999999-1 2 z\n+nosession\n");
    for (const char* row : {"+", "+session", "+1-2 x y", "+99999999999999999999-1 2 z", "+nosession"})
        CHECK(lily.shows(row));
    for (int i = 0; i < 100; ++i) room.send("+nosession ! You.\n+session s" + std::to_string(i) + " 1-1 0\n");
    room.leave();
    Peer again = door.admit();
    CHECK(again.reads("/resume s99 1-1\n"));
}

TEST_CASE("a server that is killed and started again at the same port has the client back, with its name") {
    std::optional<Server> server(std::in_place);
    const net::Endpoint where = server->where;
    Lily lily(where);
    CHECK(lily.shows_rows_with("-- Welcome, lily!"));
    server->signal(SIGKILL);
    CHECK(server->status() == 128 + SIGKILL);
    CHECK(lily.shows_rows_with(trying));
    server.emplace(std::vector<std::string>{"--port", std::to_string(where.port)});
    CHECK(lily.shows_rows_with("-- Welcome, lily!", 2));
    Peer bob = e2e::join(where, "bob");
    lily.enters("hello");
    CHECK(bob.reads("lily: hello\n"));
    lily.enters(":quit");
    CHECK(bob.reads("-- lily is gone.\n"));
    CHECK(lily.status() == 0);
    CHECK(server->terminate() == 0);
}

// ---- Staying out

TEST_CASE_METHOD(LilyWithSession, "while the client tries to come back, :stop ends that and :start tries at once") {
    const net::Endpoint where = door.where();
    door.close();
    room.leave();
    CHECK(lily.shows_rows_with(trying));
    SECTION(":stop") {
        lily.enters(":stop");
        CHECK(lily.has_at_the_end({"> :stop", ": not trying any more; :start connects", "> "}));
        const net::Descriptor listener = listen_again(where);
        CHECK_FALSE(test::await(listener.value(), POLLIN, std::chrono::milliseconds(1'500)));
        lily.enters(":start");  // the room may have kept the place all the same
        CHECK(test::await(listener.value(), POLLIN, test::longest_wait));
        Peer again(net::accept(listener.value()));
        CHECK(again.reads("/resume abc.def 7-3\n"));
    }
    SECTION(":start") {
        lily.enters(":start");
        CHECK(lily.shows(": connecting to " + where.text() + " ..."));
        CHECK(lily.shows_rows_with(": no connection yet (Connection refused); trying again in "));
        const net::Descriptor listener = listen_again(where);
        lily.enters(":start");
        CHECK(test::await(listener.value(), POLLIN, test::longest_wait));
        Peer again(net::accept(listener.value()));
        CHECK(again.reads("/resume abc.def 7-3\n"));
    }
    SECTION(":quit") {
        lily.enters(":quit");
        CHECK(lily.status() == 0);
        CHECK(lily.is_as_before());
    }
}

TEST_CASE_METHOD(LilyWithSession, "a client that leaves says so, and does not come back by itself") {
    const std::string way = GENERATE(":stop", "/quit", " ／QUIT now");
    CAPTURE(way);
    lily.enters(way);
    CHECK(room.receive_all() == "/quit\n");
    CHECK(lily.has_at_the_end({"> " + way, ": disconnected", "> "}));
    room.leave();
    lily.enters(":start");
    Peer again = door.admit();
    CHECK(again.reads("/session\nname:lily\n"));
}

TEST_CASE_METHOD(LilyWithSession, "a client that is made to end says so to the room") {
    const int signal = GENERATE(SIGTERM, SIGHUP, SIGINT);
    lily.signal(signal);
    CHECK(lily.status() == (signal == SIGINT ? 0 : 128 + signal));
    CHECK(room.receive_all() == "/quit\n");
}

TEST_CASE_METHOD(LilyWithSession, "a removed client asks whether that is so, and comes in again only on :start") {
    room.send("! You were removed. The connection is closed.\n");
    room.leave();
    Peer again = door.admit();
    CHECK(again.reads("/resume abc.def 7-3\n"));
    SECTION("so it is") {
        again.send("+nosession ! That session is over.\n");
        CHECK(lily.has_at_the_end(
            {": connected", ": disconnected, since you are not in the room any more; :start comes in anew", "> "}));
        CHECK(again.receive_all().empty());
        lily.enters(":start");
        Peer third = door.admit();
        CHECK(third.reads("/session\nname:lily\n"));
    }
    SECTION("it had nothing to do with it") {
        again.send("+session abc.def 7-3 60\n");
        lily.enters("hello");
        CHECK(again.reads("hello\n"));
    }
}

TEST_CASE("a client turned away without having had a place comes in again only on :start") {
    Door door;
    Lily lily(door.where());
    Peer room = door.admit();
    CHECK(room.reads("/session\nname:lily\n"));
    room.send("! The room is full. The connection is closed.\n");
    room.leave();
    CHECK(lily.has_at_the_end({"! The room is full. The connection is closed.",
                               ": the connection is lost: the server has closed it; :start connects again", "> "}));
    CHECK(lily.rows_with(trying) == 0);
    lily.enters(":start");
    Peer again = door.admit();
    CHECK(again.reads("/session\nname:lily\n"));
    again.leave();  // without a word, this time
    Peer third = door.admit();
    CHECK(third.reads("/session\nname:lily\n"));
}

TEST_CASE_METHOD(LilyWithSession,
                 "what waits for the connection is said when the client has its name again, not before") {
    const net::Endpoint where = door.where();
    door.close();
    room.leave();
    CHECK(lily.shows_rows_with(trying));
    lily.enters("hello?");
    CHECK(lily.shows("(1 unsent) > "));
    const net::Descriptor listener = listen_again(where);
    CHECK(test::await(listener.value(), POLLIN, test::longest_wait));
    Peer again(net::accept(listener.value()));
    CHECK(again.reads("/resume abc.def 7-3\n"));
    CHECK(again.hears_nothing(std::chrono::milliseconds(100)));
    again.send("-- Hello!\n+nosession ! That session is over.\n");
    CHECK(again.reads("/session\nname:lily\nhello?\n"));
}

TEST_CASE_METHOD(LilyWithSession, "what waits for the connection is given back to whoever gives up") {
    const std::string way = GENERATE(":stop", ":quit", "\x03");
    door.close();
    room.leave();
    CHECK(lily.shows_rows_with(trying));
    lily.enters("hello?");
    CHECK(lily.shows("(1 unsent) > "));
    if (way == "\x03") lily.types(way);
    else lily.enters(way);
    CHECK(lily.shows(": not said: hello?"));
}

#if defined(__linux__)
TEST_CASE_METHOD(LilyWithSession, "a line that the other side has not acknowledged is shown as such") {
    test::vanish(room.descriptor());
    lily.enters("into the void");
    CHECK(lily.shows("> into the void"));
    room.reset();
    CHECK(lily.shows(": may not have arrived: into the void"));
    CHECK(lily.rows_with(": may not have arrived") == 1);
}
#endif

TEST_CASE("with --once the client asks for no session, and does not come back") {
    Door door;
    Lily lily(door.where(), {"--once"});
    Peer room = door.admit();
    CHECK(room.reads("name:lily\n"));
    room.send("-- Welcome, lily!\n+1-2 3 as it is\n");
    room.leave();
    CHECK(lily.has_at_the_end({"-- Welcome, lily!", "+1-2 3 as it is",
                               ": the connection is lost: the server has closed it; :start connects again", "> "}));
    CHECK(lily.rows_with(trying) == 0);
}
