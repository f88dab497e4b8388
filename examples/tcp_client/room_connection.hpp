// Room connection: joins a room, reconnects after the connection is lost (Reconnect), and leaves.
//
// Leaving sends /quit: a connection that ends without it keeps its member's place for a while. At a terminal, the
// client then disconnects at once. As a filter, with piped input, it shows every answer: it sends the rest of the input
// before /quit, and reads until the room closes the connection. A filter does not reconnect, because lines in flight
// when the connection was lost would be said twice, or never.
#pragma once

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backoff.hpp"
#include "connection.hpp"
#include "line_splitter.hpp"
#include "minimeta/chrono.hpp"
#include "minimeta/net/dead_peer.hpp"
#include "minimeta/net/endpoint.hpp"
#include "minimeta/net/socket.hpp"
#include "minimeta/time.hpp"
#include "options.hpp"
#include "reconnect.hpp"
#include "resume_token.hpp"
#include "screen.hpp"
#include "terminal.hpp"

namespace tcp_client {

class RoomConnection {
public:
    static constexpr minimeta::Duration connect_timeout = minimeta::seconds(5);
    static constexpr minimeta::Duration leave_timeout = minimeta::seconds(5);
    static constexpr std::size_t max_unsent_bytes = 65'536;  // of piped input; more is not read

    /// `terminal` is null if input is read by lines, not by keys; `piped` means that no user types them.
    RoomConnection(const Options& options, Screen& screen, Terminal* terminal, bool piped)
        : options_(options),
          screen_(screen),
          terminal_(terminal),
          piped_(piped),
          reconnect_(!piped && !options.once, options.name) {}

    /// The exit status; nothing until the program is to end.
    [[nodiscard]] std::optional<int> status() const { return status_; }

    /// Ends the program with this exit status, unless an earlier call has set one.
    void end(int status) {
        if (!status_) status_ = status;
    }

    // ---- For the user

    void start() {
        if (connection_) return screen_.print_state("already connected; :stop disconnects");
        screen_.print_state("connecting to " + net::Endpoint{options_.host, options_.port}.text() + " ...");
        screen_.show();
        reconnect_.on_start();
        // Connecting waits. The terminal is in its original state meanwhile, so that Ctrl-C ends the program.
        std::optional<Terminal::Pause> pause;
        if (terminal_ != nullptr) pause.emplace(*terminal_);
        connect();
    }

    void say(std::string_view line) {
        if (!connection_) return screen_.print_warning("not said, since there is no connection; :start connects");
        connection_.send_line(line);
        dead_server_.expect_acknowledgement(now());
    }

    /// Whether a line is said, or refused, now; otherwise it has to wait.
    [[nodiscard]] bool takes_lines() const { return connection_ ? !reconnect_.is_resuming() : !is_lost(); }

    /// Whether the connection is lost and the client tries to reconnect.
    [[nodiscard]] bool is_lost() const { return !connection_ && reconnect_.due().has_value(); }

    /// Leaves the room, or cancels reconnecting; then ends the program if `for_good`.
    void leave(bool for_good) {
        if (!connection_) {
            const std::string was = reconnect_.cancel() ? "not trying any more" : "not connected";
            if (for_good) end(0);
            else screen_.print_state(was + "; :start connects");
            return;
        }
        connection_.send_line("/quit");
        if (piped_) {
            connection_.end_sending();
            leaving_ = Leaving{for_good, now() + leave_timeout};
            return;
        }
        hang_up();
        screen_.print_state("disconnected");
        if (for_good) end(0);
    }

    /// Whether the client has left and waits for the room to close the connection.
    [[nodiscard]] bool is_leaving() const { return leaving_.has_value(); }

    /// Whether more piped input may be sent, so that the unsent rest stays bounded.
    [[nodiscard]] bool takes_more() const { return connection_.unsent_bytes() < max_unsent_bytes; }

    // ---- In the main loop

    [[nodiscard]] pollfd watched() const {
        const int out = connection_.wants_to_send() ? POLLOUT : 0;
        return {connection_.descriptor(), static_cast<short>(POLLIN | out), 0};
    }

    /// When advance() is due at the latest; nothing if nothing is scheduled.
    [[nodiscard]] std::optional<minimeta::Time> deadline() const {
        std::optional<minimeta::Time> due = leaving_ ? std::optional(leaving_->deadline) : reconnect_.due();
        const auto look = dead_server_.deadline();
        return !due || (look && *look < *due) ? look : due;
    }

    /// Does what is due, and sends what the socket takes.
    void advance() {
        if (reconnect_.due() && *reconnect_.due() <= now()) connect();
        if (connection_) dead_server_.look(now(), connection_.descriptor() + 1, *this);
        const bool progress = connection_.flush();
        if (progress && leaving_) leaving_->deadline = now() + leave_timeout;
        if (leaving_ && leaving_->deadline <= now()) on_lost("the server does not close it");
    }

