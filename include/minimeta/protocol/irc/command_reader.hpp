// Lines of IRC as requests of the room, and those that IRC itself answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "minimeta/base/parse_number.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/message.hpp"
#include "minimeta/protocol/irc/connection.hpp"
#include "minimeta/protocol/irc/line.hpp"
#include "minimeta/protocol/irc/line_writer.hpp"
#include "minimeta/protocol/irc/registration.hpp"
#include "minimeta/role.hpp"
#include "minimeta/time.hpp"

namespace minimeta::irc {

class CommandReader {
public:
    /// Both outlive it.
    CommandReader(const Identity& identity, const std::string& password) : identity_(identity), password_(password) {}

    /// Takes a line: appends to `out` what IRC answers, and adds to what the connection has to do. Returns a command that ends the
    /// connection or that only the program may know, if it is one.
    std::optional<Command> read(Connection& state, const Line& message, std::string& out, WallTime now) {
        state_ = &state;
        out_ = &out;
        now_ = now;
        const std::string word = in_small_letters(message.command);
        if (word == "quit") return command<Quit>();
        if (word == "pong") return {};
        if (Registration registration(identity_, password_, state, out); registration.knows(word))
            return registration.read(word, message);
        if (!state.is_member)
            return LineWriter(out, identity_).numeric("451", {}, ":You have not registered"), std::nullopt;
        return read_of_member(message, word);
    }

    /// The command for a request of the room.
    [[nodiscard]] Command command_of(const Request& r) {
        switch (r.asked) {
            case Asked::nick: return command<SetName>(r.target);
            case Asked::join: return command<Join>(group(r), r.text);
            case Asked::part: return command<Leave>(group(r));
            case Asked::names:
            case Asked::modes: return command<Who>(group(r));
            case Asked::who:
                if (r.to_channel) return command<Who>(group(r));
                return command<Whois>(r.target);
            case Asked::whois:
            case Asked::is_on:
            case Asked::user_host: return command<Whois>(r.target);
            case Asked::users: return command<Who>();
            case Asked::list: return command<ListGroups>();
            case Asked::topic: return command<GetTopic>(group(r));
            case Asked::topic_change: return command<SetTopic>(r.text, group(r));
            case Asked::kick: return command<Kick>(r.target, r.reason, group_text(r.text));
            case Asked::invite: return command<Invite>(r.target, group_text(r.text));
            case Asked::bans: return command<ListSanctions>(group(r));
            case Asked::away:
                if (r.text.empty()) return command<Back>();
                return command<Away>(r.text);
            case Asked::mode: return mode_of(r);
            case Asked::speech:
            case Asked::notice:
            case Asked::nothing: break;
        }
        if (r.to_channel) return command<Say>(r.text, r.manner, group(r));
        to_ = r.target;
        return command<Whisper>(std::span<const std::string_view>(&to_, 1), r.text, r.manner);
    }

private:
    void numeric(std::string_view number, std::string_view rest) const {
        LineWriter(*out_, identity_).numeric(number, state_->nick, rest);
    }
    void needs_more(const Line& line) const {
        numeric("461", std::string(beginning(line.command, 32)) + " :Not enough parameters");
    }

    Request& todo(Asked asked, std::string_view target) const { return state_->add(asked, target); }

    // The lobby is the channel of that name.
    [[nodiscard]] static std::string_view group_text(std::string_view channel) {
        return is_same(channel, "lobby") ? std::string_view{} : channel;
    }
    [[nodiscard]] static std::string_view group(const Request& r) { return group_text(r.target); }

    // ---- Members

