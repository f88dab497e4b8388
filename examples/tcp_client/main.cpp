// A chat client for the terminal, and a filter for pipes.
//
//     tcp_client --port 5000 --name lily
//     printf 'name:lily\nhello\n' | tcp_client
#include <unistd.h>

#include <cstddef>
#include <cstdio>
#include <exception>
#include <optional>
#include <span>
#include <string_view>

#include "client.hpp"
#include "minimeta/net/process.hpp"
#include "options.hpp"
#include "screen.hpp"
#include "terminal.hpp"

namespace {

int run(const tcp_client::Options& options) {
    const bool piped = ::isatty(STDIN_FILENO) == 0;
    std::optional<tcp_client::Terminal> terminal;
    if (!piped && ::isatty(STDOUT_FILENO) == 1 && !tcp_client::terminal_is_dumb()) {
        terminal.emplace();
        if (!*terminal) terminal.reset();
    }
    tcp_client::Screen screen;
    return tcp_client::Client(options, screen, terminal ? &*terminal : nullptr, piped).run();
}

void print(std::FILE* file, std::string_view text) { std::fwrite(text.data(), 1, text.size(), file); }

}  // namespace

int main(int count, char** arguments) try {
    minimeta::net::open_standard_streams();
    const auto options = tcp_client::parse_options(std::span(arguments, static_cast<std::size_t>(count)).subspan(1));
    if (options.help) {
        print(stdout, tcp_client::usage);
        return 0;
    }
    if (!options.error.empty()) {
        print(stderr, "tcp_client: " + options.error + "\n");
        print(stderr, tcp_client::usage);
        return 2;
    }
    return run(options);
} catch (const std::exception& error) {  // by now the terminal is restored
    std::fprintf(stderr, "tcp_client: %s\n", error.what());
    return 1;
}
