// What brings one back into the room after the connection is lost: the token of the session, and the last message seen.
//
// On each new connection it asks first of all, either for a session or to go on with the one that there was. Rooms of
// older versions know of no sessions and say so in words; that answer is kept from people, like all that is between
// programs. So is the greeting, in which a room asks newcomers for a name, for somebody who comes back.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "machine_line.hpp"
#include "minimeta/message.hpp"

namespace tcp_client {

class Ticket {
public:
    /// What became of what was asked.
    enum class News : std::uint8_t {
        none,
        valid,    ///< one is a member and may come back
        expired,  ///< one could not come back: a name must be given again
    };

    /// What a line means.
    struct Heard {
        std::optional<std::string_view> shown;  ///< to a person, if anything; it points into the line
        News news = News::none;
    };

    /// Whether there is a place to come back to.
    explicit operator bool() const { return !token_.empty(); }

    /// What to send first on a new connection, without its end.
    std::string ask() {
        asked_ = token_.empty() ? session : resume;
        to_be_greeted_ = !token_.empty();
        std::string line(asked_);
        if (!token_.empty()) line += ' ' + token_ + ' ' + text_of(seen_);
        return line;
    }

    /// Takes each whole line of the room.
    Heard hear(std::string_view line) {
        if (std::exchange(to_be_greeted_, false) && line.starts_with("-- ")) return {};
        const MachineLine read = read_machine_line(line);
        if (const auto* message = std::get_if<Stamped>(&read)) {
            seen_ = std::max(seen_, message->id);
            return {message->line};
        }
        if (const auto* opened = std::get_if<SessionOpened>(&read)) {
            asked_ = {};
            token_ = opened->token;
            seen_ = opened->newest;
            return {{}, News::valid};
        }
        if (!std::holds_alternative<SessionRefused>(read) && !is_not_understood(line)) return {line};
        const bool was_there = std::exchange(asked_, {}) == resume;
        if (was_there) forget();
        return {{}, was_there ? News::expired : News::none};
    }

    /// One has left: there is nothing to come back to.
    void forget() {
        token_.clear();
        seen_ = {};
    }

private:
    static constexpr std::string_view session = "/session";
    static constexpr std::string_view resume = "/resume";

    // The answer to what was asked, by a room that does not know such a command: a refusal that repeats it.
    [[nodiscard]] bool is_not_understood(std::string_view line) const {
        return !asked_.empty() && line.starts_with("! ") && line.find(asked_) != line.npos;
    }

    std::string token_;
    minimeta::MessageId seen_;
    std::string_view asked_;  // and not answered; empty for nothing
    bool to_be_greeted_ = false;
};

}  // namespace tcp_client
