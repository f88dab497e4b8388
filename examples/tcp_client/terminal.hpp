// A terminal whose keys come one at a time, and are not echoed; and the signals that a person at one can send.
//
// Whatever way the program ends, the terminal is given back as it was: on an ordinary end by the destructor, and on a
// signal because none of them ends the program, but all of them are only noted, for the main loop to see.
#pragma once

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <utility>

#include "minimeta/net/wakeup.hpp"

namespace tcp_client {

/// There is at most one at a time.
class Terminal {
public:
    static constexpr std::array signals = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH};

    /// Takes the terminal of standard input over. Check with operator bool whether that worked.
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

    /// Gives the terminal back while it lives, with signals that do what they do to any program.
    class Pause {
    public:
        explicit Pause(Terminal& terminal) : terminal_(terminal) { terminal_.give_back(); }
        Pause(const Pause&) = delete;
        Pause& operator=(const Pause&) = delete;
        ~Pause() { terminal_.take(); }

    private:
        Terminal& terminal_;
    };

    /// Sleeps, as Ctrl-Z asks, until the program is continued.
    void suspend() {
        const Pause pause(*this);
        std::raise(SIGTSTP);
    }

    /// Takes it over again, in case that somebody else has set it while the program was stopped.
    void retake() { set_raw(); }

    [[nodiscard]] std::size_t columns() const {
        winsize size{};
        return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0 ? size.ws_col : 80;
    }

    /// Readable once a signal came.
    [[nodiscard]] int signal_descriptor() const { return wakeup().descriptor(); }

    /// Makes that unreadable again. Afterwards came(signal) tells once for each which ones came.
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
    }

    void give_back() {
        ::tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
        for (std::size_t i = 0; i < signals.size(); ++i) ::sigaction(signals[i], &actions_before_[i], nullptr);
    }

    // Keys at once and unseen; Return as it is; Ctrl-S and Ctrl-Q do not stop the screen. Ctrl-C and Ctrl-Z stay
    // signals, and output is still made of lines.
    void set_raw() {
        termios raw = before_;
        raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | IEXTEN);
        raw.c_iflag &= ~static_cast<tcflag_t>(ICRNL | INLCR | IGNCR | IXON | ISTRIP);
        raw.c_cc[VMIN] = 1;
        raw.c_cc[VTIME] = 0;
        ::tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
    }

    bool works_ = false;
    termios before_{};
    std::array<struct sigaction, signals.size()> actions_before_{};
};

}  // namespace tcp_client
