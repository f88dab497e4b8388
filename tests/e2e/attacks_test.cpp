// Attacks on a server over real sockets. While a swarm of connections does its worst, two members talk: each line of theirs
// arrives, once, in order, and soon enough; the server's memory stays within its bound; and after that nothing is left.
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/memory_bound.hpp"
#include "minimeta/net/descriptor.hpp"
#include "minimeta/net/socket.hpp"
#include "program.hpp"
#include "support/peer.hpp"

using e2e::Server;
using test::Peer;
namespace net = minimeta::net;

namespace {

constexpr std::size_t swarm_size = 60;

/// What each of the swarm does: `first` when it comes in, with its number instead of a %, and `then` again and again.
struct Attack {
    const char* name;
    std::string first;
    std::string then;
    bool reads = true;
    bool stays = true;          // or resets its connection after that, and comes again
    std::size_t most = 65'536;  // bytes at a time
};

std::string repeated(std::string_view line) {
    std::string all;
    while (all.size() < 65'536) all += line;
    return all;
}
std::string garbage() {
    std::mt19937 random(7);
    std::string bytes;
    while (bytes.size() < 65'536)
        bytes += random() % 9 == 0 ? "\xFF\xFA\x18" : std::string(1, static_cast<char>(random()));
    return bytes;
}

const Attack attacks[] = {
    {"slashes", "name:f%\n", repeated("/\n")},
    {"at-signs", "name:f%\n", repeated("@\n")},
    {"blank lines", "name:f%\n", repeated("\n")},
    {"lines of a flood", "name:f%\n", repeated("hello there, a line as others say it\n")},
    {"private lines", "name:f%\n", repeated("@alice hi\n")},
    {"a line without an end", "name:f%\n", std::string(65'536, 'x')},
    {"lists", "name:f%\n", repeated("/groups\n/who\n/whois f1\n/history 100\n")},
    {"answers that nobody reads", "name:f%\n", repeated("/history 100\n/who\n"), false},
    {"garbage", "", garbage()},
    {"slow typing", "", "name:f%, whose line never ends", true, true, 1},
    {"not a word", "", ""},
    {"resets", "/session\nname:f%\n", "", true, false},
    {"resets before a word", "", "", true, false},
    {"sessions of others", "/resume 1.00000000000000000000000000000000 0\n", "", true, false},
    {"names that come and go", "name:f%\n", repeated("/nick a\n/nick b\n/join #a\n/leave #a\n")},
};

/// The swarm, in a thread of its own.
class Swarm {
public:
    Swarm(const net::Endpoint& where, const Attack& attack, std::size_t size)
        : where_(where), attack_(attack), size_(size), thread_([this] { run(); }) {}
    ~Swarm() { stop(); }
    void stop() {
        stopped_ = true;
        if (thread_.joinable()) thread_.join();
    }

    /// How often it has done its worst.
    [[nodiscard]] std::size_t rounds() const { return rounds_; }

private:
    struct Connection {
        net::Descriptor socket;
        std::size_t sent = 0;  // of what it says again and again
    };

    void run() {
        std::vector<Connection> all(size_);
        std::vector<char> buffer(65'536);
        while (!stopped_) {
            for (std::size_t i = 0; i < all.size() && !stopped_; ++i) act(all[i], i, buffer);
            ++rounds_;
            std::this_thread::yield();
        }
        for (Connection& each : all) reset(each);
    }
    void act(Connection& connection, std::size_t number, std::vector<char>& buffer) {
        if (!connection.socket) {
            auto made = net::connect(where_.address, where_.port, minimeta::seconds(5));
            if (!made) return;
            connection = {std::move(*made), 0};
            std::string first = attack_.first;
            if (const auto at = first.find('%'); at != first.npos) first.replace(at, 1, std::to_string(number));
            if (!first.empty()) (void)net::send(connection.socket.value(), std::string_view(first));
        }
        if (!attack_.stays) return reset(connection);
        if (!attack_.then.empty()) {
            const std::string_view then = std::string_view(attack_.then).substr(connection.sent, attack_.most);
            const net::Moved sent = net::send(connection.socket.value(), then);
            if (sent.outcome == net::Moving::broken) return connection.socket.reset();
            connection.sent = (connection.sent + sent.bytes) % attack_.then.size();
        }
        if (!attack_.reads) return;
        const net::Moved got = net::receive(connection.socket.value(), buffer);
        if (got.outcome == net::Moving::ended || got.outcome == net::Moving::broken) connection.socket.reset();
    }
    static void reset(Connection& connection) {
        if (!connection.socket) return;
        const linger at_once{1, 0};
        (void)::setsockopt(connection.socket.value(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        connection.socket.reset();
    }

    const net::Endpoint where_;
    const Attack& attack_;
    const std::size_t size_;
    std::atomic<bool> stopped_ = false;
    std::atomic<std::size_t> rounds_ = 0;
    std::thread thread_;
};

#if defined(__linux__)
std::size_t descriptors_of(pid_t process) {
    const std::filesystem::directory_iterator each("/proc/" + std::to_string(process) + "/fd");
    return static_cast<std::size_t>(std::distance(begin(each), end(each)));
}
std::size_t most_resident_bytes_of(pid_t process) {
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    for (std::string word; status >> word;)
        if (word == "VmHWM:") return status >> word, 1'024 * static_cast<std::size_t>(std::stoull(word));
    return 0;
}
#endif

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
constexpr bool sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool sanitized = false;
#endif

// Two members in a group of their own, new ones for each attack, so that they are not held to what they said in the last.
struct Couple {
    Couple(Server& its_server, const std::string& number)
        : server(its_server),
          alice(e2e::join(server.where, "alice" + number)),
          bob(e2e::join(server.where, "bob" + number)),
          begin("#quiet" + number + " alice" + number + ": ") {
        for (Peer* each : {&alice, &bob}) {
            each->send("/join #quiet" + number + "\n");
            each->receive_up_to("You are in #quiet" + number);
        }
    }

    // Alice says some lines; returns whether bob reads each of them, once and in order.
    bool can_talk() {
        for (int i = 0; i < 8; ++i) {
            const std::string text = std::to_string(++said) + "\n", line = begin + text;
            alice.send(begin.substr(0, begin.find(' ') + 1) + text);
            std::string read = bob.receive_up_to(line);
            if (!read.ends_with(line)) return false;
            read.resize(read.size() - line.size());
            if (read.find(begin) != read.npos) return false;
            for (test::Stream* each : {static_cast<test::Stream*>(&alice), &server.out, &server.err})
                (void)each->receive_available();
        }
        return true;
    }

    Server& server;
    Peer alice, bob;
    std::string begin;
    int said = 0;
};

}  // namespace

TEST_CASE("whatever a swarm does, two members can talk, and in the end nothing is left of it") {
    const char* poller = GENERATE("select", "epoll");
#if !defined(__linux__)
    if (std::string_view(poller) == "epoll") return;
#endif
    minimeta::Limits limits;
    limits.connections = 80;
    Server server({"--poller", poller, "--connections", std::to_string(limits.connections)});
#if defined(__linux__)
    const std::size_t descriptors = descriptors_of(server.pid());
#endif
    int number = 0;
    for (const Attack& attack : attacks) {
        INFO(poller << ": " << attack.name);
        {
            Couple couple(server, std::to_string(++number));
            Swarm swarm(server.where, attack, swarm_size);
            REQUIRE(couple.can_talk());
            while (swarm.rounds() < 3) (void)server.out.receive_available();
            REQUIRE(couple.can_talk());
        }
#if defined(__linux__)
        // Some that were reset may still be waiting to be accepted: the number may rise again for a moment.
        const auto deadline = std::chrono::steady_clock::now() + test::longest_wait;
        std::size_t left = 0;
        do {
            (void)server.out.receive_available();
            left = descriptors_of(server.pid());
        } while (left != descriptors && std::chrono::steady_clock::now() < deadline);
        CHECK(left == descriptors);
#endif
    }
#if defined(__linux__)
    // Beside the room, a program has its code, its buffers, and what is waiting to be freed.
    constexpr std::size_t beside = 16 << 20;
    if (!sanitized) CHECK(most_resident_bytes_of(server.pid()) < minimeta::memory_bound(limits).total() + beside);
#endif
    CHECK(server.terminate() == 0);
}

TEST_CASE("a server ends when it is asked to, whatever a swarm does meanwhile") {
    const char* poller = GENERATE("select", "epoll");
#if !defined(__linux__)
    if (std::string_view(poller) == "epoll") return;
#endif
    for (const char* name : {"lists", "answers that nobody reads", "resets"}) {
        INFO(poller << ": " << name);
        Server server({"--poller", poller});
        const auto named = [name](const Attack& attack) { return std::string_view(attack.name) == name; };
        Swarm swarm(server.where, *std::find_if(std::begin(attacks), std::end(attacks), named), swarm_size);
        while (swarm.rounds() < 3) {
            (void)server.out.receive_available();
            std::this_thread::yield();
        }
        CHECK(server.terminate() == 0);
    }
}
