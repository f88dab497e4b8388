// Line output from several threads: a line is one write, so that lines never mix.
#pragma once

#include <poll.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <utility>

namespace tcp_server {

inline void print(std::string line, std::FILE* to = stdout) {
    line += '\n';
    std::fwrite(line.data(), 1, line.size(), to);
    std::fflush(to);
}

/// Prints the line, or drops it if standard output is not being read (Ctrl-S at the terminal, a pager).
inline void print_or_drop(std::string line) {
    pollfd output{STDOUT_FILENO, POLLOUT, 0};
    if (poll(&output, 1, 0) != 0) print(std::move(line));
}

}  // namespace tcp_server
