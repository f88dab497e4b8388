// The room's answers as numerics and lines of IRC (RFC 2812, section 5; modern.ircdocs.horse/#numerics). What they are called
// depends on what was asked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/base/variant.hpp"
#include "minimeta/error.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/message.hpp"
#include "minimeta/protocol/irc/connection.hpp"
#include "minimeta/protocol/irc/event_writer.hpp"
#include "minimeta/protocol/irc/line_writer.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/time.hpp"

namespace minimeta::irc {

class ReplyWriter {
public:
    ReplyWriter(const Identity& identity, const Limits& limits) : identity_(identity), limits_(limits) {}

    /// Appends the answer to what `state` has asked for; and makes it ask for more, where IRC tells more than the room.
    void write(std::string& out, const Reply& reply, std::string_view name, Connection& state) {
        out_ = &out;
        name_ = name.empty() ? std::string_view(state.nick) : name;
        state_ = &state;
        visit([&](const auto& r) { one(r); }, reply);
    }

    /// Ends the answer to what `state` has asked for, where the room says no more than yes.
    void finish(std::string& out, Connection& state) {
        out_ = &out;
        state_ = &state;
        name_ = state.nick;
        const Request asked = std::exchange(state.asking, {});
        const bool refused = std::exchange(state.refused, false);
        if (asked.asked == Asked::invite && !refused) numeric("341", asked.target + " #" + asked.text);
        if (!asked.is_last) return;
        const std::string found = std::exchange(state.found, {});
        numeric(asked.asked == Asked::is_on ? "303" : "302", ":" + (found.empty() ? found : found.substr(1)));
    }

    void message_of_the_day() const { numeric("422", ":There is no message of the day"); }

private:
    [[nodiscard]] LineWriter lines() const { return {*out_, identity_}; }
    void numeric(std::string_view number, std::string_view rest) const { lines().numeric(number, name_, rest); }
    [[nodiscard]] static std::string text(std::string_view view) { return std::string(view); }
    [[nodiscard]] std::string tags(const Stamp& stamp) const { return tags_of(state_->enabled, stamp.at, stamp.id); }

    void ask(Asked asked, std::string_view target) const {
        Request request;
        request.asked = asked;
        request.target = target;
        state_->todo.insert(state_->todo.begin(), std::move(request));
    }

    // ---- Coming in

    void one(const Welcome& r) {
        state_->is_member = true;
        state_->nick = r.name;
        name_ = state_->nick;
        const std::string nick(r.name), limit = std::to_string(limits_.name_characters);
        numeric("001", ":Welcome to " + identity_.network + ", " + nick);
        numeric("002", ":Your host is " + identity_.server + ", running " + version_text());
        numeric("003", ":This room is older than you are in it");
        numeric("004", identity_.server + " " + version_text() + " i bihklmoqstv bklov");
        const std::string bytes = std::to_string(limits_.line_bytes < 390 ? limits_.line_bytes : 390);
        numeric("005", "CASEMAPPING=ascii CHANTYPES=# PREFIX=(qov)~@+ CHANMODES=b,k,l,imnst UTF8ONLY NICKLEN=" + limit +
                           " CHANNELLEN=" + std::to_string(limits_.name_characters + 1) + " TOPICLEN=" + bytes +
                           " KICKLEN=" + bytes + " AWAYLEN=" + bytes + " :are supported by this server");
        numeric("005", "NETWORK=" + identity_.network +
                           " CHANLIMIT=#:" + std::to_string(limits_.groups_per_member + 1) +
                           " TARGMAX=PRIVMSG:4,NOTICE:4,JOIN:10,PART:10,NAMES:4,KICK:1,WHOIS:1 MODES=4 MAXTARGETS=4 "
                           "MAXLIST=b:" +
                           std::to_string(limits_.sanctions) + " :are supported by this server");
        users(r.members);
        message_of_the_day();
        entered({});
    }
    void users(std::size_t count) const {
        const std::string all = std::to_string(count);
        numeric("251", ":There are " + all + " users and 0 invisible on 1 servers");
        numeric("252", "0 :operators online");
        numeric("253", "0 :unregistered connections");
        numeric("254", "1 :channels formed");
        numeric("255", ":I have " + all + " clients and 0 servers");
        numeric("265", all + " " + all + " :Current local users " + all + ", max " + all);
        numeric("266", all + " " + all + " :Current global users " + all + ", max " + all);
    }
    void one(const GroupEntered& r) { entered(r.group); }
    void entered(std::string_view group) {
        lines().line(name_, "JOIN " + channel_of(group));
        ask(Asked::names, group);
    }
    void one(const NameChanged& r) {
        lines().line(state_->nick, "NICK " + text(r.name));
        state_->nick = r.name;
    }

