// Registration: how a client of IRC comes in: CAP, PASS, NICK, USER; and PING, which may come before.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "minimeta/command.hpp"
#include "minimeta/protocol/irc/connection.hpp"
#include "minimeta/protocol/irc/line.hpp"
#include "minimeta/protocol/irc/line_writer.hpp"

namespace minimeta::irc {

/// For one line.
class Registration {
public:
    /// All of these outlive it.
    Registration(const Identity& identity, const std::string& password, Connection& state, std::string& out)
        : identity_(identity), password_(password), state_(&state), out_(&out) {}

    [[nodiscard]] static bool knows(std::string_view word) {
        return word == "cap" || word == "pass" || word == "nick" || word == "user" || word == "ping";
    }

    /// Answers a line, and when all is there that is needed, asks the room for the name. Returns a command if the connection ends.
    std::optional<Command> read(std::string_view word, const Line& message) {
        if (word == "cap") return cap(message), register_if_ready();
        if (word == "pass") return pass(message);
        if (word == "nick") return nick(message);
        if (word == "user") return user(message);
        return ping(message), std::nullopt;
    }

private:
    [[nodiscard]] LineWriter lines() const { return {*out_, identity_}; }
    void numeric(std::string_view number, std::string_view rest) const {
        lines().numeric(number, state_->is_member ? state_->nick : std::string_view{}, rest);
    }
    void needs_more(const Line& message) const {
        numeric("461", std::string(beginning(message.command, 32)) + " :Not enough parameters");
    }

    void cap(const Line& message) {
        const std::string word = in_small_letters(message[0]);
        const std::string nick = state_->is_member ? state_->nick : "*";
        const auto answer = [&](std::string_view rest) { lines().line({}, "CAP " + nick + " " + std::string(rest)); };
        const auto listed = [&](unsigned among) {
            std::string names;
            for (const Capability& each : capabilities)
                if ((each.bit & among) != 0) names.append(names.empty() ? "" : " ").append(each.name);
            return names;
        };
        if (word == "ls" || word == "req") state_->negotiates = !state_->is_member;
        if (word == "ls") return answer("LS :" + listed(~0u));
        if (word == "list") return answer("LIST :" + listed(state_->enabled));
        if (word == "end") return void(state_->negotiates = false);
        if (word != "req") return numeric("410", std::string(beginning(message[0], 32)) + " :Invalid CAP command");
        unsigned enabled = state_->enabled;
        std::string_view rest = message[1];
        for (std::string_view name; !rest.empty();) {
            name = rest.substr(0, rest.find(' '));
            rest.remove_prefix(name.size() == rest.size() ? name.size() : name.size() + 1);
            const bool off = name.starts_with('-');
            if (off) name.remove_prefix(1);
            if (name.empty()) continue;
            unsigned bit = 0;
            for (const Capability& each : capabilities)
                if (each.name == name) bit = each.bit;
            if (bit == 0) return answer("NAK :" + std::string(beginning(message[1], 400)));
            enabled = off ? enabled & ~bit : enabled | bit;
        }
        state_->enabled = enabled;
        answer("ACK :" + std::string(message[1]));
    }

    std::optional<Command> pass(const Line& message) {
        if (state_->is_member) return numeric("462", ":You may not reregister"), std::nullopt;
        if (message.count == 0) return needs_more(message), std::nullopt;
        state_->password_is_good = message[0] == password_;
        return {};
    }
    std::optional<Command> nick(const Line& message) {
        if (message[0].empty()) return numeric("431", ":No nickname given"), std::nullopt;
        if (state_->is_member) {
            state_->add(Asked::nick, {}).target = message[0];
            return {};
        }
        state_->nick = beginning(message[0], 128);
        return register_if_ready();
    }
    std::optional<Command> user(const Line& message) {
        if (state_->is_member) return numeric("462", ":You may not reregister"), std::nullopt;
        if (message.count < 4 || message[0].empty() || message[3].empty()) return needs_more(message), std::nullopt;
        state_->has_user = true;
        return register_if_ready();
    }
    std::optional<Command> register_if_ready() {
        if (state_->is_member || state_->registers || state_->negotiates || state_->nick.empty() || !state_->has_user)
            return {};
        if (!password_.empty() && !state_->password_is_good) {
            numeric("464", ":Password incorrect");
            lines().line({}, "ERROR :Closing link (Bad password)");
            return command<Disconnect>(*out_);
        }
        state_->registers = true;
        state_->add(Asked::nick, {}).target = state_->nick;
        return {};
    }

    void ping(const Line& message) {
        if (message.count == 0 || message[0].empty()) return numeric("409", ":No origin specified");
        lines().line({}, "PONG " + identity_.server + " :" + std::string(message[0]));
    }

    const Identity& identity_;
    const std::string& password_;
    Connection* state_;
    std::string* out_;
};

}  // namespace minimeta::irc
