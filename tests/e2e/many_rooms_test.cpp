// many_rooms: peers are brought to the rooms that they name, over several threads.
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "program.hpp"
#include "support/peer.hpp"

using e2e::Program;
using test::Peer;

namespace {

constexpr std::string_view question = "-- Which room? For example:  room:tea\n";
constexpr std::string_view not_a_room =
    "! The first line is to be a room, for example  room:tea  (letters, digits, _ and -, at most 32). Please "
    "connect again.\n";

class ManyRooms : public Program {
public:
    explicit ManyRooms(const std::string& threads = "4")
        : Program(MINIMETA_MANY_ROOMS_PATH, {"--port", "0", "--threads", threads}),
          where(e2e::place_in(out.receive_line())) {}

    const test::net::Endpoint where;

    /// Enters a room under a name. All that is sent at once, as a program would.
    Peer enter(const std::string& room, const std::string& name) {
        Peer peer(where);
        peer.send("room:" + room + "\nname:" + name + "\n");
        peer.receive_up_to("-- Welcome, " + name + "!");
        peer.receive_line();
        return peer;
    }
};

}  // namespace

TEST_CASE("members of one room hear each other, and those of other rooms do not") {
    const std::string threads = GENERATE("1", "4");
    ManyRooms server(threads);
    Peer lily = server.enter("tea", "lily");
    Peer rose = server.enter("coffee", "rose");
    Peer bob = server.enter("tea", "bob");
    CHECK(lily.reads("-- bob joined.\n"));
    lily.send("hello\nonly @bob\nhi @rose\n");
    CHECK(bob.reads("lily: hello\n[private] lily: only @bob\n"));
    CHECK(
        lily.reads("-- Sent in private to bob; nobody else can read it.\n"
                   "! Not here: rose. Nobody got the line. (@@name writes an @ in public.)\n"));
    Peer bob_again = server.enter("coffee", "bob");  // a name is taken in one room only
    CHECK(rose.reads("-- bob joined.\n"));
    bob_again.send("is this tea?\n/quit\n");
    CHECK(rose.reads("bob: is this tea?\n-- bob is gone.\n"));
    CHECK(bob_again.receive_all() == "-- Goodbye!\n");
    bob.send("/who\n");
    CHECK(bob.reads("-- Here now (2): bob, lily\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("a room is asked for in any case, by a command too, in pieces or together with what is said next") {
    ManyRooms server;
    Peer lily = server.enter("Tea", "lily");
    Peer bob(server.where);
    CHECK(bob.reads(question));
    for (const char byte : std::string_view("/join tea\r\n")) bob.send(std::string_view(&byte, 1));
    CHECK(bob.reads(e2e::greeting));
    bob.send("name:bob\n");
    CHECK(lily.reads("-- bob joined.\n"));
    Peer eve(server.where);
    eve.send("room：TEA\nname:eve\nhello\nhi @lily\n");  // as from `printf … | nc -N`
    eve.end_sending();
    CHECK(lily.reads("-- eve joined.\neve: hello\n[private] eve: hi @lily\n-- eve is gone.\n"));
    CHECK(eve.receive_all() == std::string(question) + std::string(e2e::greeting) +
                                   "-- Welcome, eve! People here: 3. What you can do: /help\n"
                                   "-- Sent in private to lily; nobody else can read it.\n");
    CHECK(server.terminate() == 0);
}

TEST_CASE("a client that asks for a session is refused it, once, and let in all the same") {
    ManyRooms server;
    Peer lily(server.where);
    lily.send("/session\nroom:tea\nname:lily\n/who\n");
    CHECK(lily.reads(std::string(question) + std::string(e2e::greeting) +
                     "+nosession ! This room keeps no place for you when your connection is lost.\n"));
    CHECK(lily.reads("-- Welcome, lily! People here: 1. What you can do: /help\n+name lily\n-- Here now (1): lily\n"));
    Peer eve(server.where);
    eve.send("/session\n/session\n");
    CHECK(eve.receive_all() == std::string(question) + std::string(not_a_room));
    CHECK(server.terminate() == 0);
}

TEST_CASE("a room that all members have left begins anew") {
    ManyRooms server;
    for (int i = 0; i < 3; ++i) {
        Peer lily(server.where);
        lily.send("room:tea\nname:lily\n/quit\n");
        CHECK(lily.receive_all() == std::string(question) + std::string(e2e::greeting) +
                                        "-- Welcome, lily! People here: 1. What you can do: /help\n-- Goodbye!\n");
    }
    CHECK(server.terminate() == 0);
}

TEST_CASE("a first line that is no room is answered, and unnoticed inside") {
    const std::string bad =
        GENERATE(as<std::string>{}, "hello\n", "name:lily\n", "room:\n", "room:a b\n", "room:\xFF\n", "\n", "/join\n",
                 "room:" + std::string(33, 'x') + "\n", std::string(257, 'x'), std::string(1 << 20, 'x'),
                 "room:" + std::string(300, ' ') + "tea\n");
    ManyRooms server("2");
    Peer lily = server.enter("tea", "lily");
    Peer stranger(server.where);
    CHECK(stranger.send(bad + "name:eve\nhello\n"));
    CHECK(stranger.receive_all() == std::string(question) + std::string(not_a_room));
    Peer bob = server.enter("tea", "bob");
    CHECK(lily.reads("-- bob joined.\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("a peer that leaves at the door is forgotten, and a silent one there holds up no other") {
    ManyRooms server;
    std::vector<Peer> silent;
    for (int i = 0; i < 20; ++i) {
        silent.emplace_back(server.where);
        silent.back().send("room:te");
        Peer gone(server.where);
        gone.send("room");
        gone.reset();
    }
    Peer lily = server.enter("tea", "lily");
    Peer bob = server.enter("tea", "bob");
    CHECK(lily.reads("-- bob joined.\n"));
    server.signal(SIGINT);
    CHECK(server.status() == 0);
    for (Peer& each : silent) CHECK(each.receive_all() == question);
}

TEST_CASE("many members in many rooms talk at once, and each hears its own room alone, in order") {
    constexpr std::size_t rooms = 32, people = 6, lines = 10;
    ManyRooms server("4");
    std::vector<std::vector<Peer>> all(rooms);
    for (std::size_t p = 0; p < people; ++p)  // room by room, so that all of them fill together
        for (std::size_t r = 0; r < rooms; ++r) {
            all[r].emplace_back(server.where);
            all[r].back().send("room:r" + std::to_string(r) + "\nname:p" + std::to_string(p) + "\n");
        }
    for (auto& room : all)
        for (Peer& peer : room) {
            peer.receive_up_to("-- Welcome, ");
            peer.send("/me is here\n");
        }
    for (std::size_t r = 0; r < rooms; ++r)
        for (std::size_t p = 0; p < people; ++p)
            for (std::size_t i = 0; i < lines; ++i)
                all[r][p].send("in r" + std::to_string(r) + ": " + std::to_string(i) + "\n");
    std::size_t wrong = 0;
    for (std::size_t r = 0; r < rooms; ++r)
        for (std::size_t p = 0; p < people; ++p) {
            std::vector<std::size_t> next(people);
            for (std::size_t heard = 0; heard < (people - 1) * lines;) {
                const std::string line = all[r][p].receive_line();
                std::size_t from = 0, room = 0, number = 0;
                if (std::sscanf(line.c_str(), "p%zu: in r%zu: %zu", &from, &room, &number) != 3) continue;
                wrong += room != r || from == p || number != next[from]++ ? 1 : 0;
                ++heard;
            }
        }
    CHECK(wrong == 0);
    CHECK(server.terminate() == 0);
}

TEST_CASE("many_rooms refuses options that it does not understand, and its help is no error") {
    const auto wrong =
        GENERATE(std::vector<std::string>{"--frobnicate"}, std::vector<std::string>{"--port"},
                 std::vector<std::string>{"--port", "65536"}, std::vector<std::string>{"--threads", "0"},
                 std::vector<std::string>{"--threads", "many"}, std::vector<std::string>{"--threads", "257"});
    Program program(MINIMETA_MANY_ROOMS_PATH, wrong);
    CHECK(program.complains("usage: many_rooms [options]\n"));
    program.err.receive_all();
    CHECK(program.out.receive_all().empty());
    CHECK(program.status() == 2);

    Program help(MINIMETA_MANY_ROOMS_PATH, {"--help"});
    CHECK(help.prints("usage: many_rooms [options]\n"));
    CHECK(help.out.receive_all().find("--threads N") != std::string::npos);
    CHECK(help.status() == 0);
}

TEST_CASE("many_rooms says where it cannot listen") {
    test::Door other;
    Program program(MINIMETA_MANY_ROOMS_PATH, {"--port", std::to_string(other.where().port)});
    CHECK(program.complains("cannot listen on " + other.where().text() + ": Address already in use\n"));
    CHECK(program.status() == 1);
}
