// tcp_client and tcp_server, and a line between them that breaks.
#include <array>
#include <atomic>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "lily.hpp"
#include "minimeta/net/endpoint.hpp"
#include "minimeta/net/socket.hpp"
#include "program.hpp"
#include "support/peer.hpp"

using e2e::Lily;
using e2e::Server;
using test::Door;
using test::Peer;

namespace net = minimeta::net;

namespace {

/// A line from a door to a server, which can be cut.
class Relay {
public:
    explicit Relay(const net::Endpoint& server) : server_(server) {}
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;
    ~Relay() { cut(); }

    [[nodiscard]] const net::Endpoint& where() const { return door_.where(); }

    /// Waits for the client, and lets it through to the server.
    void connect() {
        client_ = door_.accept();
        server_side_ = std::move(*net::connect(server_.address, server_.port, minimeta::seconds(20)));
        cut_ = false;
        carrier_ = std::thread([this] { carry(); });
    }

    /// Each side finds that the other is gone.
    void cut() {
        cut_ = true;
        if (carrier_.joinable()) carrier_.join();
        client_.reset();
        server_side_.reset();
    }

private:
    void carry() {
        while (!cut_) {
            pass(client_, server_side_);
            pass(server_side_, client_);
            std::array<pollfd, 2> watched = {{{client_.value(), POLLIN, 0}, {server_side_.value(), POLLIN, 0}}};
            ::poll(watched.data(), watched.size(), 5);
        }
    }

    static void pass(const net::Descriptor& from, const net::Descriptor& to) {
        std::array<char, 4096> buffer;
        const net::Moved got = net::receive(from.value(), buffer);
        if (got.outcome == net::Moving::moved) net::send(to.value(), std::string_view(buffer.data(), got.bytes));
    }

    const net::Endpoint server_;
    Door door_;
    net::Descriptor client_, server_side_;
    std::atomic<bool> cut_ = true;
    std::thread carrier_;
};

}  // namespace

TEST_CASE("a member whose line breaks comes back unnoticed, and has missed nothing, as often as it happens") {
    constexpr int rounds = 4;  // the client waits longer each time
    Server server({"--rate", "0"});
    Peer bob = server.join("bob");
    Relay relay(server.where);
    Lily lily(relay.where());
    relay.connect();
    CHECK(bob.reads("-- lily joined.\n"));
    CHECK(lily.shows("-- Welcome, lily! People here: 2. What you can do: /help"));
    for (int i = 0; i < rounds; ++i) {
        const std::string number = std::to_string(i);
        bob.send("before " + number + "\n");
        CHECK(lily.shows("bob: before " + number));
        relay.cut();
        if (i % 2 == 0) bob.send("meanwhile " + number + "\n");
        relay.connect();
        bob.send("after " + number + "\n");
        CHECK(lily.shows("bob: after " + number));
        lily.enters("still here " + number);
        CHECK(bob.reads("lily: still here " + number + "\n"));  // and nothing else before
    }
    const std::vector<std::string> rows = e2e::shown_rows(lily.bytes());
    std::string said;
    for (const std::string& row : rows)
        if (row.starts_with("bob: ")) said += row.substr(5) + "\n";
    std::string expected;
    for (int i = 0; i < rounds; ++i) {
        const std::string number = std::to_string(i);
        expected += "before " + number + "\n";
        if (i % 2 == 0) expected += "meanwhile " + number + "\n";
        expected += "after " + number + "\n";
    }
    CHECK(said == expected);
    lily.enters(":quit");
    CHECK(lily.status() == 0);
    CHECK(bob.reads("-- lily is gone.\n"));
    CHECK(server.terminate() == 0);
}

TEST_CASE("where no places are kept, a member whose line breaks is gone, and comes in again under the same name") {
    Server server({"--resume", "0"});
    Peer bob = server.join("bob");
    Relay relay(server.where);
    Lily lily(relay.where());
    relay.connect();
    CHECK(bob.reads("-- lily joined.\n"));
    CHECK(lily.shows("-- Welcome, lily! People here: 2. What you can do: /help"));
    relay.cut();
    CHECK(bob.reads("-- lily is gone.\n"));
    relay.connect();
    CHECK(bob.reads("-- lily joined.\n"));
    CHECK(server.terminate() == 0);
}
