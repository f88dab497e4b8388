// Orders: what the operator at the console has the room do. The commands of moderation are those that members type, without
// the slash; the program may do all of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "minimeta/minimeta.hpp"
#include "minimeta/protocol/text/moderation_parser.hpp"

namespace tcp_server {

/// Carries out commands in a room, and returns what there is to say about it: the outcome, or what was asked for.
template <class Room>
class Orders {
public:
    explicit Orders(Room& room) : room_(room) {}

    /// Returns nothing if there is no such command.
    std::optional<std::string> carry_out(std::string_view word, std::string_view rest) {
        if (word == "say") return outcome(say(rest));
        if (word == "tell") {
            const std::string_view name = minimeta::take_word(rest);
            return outcome(room_.tell(room_.number_of(name), rest));
        }
        const auto command = minimeta::ModerationParser::parse(word, rest, word);
        if (!command) return {};
        return minimeta::visit([this](const auto& each) { return (*this)(each); }, *command);
    }

private:
    static std::string outcome(minimeta::Refusal refused) {
        return refused ? "refused: " + std::string(name_of(*refused)) : "done";
    }

    minimeta::Refusal say(std::string_view text) {
        std::string_view group;
        if (minimeta::take_sign(text, '#')) group = minimeta::take_word(text);
        return room_.announce(group, text);
    }

    std::string operator()(const minimeta::SetRole& c) {
        return outcome(room_.set_role(c.group, room_.number_of(c.name), c.role));
    }
    std::string operator()(const minimeta::SetTopic& c) { return outcome(room_.set_topic(c.group, c.text)); }
    std::string operator()(const minimeta::GetTopic& c) {
        const std::string_view topic = room_.topic(c.group);
        return topic.empty() ? "no topic" : std::string(topic);
    }
    std::string operator()(const minimeta::Kick& c) {
        const auto number = room_.number_of(c.name);
        return outcome(c.group.empty() ? room_.kick(number, c.text) : room_.kick_from(c.group, number, c.text));
    }
    std::string operator()(const minimeta::Punish& c) {
        const bool ban = c.sanction == minimeta::Sanction::ban;
        return outcome(ban ? room_.ban(c.group, c.name, c.seconds) : room_.mute(c.group, c.name, c.seconds));
    }
    std::string operator()(const minimeta::Pardon& c) {
        const bool ban = c.sanction == minimeta::Sanction::ban;
        return outcome(ban ? room_.unban(c.group, c.name) : room_.unmute(c.group, c.name));
    }
    std::string operator()(const minimeta::ListSanctions& c) {
        std::string list;
        for (const auto& each : room_.sanctions(c.group)) {
            list.append(list.empty() ? "" : "\n").append("  ").append(each.name);
            list.append(each.sanction == minimeta::Sanction::ban ? "  banned" : "  muted");
            if (each.seconds != 0) list.append("  ").append(std::to_string(each.seconds)).append(" s left");
        }
        return list.empty() ? "nobody" : list;
    }
    std::string operator()(const minimeta::Configure& c) {
        return outcome(room_.configure(c.group, c.setting, c.value));
    }
    std::string operator()(const minimeta::SetKey& c) { return outcome(room_.set_key(c.group, c.key)); }
    std::string operator()(const minimeta::Invite& c) {
        return outcome(room_.invite(c.group, room_.number_of(c.name)));
    }
    std::string operator()(const minimeta::Purge& c) { return outcome(room_.purge(c.group, c.name)); }
    std::string operator()(const minimeta::Malformed& c) {
        return outcome(c.why) + (c.what.empty() ? "" : " \"" + std::string(c.what) + "\"");
    }
    template <class Other>
    std::string operator()(const Other&) {
        return "not here";
    }

    Room& room_;
};

}  // namespace tcp_server
