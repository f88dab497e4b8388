// Values of the library as text, so that a failing comparison shows what a person can read.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "minimeta/bytes.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/message.hpp"
#include "minimeta/reply.hpp"

/// The reason, or "done".
inline std::string described(minimeta::Refusal refused) {
    return std::string(refused ? minimeta::name_of(*refused) : "done");
}

/// `#dev `, or nothing for the lobby.
inline std::string hash(std::string_view group) { return group.empty() ? "" : "#" + std::string(group) + " "; }

inline std::string described(std::span<const std::string_view> names) {
    std::string list;
    for (const std::string_view name : names) list.append(list.empty() ? "[" : "][").append(name);
    return list + "]";
}

/// As in `say hello`, `act waves`, `say #dev hello`, `whisper [bob][eve] hi`, `name [lily]`, `who`, `who [dev]`,
/// `recall [dev] with [] before 1-230 count 20`, `resume [token] 1-230`, `malformed unknown_command /zzz`.
inline std::string described(const minimeta::Command& command) {
    using namespace minimeta;
    struct {
        std::string operator()(const SetName& c) const { return "name [" + std::string(c.name) + "]"; }
        std::string operator()(const Say& c) const {
            return (c.manner == Manner::action   ? "act "
                    : c.manner == Manner::notice ? "notice "
                                                 : "say ") +
                   hash(c.group) + std::string(c.text);
        }
        std::string operator()(const Whisper& c) const {
            const std::string verb = c.manner == Manner::action ? "whisper-act " : "whisper ";
            return verb + described(c.to) + " " + std::string(c.text);
        }
        std::string operator()(const Who& c) const {
            return c.group.empty() ? "who" : "who [" + std::string(c.group) + "]";
        }
        std::string operator()(const Whois& c) const { return "whois [" + std::string(c.name) + "]"; }
        std::string operator()(const Join& c) const {
            return "join [" + std::string(c.group) + "]" + (c.key.empty() ? "" : " key [" + std::string(c.key) + "]");
        }
        std::string operator()(const Leave& c) const { return "leave [" + std::string(c.group) + "]"; }
        std::string operator()(const ListGroups&) const { return "groups"; }
        std::string operator()(const Recall& c) const {
            return "recall [" + std::string(c.group) + "] with [" + std::string(c.with) + "] before " +
                   text_of(c.before) + " count " + std::to_string(c.count);
        }
        std::string operator()(const Away& c) const { return "away [" + std::string(c.text) + "]"; }
        std::string operator()(const Back&) const { return "back"; }
        std::string operator()(const OpenSession&) const { return "session"; }
        std::string operator()(const Resume& c) const {
            return "resume [" + std::string(c.token) + "] " + text_of(c.seen);
        }
        std::string operator()(const Ignore& c) const {
            return (c.hidden ? "ignore [" : "unignore [") + std::string(c.name) + "]";
        }
        std::string operator()(const ListIgnored&) const { return "ignored"; }
        std::string operator()(const Befriend& c) const { return "befriend [" + std::string(c.name) + "]"; }
        std::string operator()(const Unfriend& c) const { return "unfriend [" + std::string(c.name) + "]"; }
        std::string operator()(const ListFriends&) const { return "friends"; }
        std::string operator()(const SetRole& c) const {
            return hash(c.group) + "make [" + std::string(c.name) + "] " + std::string(name_of(c.role));
        }
        std::string operator()(const SetTopic& c) const {
            return hash(c.group) + "topic [" + std::string(c.text) + "]";
        }
        std::string operator()(const GetTopic& c) const { return hash(c.group) + "topic"; }
        std::string operator()(const Kick& c) const {
            return hash(c.group) + "kick [" + std::string(c.name) + "] [" + std::string(c.text) + "]";
        }
        std::string operator()(const Punish& c) const {
            return hash(c.group) + (c.sanction == Sanction::ban ? "ban [" : "mute [") + std::string(c.name) + "] " +
                   std::to_string(c.seconds);
        }
        std::string operator()(const Pardon& c) const {
            return hash(c.group) + (c.sanction == Sanction::ban ? "unban [" : "unmute [") + std::string(c.name) + "]";
        }
        std::string operator()(const ListSanctions& c) const { return hash(c.group) + "bans"; }
        std::string operator()(const Configure& c) const {
            return hash(c.group) + std::string(name_of(c.setting)) + " " + std::to_string(c.value);
        }
        std::string operator()(const SetKey& c) const { return hash(c.group) + "key [" + std::string(c.key) + "]"; }
        std::string operator()(const Invite& c) const { return hash(c.group) + "invite [" + std::string(c.name) + "]"; }
        std::string operator()(const Purge& c) const { return hash(c.group) + "purge [" + std::string(c.name) + "]"; }
        std::string operator()(const Help&) const { return "help"; }
        std::string operator()(const Quit&) const { return "quit"; }
        std::string operator()(const Greet&) const { return "greet"; }
        std::string operator()(const SendBack& c) const { return "send back " + std::string(c.bytes); }
        std::string operator()(const Disconnect& c) const {
            return (c.leaves ? "disconnect " : "lose ") + std::string(c.bytes);
        }
        std::string operator()(const Custom& c) const {
            return "custom [" + std::string(c.word) + "] [" + std::string(c.rest) + "] " + std::string(c.typed);
        }
        std::string operator()(const Malformed& c) const {
            std::string text = "malformed " + std::string(name_of(c.why));
            return c.what.empty() ? text : text + " " + std::string(c.what);
        }
    } const describe;
    return minimeta::visit(describe, command);
}