    // A key that a channel does not need is no reason to stay outside.
    void join_without_key() {
        Request again = state_->asking;
        again.text.clear();
        state_->todo.insert(state_->todo.begin(), std::move(again));
    }

    // ---- Refusals

    void one(const Refused& r) {
        const Request& asked = state_->asking;
        const std::string target = asked.to_channel ? channel_of(asked.target) : asked.target;
        const std::string subject = r.subject.empty() ? target : text(r.subject.front());
        const std::string words = r.words.empty() ? text(name_of(r.why)) : text(r.words);
        if (!state_->is_member) state_->registers = false;
        state_->refused = true;
        if (asked.asked == Asked::notice || asked.asked == Asked::is_on || asked.asked == Asked::user_host) return;
        switch (r.why) {
            case Errc::name_taken: return numeric("433", state_->asking.target + " :Nickname is already in use");
            case Errc::name_unchanged: return;
            case Errc::name_empty: return numeric("431", ":No nickname given");
            case Errc::name_too_long:
            case Errc::name_character:
            case Errc::name_scripts:
                if (asked.asked == Asked::join && !asked.text.empty()) return join_without_key();
                if (asked.asked == Asked::nick)
                    return numeric("432", beginning_of(asked.target) + " :Erroneous nickname");
                return numeric("403", beginning_of(target) + " :No such channel");
            case Errc::name_required: return numeric("451", ":You have not registered");
            case Errc::text_empty: return numeric("412", ":No text to send");
            case Errc::line_too_long: return numeric("417", ":Input line was too long");
            case Errc::invalid_utf8:
                return lines().line({}, "FAIL " + text(asked.asked == Asked::speech ? "PRIVMSG" : "*") +
                                            " INVALID_UTF8 :What is sent here is UTF-8");
            case Errc::unknown_command: return numeric("421", subject + " :Unknown command");
            case Errc::missing_argument: return numeric("461", subject + " :Not enough parameters");
            case Errc::too_fast: return numeric("263", "* :Please wait a while and try again");
            case Errc::absent:
            case Errc::unreachable:
            case Errc::no_such_member:
            case Errc::not_a_member:
                if (asked.asked == Asked::whois)
                    numeric("401", subject + " :No such nick"), numeric("318", subject + " :End of /WHOIS list");
                else if (asked.asked == Asked::who) numeric("315", subject + " :End of WHO list");
                else numeric("401", subject + " :No such nick");
                return;
            case Errc::not_there: {
                const bool is_mode = asked.asked == Asked::mode;
                return numeric("441", (is_mode ? asked.text : subject) + " " +
                                          channel_of(is_mode ? asked.target : asked.text) +
                                          " :They aren't on that channel");
            }
            case Errc::not_in_group: return numeric("404", target + " :Cannot send to channel");
            case Errc::muted:
            case Errc::voice_required:
            case Errc::slow_down: return numeric("404", target + " :Cannot send to channel (" + words + ")");
            case Errc::not_your_group:
                if (asked.asked == Asked::modes) return numeric("403", target + " :No such channel");
                if (asked.asked == Asked::names) return numeric("366", target + " :End of /NAMES list");
                if (asked.asked == Asked::who) return numeric("315", target + " :End of WHO list");
                return numeric("442", target + " :You're not on that channel");
            case Errc::in_group_already: return;
            case Errc::in_lobby_always: return numeric("404", "#lobby :Everybody is in the lobby");
            case Errc::too_many_groups: return numeric("405", target + " :You have joined too many channels");
            case Errc::banned:
                if (asked.asked != Asked::join) return numeric("465", ":You are banned from this server");
                return numeric("474", target + " :Cannot join channel (+b)");
            case Errc::locked: return numeric("473", target + " :Cannot join channel (+i)");
            case Errc::wrong_key: return numeric("475", target + " :Cannot join channel (+k)");
            case Errc::group_full: return numeric("471", target + " :Cannot join channel (+l)");
            case Errc::operator_required:
            case Errc::owner_required:
            case Errc::outranked:
                return numeric("482",
                               (asked.to_channel ? target : channel_of(asked.text)) + " :You're not channel operator");
            case Errc::too_many_sanctions: return numeric("478", target + " b :Channel list is full");
            default: break;
        }
        lines().line({}, "NOTICE " + text(name_) + " :" + words);
    }
    [[nodiscard]] static std::string beginning_of(std::string_view word) { return text(beginning(word, 64)); }

