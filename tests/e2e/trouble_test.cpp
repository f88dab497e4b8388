// Peers that misbehave, break or crowd in; and the rest of the room, which is to notice nothing of it.
#include <poll.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "minimeta/net/epoll_poller.hpp"
#include "program.hpp"
#include "support/peer.hpp"

using e2e::Program;
using e2e::Server;
using test::Peer;

namespace {

constexpr std::string_view room_full = "! The room is full. The connection is closed.\n";

// Whether two people can still talk to each other, with nothing else coming in between.
bool can_chat(Peer& a, std::string_view a_name, Peer& b) {
    a.send("still here\n");
    const bool heard = b.reads(std::string(a_name) + ": still here\n");
    b.send("/me nods\n");
    const std::string nod = a.receive_line();
    UNSCOPED_INFO("the answer: " << nod);
    return heard && nod.starts_with("* ") && nod.ends_with(" nods\n");
}

// Lets this process, and the servers that it starts, have so many descriptors, for as long as this lives.
class Descriptors {
public:
    explicit Descriptors(rlim_t wanted) {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const rlimit enough{std::max(wanted, before_.rlim_cur), before_.rlim_max};
        granted_ = wanted <= before_.rlim_max && ::setrlimit(RLIMIT_NOFILE, &enough) == 0;
        if (!granted_) WARN("this process may not have " << wanted << " descriptors, so nothing is tested");
    }
    Descriptors(const Descriptors&) = delete;
    Descriptors& operator=(const Descriptors&) = delete;
    ~Descriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

    explicit operator bool() const { return granted_; }

private:
    rlimit before_{};
    bool granted_ = false;
};

}  // namespace

// ---- Too much

