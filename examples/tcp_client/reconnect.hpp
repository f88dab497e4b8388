// Reconnect policy: whether, when and how to connect again after the connection is lost. Pure: time and jitter are
// arguments.
//
// The client reconnects after growing delays (Backoff), which begin anew only after a connection that has lasted. It resumes
// its session if it has one (ResumeToken), and joins otherwise, under the name that the room has confirmed last. With two exceptions:
//
// - After the user has left, it does not reconnect.
// - If the last line before the end of the connection was a refusal, "! ...", the room seems to have removed the
//   client. Then it only tries to resume, in case the refusal was about something else. Without a session, or if that
//   has expired, joining again is left to the user.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backoff.hpp"
#include "minimeta/time.hpp"
#include "resume_token.hpp"

namespace tcp_client {

class Reconnect {
public:
    /// A refusal that is not older than this explains the end of the connection. A room sends the two together.
    static constexpr minimeta::Duration removal_window = minimeta::seconds(2);

    /// A connection that has lasted for this long resets the delays.
    static constexpr minimeta::Duration stable_after = minimeta::seconds(10);

    /// If not `wanted`, never reconnects, and requests no session, so that the room keeps no place in vain. `name` is the
    /// one to join under until the room confirms another; it may be empty.
    Reconnect(bool wanted, std::string name) : wanted_(wanted), name_(std::move(name)) {}

    // ---- With a connection

    /// Returns the lines to send first on a new connection.
    std::vector<std::string> on_connect(minimeta::Time now) {
        due_.reset();
        refused_at_.reset();
        connected_ = now;
        std::vector<std::string> lines;
        const bool resumes = static_cast<bool>(token_);
        if (wanted_) lines.push_back(token_.request());
        if (!resumes && !name_.empty()) lines.push_back("name:" + name_);
        return lines;
    }

    /// Takes each line of the room. After Answer::expired, on_connect() is due again, unless was_removed().
    ResumeToken::Received on_receive(std::string_view line, minimeta::Time now) {
        const ResumeToken::Received received = wanted_ ? token_.on_receive(line) : ResumeToken::Received{line};
        if (received.shown) refused_at_ = received.shown->starts_with("! ") ? std::optional(now) : std::nullopt;
        if (received.answer == ResumeToken::Answer::granted) removed_ = false;
        if (!received.name.empty()) name_ = received.name;
        return received;
    }

    /// Whether a line that was cut off by the end of the connection is final. A message with an id is not: after
    /// resuming, the room sends it again as a whole.
    [[nodiscard]] bool is_complete(std::string_view begun) const { return !wanted_ || !begun.starts_with('+'); }

    [[nodiscard]] bool was_removed() const { return removed_; }

    /// Whether it is not known yet if the client is a member again.
    [[nodiscard]] bool is_resuming() const { return token_.is_resuming(); }

    /// The connection is lost. Returns whether to reconnect.
    bool on_lost(minimeta::Time now) {
        if (refused_at_ && now - *refused_at_ < removal_window) removed_ = true;
        if (now - connected_ >= stable_after) backoff_.reset();
        return wanted_ && (token_ || !removed_);
    }

    /// The user has left the room.
    void on_leave() { token_.clear(); }

    // ---- Without a connection

    /// Schedules an attempt after a delay, which it returns. `jitter` is uniform in [0, 1).
    minimeta::Duration schedule(minimeta::Time now, double jitter) {
        const minimeta::Duration delay = backoff_.next(jitter);
        due_ = now + delay;
        return delay;
    }

    /// When to connect; nothing if no attempt is scheduled.
    [[nodiscard]] std::optional<minimeta::Time> due() const { return due_; }

    /// Cancels the scheduled attempt. Returns whether there was one.
    bool cancel() { return std::exchange(due_, std::nullopt).has_value(); }

    /// The user asked to connect: earlier removals no longer count.
    void on_start() { removed_ = false; }

private:
    const bool wanted_;
    std::string name_;
    ResumeToken token_;
    Backoff backoff_;
    std::optional<minimeta::Time> due_;
    minimeta::Time connected_;
    std::optional<minimeta::Time> refused_at_;  // set if the last line was a refusal
    bool removed_ = false;
};

}  // namespace tcp_client
