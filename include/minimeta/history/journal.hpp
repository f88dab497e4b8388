// The journal: stamps what is said, and appends it to the histories from which it may be read again.
//
// What is said in a group goes into the group's history. A private message is in none, except, where that is switched on
// (Limits::private_history_messages), in the private histories of its sender and recipients.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "minimeta/base/unique_ptr.hpp"
#include "minimeta/history/history.hpp"
#include "minimeta/history/sequencer.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/message.hpp"

namespace minimeta {

class Journal {
public:
    /// The sender or a recipient of a private message.
    struct Party {
        MemberNumber number;
        std::string_view name;
        UniquePtr<History>* history;  ///< its private one, which is made when it is needed; null if it needs none
    };

    /// The limits outlive it.
    explicit Journal(const Limits& limits) : limits_(limits) {}

    [[nodiscard]] Sequencer& sequencer() noexcept { return sequencer_; }

    /// Appends a message to a group's history, and returns the stamp that it gets.
    Stamp add(History& history, Message message) {
        message.stamp = sequencer_.next();
        history.add(message);
        return message.stamp;
    }

    /// Appends a private message to the histories of its parties, if that is switched on, and returns the stamp that it
    /// gets. Where it is off, only that there was a message is kept, for recipients that have a history, so that those that
    /// resume learn of the gap.
    Stamp add_private(const Party& from, std::span<const Party> to, Message message) {
        message.stamp = sequencer_.next();
        std::string names;
        for (const Party& party : to) names.append(names.empty() ? "" : ",").append(party.name);
        message.from = from.name;
        message.author = from.number;
        message.to = names;
        if (keeps_private()) private_history(from).add(message);
        for (const Party& party : to)
            if (party.history != nullptr) private_history(party).add(message);
        return message.stamp;
    }

    /// Whether private messages are kept.
    [[nodiscard]] bool keeps_private() const noexcept { return limits_.private_history_messages != 0; }

private:
    History& private_history(const Party& party) {
        UniquePtr<History>& history = *party.history;
        if (!history) history.reset(new History(limits_.private_history_messages, limits_.private_history_bytes));
        return *history;
    }

    const Limits& limits_;
    Sequencer sequencer_;
};

}  // namespace minimeta
