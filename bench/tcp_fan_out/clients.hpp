// Clients: the client side of all connections, in one thread. Each sends and receives lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/net/epoll_poller.hpp"
#include "minimeta/net/select_poller.hpp"
#include "minimeta/net/socket.hpp"
#include "minimeta/time.hpp"

#if MINIMETA_HAS_EPOLL
using ClientPoller = minimeta::EpollPoller;
#else
using ClientPoller = minimeta::SelectPoller;
#endif

class Clients {
public:
    std::size_t size() const { return clients_.size(); }

    /// The number of connections that the server has closed.
    std::size_t gone() const { return gone_; }

    /// The number of calls that have received bytes.
    std::uint64_t receives() const { return receives_; }

    /// Connects one more client. Clients are numbered from 0. Returns why it failed, or nothing.
    std::optional<std::string> connect(std::uint16_t port) {
        auto socket = minimeta::net::connect("127.0.0.1", port, minimeta::seconds(5));
        if (!socket) return socket.error().text();
        const int descriptor = socket->value();
        if (!poller_.watch(descriptor, {.reading = true})) return "too many connections for this program to watch";
        if (client_of_.size() <= static_cast<std::size_t>(descriptor))
            client_of_.resize(static_cast<std::size_t>(descriptor) + 1);
        client_of_[static_cast<std::size_t>(descriptor)] = clients_.size();
        clients_.push_back({std::move(*socket), {}, {}, false});
        return std::nullopt;
    }

    /// Sends a line, given without its end. What the kernel does not take is sent during listen().
    void say(std::size_t client, std::string_view line) {
        Client& sender = clients_[client];
        sender.unsent.append(line).push_back('\n');
        write(sender);
    }

    /// Waits for at most `timeout`, and calls `on_line(client, line)` for each line received.
    template <class F>
    void listen(minimeta::Duration timeout, F&& on_line) {
        for (const minimeta::Ready& each : poller_.wait(timeout)) {
            const std::size_t client = client_of_[static_cast<std::size_t>(each.descriptor)];
            if (each.writable) write(clients_[client]);
            if (each.readable) read(client, on_line);
        }
    }

private:
    struct Client {
        minimeta::net::Descriptor socket;
        std::string begun;   // a line whose end has not arrived
        std::string unsent;  // not taken by the kernel yet
        bool waits = false;  // for the socket to become writable
    };

    void write(Client& client) {
        if (!client.socket || client.unsent.empty()) return;
        const auto sent = minimeta::net::send(client.socket.value(), client.unsent);
        if (sent.outcome == minimeta::net::Moving::moved) client.unsent.erase(0, sent.bytes);
        if (client.waits == client.unsent.empty()) {
            client.waits = !client.waits;
            poller_.change(client.socket.value(), {.reading = true, .writing = client.waits});
        }
    }

    template <class F>
    void read(std::size_t number, F& on_line) {
        Client& client = clients_[number];
        const auto got = minimeta::net::receive(client.socket.value(), buffer_);
        if (got.outcome == minimeta::net::Moving::not_yet) return;
        if (got.outcome != minimeta::net::Moving::moved) {
            poller_.forget(client.socket.value());
            client.socket.reset();
            ++gone_;
            return;
        }
        ++receives_;
        std::string_view bytes(buffer_.data(), got.bytes);
        for (std::size_t end; (end = bytes.find('\n')) != bytes.npos; bytes.remove_prefix(end + 1)) {
            const std::string_view line = bytes.substr(0, end);
            if (client.begun.empty()) {
                on_line(number, line);
            } else {
                on_line(number, std::string_view(client.begun.append(line)));
                client.begun.clear();
            }
        }
        client.begun.append(bytes);
    }

    ClientPoller poller_;
    std::vector<Client> clients_;
    std::vector<std::size_t> client_of_;  // by descriptor
    std::vector<char> buffer_ = std::vector<char>(256 * 1024);
    std::size_t gone_ = 0;
    std::uint64_t receives_ = 0;
};
