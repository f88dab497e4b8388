// Lily: a user of tcp_client at a terminal. BobAndLily: the two of them on a server.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "minimeta/net/endpoint.hpp"
#include "process.hpp"
#include "program.hpp"
#include "support/stream.hpp"
#include "terminal.hpp"

namespace e2e {

/// The options with which tcp_client connects to `where`, and more.
inline std::vector<std::string> options_for(const minimeta::net::Endpoint& where, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"--host", where.address, "--port", std::to_string(where.port)});
    return more;
}

/// Goes by the name of lily, and is connected.
class Lily : public Terminal {
public:
    explicit Lily(const minimeta::net::Endpoint& where, const Surroundings& around = {}) : Lily(where, {}, around) {}
    Lily(const minimeta::net::Endpoint& where, std::vector<std::string> more, const Surroundings& around = {})
        : Terminal(MINIMETA_TCP_CLIENT_PATH, options_for(where, named(std::move(more))), around) {
        if (!shows(": connected")) throw std::runtime_error("lily cannot connect");
    }

    /// How many rows begin with this.
    std::size_t rows_with(std::string_view beginning) {
        const std::vector<std::string> rows = shown_rows(bytes());
        return static_cast<std::size_t>(std::count_if(
            rows.begin(), rows.end(), [&](const std::string& row) { return row.starts_with(beginning); }));
    }

    /// Waits until there are so many of them.
    bool shows_rows_with(std::string_view beginning, std::size_t count = 1) {
        const auto deadline = std::chrono::steady_clock::now() + test::longest_wait;
        while (rows_with(beginning) < count) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            test::await(-1, 0, std::chrono::milliseconds(10));
        }
        return true;
    }

private:
    static std::vector<std::string> named(std::vector<std::string> more) {
        more.insert(more.begin(), {"--name", "lily"});
        return more;
    }
};

/// A server where bob is a member and lily has just joined, as both of them have read.
struct BobAndLily {
    Server server;
    Peer bob = server.join("bob");
    Lily lily{server.where};

    BobAndLily() {
        CHECK(bob.reads("-- lily joined.\n"));
        CHECK(lily.shows("-- Welcome, lily! People here: 2. What you can do: /help"));
    }
};

}  // namespace e2e