    // ---- Messages

    void one(const Told& r) { lines().text({}, name_, r.text, Manner::notice); }
    void one(const Sent& r) {
        const std::string target = r.to.empty() ? channel_of(r.group) : text(r.to.front());
        lines().text(name_, target, r.text, r.manner, tags(r.stamp));
    }
    void one(const Delivered& r) {
        for (const Absence& each : r.away) away(each.name, each.text);
    }
    void away(std::string_view who, std::string_view words) {
        numeric("301", text(who) + " :" + text(words.empty() ? "Away" : words));
    }
    void one(const Recalled& r) { replay(r.messages, r.with.empty() ? channel_of(r.group) : text(r.with)); }
    void one(const CaughtUp& r) { replay(r.messages, {}); }
    void one(const Waited& r) { replay(r.messages, {}); }

    // Messages from before; a batch of them, for who knows what that is.
    template <class Messages>
    void replay(const Messages& messages, const std::string& target) {
        if (!state_->has(batch) && !state_->has(server_time)) return;  // or it would look new
        const std::string reference = "h" + std::to_string(++batches_);
        const bool is_batch = state_->has(batch) && !target.empty();
        if (is_batch) lines().line({}, "BATCH +" + reference + " chathistory " + target);
        for (const Message& each : messages) {
            std::string own = tags(each.stamp);
            if (is_batch) own = "batch=" + reference + (own.empty() ? "" : ";" + own);
            const std::string to =
                each.to.empty() ? channel_of(each.group) : text(each.to.substr(0, each.to.find(',')));
            lines().text(each.from, to, each.text, each.from.empty() ? Manner::notice : each.manner, own);
        }
        if (is_batch) lines().line({}, "BATCH -" + reference);
    }

    // ---- Who is here