    /// Reads what has arrived. `events` are what poll() returned for watched().
    void on_ready(short events) {
        if (!connection_ || (events & ~POLLOUT) == 0) return;
        const auto [outcome, bytes] = connection_.receive();
        if (outcome == net::Moving::not_yet) return;
        const std::string reason = outcome == net::Moving::broken ? net::reason_of(errno) : "the server has closed it";
        received_.feed(bytes);
        while (const auto line = received_.next()) {
            on_line(*line);
            if (!connection_) return;
        }
        if (outcome == net::Moving::moved) return;
        received_.finish();
        if (const auto begun = received_.next(); begun && reconnect_.is_complete(*begun)) on_line(*begun);
        const bool left = leaving_ && outcome == net::Moving::ended && connection_.unsent_bytes() == 0;
        if (left) on_left();
        else on_lost(reason);
    }

    // ---- For the detector of a dead server

    [[nodiscard]] bool contains(int descriptor) const { return descriptor == connection_.descriptor(); }
    void finish(int) { on_lost("the server does not answer any more"); }

private:
    struct Leaving {
        bool for_good;
        minimeta::Time deadline;
    };

    // ---- Connecting

    // The only call that waits, for at most connect_timeout. Without a request by the user, the terminal is not given
    // back meanwhile: keys that the user types are read afterwards.
    void connect() {
        auto socket = net::connect(options_.host, options_.port, connect_timeout);
        if (!socket && reconnect_.due())
            return schedule_reconnect("no connection yet (" + socket.error().reason + "); ");
        if (!socket) {
            screen_.print_warning("cannot connect to " + socket.error().text());
            if (piped_) end(1);
            return;
        }
        received_ = {};
        connection_.open(std::move(*socket));
        screen_.print_state("connected");
        join();
    }

    void join() {
        own_lines_ = reconnect_.on_connect(now());
        for (const std::string& line : own_lines_) connection_.send_line(line);
    }

    [[nodiscard]] bool is_own(const std::string& line) const {
        return std::find(own_lines_.begin(), own_lines_.end(), line) != own_lines_.end();
    }

    void schedule_reconnect(const std::string& why) {
        const minimeta::Duration delay = reconnect_.schedule(now(), std::generate_canonical<double, 32>(random_));
        screen_.print_state(why + "trying again in " + seconds_text(delay) + " ... (:stop gives up)");
    }

    // ---- Receiving

    void on_line(std::string_view line) {
        const ResumeToken::Received received = reconnect_.on_receive(line, now());
        if (received.shown) screen_.print_received(*received.shown);
        if (received.answer == ResumeToken::Answer::expired) on_expired();
    }

    void on_expired() {
        if (reconnect_.was_removed()) {
            hang_up();
            return screen_.print_warning("disconnected, since you are not in the room any more; :start comes in anew");
        }
        screen_.print_state(
            "the room has not kept your place; what was said meanwhile may be missing, and you are in no groups");
        join();
    }

    // ---- Disconnecting

    void on_lost(const std::string& reason) {
        std::vector<std::string> lines = connection_.lines_not_arrived();
        connection_.close();
        leaving_.reset();
        const bool returns = reconnect_.on_lost(now());
        screen_.print_warning("the connection is lost: " + reason +
                              (piped_ || returns ? "" : "; :start connects again"));
        // To say them again could say them twice.
        for (const std::string& line : lines)
            if (!is_own(line)) screen_.print_warning("may not have arrived: " + line);
        if (piped_) end(1);
        if (returns) schedule_reconnect("");
    }

    // The room has closed the connection as it was asked to, and so has read everything before.
    void on_left() {
        connection_.close();
        screen_.print_state("disconnected");
        if (std::exchange(leaving_, std::nullopt)->for_good) end(0);
    }

    // Disconnects without waiting. What the system takes now still arrives.
    void hang_up() {
        connection_.part();
        reconnect_.on_leave();
    }

    static minimeta::Time now() { return minimeta::time_of(std::chrono::steady_clock::now()); }

    const Options& options_;
    Screen& screen_;
    Terminal* const terminal_;
    const bool piped_;

    Connection connection_;
    LineSplitter received_;
    net::DeadPeerDetector dead_server_{net::dead_peer_timeout};
    std::vector<std::string> own_lines_;  // sent without the user, when joining
    std::optional<Leaving> leaving_;

    Reconnect reconnect_;
    std::mt19937 random_{std::random_device{}()};

    std::optional<int> status_;
};

}  // namespace tcp_client
