// Journal: what is said gets its stamp and is remembered, for those who may read it again.
//
// What is said in a group goes into the group's history. A private message is in nobody's, except, where that is
// switched on, in those of its parties: each member has its own, which goes with it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "minimeta/history/history.hpp"
#include "minimeta/history/sequencer.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/message.hpp"

namespace minimeta {

class Journal {
public:
    /// A party to a private message. `resumes` if it has a session.
    struct Party {
        MemberNumber number;
        std::string_view name;
        bool resumes;
    };

    /// The limits outlive it.
    explicit Journal(const Limits& limits) : limits_(limits) {}

    [[nodiscard]] Sequencer& numbering() noexcept { return numbering_; }

    /// Remembers a message in a group's history, and returns the stamp that it gets.
    Stamp add(History& history, Message message) {
        message.stamp = numbering_.next();
        history.add(message);
        return message.stamp;
    }

    /// Remembers a private message as far as that is switched on, and returns the stamp that it gets. Where it is off,
    /// of whoever has a session it is remembered that there was one, so that it can be told what it has missed.
    Stamp add_private(const Party& from, std::span<const Party> to, Message message) {
        message.stamp = numbering_.next();
        std::string names;
        for (const Party& party : to) names.append(names.empty() ? "" : ",").append(party.name);
        message.from = from.name;
        message.author = from.number;
        message.to = names;
        if (keeps_private()) private_of(from).add(message);
        for (const Party& party : to)
            if (keeps_private() || party.resumes) private_of(party).add(message);
        return message.stamp;
    }

    [[nodiscard]] bool keeps_private() const noexcept { return limits_.private_history_messages != 0; }

    /// A member's private messages; null if there were none. Lives until there are more, or the member is gone.
    [[nodiscard]] const History* private_history(MemberNumber member) const {
        const auto place = private_.find(member);
        return place != private_.end() ? &place->second : nullptr;
    }

    /// The member is gone.
    void forget(MemberNumber member) { private_.erase(member); }

private:
    History& private_of(const Party& party) {
        return private_.try_emplace(party.number, limits_.private_history_messages, limits_.private_history_bytes)
            .first->second;
    }

    const Limits& limits_;
    Sequencer numbering_;
    std::unordered_map<MemberNumber, History> private_;
};

}  // namespace minimeta