    std::optional<Command> read_of_member(const Line& m, const std::string& word) {
        if (word == "privmsg" || word == "notice") return say(m, word == "notice"), std::nullopt;
        if (word == "tagmsg") return {};
        if (word == "join") return join(m), std::nullopt;
        if (word == "part") return of_channels(m, Asked::part), std::nullopt;
        if (word == "names")
            return m.count == 0 ? numeric("366", "* :End of /NAMES list") : of_channels(m, Asked::names), std::nullopt;
        if (word == "who") return who(m), std::nullopt;
        if (word == "whois") return whois(m), std::nullopt;
        if (word == "list") return todo(Asked::list, {}).target = m[0].starts_with('#') ? m[0] : "", std::nullopt;
        if (word == "topic") return topic(m), std::nullopt;
        if (word == "kick") return kick(m), std::nullopt;
        if (word == "invite") return invite(m), std::nullopt;
        if (word == "mode") return mode(m), std::nullopt;
        if (word == "away") return todo(Asked::away, {}).text = m[0], std::nullopt;
        if (word == "motd") return numeric("422", ":There is no message of the day"), std::nullopt;
        if (word == "lusers") return todo(Asked::users, {}), std::nullopt;
        if (word == "ison" || word == "userhost")
            return together(m, word == "ison" ? Asked::is_on : Asked::user_host), std::nullopt;
        if (word == "version")
            return numeric("351", version_text() + " " + identity_.server + " :a room for everybody"), std::nullopt;
        if (word == "time") return numeric("391", identity_.server + " :" + time_text(now_)), std::nullopt;
        if (word == "whowas") return whowas(m), std::nullopt;
        const std::string_view rest = m.count == 0 ? std::string_view{} : m.parameters[0];
        return command<Custom>(m.command, rest, beginning(m.command, 32));
    }

    void say(const Line& m, bool is_notice) {
        if (m.count == 0) return is_notice ? void() : numeric("411", ":No recipient given (PRIVMSG)");
        std::string_view said = m[1];
        Manner manner = Manner::speech;
        if (said.starts_with('\x01')) {
            constexpr std::string_view action =
                "\x01"
                "ACTION ";
            if (!said.starts_with(action)) return;  // other CTCP is nobody's business here
            said.remove_prefix(action.size());
            if (said.ends_with('\x01')) said.remove_suffix(1);
            manner = Manner::action;
        }
        const std::string plain = without_styles(said);
        if (plain.empty()) return is_notice ? void() : numeric("412", ":No text to send");
        std::size_t count = 0;
        each_item(m[0], [&](std::string_view target) {
            constexpr std::size_t most_targets = 4;
            if (++count > most_targets) return;
            Request& request = todo(is_notice ? Asked::notice : Asked::speech, target);
            request.text = plain;
            request.manner = is_notice ? Manner::notice : manner;
        });
    }

    void join(const Line& m) {
        if (m.count == 0 || m[0].empty()) return needs_more(m);
        if (m[0] == "0") return;  // to leave all channels is not to be had by accident
        std::string_view keys = m[1];
        each_item(m[0], [&](std::string_view channel) {
            const std::string_view key = keys.substr(0, keys.find(','));
            keys.remove_prefix(key.size() == keys.size() ? key.size() : key.size() + 1);
            if (!channel.starts_with('#'))
                return numeric("403", std::string(beginning(channel, 64)) + " :No such channel");
            todo(Asked::join, channel).text = key;
        });
    }

    void of_channels(const Line& m, Asked asked) {
        if (m.count == 0) return needs_more(m);
        each_item(m[0], [&](std::string_view channel) {
            if (channel.starts_with('#')) todo(asked, channel);
            else numeric("403", std::string(beginning(channel, 64)) + " :No such channel");
        });
    }

    void who(const Line& m) {
        if (m.count == 0 || m[0] == "*" || m[0] == "0") todo(Asked::who, "#lobby").text = m[1];
        else todo(Asked::who, m[0]).text = m[1];
    }
    void whois(const Line& m) {
        const std::string_view nick = m.count > 1 ? m[1] : m[0];
        if (nick.empty()) return numeric("431", ":No nickname given");
        todo(Asked::whois, nick.substr(0, nick.find(',')));
    }
    void whowas(const Line& m) {
        if (m[0].empty()) return numeric("431", ":No nickname given");
        const std::string nick(beginning(m[0], 64));
        numeric("406", nick + " :There was no such nickname");
        numeric("369", nick + " :End of WHOWAS");
    }