TEST_CASE("a flood is refused, and the others are served meanwhile") {
    Server server;
    Peer lily = server.join("lily");
    Peer bob = server.join("bob");
    CHECK(lily.reads("-- bob joined.\n"));
    Peer flood = server.join("flood");
    CHECK(lily.reads("-- flood joined.\n"));
    CHECK(bob.reads("-- flood joined.\n"));

    std::string lines;
    for (int i = 0; i < 20'000; ++i) lines += "spam " + std::to_string(i) + "\n";
    const auto begin = std::chrono::steady_clock::now();
    CHECK(flood.send(lines));
    CHECK(flood.reads("! Too fast: what you send beyond 10 lines a second is dropped.\n"));
    lily.send("hello, bob\n");
    std::size_t spam = 0;
    int last = -1;
    std::string line;
    while ((line = bob.receive_line()) != "lily: hello, bob\n") {
        CAPTURE(line);
        REQUIRE(line.starts_with("flood: spam "));
        const int number = std::stoi(line.substr(12));
        CHECK(number > last);  // behind the burst some are missing, as many as time lets through
        last = number;
        ++spam;
    }
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
    CHECK(spam >= 15);  // the burst of 20, of which the name took one
    CHECK(static_cast<double>(spam) <= 20 + 10 * (time.count() + 1));
    CHECK(server.terminate() == 0);
}

TEST_CASE("a member that stops reading is closed, and no other loses anything") {
    Server server({"--rate", "0"});
    Peer lily = server.join("lily");
    Peer bob = server.join("bob");
    CHECK(lily.reads("-- bob joined.\n"));
    Peer deaf = server.connect_with_small_buffer();
    deaf.send("name:deaf\n");
    CHECK(lily.reads("-- deaf joined.\n"));
    CHECK(bob.reads("-- deaf joined.\n"));

    // The kernel takes some megabytes for a peer that does not read; then the room does, up to a limit.
    const std::string gone = "-- deaf is gone: the connection was too slow.\n";
    const std::string padding(3000, 'x');
    const auto deadline = std::chrono::steady_clock::now() + test::longest_wait;
    int told = 0;
    std::size_t said = 0;
    const auto hears_next = [&](Peer& who, const std::string& text) {
        std::string line = who.receive_line();
        if (line == gone) {
            ++told;
            line = who.receive_line();
        }
        return line == text;
    };
    bool all_heard = true;
    for (; told < 2 && all_heard && std::chrono::steady_clock::now() < deadline; said += 20) {
        std::string lines;
        for (std::size_t i = 0; i < 20; ++i) lines += std::to_string(said + i) + " " + padding + "\n";
        lily.send(lines);
        bob.send(lines);
        for (std::size_t i = 0; i < 20 && all_heard; ++i) {
            const std::string text = std::to_string(said + i) + " " + padding + "\n";
            all_heard = hears_next(bob, "lily: " + text) && hears_next(lily, "bob: " + text);
        }
    }
    CAPTURE(said);
    CHECK(all_heard);
    CHECK(told == 2);
    CHECK(can_chat(lily, "lily", bob));

    // A peer that reads at last finds everything up to the end, and why it is the end.
    const std::string late = deaf.receive_all();
    CHECK(late.ends_with("! More than 1048576 bytes are waiting for you to read them. The connection is closed.\n"));
    CHECK(server.prints("deaf joined from " + deaf.address() + "\ndeaf left (too_slow)\n"));
    CHECK(server.terminate() == 0);
}

// ---- Endings

TEST_CASE("a reset connection is a member gone, and nothing else") {
    Server server;
    Peer lily = server.join("lily");
    Peer bob = server.join("bob");
    Peer eve = server.join("eve");
    CHECK(lily.reads("-- bob joined.\n-- eve joined.\n"));
    CHECK(bob.reads("-- eve joined.\n"));
    eve.reset();
    CHECK(lily.reads("-- eve is gone.\n"));
    CHECK(bob.reads("-- eve is gone.\n"));
    CHECK(can_chat(lily, "lily", bob));
    CHECK(server.terminate() == 0);
}

TEST_CASE("several members that leave together, each in another way, are announced one by one") {
    Server server;
    Peer lily = server.join("lily");
    std::vector<Peer> crowd;
    for (int i = 0; i < 12; ++i) {
        crowd.push_back(server.join("guest" + std::to_string(i)));
        CHECK(lily.reads("-- guest" + std::to_string(i) + " joined.\n"));
    }
    for (std::size_t i = 0; i < crowd.size(); ++i) {
        if (i % 3 == 0) crowd[i].send("/quit\n");
        if (i % 3 == 1) crowd[i].leave();
        if (i % 3 == 2) crowd[i].reset();
    }
    std::string gone;
    for (std::size_t i = 0; i < crowd.size(); ++i) gone += lily.receive_line();
    for (std::size_t i = 0; i < crowd.size(); ++i)
        CHECK(gone.find("-- guest" + std::to_string(i) + " is gone.\n") != std::string::npos);
    lily.send("/who\n");
    CHECK(lily.reads("-- Here now (1): lily\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("a client that is killed is a member gone") {
    Server server;
    Peer lily = server.join("lily");
    Peer bob = server.join("bob");
    CHECK(lily.reads("-- bob joined.\n"));
    Program eve(MINIMETA_TCP_CLIENT_PATH, {"--port", std::to_string(server.where.port), "--name", "eve"});
    CHECK(lily.reads("-- eve joined.\n"));
    CHECK(bob.reads("-- eve joined.\n"));
    eve.signal(SIGKILL);
    CHECK(lily.reads("-- eve is gone.\n"));
    CHECK(bob.reads("-- eve is gone.\n"));
    CHECK(can_chat(lily, "lily", bob));
    eve.err.receive_all();
    CHECK(server.terminate() == 0);
}

TEST_CASE("with --idle, a member that sends nothing for too long is closed") {
    Server server({"--idle", "1"});
    Peer lily = server.join("lily");
    CHECK(lily.receive_all() == "! Nothing was heard from you for 1 seconds. The connection is closed.\n");
    CHECK(server.prints("lily left (idle)\n"));
    CHECK(server.terminate() == 0);
}

// ---- Crowds

namespace {

// Processor time that a process has used.
double processor_seconds(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text;
    std::getline(file, text);
    std::istringstream fields(text.substr(text.rfind(')') + 1));
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

// How busy a process is, from 0 to 1, while nothing happens.
double load_while_quiet(pid_t pid) {
    constexpr std::chrono::milliseconds interval{400};
    const double before = processor_seconds(pid);
    ::poll(nullptr, 0, static_cast<int>(interval.count()));
    return (processor_seconds(pid) - before) / std::chrono::duration<double>(interval).count();
}

}  // namespace

TEST_CASE("beyond --connections, visitors are turned away from a full room") {
    Server server({"--connections", "2"});
    Peer lily = server.join("lily");
    {
        Peer bob = server.join("bob");
        CHECK(lily.reads("-- bob joined.\n"));
        CHECK(server.connect().receive_all() == room_full);
        CHECK(server.connect().receive_all() == room_full);
        CHECK(can_chat(lily, "lily", bob));
    }
    CHECK(lily.reads("-- bob is gone.\n"));
    Peer eve = server.join("eve");
    CHECK(lily.reads("-- eve joined.\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("a server with few descriptors turns visitors beyond them away, and its members go on") {
    Server server({}, {.environment = {}, .descriptors = 32});
    Peer lily = server.join("lily");
    Peer bob = server.join("bob");
    CHECK(lily.reads("-- bob joined.\n"));

    std::vector<Peer> inside;
    int turned_away = 0;
    for (int i = 0; i < 60; ++i) {
        Peer visitor = server.connect();
        if (visitor.receive_line() == e2e::greeting) {
            inside.push_back(std::move(visitor));
        } else {
            ++turned_away;
            CHECK(visitor.receive_all().empty());
        }
    }
    CHECK(inside.size() > 5);
    CHECK(inside.size() < 30);
    CHECK(turned_away == 60 - static_cast<int>(inside.size()));
    CHECK(server.connect().receive_all() == room_full);
    CHECK(can_chat(lily, "lily", bob));
#if defined(__linux__)
    CHECK(load_while_quiet(server.pid()) < 0.2);
#endif

    // Place is made for the next one, as soon as the server has noticed.
    inside.back().leave();
    const auto deadline = std::chrono::steady_clock::now() + test::longest_wait;
    while (server.connect().receive_line() != e2e::greeting) REQUIRE(std::chrono::steady_clock::now() < deadline);
    CHECK(server.terminate() == 0);
}

#if defined(__linux__)
TEST_CASE("a server that cannot even turn visitors away does not spin, and lets them in later") {
    Server server;
    Peer lily = server.join("lily");
    Peer bob = server.join("bob");
    CHECK(lily.reads("-- bob joined.\n"));

    rlimit before{};
    CHECK(::prlimit(server.pid(), RLIMIT_NOFILE, nullptr, &before) == 0);
    const rlimit none{3, before.rlim_max};
    CHECK(::prlimit(server.pid(), RLIMIT_NOFILE, &none, nullptr) == 0);
    std::vector<Peer> waiting;
    for (int i = 0; i < 3; ++i) waiting.push_back(server.connect());  // it is the kernel that takes them
    CHECK(can_chat(lily, "lily", bob));
    CHECK(load_while_quiet(server.pid()) < 0.2);
    CHECK(can_chat(bob, "bob", lily));

    CHECK(::prlimit(server.pid(), RLIMIT_NOFILE, &before, nullptr) == 0);
    for (Peer& each : waiting) CHECK(each.reads(e2e::greeting));
    CHECK(server.terminate() == 0);
}
#endif

TEST_CASE("more connections than select can watch are turned away, and the others work") {
    constexpr std::size_t most = FD_SETSIZE;
    const Descriptors descriptors(most + 200);
    if (!descriptors) return;

    Server server;
    Peer lily = server.join("lily");
    Peer bob = server.join("bob");
    CHECK(lily.reads("-- bob joined.\n"));
    std::vector<Peer> crowd;
    for (std::size_t i = 0; i < most + 50; ++i) crowd.push_back(server.connect());
    std::vector<Peer> inside;
    int turned_away = 0;
    for (Peer& each : crowd) {
        const std::string line = each.receive_line();
        if (line == e2e::greeting) {
            inside.push_back(std::move(each));
        } else {
            ++turned_away;
            CHECK(line == room_full);
            CHECK(each.receive_all().empty());
        }
    }
    CHECK(inside.size() > most - 40);
    CHECK(inside.size() < most);
    CHECK(turned_away >= 50);

    // The last one that found a place has a descriptor that just fits.
    Peer& last = inside.back();
    last.send("name:last\nhello from the edge\n");
    CHECK(last.reads("-- Welcome, last! People here: 3. What you can do: /help\n"));
    CHECK(bob.reads("-- last joined.\nlast: hello from the edge\n"));
    CHECK(lily.reads("-- last joined.\nlast: hello from the edge\n"));
    CHECK(can_chat(lily, "lily", last));
    CHECK(server.terminate() == 0);
}

#if MINIMETA_HAS_EPOLL
TEST_CASE("with epoll there is no such bound") {
    const Descriptors descriptors(2 * FD_SETSIZE + 200);
    if (!descriptors) return;
    Server server({"--poller", "epoll", "--rate", "0"});
    std::vector<Peer> crowd;
    for (int i = 0; i < 2 * FD_SETSIZE; ++i) crowd.push_back(server.connect());
    for (Peer& each : crowd) REQUIRE(each.receive_line() == e2e::greeting);

    Peer lily = server.join("lily");
    Peer& last = crowd.back();
    last.send("name:last\nhello from beyond the edge\n");
    CHECK(last.reads("-- Welcome, last! People here: 2. What you can do: /help\n"));
    CHECK(lily.reads("-- last joined.\nlast: hello from beyond the edge\n"));
    CHECK(can_chat(lily, "lily", last));
    CHECK(server.terminate() == 0);
}
#endif