    void one(const Members& r) {
        const std::string channel = channel_of(r.group);
        if (state_->asking.asked == Asked::users) return users(r.total);
        if (state_->asking.asked == Asked::modes) return numeric("324", channel + " +nt");
        if (state_->asking.asked == Asked::who) {
            for (const Presence& each : r.some) who(channel, each);
            return numeric("315", channel + " :End of WHO list");
        }
        std::vector<std::string> names;
        for (const Presence& each : r.some) {
            std::string one = state_->has(userhost_in_names) ? lines().source(each.name) : text(each.name);
            if (sign_of(each.role) != '\0') one.insert(one.begin(), sign_of(each.role));
            names.push_back(std::move(one));
        }
        lines().words("353", name_, "= " + channel + " :", names);
        numeric("366", channel + " :End of /NAMES list");
    }
    void who(const std::string& channel, const Presence& each) {
        std::string flags = each.away ? "G" : "H";
        if (sign_of(each.role) != '\0') flags += sign_of(each.role);
        const std::string user = LineWriter::user, nick = text(each.name);
        const std::string& fields = state_->asking.text;  // WHOX: %fields,token
        if (!fields.starts_with('%'))
            return numeric("352", channel + " " + user + " " + identity_.server + " " + identity_.server + " " + nick +
                                      " " + flags + " :0 " + nick);
        const std::string token = fields.find(',') == fields.npos ? "0" : fields.substr(fields.find(',') + 1);
        std::string rest;
        for (const char field : std::string_view("tcuihsnfdlaor")) {
            if (fields.substr(0, fields.find(',')).find(field) == fields.npos) continue;
            const std::string value = field == 't'   ? token
                                      : field == 'c' ? channel
                                      : field == 'u' ? user
                                      : field == 'i' ? "255.255.255.255"
                                      : field == 'h' ? identity_.server
                                      : field == 's' ? identity_.server
                                      : field == 'n' ? nick
                                      : field == 'f' ? flags
                                      : field == 'r' ? ":" + nick
                                      : field == 'o' ? "n/a"
                                                     : "0";
            rest.append(rest.empty() ? "" : " ").append(value);
        }
        numeric("354", rest);
    }
    void one(const Profile& r) {
        const std::string nick = text(r.presence.name);
        if (state_->asking.asked == Asked::is_on) {
            state_->found += " " + nick;
            return;
        }
        if (state_->asking.asked == Asked::user_host) {
            state_->found += " " + nick + (r.presence.away ? "=-" : "=+") + LineWriter::user + "@" + identity_.server;
            return;
        }
        if (state_->asking.asked == Asked::who) {
            who("*", r.presence);
            return numeric("315", nick + " :End of WHO list");
        }
        numeric("311", nick + " " + LineWriter::user + " " + identity_.server + " * :" + nick);
        std::string channels = "#lobby";
        for (const std::string_view group : r.groups) channels += " " + channel_of(group);
        numeric("319", nick + " :" + channels);
        numeric("312", nick + " " + identity_.server + " :" + identity_.network);
        if (r.presence.away) away(nick, r.away_text);
        if (!r.account.empty()) numeric("330", nick + " " + text(r.account) + " :is logged in as");
        numeric("317", nick + " " + std::to_string(r.silent.nanoseconds / 1'000'000'000) + " :seconds idle");
        numeric("318", nick + " :End of /WHOIS list");
    }
    void one(const Groups& r) {
        numeric("321", "Channel :Users  Name");
        for (const GroupSize& each : r.some)
            if (state_->asking.target.empty() || is_same(state_->asking.target, channel_of(each.name)))
                numeric("322", channel_of(each.name) + " " + std::to_string(each.members) + " :");
        numeric("323", ":End of /LIST");
    }

    // ---- Groups

    void one(const GroupExited& r) {
        if (std::exchange(kicked_from_, {}) != r.group) lines().line(name_, "PART " + channel_of(r.group));
    }
    void one(const Topic& r) {
        const std::string channel = channel_of(r.group);
        if (r.text.empty()) return numeric("331", channel + " :No topic is set");
        numeric("332", channel + " :" + text(r.text));
        if (!r.by.empty()) numeric("333", channel + " " + text(r.by) + " 0");
    }
    void one(const KickedFrom& r) {
        kicked_from_ = r.group;  // which it leaves next, and that is told by this
        lines().line(r.by,
                     "KICK " + channel_of(r.group) + " " + text(name_) + " :" + text(r.text.empty() ? r.by : r.text));
    }
    void one(const Invitation& r) { lines().line(r.by, "INVITE " + text(name_) + " " + channel_of(r.group)); }
    void one(const Sanctions& r) {
        const std::string channel = channel_of(r.group);
        for (const ListedSanction& each : r.all)
            if (each.sanction == Sanction::ban) numeric("367", channel + " " + text(each.name) + "!*@*");
        numeric("368", channel + " :End of channel ban list");
    }

    // ---- Presence and the end

    void one(const AwayChanged& r) {
        numeric(r.away ? "306" : "305",
                r.away ? ":You have been marked as being away" : ":You are no longer marked as being away");
    }

    void one(const Farewell&) { lines().line({}, "ERROR :Closing link (Quit)"); }
    void one(const Removed& r) {
        lines().line({}, "ERROR :Closing link (" + text(r.words.empty() ? name_of(r.why) : r.words) + ")");
    }
    template <class Other>
    void one(const Other&) {}

    const Identity& identity_;
    const Limits& limits_;
    std::string* out_ = nullptr;
    std::string_view name_;
    Connection* state_ = nullptr;
    std::uint64_t batches_ = 0;
    std::string kicked_from_;
};

}  // namespace minimeta::irc
