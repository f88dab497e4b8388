// A chat server with a console: one room over TCP, at one port for people that type, browsers and programs.
//
//     main thread: Console ── start, stop, show ──> Server ── posted functions ──> its thread: Transport, Room
#include <csignal>
#include <cstdio>
#include <string>

#include "console.hpp"
#include "minimeta/net/process.hpp"
#include "minimeta/net/tcp_transport.hpp"
#include "minimeta/net/wakeup.hpp"
#include "options.hpp"
#include "print.hpp"
#include "server.hpp"

namespace {

using tcp_server::print;

// Returns the exit status. The program ends when `interrupt` becomes readable.
template <minimeta::transport Transport>
int run(const tcp_server::Options& options, int interrupt) {
    tcp_server::Server<Transport> server(options);
    if (!server.prepare()) return 1;
    if (options.serve && !server.start()) return 1;
    if (!options.serve) print(std::string(tcp_server::menu));
    tcp_server::Console(server, options.serve).run(interrupt);
    return 0;
}

}  // namespace

int main(int count, char** words) {
    minimeta::net::open_standard_streams();  // before anything else opens descriptors
    std::string wrong;
    const auto options = tcp_server::parse_options(count, words, wrong);
    if (!options) {
        print("tcp_server: " + wrong + "\n" + std::string(tcp_server::usage), stderr);
        return 2;
    }
    if (options->help) {
        print(std::string(tcp_server::usage));
        return 0;
    }
    static minimeta::net::Wakeup interrupted;
    std::signal(SIGPIPE, SIG_IGN);  // a log that is read no longer does not end the server
    std::signal(SIGXFSZ, SIG_IGN);  // nor does a history file that must not grow any more
    std::signal(SIGINT, [](int) { interrupted.notify(); });
    std::signal(SIGTERM, [](int) { interrupted.notify(); });

#if MINIMETA_HAS_EPOLL
    if (options->epoll) {
        minimeta::net::raise_descriptor_limit();
        return run<minimeta::EpollTransport>(*options, interrupted.descriptor());
    }
#endif
    return run<minimeta::SelectTransport>(*options, interrupted.descriptor());
}
