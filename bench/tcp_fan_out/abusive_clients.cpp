#include "abusive_clients.hpp"

#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>
#include <vector>

#include "clients.hpp"
#include "clock.hpp"
#include "minimeta/net/descriptor.hpp"
#include "minimeta/net/socket.hpp"

#if defined(__linux__)
#include <sys/prctl.h>
#endif

namespace {

namespace net = minimeta::net;

// Connects a client, and reads until it is a member of this name. Returns no socket if that fails. A `receive_buffer`
// of 0 leaves the size to the system.
net::Descriptor join(const std::string& name, std::uint16_t port, int receive_buffer) {
    auto socket = net::connect("127.0.0.1", port, minimeta::seconds(5));
    if (!socket) return {};
    if (receive_buffer != 0) net::set_option(socket->value(), SOL_SOCKET, SO_RCVBUF, receive_buffer);
    (void)net::send(socket->value(), "name:" + name + "\n");
    std::string read;
    char bytes[4096];
    for (const minimeta::Time end = now() + minimeta::seconds(10); now() < end;) {
        const auto got = net::receive(socket->value(), bytes);
        if (got.outcome == net::Moving::moved) read.append(bytes, got.bytes);
        else if (got.outcome == net::Moving::not_yet) ::usleep(1000);
        else return {};
        if (read.find("-- Welcome") != read.npos) return std::move(*socket);
    }
    return {};
}

// Sends commands that are refused, and reads the answers, until the server has closed all connections.
void flood(std::vector<net::Descriptor>& sockets) {
    std::string commands;
    while (commands.size() < 64 * 1024) commands += "/flood\n";
    std::vector<char> answers(256 * 1024);
    ClientPoller poller;
    std::vector<std::size_t> owner;
    for (std::size_t i = 0; i < sockets.size(); ++i) {
        const auto descriptor = static_cast<std::size_t>(sockets[i].value());
        if (owner.size() <= descriptor) owner.resize(descriptor + 1);
        owner[descriptor] = i;
        (void)poller.watch(sockets[i].value(), {.reading = true, .writing = true});
    }
    for (std::size_t open = sockets.size(); open != 0;) {
        for (const minimeta::Ready& each : poller.wait(std::nullopt)) {
            bool broken = false;
            if (each.writable) broken = net::send(each.descriptor, commands).outcome == net::Moving::broken;
            if (each.readable) {
                const auto got = net::receive(each.descriptor, answers).outcome;
                broken = broken || got == net::Moving::ended || got == net::Moving::broken;
            }
            if (!broken) continue;
            poller.forget(each.descriptor);
            sockets[owner[static_cast<std::size_t>(each.descriptor)]].reset();
            --open;
        }
    }
}

// The child process: all clients join, a byte in the pipe reports it, and the abuse goes on until the process is
// killed.
void abuse(std::size_t deaf, std::size_t flooders, std::uint16_t port, int pipe) {
#if defined(__linux__)
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    ::signal(SIGPIPE, SIG_IGN);
    ::alarm(600);
    std::vector<net::Descriptor> silent, loud;
    for (std::size_t i = 0; i < deaf; ++i) silent.push_back(join("deaf" + std::to_string(i), port, 4096));
    for (std::size_t i = 0; i < flooders; ++i) loud.push_back(join("flooder" + std::to_string(i), port, 0));
    for (const auto* group : {&silent, &loud})
        for (const net::Descriptor& each : *group)
            if (!each) return;
    (void)!::write(pipe, "x", 1);
    flood(loud);
    for (;;) ::pause();
}

}  // namespace

bool AbusiveClients::start(std::size_t deaf, std::size_t flooders, std::uint16_t port) {
    int ends[2];
    if (::pipe(ends) != 0) return false;
    const net::Descriptor reading(ends[0]);
    net::Descriptor writing(ends[1]);
    process_ = ::fork();
    if (process_ == 0) {
        abuse(deaf, flooders, port, writing.value());
        ::_exit(1);
    }
    writing.reset();
    char ready;
    ssize_t got;
    do got = ::read(reading.value(), &ready, 1);
    while (got < 0 && errno == EINTR);
    return got == 1;
}

AbusiveClients::~AbusiveClients() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
}
