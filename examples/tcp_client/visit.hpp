// The visit to the room: coming in, coming back after the connection is lost (Comeback), and leaving.
//
// To leave is to send the room's /quit, since a connection that just ends would keep one's place for a while. At a
// terminal it is sent, and one is out. With piped input, as a filter, every answer is to be seen: all that is left is
// sent too, and the room is read until it closes. A filter does not come back: lines that were under way when the
// connection was lost would be said twice, or never.
#pragma once

#include <poll.h>

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>

#include "backoff.hpp"
#include "comeback.hpp"
#include "connection.hpp"
#include "line_splitter.hpp"
#include "minimeta/chrono.hpp"
#include "minimeta/net/endpoint.hpp"
#include "minimeta/net/socket.hpp"
#include "minimeta/time.hpp"
#include "options.hpp"
#include "own_name.hpp"
#include "screen.hpp"
#include "terminal.hpp"
#include "ticket.hpp"

namespace tcp_client {

class Visit {
public:
    static constexpr minimeta::Duration connecting_patience = minimeta::seconds(5);
    static constexpr minimeta::Duration leaving_patience = minimeta::seconds(5);
    static constexpr std::size_t most_bytes_unsent = 65'536;  // of piped input

    /// `terminal` is null where lines are read as they are; `piped` tells that nobody types them.
    Visit(const Options& options, Screen& screen, Terminal* terminal, bool piped)
        : options_(options),
          screen_(screen),
          terminal_(terminal),
          piped_(piped),
          name_(options.name),
          comeback_(!piped && !options.once) {}

    /// The exit status, once the program is to end.
    [[nodiscard]] std::optional<int> status() const { return status_; }

    /// The program is to end. The first reason counts.
    void end(int status) {
        if (!status_) status_ = status;
    }

    // ---- What a person wants

    void start() {
        if (connection_) return screen_.print_state("already connected; :stop disconnects");
        screen_.print_state("connecting to " + net::Endpoint{options_.host, options_.port}.text() + " ...");
        screen_.show();
        comeback_.on_called();
        // Meanwhile the terminal is as always, so that Ctrl-C ends the program.
        std::optional<Terminal::Pause> pause;
        if (terminal_ != nullptr) pause.emplace(*terminal_);
        connect();
    }

    void say(std::string_view line) {
        if (!connection_) {
            const std::string advice = comeback_.due() ? "just now; :start tries at once" : "yet; :start connects";
            return screen_.print_warning("not said, since there is no connection " + advice);
        }
        name_.on_said(line);
        connection_.send_line(line);
    }

    /// Leaves the room, and ends the program if it is for good.
    void leave(bool for_good) {
        if (!connection_) {
            const std::string was = comeback_.give_up() ? "not trying any more" : "not connected";
            if (for_good) end(0);
            else screen_.print_state(was + "; :start connects");
            return;
        }
        connection_.send_line("/quit");
        if (piped_) {
            connection_.end_sending();
            leaving_ = Leaving{for_good, now() + leaving_patience};
            return;
        }
        hang_up();
        screen_.print_state("disconnected");
        if (for_good) end(0);
    }

    /// Whether all that is left is to wait until the room closes.
    [[nodiscard]] bool is_leaving() const { return leaving_.has_value(); }

    /// Whether more may be said, if it need not be now.
    [[nodiscard]] bool takes_more() const { return connection_.unsent_bytes() < most_bytes_unsent; }

    // ---- In the main loop

    [[nodiscard]] pollfd watched() const {
        const int out = connection_.wants_to_send() ? POLLOUT : 0;
        return {connection_.descriptor(), static_cast<short>(POLLIN | out), 0};
    }

    /// When advance() has something to do at the latest, if ever.
    [[nodiscard]] std::optional<minimeta::Time> deadline() const {
        return leaving_ ? std::optional(leaving_->deadline) : comeback_.due();
    }

