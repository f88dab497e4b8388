// Client: the main loop, a single poll(). Input goes to the room, and lines of the room go to the screen.
//
// This file has the user's side: keys, pipe and signals. The other side is the RoomConnection. Piped input is read only
// as fast as it can be sent, and sent at a pace that the room admits, so that a file of any size is never in memory as
// a whole. After a filter has begun to leave, no input is read. What is typed goes through UnsentLines.
#pragma once

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "keys.hpp"
#include "line_editor.hpp"
#include "line_splitter.hpp"
#include "minimeta/chrono.hpp"
#include "minimeta/protocol/text/parser.hpp"
#include "minimeta/time.hpp"
#include "options.hpp"
#include "room_connection.hpp"
#include "screen.hpp"
#include "terminal.hpp"
#include "typed_line.hpp"
#include "unsent_lines.hpp"

namespace tcp_client {

class Client {
public:
    static constexpr minimeta::Duration escape_timeout = minimeta::milliseconds(50);  // for the bytes of a key

    /// `terminal` is null if input is read by lines, not by keys; `piped` means that no user types them.
    Client(const Options& options, Screen& screen, Terminal* terminal, bool piped)
        : options_(options),
          screen_(screen),
          terminal_(terminal),
          piped_(piped),
          room_(options, screen, terminal, piped),
          unsent_(options.pace) {}

    /// Runs until the user leaves or the program must end. Returns the exit status.
    int run() {
        if (!piped_) screen_.print_help(help_text);
        if (piped_ || options_.start || !options_.name.empty()) room_.start();
        while (!done()) turn();
        screen_.hide_row();
        screen_.show();
        return screen_.works() ? *room_.status() : 1;
    }

private:
    void turn() {
        draw();
        if (!screen_.works()) {
            room_.end(1);
            return room_.leave(true);
        }
        std::array<pollfd, 3> watched = {{{wants_input() ? STDIN_FILENO : -1, POLLIN, 0},
                                          room_.watched(),
                                          {terminal_ != nullptr ? terminal_->signal_descriptor() : -1, POLLIN, 0}}};
        const int ready = ::poll(watched.data(), watched.size(), milliseconds_to_wait());
        if (ready < 0) return;  // a signal handler ran: the next poll sees its effect

        if (watched[2].revents != 0) on_signals();
        room_.on_ready(watched[1].revents);
        if (watched[0].revents != 0) on_input();
        if (ready == 0) keys_.end_escape();
        take_lines();
        if (!done()) room_.advance();
    }

    // ---- Input

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
        while (!done()) {
            const auto key = keys_.next(bytes);
            if (!key) break;
            on_key(*key);
        }
    }

    void on_key(Key key) {
        switch (editor_.press(key)) {
            case LineEditor::Asked::nothing: break;
            case LineEditor::Asked::take_line: {
                take_typed(editor_.take_line());
                break;
            }
            case LineEditor::Asked::clear_screen: screen_.clear(); break;
            case LineEditor::Asked::leave: leave(true); break;
        }
    }

    // Lines are said in their order, so one waits while others do. While the connection is lost, what is for the client
    // itself is done at once, or nobody could stop waiting.
    void take_typed(std::string line) {
        const bool at_once = unsent_.empty() || room_.is_lost();
        if (line.empty() || (at_once && read_typed_line(line).meaning != TypedLine::Meaning::chat)) {
            screen_.print_typed(line);
            return on_line(line);
        }
        if (!unsent_.add(std::move(line))) screen_.print_warning("not said: too much waits already");
    }

    void say_unsent() {
        while (!done() && room_.takes_lines()) {
            const auto line = unsent_.next(now());
            if (!line) return;
            screen_.print_typed(*line);
            on_line(*line);
        }
    }

    void leave(bool for_good) {
        give_back();
        room_.leave(for_good);
    }

    // Shows what is not said any more.
    void give_back() {
        for (const std::string& line : unsent_.take_all()) screen_.print_warning("not said: " + line);
    }

    void take_lines() {
        say_unsent();
        while (!done() && may_take_line()) on_line(*lines_.next());
        if (input_ended_ && lines_.empty() && !room_.is_leaving() && !done()) room_.leave(true);
    }

