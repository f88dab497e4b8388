// The conversation: what is typed goes to the room, what the room says goes to the screen, one poll() for all.
//
// At a terminal, `:stop` and `:quit` disconnect at once. With piped input, as a filter, everything is to be said and
// every answer to be seen: to leave is to send all that is left and the room's /quit, and to read until the room
// closes. While that goes on, no input is taken. Piped input is read only as fast as it can be sent, and sent at a pace
// that the room admits, so a file of any size is never held as a whole.
#pragma once

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "connection.hpp"
#include "keys.hpp"
#include "line_editor.hpp"
#include "line_splitter.hpp"
#include "minimeta/chrono.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/meter.hpp"
#include "minimeta/net/socket.hpp"
#include "minimeta/protocol/grammar.hpp"
#include "minimeta/time.hpp"
#include "options.hpp"
#include "own_name.hpp"
#include "screen.hpp"
#include "terminal.hpp"
#include "typed_line.hpp"

namespace tcp_client {

class Session {
public:
    static constexpr minimeta::Duration connecting_patience = minimeta::seconds(5);
    static constexpr minimeta::Duration leaving_patience = minimeta::seconds(5);
    static constexpr minimeta::Duration escape_patience = minimeta::milliseconds(50);  // bytes of a key come together
    static constexpr std::size_t most_bytes_unsent = 65'536;                           // of piped input

    /// `terminal` is null where lines are read as they are; `piped` tells that nobody types them.
    Session(const Options& options, Screen& screen, Terminal* terminal, bool piped)
        : options_(options), screen_(screen), terminal_(terminal), piped_(piped), name_(options.name) {}

    /// Returns the exit status.
    int run() {
        if (!piped_) screen_.print_help(help_text);
        if (piped_ || options_.start || !options_.name.empty()) start();
        while (!done_) turn();
        screen_.hide_row();
        screen_.show();
        return screen_.works() ? status_ : 1;
    }

private:
    using Clock = std::chrono::steady_clock;

    struct Leaving {
        bool for_good;
        minimeta::Time deadline;
    };

    void turn() {
        draw();
        if (!screen_.works()) return end(1);
        std::array<pollfd, 3> watched = {{{wants_input() ? STDIN_FILENO : -1, POLLIN, 0},
                                          {connection_.descriptor(), POLLIN, 0},
                                          {terminal_ != nullptr ? terminal_->signal_descriptor() : -1, POLLIN, 0}}};
        if (connection_.wants_to_send()) watched[1].events |= POLLOUT;
        const int ready = ::poll(watched.data(), watched.size(), milliseconds_to_wait());
        if (ready < 0) return;  // a signal; what it wants is seen in the next turn

        if (watched[2].revents != 0) on_signals();
        if (connection_ && (watched[1].revents & ~POLLOUT) != 0) on_readable();
        if (watched[0].revents != 0) on_input();
        if (ready == 0) keys_.end_escape();
        take_lines();
        send();
    }

    // ---- What is typed, or comes from a pipe

    void on_input() {
        std::array<char, 16'384> buffer;
        const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) return;
        if (got <= 0) {
            lines_.finish();
            input_ended_ = true;
            return;
        }
        std::string_view bytes(buffer.data(), static_cast<std::size_t>(got));
        if (terminal_ == nullptr) return lines_.feed(bytes);
        while (!done_) {
            const auto key = keys_.next(bytes);
            if (!key) break;
            on_key(*key);
        }
    }

    void on_key(Key key) {
        switch (editor_.press(key)) {
            case LineEditor::Asked::nothing: break;
            case LineEditor::Asked::take_line: {
                const std::string line = editor_.take_line();
                screen_.print_typed(line);
                on_line(line);
                break;
            }
            case LineEditor::Asked::clear_screen: screen_.clear(); break;
            case LineEditor::Asked::leave: leave(true); break;
        }
    }

    void take_lines() {
        while (!done_ && may_take_line()) on_line(*lines_.next());
        if (input_ended_ && lines_.empty() && !leaving_ && !done_) leave(true);
    }

    bool may_take_line() {
        if (lines_.empty() || leaving_) return false;
        if (!piped_) return true;
        return connection_.unsent_bytes() < most_bytes_unsent && meter_.admit(now(), rate());
    }

    void on_line(const std::string& line) {
        if (done_ || line.empty()) return;
        const TypedLine typed = read_typed_line(line);
        switch (typed.meaning) {
            case TypedLine::Meaning::chat: return say(typed.text);
            case TypedLine::Meaning::start: return start();
            case TypedLine::Meaning::stop: return leave(false);
            case TypedLine::Meaning::quit: return leave(true);
            case TypedLine::Meaning::help: return screen_.print_help(help_text);
            case TypedLine::Meaning::mistyped: return screen_.print_warning(advice_on(typed.text));
        }
    }

    void say(std::string_view line) {
        if (!connection_) return screen_.print_warning("not said, since there is no connection yet; :start connects");
        const auto command = grammar_.parse(line);
        if (piped_ && command && std::holds_alternative<minimeta::Quit>(*command)) return leave(true);
        name_.on_said(line);
        connection_.send_line(line);
    }