    /// Does what is due, and sends what can be sent.
    void advance() {
        if (comeback_.due() && *comeback_.due() <= now()) connect();
        const bool progress = connection_.flush();
        if (progress && leaving_) leaving_->deadline = now() + leaving_patience;
        if (leaving_ && leaving_->deadline <= now()) {
            screen_.print_warning("the server did not close the connection in time");
            on_left();
        }
    }

    /// What poll() has found of watched().
    void on_ready(short events) {
        if (!connection_ || (events & ~POLLOUT) == 0) return;
        const auto [outcome, bytes] = connection_.receive();
        if (outcome == net::Moving::not_yet) return;
        const std::string reason = outcome == net::Moving::broken ? net::reason_of(errno) : "the server has closed it";
        received_.feed(bytes);
        while (const auto line = received_.next()) {
            hear(*line);
            if (!connection_) return;
        }
        if (outcome == net::Moving::moved) return;
        received_.finish();
        if (const auto begun = received_.next(); begun && comeback_.is_all_of(*begun)) hear(*begun);
        if (leaving_) on_left();
        else on_lost(reason);
    }

private:
    struct Leaving {
        bool for_good;
        minimeta::Time deadline;
    };

    // ---- Connecting

    // The one thing here that waits. When nobody has asked for it, keys wait too, since somebody may be typing.
    void connect() {
        auto socket = net::connect(options_.host, options_.port, connecting_patience);
        if (!socket && comeback_.due()) return try_later("no connection yet (" + socket.error().reason + "); ");
        if (!socket) {
            screen_.print_warning("cannot connect to " + socket.error().text());
            if (piped_) end(1);
            return;
        }
        received_ = {};
        connection_.open(std::move(*socket));
        screen_.print_state("connected");
        come_in();
    }

    void come_in() {
        for (const std::string& line : comeback_.come_in(name_.get(), now())) connection_.send_line(line);
    }

    void try_later(const std::string& why) {
        const minimeta::Duration delay = comeback_.try_later(now(), std::generate_canonical<double, 32>(random_));
        screen_.print_state(why + "trying again in " + seconds_text(delay) + " ... (:stop gives up)");
    }

    // ---- What comes in

    void hear(std::string_view line) {
        const Ticket::Heard heard = comeback_.hear(line, now());
        if (heard.shown) {
            name_.on_received(*heard.shown);
            screen_.print_received(*heard.shown);
        }
        if (heard.news == Ticket::News::expired) on_expired();
    }

    void on_expired() {
        if (comeback_.was_shown_out()) {
            hang_up();
            return screen_.print_warning("disconnected, since you are not in the room any more; :start comes in anew");
        }
        screen_.print_state(
            "the room has not kept your place; what was said meanwhile may be missing, and you are in no groups");
        come_in();
    }

    // ---- Losing the connection, and leaving

    void on_lost(const std::string& reason) {
        connection_.close();
        const bool returns = comeback_.on_lost(now());
        screen_.print_warning("the connection is lost: " + reason +
                              (piped_ || returns ? "" : "; :start connects again"));
        if (piped_) end(1);
        if (returns) try_later("");
    }

    void on_left() {
        const bool all_sent = connection_.unsent_bytes() == 0;
        connection_.close();
        if (!all_sent) return end(1);
        screen_.print_state("disconnected");
        if (std::exchange(leaving_, std::nullopt)->for_good) end(0);
    }

    // What was sent arrives, if the system can take it now; one does not wait for it.
    void hang_up() {
        connection_.part();
        comeback_.on_left();
    }

    static minimeta::Time now() { return minimeta::time_of(std::chrono::steady_clock::now()); }

    const Options& options_;
    Screen& screen_;
    Terminal* const terminal_;
    const bool piped_;

    Connection connection_;
    LineSplitter received_;
    OwnName name_;
    std::optional<Leaving> leaving_;

    Comeback comeback_;
    std::mt19937 random_{std::random_device{}()};

    std::optional<int> status_;
};

}  // namespace tcp_client
