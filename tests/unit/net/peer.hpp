// Peer: the other end of a connection, for tests; it waits for everything with a deadline.
#pragma once

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "minimeta/net/endpoint.hpp"
#include "minimeta/net/socket.hpp"

namespace test {

namespace net = minimeta::net;

/// Longer than anything here takes on a busy machine.
inline constexpr std::chrono::seconds patience{20};

class Peer {
public:
    /// Connects, and throws if that fails: then there is no test.
    explicit Peer(const net::Endpoint& where) {
        auto made = net::connect(where.address, where.port, minimeta::seconds(patience.count()));
        if (!made) throw std::runtime_error(made.error().text());
        socket_ = std::move(*made);
    }

    /// Connects a socket made before, for tests in which no descriptor is left.
    Peer(net::Descriptor unconnected, const net::Endpoint& where) : socket_(std::move(unconnected)) {
        auto address = net::resolve(where.address.c_str(), where.port, AI_NUMERICHOST);
        (void)::connect(socket_.value(), address->front().get(), address->front().size);
        if (const int failure = net::await_connection(socket_.value(), minimeta::seconds(patience.count()));
            failure != 0)
            throw std::runtime_error(net::reason_of(failure));
    }

    [[nodiscard]] int descriptor() const { return socket_.value(); }
    [[nodiscard]] std::string address() const { return net::local_endpoint(socket_.value()).text(); }

    /// Sends all of it, and tells whether the other side took it.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const net::Moved sent = net::send(socket_.value(), bytes);
            if (sent.outcome == net::Moving::broken) return false;
            if (sent.outcome == net::Moving::not_yet && !wait(POLLOUT, patience)) return false;
            bytes.remove_prefix(sent.bytes);
        }
        return true;
    }

    /// Reads until `count` bytes are there, or nothing more comes.
    std::string receive(std::size_t count) {
        std::string all;
        while (all.size() < count && receive_some(all, count - all.size())) {
        }
        return all;
    }

    /// Reads to the end; a reset is put into words behind what came before it, as is a wait in vain.
    std::string receive_all() {
        std::string all;
        while (receive_some(all, 64 * 1024)) {
        }
        return all + ending_;
    }

    /// Whether nothing comes for so long.
    bool hears_nothing(std::chrono::milliseconds time) { return !wait(POLLIN, time); }

    /// Whether the other side sent a reset, though perhaps after an orderly end: some systems then still hand out what came
    /// before, as Linux does, and some do not.
    [[nodiscard]] bool was_reset() const {
        int error_number = 0;
        socklen_t size = sizeof error_number;
        return ::getsockopt(socket_.value(), SOL_SOCKET, SO_ERROR, &error_number, &size) != 0 || error_number != 0;
    }

    void end_sending() { ::shutdown(socket_.value(), SHUT_WR); }

    void leave() { socket_.reset(); }

    /// Leaves as a crashed machine does.
    void reset() {
        const linger at_once{1, 0};
        ::setsockopt(socket_.value(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        socket_.reset();
    }

private:
    bool wait(short what, std::chrono::milliseconds time) {
        pollfd waiting{socket_.value(), what, 0};
        return ::poll(&waiting, 1, static_cast<int>(time.count())) > 0;
    }

    bool receive_some(std::string& to, std::size_t at_most) {
        static std::array<char, 64 * 1024> buffer;
        if (!wait(POLLIN, patience)) ending_ = "<nothing comes>";
        if (!ending_.empty()) return false;
        const net::Moved got =
            net::receive(socket_.value(), std::span(buffer.data(), std::min(at_most, buffer.size())));
        to.append(buffer.data(), got.bytes);
        if (got.outcome == net::Moving::broken) ending_ = "<reset>";
        return got.outcome == net::Moving::moved || got.outcome == net::Moving::not_yet;
    }

    net::Descriptor socket_;
    std::string ending_;
};

}  // namespace test