    // Nicknames, in one parameter or in several.
    void together(const Line& m, Asked asked) {
        if (m.count == 0) return needs_more(m);
        constexpr std::size_t most = 16;
        Request* last = nullptr;
        for (std::size_t i = 0, count = 0; i < m.count; ++i)
            for (std::string_view rest = m[i]; !rest.empty();) {
                const std::string_view nick = rest.substr(0, rest.find(' '));
                rest.remove_prefix(nick.size() == rest.size() ? nick.size() : nick.size() + 1);
                if (!nick.empty() && ++count <= most) last = &todo(asked, nick);
            }
        if (last != nullptr) last->is_last = true;
    }

    void topic(const Line& m) {
        if (m.count == 0) return needs_more(m);
        Request& request = todo(m.count == 1 ? Asked::topic : Asked::topic_change, m[0]);
        request.text = without_styles(m[1]);
    }
    void kick(const Line& m) {
        if (m.count < 2) return needs_more(m);
        const std::string reason = without_styles(m[2]);
        each_item(m[1], [&](std::string_view nick) {
            Request& request = todo(Asked::kick, nick);
            request.text = m[0].substr(m[0].starts_with('#') ? 1 : 0);
            request.reason = reason;
        });
    }
    void invite(const Line& m) {
        if (m.count < 2) return needs_more(m);
        Request& request = todo(Asked::invite, m[0]);
        request.text = m[1].substr(m[1].starts_with('#') ? 1 : 0);
    }

    void mode(const Line& m) {
        if (m.count == 0) return needs_more(m);
        if (!m[0].starts_with('#')) {
            if (!is_same(m[0], state_->nick)) return numeric("502", ":Can't change mode for other users");
            if (m.count == 1) numeric("221", "+");
            return;
        }
        if (m.count == 1) return void(todo(Asked::modes, m[0]));
        bool on = true;
        std::size_t at = 2;
        for (const char c : m[1]) {
            if (c == '+' || c == '-') {
                on = c == '+';
                continue;
            }
            const std::string_view roles = "qov", settings = "imsl";
            const bool takes = roles.find(c) != roles.npos || c == 'b' || c == 'k' || (c == 'l' && on);
            const std::string_view argument = takes ? m[at] : std::string_view{};
            if (takes) ++at;
            if (c == 'b' && argument.empty()) {
                todo(Asked::bans, m[0]);
                continue;
            }
            if (takes && argument.empty() && (c != 'k' || on)) {
                needs_more(m);
                continue;
            }
            if (c == 'n' || c == 't') continue;  // as it is anyway
            if (!takes && settings.find(c) == settings.npos) {
                numeric("472", std::string(1, c) + " :is unknown mode char to me");
                continue;
            }
            Request& request = todo(Asked::mode, m[0]);
            request.mode = c;
            request.on = on;
            request.text = argument;
        }
    }
    [[nodiscard]] Command mode_of(const Request& r) {
        const std::string_view nick = std::string_view(r.text).substr(0, r.text.find('!'));
        switch (r.mode) {
            case 'q':
            case 'o':
            case 'v': {
                const Role role = r.mode == 'q' ? Role::owner : r.mode == 'o' ? Role::op : Role::voice;
                return command<SetRole>(nick, r.on ? role : Role::member, group(r));
            }
            case 'b':
                if (r.on) return command<Punish>(Sanction::ban, nick, std::uint64_t{0}, group(r));
                return command<Pardon>(Sanction::ban, nick, group(r));
            case 'k': return command<SetKey>(r.on ? std::string_view(r.text) : std::string_view{}, group(r));
            case 'l': {
                std::uint64_t most = 0;
                if (r.on && !parse_number(r.text, most)) most = 0;
                return command<Configure>(Setting::member_limit, most, group(r));
            }
            default: break;
        }
        const Setting setting = r.mode == 'i' ? Setting::locked : r.mode == 'm' ? Setting::moderated : Setting::hidden;
        return command<Configure>(setting, std::uint64_t{r.on ? 1u : 0u}, group(r));
    }

    const Identity& identity_;
    const std::string& password_;
    Connection* state_ = nullptr;
    std::string* out_ = nullptr;
    WallTime now_;
    std::string_view to_;  // scratch
};

}  // namespace minimeta::irc
