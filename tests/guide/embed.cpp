// A room in an event loop of your own: here it is poll(), over sockets of your own.
#include <poll.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "minimeta/chrono.hpp"
#include "minimeta/minimeta.hpp"
#include "minimeta/net/acceptor.hpp"  // also when there are no descriptors left
#include "minimeta/net/socket.hpp"    // listen, receive, send: use your own if you have them

namespace net = minimeta::net;

// The transport: what is sent waits here until the loop writes it.
struct Sockets {
    using connection_id = int;  // the descriptor

    struct Connection {
        net::Descriptor socket;
        std::string unsent;
        bool closing = false;
    };

    void send(int id, const minimeta::Bytes& bytes) {
        if (auto found = open.find(id); found != open.end()) found->second.unsent += bytes;
    }
    void close(int id) {
        if (auto found = open.find(id); found != open.end()) found->second.closing = true;
    }
    std::size_t backlog(int id) const {
        const auto found = open.find(id);
        return found != open.end() ? found->second.unsent.size() : 0;
    }

    std::unordered_map<int, Connection> open;
};

class Loop {
public:
    explicit Loop(net::Descriptor door) { acceptor_.add({std::move(door), {}}); }

    void run() {
        for (;;) turn();
    }

private:
    void turn() {
        const int door = acceptor_.listeners().front().socket.value();
        std::vector<pollfd> watched{{acceptor_.paused() ? -1 : door, POLLIN, 0}};
        for (const auto& [id, connection] : sockets_.open) {
            const int events = connection.unsent.empty() ? POLLIN : POLLIN | POLLOUT;
            watched.push_back({id, static_cast<short>(events), 0});
        }
        poll(watched.data(), watched.size(), milliseconds_to_sleep());
        acceptor_.resume();  // it was paused for a moment if there were no descriptors left

        // What time it is, once; and then whatever is ready.
        room_.advance(now(), minimeta::wall_time_of(std::chrono::system_clock::now()));
        for (const pollfd& each : watched) {
            if (each.fd == door) admit();                               // calls room_.on_open(id)
            else if ((each.revents & ~POLLOUT) != 0) receive(each.fd);  // calls room_.on_receive(id, bytes)
        }

        // Delivers what was said. Where a connection turns out to be gone, the others are to be notified, too.
        do room_.flush();
        while (write());  // calls room_.on_close(id); true if it did
    }

    void admit() {
        auto visitor = acceptor_.accept(acceptor_.listeners().front());
        if (!visitor || visitor->refuse) return;
        const int id = visitor->socket.value();
        sockets_.open[id].socket = std::move(visitor->socket);
        room_.on_open(id);
    }

    void receive(int id) {
        const net::Moved got = net::receive(id, buffer_);
        if (got.outcome == net::Moving::moved) room_.on_receive(id, std::string_view(buffer_, got.bytes));
        else if (got.outcome != net::Moving::not_yet) sockets_.close(id);
    }

    // Writes what the sockets take, and reports those that are gone; true if there were any. A connection that is to be
    // closed gets this one write; TcpTransport waits longer for slow peers.
    bool write() {
        std::vector<int> gone;
        for (auto& [id, connection] : sockets_.open) {
            net::Moved sent;
            if (!connection.unsent.empty()) sent = net::send(id, connection.unsent);
            connection.unsent.erase(0, sent.bytes);
            if (connection.closing || sent.outcome == net::Moving::broken) gone.push_back(id);
        }
        for (const int id : gone) {
            room_.on_close(id);  // once for each on_open
            net::part(id, buffer_);
            sockets_.open.erase(id);
        }
        return !gone.empty();
    }

    int milliseconds_to_sleep() const {
        if (acceptor_.paused()) return 100;
        const std::optional<minimeta::Time> deadline = room_.next_deadline();
        if (!deadline) return -1;  // until something is ready
        const auto left = (*deadline - now()).nanoseconds / 1'000'000 + 1;
        return static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
    }

    static minimeta::Time now() { return minimeta::time_of(std::chrono::steady_clock::now()); }

    net::Acceptor acceptor_;
    Sockets sockets_;
    minimeta::Room<Sockets> room_{sockets_};
    char buffer_[16 * 1024];
};

int main() {
    auto door = net::listen("127.0.0.1", 5000);
    if (!door) {
        std::cerr << door.error().text() << '\n';
        return 1;
    }
    std::cout << "listening on " << net::local_endpoint(door->value()).text() << std::endl;
    Loop(std::move(*door)).run();
}
