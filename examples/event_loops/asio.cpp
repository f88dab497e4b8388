// A chat room in an Asio program. Callbacks take the room from a CallbackDriver, which ends the turn behind the last of them.
//
//     asio_loop 5000         listens on 127.0.0.1:5000, until Ctrl-C
#include <asio.hpp>
#include <csignal>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "connections.hpp"
#include "minimeta/driver/callback_driver.hpp"
#include "minimeta/minimeta.hpp"

namespace {

using asio::ip::tcp;

struct Connection : std::enable_shared_from_this<Connection> {
    explicit Connection(tcp::socket accepted) : socket(std::move(accepted)), timer(socket.get_executor()) {}

    void write(std::string_view bytes) {
        unsent += bytes;
        go_on();
    }
    void close() {
        closing = true;
        go_on();
    }
    [[nodiscard]] std::size_t backlog() const { return in_flight.size() + unsent.size(); }

    // Writes until nothing is left; then closes, if that is wanted. The peer has some time to do the same.
    void go_on() {
        if (!in_flight.empty()) return;
        std::swap(in_flight, unsent);
        if (!in_flight.empty()) {
            asio::async_write(socket, asio::buffer(in_flight), [self = shared_from_this()](auto error, std::size_t) {
                self->in_flight.clear();
                error ? self->socket.close() : self->go_on();
            });
        } else if (closing) {
            std::error_code not_connected;
            socket.shutdown(tcp::socket::shutdown_send, not_connected);
            timer.expires_after(std::chrono::seconds(2));
            timer.async_wait([self = shared_from_this()](auto) { self->socket.close(); });
        }
    }

    tcp::socket socket;
    asio::steady_timer timer;  // while nothing is read, since the peer is too fast; or until it must have closed
    std::string unsent, in_flight;
    bool closing = false;
    char buffer[4'096];
};
using Pointer = std::shared_ptr<Connection>;

class Server {
public:
    Server(asio::io_context& io, std::uint16_t port)
        : io_(io), acceptor_(io, {asio::ip::address_v4::loopback(), port}) {
        std::cout << "listening on 127.0.0.1:" << acceptor_.local_endpoint().port() << std::endl;
        accept();
        signals_.async_wait([this](auto, int) { stop(); });
    }

private:
    void accept() {
        acceptor_.async_accept([this](auto error, tcp::socket socket) {
            if (!acceptor_.is_open()) return;
            if (error) {  // no descriptors are left; perhaps in a moment
                pause_.expires_after(std::chrono::milliseconds(100));
                return pause_.async_wait([this](auto) { accept(); });
            }
            const auto connection = std::make_shared<Connection>(std::move(socket));
            connections_.add(++last_, connection);
            driver_.wake().on_open(last_);
            read(last_, connection);
            accept();
        });
    }

    void read(Id id, const Pointer& c) {
        c->socket.async_read_some(asio::buffer(c->buffer), [this, id, c](auto error, std::size_t size) {
            if (error) return end(id, c, error == asio::error::eof);
            const auto calm = driver_.wake().on_receive(id, std::string_view(c->buffer, size));
            if (!calm) return read(id, c);
            c->timer.expires_at(minimeta::time_point_of(*calm));
            c->timer.async_wait([this, id, c](auto) { read(id, c); });
        });
    }

    // A peer that has ended only its own side still reads what is for it.
    void end(Id id, const Pointer& c, bool orderly) {
        driver_.wake().on_close(id);
        connections_.remove(id);
        orderly ? c->close() : c->socket.close();
    }

    void stop() {
        acceptor_.close();
        for (const auto& [id, connection] : connections_.all()) connection->socket.close();
        asio::post(io_, [this] { io_.stop(); });  // behind the ends of all of them
    }

    void arm(std::optional<minimeta::Time> due) {
        timer_.cancel();
        if (!due) return;
        timer_.expires_at(minimeta::time_point_of(*due));
        timer_.async_wait([this](auto cancelled) {
            if (!cancelled) driver_.on_timer();
        });
    }

    asio::io_context& io_;
    tcp::acceptor acceptor_;
    asio::steady_timer timer_{io_}, pause_{io_};
    asio::signal_set signals_{io_, SIGINT, SIGTERM};
    Id last_ = 0;
    Connections<Connection> connections_;
    minimeta::Room<Connections<Connection>> room_{connections_};
    minimeta::CallbackDriver<decltype(room_)> driver_{
        room_,
        {.now = now,
         .wall_time = wall_time,
         .defer = [this] { asio::post(io_, [this] { driver_.end_turn(); }); },
         .arm = [this](std::optional<minimeta::Time> due) { arm(due); }}};
};

}  // namespace

int main(int count, char** arguments) {
    try {
        asio::io_context io;
        Server server(io, port_in(count, arguments));
        io.run();
    } catch (const std::exception& error) {
        std::cerr << "cannot listen: " << error.what() << '\n';
        return 1;
    }
}