    // ---- The connection

    void start() {
        if (connection_) return screen_.print_state("already connected; :stop disconnects");
        const net::Endpoint room{options_.host, options_.port};
        screen_.print_state("connecting to " + room.text() + " ...");
        draw();
        auto socket = connect();
        if (!socket) {
            screen_.print_warning("cannot connect to " + socket.error().text());
            if (piped_) end(1);
            return;
        }
        connection_.open(std::move(*socket));
        received_ = {};
        screen_.print_state("connected");
        if (!name_.get().empty()) connection_.send_line("name:" + name_.get());
    }

    // The one thing here that waits. Meanwhile the terminal is as always, so that Ctrl-C ends the program.
    net::Result<net::Descriptor> connect() {
        std::optional<Terminal::Pause> pause;
        if (terminal_ != nullptr) pause.emplace(*terminal_);
        return net::connect(options_.host, options_.port, connecting_patience);
    }

    void send() {
        const bool progress = connection_.flush();
        if (progress && leaving_) leaving_->deadline = now() + leaving_patience;
        if (leaving_ && leaving_->deadline <= now()) {
            screen_.print_warning("the server did not close the connection in time");
            on_disconnected();
        }
    }

    void on_readable() {
        const auto [outcome, bytes] = connection_.receive();
        if (outcome == net::Moving::not_yet) return;
        const std::string reason = outcome == net::Moving::broken ? net::reason_of(errno) : "the server has closed it";
        received_.feed(bytes);
        if (outcome != net::Moving::moved) received_.finish();
        while (const auto line = received_.next()) {
            name_.on_received(*line);
            screen_.print_received(*line);
        }
        if (outcome == net::Moving::moved) return;
        if (!leaving_)
            screen_.print_warning("the connection is lost: " + reason + (piped_ ? "" : "; :start connects again"));
        on_disconnected();
    }

    void on_disconnected() {
        const bool all_sent = connection_.unsent_bytes() == 0;
        connection_.close();
        if (piped_ && !(leaving_ && all_sent)) return end(1);
        const auto left = std::exchange(leaving_, std::nullopt);
        if (left) screen_.print_state("disconnected");
        if (left && left->for_good) end(0);
    }

    // Leaves the room, and ends the program if it is for good.
    void leave(bool for_good) {
        if (!connection_) {
            if (for_good) end(0);
            else screen_.print_state("not connected; :start connects");
            return;
        }
        if (piped_) {
            connection_.send_line("/quit");
            connection_.end_sending();
            leaving_ = Leaving{for_good, now() + leaving_patience};
            return;
        }
        connection_.part();
        screen_.print_state("disconnected");
        if (for_good) end(0);
    }

    // ---- The terminal

    void on_signals() {
        terminal_->read_signals();
        for (const int signal : {SIGTERM, SIGHUP, SIGQUIT}) {
            if (!terminal_->came(signal)) continue;
            end(128 + signal);
            leave(true);
        }
        if (terminal_->came(SIGINT) && !editor_.discard()) leave(true);
        if (terminal_->came(SIGTSTP)) {
            screen_.hide_row();
            screen_.show();
            terminal_->suspend();
        }
        if (terminal_->came(SIGCONT)) terminal_->retake();
        // Whatever came, the screen may not be what it was.
        terminal_->came(SIGWINCH);
        screen_.hide_row();
    }

    void draw() {
        if (terminal_ != nullptr) screen_.show(editor_.row(terminal_->columns()));
        else screen_.show();
    }

    // ---- Waiting

    // The first reason to end counts.
    void end(int status) {
        if (std::exchange(done_, true)) return;
        status_ = status;
    }

    static minimeta::Time now() { return minimeta::time_of(Clock::now()); }

    [[nodiscard]] minimeta::Rate rate() const { return {options_.pace, minimeta::Limits{}.burst / 2}; }

    [[nodiscard]] bool wants_input() const { return !input_ended_ && lines_.empty() && !leaving_; }

    // For as long as nothing happens, until something is due: the next piped line, the end of patience with a key or
    // with the server. Never is -1.
    [[nodiscard]] int milliseconds_to_wait() const {
        if (leaving_) {
            const auto left = (leaving_->deadline - now()).nanoseconds / minimeta::milliseconds(1).nanoseconds;
            return static_cast<int>(std::max<std::int64_t>(left, 0)) + 1;
        }
        if (!lines_.empty() && connection_.unsent_bytes() < most_bytes_unsent) return 10;
        if (keys_.in_escape())
            return static_cast<int>(escape_patience.nanoseconds / minimeta::milliseconds(1).nanoseconds);
        return -1;
    }

    const Options& options_;
    Screen& screen_;
    Terminal* const terminal_;
    const bool piped_;

    Connection connection_;
    LineSplitter received_;
    std::optional<Leaving> leaving_;
    OwnName name_;
    minimeta::Grammar grammar_;

    LineSplitter lines_;  // of the input
    bool input_ended_ = false;
    minimeta::Meter meter_;
    KeyReader keys_;
    LineEditor editor_;

    bool done_ = false;
    int status_ = 0;
};

}  // namespace tcp_client
