// How far the run is, on standard error, if that is a terminal.
#pragma once

#include <unistd.h>

#include <cstddef>
#include <cstdio>

#include "clock.hpp"

class Progress {
public:
    ~Progress() { clear(); }
    Progress() = default;
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// Shows that so much of it is done. It may be called often; it writes a few times a second.
    void show(const char* what, std::size_t done, std::size_t all) {
        if (!terminal_) return;
        const minimeta::Time t = now();
        if (shown_ && t - shown_at_ < minimeta::milliseconds(200)) return;
        shown_ = true;
        shown_at_ = t;
        std::fprintf(stderr, "\r\033[K%s: %zu of %zu", what, done, all);
        std::fflush(stderr);
    }

    /// Takes the line away, for what is printed next.
    void clear() {
        if (shown_) std::fputs("\r\033[K", stderr);
        shown_ = false;
    }

private:
    bool terminal_ = ::isatty(STDERR_FILENO) == 1;
    bool shown_ = false;
    minimeta::Time shown_at_;
};
