// A chat room in a libuv program. Callbacks take the room from a CallbackDriver, whose turn ends before libuv sleeps.
//
//     libuv_loop 5000        listens on 127.0.0.1:5000, until Ctrl-C
#include <uv.h>

#include <csignal>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "connections.hpp"
#include "minimeta/driver/callback_driver.hpp"
#include "minimeta/minimeta.hpp"

namespace {

uv_handle_t* as_handle(auto& handle) { return reinterpret_cast<uv_handle_t*>(&handle); }
uv_stream_t* as_stream(auto& handle) { return reinterpret_cast<uv_stream_t*>(&handle); }

struct Connection {
    explicit Connection(Id number) : id(number) {
        uv_tcp_init(uv_default_loop(), &socket);
        uv_timer_init(uv_default_loop(), &timer);
        socket.data = timer.data = this;
    }

    void write(std::string_view bytes) { unsent += bytes; }  // until the end of the turn
    void close() { closing = true; }
    [[nodiscard]] std::size_t backlog() const {
        return unsent.size() + uv_stream_get_write_queue_size(reinterpret_cast<const uv_stream_t*>(&socket));
    }

    Id id;
    uv_tcp_t socket;
    uv_timer_t timer;  // while nothing is read, since the peer is too fast; or until it must have closed
    std::string unsent;
    bool closing = false, hung_up = false, ended = false;
    std::shared_ptr<Connection> self;  // as long as libuv knows it
};

Connection& connection_of(const auto* handle) { return *static_cast<Connection*>(handle->data); }

// What a program has one of; a callback of C finds it here.
uv_tcp_t listener;
uv_prepare_t before_sleep;
uv_timer_t timer;
uv_signal_t signals[2];
char buffer[16'384];
Id last_id = 0;
Connections<Connection> connections;
minimeta::Room room{connections};

void arm(std::optional<minimeta::Time> due);
minimeta::CallbackDriver driver{room, {.now = now, .wall_time = wall_time, .defer = [] {}, .arm = arm}};

void arm(std::optional<minimeta::Time> due) {
    if (!due) return (void)uv_timer_stop(&timer);
    uv_timer_start(
        &timer, [](uv_timer_t*) { driver.on_timer(); }, static_cast<std::uint64_t>(milliseconds_until(*due)), 0);
}

// ---- Output

void discard(Connection& c) {
    if (uv_is_closing(as_handle(c.socket))) return;
    uv_close(as_handle(c.timer), nullptr);
    uv_close(as_handle(c.socket), [](uv_handle_t* handle) { connection_of(handle).self.reset(); });
}

void write(Connection& c) {
    struct Write {
        uv_write_t request;
        std::string bytes;
    };
    if (c.unsent.empty()) return;
    auto* out = new Write{{}, std::exchange(c.unsent, {})};
    out->request.data = out;
    const uv_buf_t bytes = uv_buf_init(out->bytes.data(), static_cast<unsigned>(out->bytes.size()));
    const auto written = [](uv_write_t* request, int) { delete static_cast<Write*>(request->data); };
    if (uv_write(&out->request, as_stream(c.socket), &bytes, 1, written) != 0) delete out;
}

void end(Connection& c);

// The last words. The peer has some time to read them, and to close.
void hang_up(Connection& c) {
    c.hung_up = true;
    write(c);
    auto* request = new uv_shutdown_t{};
    const auto written = [](uv_shutdown_t* done, int) {
        if (Connection& hung_up = connection_of(done->handle); hung_up.ended) discard(hung_up);
        delete done;
    };
    if (uv_shutdown(request, as_stream(c.socket), written) != 0) delete request;
    uv_timer_start(
        &c.timer, [](uv_timer_t* expired) { end(connection_of(expired)); }, 2'000, 0);
}

void end_turn(uv_prepare_t*) {
    driver.end_turn();
    for (const auto& [id, c] : connections.all()) c->closing && !c->hung_up ? hang_up(*c) : write(*c);
}

// ---- Input

// A connection has ended. A peer that has ended only its own side still reads what is for it.
void end(Connection& c) {
    if (!c.ended) {
        c.ended = true;
        driver.wake().on_close(c.id);
        connections.remove(c.id);
        if (!c.hung_up) return hang_up(c);
    }
    discard(c);
}

void read(Connection& c) {
    const auto give_buffer = [](uv_handle_t*, std::size_t, uv_buf_t* to) { *to = uv_buf_init(buffer, sizeof buffer); };
    uv_read_start(as_stream(c.socket), give_buffer, [](uv_stream_t* stream, ssize_t size, const uv_buf_t*) {
        Connection& from = connection_of(stream);
        if (size < 0) return uv_read_stop(stream), end(from);
        const auto calm = driver.wake().on_receive(from.id, std::string_view(buffer, static_cast<std::size_t>(size)));
        if (!calm || from.hung_up) return;
        uv_read_stop(stream);
        uv_timer_start(
            &from.timer, [](uv_timer_t* expired) { read(connection_of(expired)); },
            static_cast<std::uint64_t>(milliseconds_until(*calm)), 0);
    });
}

void admit(uv_stream_t*, int error) {
    if (error != 0) return;  // libuv itself waits until there are descriptors
    const auto c = std::make_shared<Connection>(++last_id);
    c->self = c;
    if (uv_accept(as_stream(listener), as_stream(c->socket)) != 0) return discard(*c);
    connections.add(c->id, c);
    driver.wake().on_open(c->id);
    read(*c);
}

void stop(uv_signal_t*, int) {
    for (const auto& [id, c] : connections.all()) end(*c);
    for (uv_handle_t* each : {as_handle(listener), as_handle(timer), as_handle(signals[0]), as_handle(signals[1])})
        uv_close(each, nullptr);
    uv_unref(as_handle(before_sleep));  // and once the connections are gone, nothing is left
}

}  // namespace

int main(int count, char** arguments) {
    std::signal(SIGPIPE, SIG_IGN);
    uv_loop_t* loop = uv_default_loop();
    sockaddr_in address;
    uv_ip4_addr("127.0.0.1", port_in(count, arguments), &address);
    uv_tcp_init(loop, &listener);
    uv_tcp_bind(&listener, reinterpret_cast<sockaddr*>(&address), 0);
    if (const int error = uv_listen(as_stream(listener), 128, admit); error != 0) {
        std::cerr << "cannot listen: " << uv_strerror(error) << '\n';
        return 1;
    }
    int size = sizeof address;
    uv_tcp_getsockname(&listener, reinterpret_cast<sockaddr*>(&address), &size);
    std::cout << "listening on 127.0.0.1:" << ntohs(address.sin_port) << std::endl;

    uv_timer_init(loop, &timer);
    uv_prepare_init(loop, &before_sleep);
    uv_prepare_start(&before_sleep, end_turn);
    for (const int i : {0, 1}) {
        uv_signal_init(loop, &signals[i]);
        uv_signal_start(&signals[i], stop, i == 0 ? SIGINT : SIGTERM);
    }
    return uv_run(loop, UV_RUN_DEFAULT);
}
