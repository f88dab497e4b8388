// Console: the commands that the operator types on standard input.
#pragma once

#include <poll.h>
#include <unistd.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "minimeta/base/utf8.hpp"
#include "print.hpp"

namespace tcp_server {

inline constexpr std::string_view menu =
    "commands:\n"
    "  start   listen and serve\n"
    "  stop    close all connections and stop listening\n"
    "  show    who is connected, and what the room has done\n"
    "  groups  the groups and their topics\n"
    "  say     to all, or with #dev in front, there; tell bob ... to bob alone\n"
    "  kick bob, ban bob 2h, mute bob 10m, unban, unmute, bans, op bob, deop bob, topic,\n"
    "  lock, and what else an operator may do, as in /help; with #dev in front, there\n"
    "  help    this menu\n"
    "  quit    stop, and end the program";

template <class Server>
class Console {
public:
    /// With `outlives_input`, the end of standard input does not end the console.
    Console(Server& server, bool outlives_input) : server_(server), outlives_input_(outlives_input) {}

    /// Executes commands until quit, the end of input, or `interrupt` becomes readable.
    void run(int interrupt) {
        pollfd watched[] = {{interrupt, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
        for (;;) {
            const int ready = poll(watched, 2, server_.exports() ? milliseconds_between_exports : -1);
            if (server_.exports()) server_.write_metrics();
            if (ready < 0) continue;  // a signal handler ran: the next poll sees its effect
            if (watched[0].revents != 0) return;
            if (watched[1].revents == 0) continue;
            char bytes[1024];
            const ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
            if (got <= 0) {
                if (!outlives_input_) return;
                watched[1].fd = -1;
                continue;
            }
            if (!on_input({bytes, static_cast<std::size_t>(got)})) return;
        }
    }

private:
    static constexpr std::size_t max_line_bytes = 4'096;
    static constexpr int milliseconds_between_exports = 5'000;

    // Executes the whole lines of the input so far. Returns false after quit.
    bool on_input(std::string_view bytes) {
        typed_.append(bytes);
        if (typed_.size() > max_line_bytes) typed_.clear();  // no command is so long
        for (std::size_t end; (end = typed_.find('\n')) != typed_.npos; typed_.erase(0, end + 1))
            if (!execute(std::string_view(typed_).substr(0, end))) return false;
        return true;
    }

    // Executes one line. Returns false for quit.
    bool execute(std::string_view line) {
        if (line.ends_with('\r')) line.remove_suffix(1);
        const std::string_view command = minimeta::trim(minimeta::trim_unseen(line));  // a pipe may begin with a BOM
        if (command == "quit") return false;
        if (command == "start") {
            if (server_.running()) print("the server runs already");
            else (void)server_.start();
        } else if (command == "stop") {
            const bool ran = server_.running();
            server_.stop();
            print(ran ? "stopped" : "the server does not run");
        } else if (command == "show") {
            print(server_.show());
        } else if (command == "groups") {
            print(server_.groups());
        } else if (command == "help") {
            print(std::string(menu));
        } else if (const auto answer = server_.order(command)) {
            print(*answer);
        } else if (!command.empty()) {
            print("not a command: " + std::string(minimeta::shown_beginning(command, 40)) + "\n" + std::string(menu));
        }
        return true;
    }

    Server& server_;
    const bool outlives_input_;
    std::string typed_;
};

}  // namespace tcp_server
