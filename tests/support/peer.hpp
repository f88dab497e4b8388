// Peer: the other end of a TCP connection, for tests. And Door, where programs under test connect to.
#pragma once

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "minimeta/net/endpoint.hpp"
#include "minimeta/net/socket.hpp"
#include "support/stream.hpp"

namespace test {

class Peer : public Stream {
public:
    /// Connects, and throws if that fails: then there is no test.
    explicit Peer(const net::Endpoint& where) : Stream(connected(where)) {}

    /// Connects a socket made before, for tests that set its options, or in which no descriptor is left.
    Peer(net::Descriptor unconnected, const net::Endpoint& where) : Stream(std::move(unconnected)) {
        auto address = net::resolve(where.address.c_str(), where.port, AI_NUMERICHOST);
        (void)::connect(descriptor(), address->front().get(), address->front().size);
        if (const int failure = net::await_connection(descriptor(), minimeta::seconds(longest_wait.count()));
            failure != 0)
            throw std::runtime_error(net::reason_of(failure));
    }

    /// Takes over a connection.
    explicit Peer(net::Descriptor connected) : Stream(std::move(connected)) {}

    [[nodiscard]] std::string address() const { return net::local_endpoint(descriptor()).text(); }

    /// Sends all bytes. Returns whether the other side took them.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const net::Moved sent = net::send(descriptor(), bytes);
            if (sent.outcome == net::Moving::broken) return false;
            if (sent.outcome == net::Moving::not_yet && !await(descriptor(), POLLOUT, longest_wait)) return false;
            bytes.remove_prefix(sent.bytes);
        }
        return true;
    }

    /// Whether the other side sent a reset, though perhaps after an orderly end: some systems then still hand out what
    /// came before, as Linux does, and some do not.
    [[nodiscard]] bool was_reset() const {
        int error_number = 0;
        socklen_t size = sizeof error_number;
        return ::getsockopt(descriptor(), SOL_SOCKET, SO_ERROR, &error_number, &size) != 0 || error_number != 0;
    }

    void end_sending() { ::shutdown(descriptor(), SHUT_WR); }

    void leave() { close(); }

    /// Leaves as a crashed machine does.
    void reset() {
        const linger at_once{1, 0};
        ::setsockopt(descriptor(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        close();
    }

private:
    static net::Descriptor connected(const net::Endpoint& where) {
        auto made = net::connect(where.address, where.port, minimeta::seconds(longest_wait.count()));
        if (!made) throw std::runtime_error(made.error().text());
        return std::move(*made);
    }
};

/// A place to connect to, without a server behind it.
class Door {
public:
    Door() {
        auto made = net::listen("127.0.0.1", 0);
        if (!made) throw std::runtime_error(made.error().text());
        socket_ = std::move(*made);
        where_ = net::local_endpoint(socket_.value());
    }

    [[nodiscard]] const net::Endpoint& where() const { return where_; }

    /// Waits for a connection and accepts it.
    Peer admit() { return Peer(accept()); }

    /// The same, for a test that wants the socket itself.
    net::Descriptor accept() {
        if (!await(socket_.value(), POLLIN, longest_wait)) throw std::runtime_error("nobody comes");
        return net::accept(socket_.value());
    }

    /// Stops accepting connections.
    void close() { socket_.reset(); }

private:
    net::Descriptor socket_;
    net::Endpoint where_;
};

}  // namespace test