    bool may_take_line() {
        if (lines_.empty() || room_.is_leaving()) return false;
        return !piped_ || (room_.takes_more() && unsent_.admit(now()));
    }

    void on_line(const std::string& line) {
        if (done() || line.empty()) return;
        const TypedLine typed = read_typed_line(line);
        switch (typed.meaning) {
            case TypedLine::Meaning::chat: return say(typed.text);
            case TypedLine::Meaning::start: return room_.start();
            case TypedLine::Meaning::stop: return leave(false);
            case TypedLine::Meaning::quit: return leave(true);
            case TypedLine::Meaning::help: return screen_.print_help(help_text);
            case TypedLine::Meaning::mistyped: return screen_.print_warning(advice_on(typed.text));
        }
    }

    // The room's own /quit leaves like :stop, so that the client does not reconnect afterwards.
    void say(std::string_view line) {
        const auto command = parser_.parse(line);
        if (command && minimeta::holds_alternative<minimeta::Quit>(*command)) return leave(piped_);
        room_.say(line);
    }

    // ---- The terminal

    void on_signals() {
        terminal_->read_signals();
        look_at_size();
        for (const int signal : {SIGTERM, SIGHUP, SIGQUIT}) {
            if (!terminal_->came(signal)) continue;
            room_.end(128 + signal);
            leave(true);
        }
        if (terminal_->came(SIGINT)) on_interrupt();
        if (terminal_->came(SIGTSTP)) {
            screen_.hide_row();
            screen_.show();
            terminal_->suspend();
        }
        if (terminal_->came(SIGCONT)) terminal_->retake();
        // After any signal, the row on the screen may be damaged: it is drawn again.
        terminal_->came(SIGWINCH);
        screen_.hide_row();
    }

    // Gives up what is being typed; or what waits; or the room.
    void on_interrupt() {
        if (editor_.discard()) return;
        if (unsent_.empty()) leave(true);
        else give_back();
    }

    void draw() {
        const std::string waiting = unsent_.empty() ? "" : "(" + std::to_string(unsent_.size()) + " unsent) ";
        if (terminal_ == nullptr) return screen_.show();
        look_at_size();
        screen_.show(editor_.row(columns_, waiting));
    }

    // Before the row is hidden or drawn: if it has been wrapped, it is to be erased from its first line on.
    void look_at_size() {
        const std::size_t columns = terminal_->columns();
        if (columns != std::exchange(columns_, columns)) screen_.on_resize(columns);
    }

    // ---- Waiting

    [[nodiscard]] bool done() const { return room_.status().has_value(); }

    static minimeta::Time now() { return minimeta::time_of(std::chrono::steady_clock::now()); }

    [[nodiscard]] bool wants_input() const { return !input_ended_ && lines_.empty() && !room_.is_leaving(); }

    // Until something is due: the next piped line, the timeout of an Escape, or the room connection's deadline. -1
    // waits for ever.
    [[nodiscard]] int milliseconds_to_wait() const {
        if (!lines_.empty() && !room_.is_leaving() && room_.takes_more()) return 10;
        if (keys_.in_escape()) return whole_milliseconds(escape_timeout);
        auto deadline = room_.deadline();
        const auto line = room_.takes_lines() ? unsent_.due(now()) : std::nullopt;
        if (line && (!deadline || *line < *deadline)) deadline = line;
        return deadline ? whole_milliseconds(std::max(*deadline - now(), minimeta::Duration{})) + 1 : -1;
    }

    static int whole_milliseconds(minimeta::Duration span) {
        return static_cast<int>(span.nanoseconds / minimeta::milliseconds(1).nanoseconds);
    }

    const Options& options_;
    Screen& screen_;
    Terminal* const terminal_;
    const bool piped_;

    RoomConnection room_;
    minimeta::TextParser parser_;

    LineSplitter lines_;  // of the input
    bool input_ended_ = false;
    KeyReader keys_;
    LineEditor editor_;
    std::size_t columns_ = 0;  // of the terminal, when it was looked at last
    UnsentLines unsent_;       // typed; and the pace of what is piped
};

}  // namespace tcp_client
