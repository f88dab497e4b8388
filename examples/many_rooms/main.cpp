// A chat server with many rooms, on several threads. The first line on a connection names its room: `room:tea`.
//
//     main thread: Transport, Door ──┬── the first line is read, the connection moves ──> thread: Transport, Rooms
//                                    └──────────────────────────────────────────────────> thread: Transport, Rooms
//
// Rooms on different threads share nothing and never wait for each other.
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <string_view>
#include <system_error>

#include "door.hpp"
#include "minimeta/base/parse_number.hpp"
#include "minimeta/net/process.hpp"
#include "rooms.hpp"

namespace {

constexpr char usage[] =
    "usage: many_rooms [options]\n"
    "\n"
    "  --port P      port on 127.0.0.1 (5000); 0 takes a free one\n"
    "  --threads N   threads that the rooms are spread over, 1 to 256 (4)\n"
    "  --help        this text\n"
    "\n"
    "Whoever connects says which room first:  room:tea\n";

struct Options {
    std::uint16_t port = 5000;
    std::uint16_t threads = 4;
    bool help = false;
};

// Returns false if the command line is not valid.
bool parse(Options& options, int count, char** words) {
    for (int i = 1; i < count; ++i) {
        const std::string_view option = words[i];
        if (option == "--help") {
            options.help = true;
            continue;
        }
        if ((option != "--port" && option != "--threads") || ++i == count) return false;
        const std::string_view value = words[i];
        auto& number = option == "--port" ? options.port : options.threads;
        if (!minimeta::parse_number(value, number)) return false;
    }
    return options.threads >= 1 && options.threads <= 256;
}

}  // namespace

int main(int count, char** words) {
    Options options;
    if (!parse(options, count, words)) {
        std::fputs(usage, stderr);
        return 2;
    }
    if (options.help) {
        std::fputs(usage, stdout);
        return 0;
    }

    if (MINIMETA_HAS_EPOLL != 0) minimeta::net::raise_descriptor_limit();  // select() ends at about 1,000
    static many_rooms::Transport transport;  // static, so that the signal handlers can use it
    std::signal(SIGINT, [](int) { transport.stop(); });
    std::signal(SIGTERM, [](int) { transport.stop(); });

    auto listening = transport.listen("127.0.0.1", options.port);
    if (!listening) {
        std::fprintf(stderr, "cannot listen on %s\n", listening.error().text().c_str());
        return 1;
    }
    std::deque<many_rooms::Rooms> threads(options.threads);
    many_rooms::Door door(transport, threads);
    std::printf("listening on %s\n", listening->text().c_str());
    std::fflush(stdout);
    transport.run(door);
}