/// As in `lily joined`, `lily is bob`, `lily: hi`, `lily waves`, `#dev lily: hi`, `lily to [bob]: hi`, `** hear`,
/// `lily left (kicked)`, `#dev lily joined`, `#dev 2 joined, 1 left, 0 renamed`, `lily is away: lunch`.
inline std::string described(const minimeta::Event& event) {
    using namespace minimeta;
    struct {
        std::string operator()(const Joined& e) const { return std::string(e.name) + " joined"; }
        std::string operator()(const Renamed& e) const { return std::string(e.from) + " is " + std::string(e.to); }
        std::string operator()(const Said& e) const {
            return hash(e.group) + std::string(e.from) + (e.manner == Manner::action ? " " : ": ") +
                   std::string(e.text);
        }
        std::string operator()(const Whispered& e) const {
            return std::string(e.from) + " to " + described(e.to) + ": " + std::string(e.text);
        }
        std::string operator()(const Announced& e) const { return hash(e.group) + "** " + std::string(e.text); }
        std::string operator()(const Left& e) const {
            return std::string(e.name) + " left" + (e.why ? " (" + described(e.why) + ")" : "");
        }
        std::string operator()(const GroupJoined& e) const { return hash(e.group) + std::string(e.name) + " joined"; }
        std::string operator()(const GroupLeft& e) const { return hash(e.group) + std::string(e.name) + " left"; }
        std::string operator()(const MembershipSummary& e) const {
            return hash(e.group) + std::to_string(e.joined) + " joined, " + std::to_string(e.left) + " left, " +
                   std::to_string(e.renamed) + " renamed";
        }
        std::string operator()(const WentAway& e) const {
            return std::string(e.name) + " is away" + (e.text.empty() ? "" : ": " + std::string(e.text));
        }
        std::string operator()(const CameBack& e) const { return std::string(e.name) + " is back"; }
        std::string operator()(const ConnectionLost& e) const { return std::string(e.name) + " is lost"; }
        std::string operator()(const Resumed& e) const { return std::string(e.name) + " goes on"; }
        std::string operator()(const FriendshipChanged& e) const {
            return std::string(e.name) + " " + std::string(name_of(e.relationship)) + " " + std::string(e.other);
        }
        std::string operator()(const RoleChanged& e) const {
            return hash(e.group) + std::string(e.name) + " is " + std::string(name_of(e.role)) + by(e.by);
        }
        std::string operator()(const TopicChanged& e) const {
            return hash(e.group) + "topic [" + std::string(e.text) + "]" + by(e.by);
        }
        std::string operator()(const Kicked& e) const {
            return hash(e.group) + std::string(e.name) + " kicked [" + std::string(e.text) + "]" + by(e.by);
        }
        std::string operator()(const Punished& e) const {
            return hash(e.group) + std::string(e.name) + (e.sanction == Sanction::ban ? " banned " : " muted ") +
                   std::to_string(e.seconds) + by(e.by);
        }
        std::string operator()(const Pardoned& e) const {
            return hash(e.group) + std::string(e.name) + (e.sanction == Sanction::ban ? " unbanned" : " unmuted") +
                   by(e.by);
        }
        std::string operator()(const SettingChanged& e) const {
            return hash(e.group) + std::string(name_of(e.setting)) + " " + std::to_string(e.value) + by(e.by);
        }
        std::string operator()(const KeyChanged& e) const {
            return hash(e.group) + (e.needed ? "key" : "no key") + by(e.by);
        }
        std::string operator()(const Purged& e) const {
            return hash(e.group) + std::string(e.name) + " purged" + by(e.by);
        }
        std::string operator()(const Invited& e) const {
            return hash(e.group) + std::string(e.name) + " invited" + by(e.by);
        }

        static std::string by(std::string_view name) {
            return " by " + (name.empty() ? "the room" : std::string(name));
        }
    } const describe;
    return minimeta::visit(describe, event);
}

/// As in `bob banned 60; eve muted 0; `.
inline std::string described(const std::vector<minimeta::ListedSanction>& all) {
    std::string text;
    for (const auto& each : all)
        text.append(each.name)
            .append(each.sanction == minimeta::Sanction::ban ? " banned " : " muted ")
            .append(std::to_string(each.seconds))
            .append("; ");
    return text;
}

/// What `encode(log)` appends.
template <class Encode>
std::string appended(Encode&& encode) {
    minimeta::ByteLog log;
    encode(log);
    log.commit();
    std::string all;
    for (minimeta::ByteLog::Position at = 0; at != log.end();) all.append(log.read(at));
    return all;
}
