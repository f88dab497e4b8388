// Whether, when and how to come back into the room after the connection is lost. Time and luck are arguments.
//
// One comes back by oneself: after growing delays (Backoff), to one's old place if the room has kept it (Ticket), and
// otherwise under the same name. With two exceptions. Whoever leaves stays out. And whoever was shown out does: when
// the last that a room says before the connection ends is a refusal, "! ...", one only asks for one's place, in case
// that the two had nothing to do with each other. If that is gone or never was, coming in again is left to the person.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backoff.hpp"
#include "minimeta/time.hpp"
#include "ticket.hpp"

namespace tcp_client {

class Comeback {
public:
    /// How old a refusal may be for the end of the connection to be its doing. The two are sent together.
    static constexpr minimeta::Duration last_words_age = minimeta::seconds(2);

    /// A connection that has lasted for so long was worth while.
    static constexpr minimeta::Duration lasting = Backoff::longest;

    /// If it is not `wanted`, nothing of all this is done, and the room is not asked for a session: then it would keep
    /// a place that nobody comes back to.
    explicit Comeback(bool wanted) : wanted_(wanted) {}

    // ---- With a connection

    /// The lines to send first, for somebody who goes by this name, if it is not empty.
    std::vector<std::string> come_in(std::string_view name, minimeta::Time now) {
        due_.reset();
        last_words_.reset();
        connected_ = now;
        std::vector<std::string> lines;
        const bool resumes = static_cast<bool>(ticket_);
        if (wanted_) lines.push_back(ticket_.ask());
        if (!resumes && !name.empty()) lines.push_back("name:" + std::string(name));
        return lines;
    }

    /// Takes each line of the room. After News::expired one ought to come_in() again, unless one was_shown_out().
    Ticket::Heard hear(std::string_view line, minimeta::Time now) {
        const Ticket::Heard heard = wanted_ ? ticket_.hear(line) : Ticket::Heard{line};
        if (heard.shown) last_words_ = heard.shown->starts_with("! ") ? std::optional(now) : std::nullopt;
        if (heard.news == Ticket::News::valid) {
            shown_out_ = false;
            backoff_.reset();
        }
        return heard;
    }

    /// Whether the beginning of a line, behind which the connection was lost, is all that there will be of it. A
    /// message with an id comes again, whole.
    [[nodiscard]] bool is_all_of(std::string_view begun) const { return !wanted_ || !begun.starts_with('+'); }

    [[nodiscard]] bool was_shown_out() const { return shown_out_; }

    /// Whether to try to come back, now that the connection is lost.
    bool on_lost(minimeta::Time now) {
        if (last_words_ && now - *last_words_ < last_words_age) shown_out_ = true;
        if (now - connected_ >= lasting) backoff_.reset();
        return wanted_ && (ticket_ || !shown_out_);
    }

    /// One has left.
    void on_left() { ticket_.forget(); }

    // ---- Without one

    /// Tries again after a delay, which is returned. `luck` is uniform in 0...1, without the 1.
    minimeta::Duration try_later(minimeta::Time now, double luck) {
        const minimeta::Duration delay = backoff_.next(luck);
        due_ = now + delay;
        return delay;
    }

    /// When to connect; nothing if one does not try to come back.
    [[nodiscard]] std::optional<minimeta::Time> due() const { return due_; }

    /// Does not try any more. Whether one did.
    bool give_up() { return std::exchange(due_, std::nullopt).has_value(); }

    /// The person wants to come in, whatever was before.
    void on_called() { shown_out_ = false; }

private:
    const bool wanted_;
    Ticket ticket_;
    Backoff backoff_;
    std::optional<minimeta::Time> due_;
    minimeta::Time connected_;
    std::optional<minimeta::Time> last_words_;  // when they came, if the last line was a refusal
    bool shown_out_ = false;
};

}  // namespace tcp_client
