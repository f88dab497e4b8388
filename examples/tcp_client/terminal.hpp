// Terminal in raw mode: keys arrive one at a time and without echo; and the signals that a terminal sends.
//
// The terminal is restored however the program ends: by the destructor, which runs after a signal, too, because a
// signal does not end the program. Signals only set flags, for the main loop to read.
#pragma once

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <string_view>
#include <utility>

#include "minimeta/net/wakeup.hpp"

namespace tcp_client {

/// At most one exists at a time.
class Terminal {
public:
    static constexpr std::array signals = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH};

    /// Sets the terminal of standard input to raw mode, and catches the signals. operator bool is false if that failed.
    Terminal() {
        works_ = wakeup().descriptor() >= 0 && ::tcgetattr(STDIN_FILENO, &before_) == 0;
        if (works_) take();
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;
    ~Terminal() {
        if (works_) give_back();
    }

    explicit operator bool() const { return works_; }

    /// Restores the terminal and the previous actions of the signals during its lifetime.
    class Pause {
    public:
        explicit Pause(Terminal& terminal) : terminal_(terminal) { terminal_.give_back(); }
        Pause(const Pause&) = delete;
        Pause& operator=(const Pause&) = delete;
        ~Pause() { terminal_.take(); }

    private:
        Terminal& terminal_;
    };

    /// Stops the program, as Ctrl-Z does, until it is continued.
    void suspend() {
        const Pause pause(*this);
        std::raise(SIGTSTP);
    }

    /// Sets raw mode again, in case that another program has changed it while this one was stopped.
    void retake() { set_raw(); }

    [[nodiscard]] std::size_t columns() const {
        winsize size{};
        return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0 ? size.ws_col : 80;
    }

    /// Readable after a signal.
    [[nodiscard]] int signal_descriptor() const { return wakeup().descriptor(); }

    /// Makes signal_descriptor() unreadable again. After it, came(signal) is true once for each signal that came.
    void read_signals() { wakeup().clear(); }
    bool came(int signal) { return std::exchange(noted()[static_cast<std::size_t>(signal)], 0) != 0; }

private:
    static minimeta::net::Wakeup& wakeup() {
        static minimeta::net::Wakeup made;
        return made;
    }
    static volatile std::sig_atomic_t* noted() {
        static volatile std::sig_atomic_t flags[NSIG];
        return flags;
    }

    static void on_signal(int signal) {
        noted()[signal] = 1;
        wakeup().notify();
    }

    void take() {
        for (std::size_t i = 0; i < signals.size(); ++i) {
            struct sigaction noting {};
            noting.sa_handler = &on_signal;
            sigemptyset(&noting.sa_mask);
            ::sigaction(signals[i], &noting, &actions_before_[i]);
        }
        set_raw();
        write_sequence("\x1b[?2004h");  // bracketed paste (keys.hpp)
    }

    void give_back() {
        write_sequence("\x1b[?2004l");
        ::tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
        for (std::size_t i = 0; i < signals.size(); ++i) ::sigaction(signals[i], &actions_before_[i], nullptr);
    }

    // Keys arrive at once and without echo, Return arrives as it is, Ctrl-S and Ctrl-Q do not stop output. Ctrl-C and
    // Ctrl-Z stay signals, and a newline in the output still returns the cursor.
    void set_raw() {
        termios raw = before_;
        raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | IEXTEN);
        raw.c_iflag &= ~static_cast<tcflag_t>(ICRNL | INLCR | IGNCR | IXON | ISTRIP);
        raw.c_cc[VMIN] = 1;
        raw.c_cc[VTIME] = 0;
        ::tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
    }

    static void write_sequence(std::string_view sequence) {
        (void)!::write(STDOUT_FILENO, sequence.data(), sequence.size());
    }

    bool works_ = false;
    termios before_{};
    std::array<struct sigaction, signals.size()> actions_before_{};
};

}  // namespace tcp_client
