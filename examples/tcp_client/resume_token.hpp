// Resume token: the client's session, and the id of the last message it received, for resuming after a lost connection.
//
// The first line on each connection requests a new session, or resumes the present one. The answer is not shown to the
// user, not even the refusal in words by which a room of an older version answers an unknown command. When resuming,
// the greeting that asks for a name is not shown, either.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "control_line.hpp"
#include "minimeta/message.hpp"

namespace tcp_client {

class ResumeToken {
public:
    /// What a line answers to the request.
    enum class Answer : std::uint8_t {
        none,
        granted,  ///< there is a session now
        expired,  ///< the session could not be resumed: the client must join anew
    };

    /// A line of the room, read.
    struct Received {
        std::optional<std::string_view> shown;  ///< what the user sees, if anything; a view into the line
        Answer answer = Answer::none;
        std::string_view name = {};  ///< that the room has confirmed, if any; a view into the line
    };

    /// Whether there is a session to resume.
    explicit operator bool() const { return !token_.empty(); }

    /// Whether the room has not yet answered a request to resume.
    [[nodiscard]] bool is_resuming() const { return requested_ == resume; }

    /// Returns the line to send first on a new connection, without its end.
    std::string request() {
        requested_ = token_.empty() ? session : resume;
        skips_greeting_ = !token_.empty();
        std::string line(requested_);
        if (!token_.empty()) line += ' ' + token_ + ' ' + text_of(seen_);
        return line;
    }

    /// Takes each whole line of the room.
    Received on_receive(std::string_view line) {
        if (std::exchange(skips_greeting_, false) && line.starts_with("-- ")) return {};
        const ControlLine read = read_control_line(line);
        if (const auto* message = std::get_if<Stamped>(&read)) {
            seen_ = std::max(seen_, message->id);
            return {message->line};
        }
        if (const auto* opened = std::get_if<SessionOpened>(&read)) {
            requested_ = {};
            token_ = opened->token;
            seen_ = opened->newest;
            return {{}, Answer::granted};
        }
        if (const auto* confirmed = std::get_if<NameConfirmed>(&read)) return {{}, Answer::none, confirmed->name};
        if (!std::holds_alternative<SessionRefused>(read) && !is_not_understood(line)) return {line};
        const bool was_resuming = std::exchange(requested_, {}) == resume;
        if (was_resuming) clear();
        return {{}, was_resuming ? Answer::expired : Answer::none};
    }

    /// Forgets the session.
    void clear() {
        token_.clear();
        seen_ = {};
    }

private:
    static constexpr std::string_view session = "/session";
    static constexpr std::string_view resume = "/resume";

    // Whether the line refuses the request as an unknown command, whose name such a refusal repeats.
    [[nodiscard]] bool is_not_understood(std::string_view line) const {
        return !requested_.empty() && line.starts_with("! ") && line.find(requested_) != line.npos;
    }

    std::string token_;
    minimeta::MessageId seen_;
    std::string_view requested_;  // the command that is not answered yet, or empty
    bool skips_greeting_ = false;
};

}  // namespace tcp_client
