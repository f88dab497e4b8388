// The gatekeeper: what the program answers to requests, the same in a room and in the model of one.
#pragma once

#include <string>

#include "minimeta/minimeta.hpp"

/// Answers the request of a connection: its kind, and the text, name or word in it.
template <class Room>
minimeta::Verdict keep_gate(Room& room, std::size_t connection, const std::string& kind, const std::string& about) {
    using minimeta::Verdict;
    if (kind == "say" && about == "hello") return Verdict::allow_as("good day");
    if (kind == "say" && about == "a: b") return Verdict::refuse("mind your words");
    if (kind == "say" && about == "{name}") (void)room.kick(connection, "I said no");
    if (kind == "away" && about == "lunch") return Verdict::allow_as("out for lunch");
    if (kind == "name" && about == "max") return Verdict::refuse();
    if (kind == "name" && about == "BOB") return Verdict::allow_as("robert");
    if (kind == "join" && about == "ops-2") return Verdict::refuse(minimeta::Errc::no_more_groups);
    if (kind == "custom" && about == "guest") return (void)room.rename(connection, "guest"), Verdict::done();
    if (kind == "custom" && about == "roll") return (void)room.tell(connection, "You rolled 7."), Verdict::done();
    if (kind == "leave" && about == "tea") (void)room.announce("tea", "somebody wants to leave");
    return Verdict::allow();
}

/// What a command is called there.
struct RequestKind {
    std::string operator()(const minimeta::SetName&) const { return "name"; }
    std::string operator()(const minimeta::Say&) const { return "say"; }
    std::string operator()(const minimeta::Whisper&) const { return "whisper"; }
    std::string operator()(const minimeta::Who&) const { return "who"; }
    std::string operator()(const minimeta::Whois&) const { return "whois"; }
    std::string operator()(const minimeta::Join&) const { return "join"; }
    std::string operator()(const minimeta::Leave&) const { return "leave"; }
    std::string operator()(const minimeta::ListGroups&) const { return "groups"; }
    std::string operator()(const minimeta::Recall&) const { return "history"; }
    std::string operator()(const minimeta::Away&) const { return "away"; }
    std::string operator()(const minimeta::Back&) const { return "back"; }
    std::string operator()(const minimeta::OpenSession&) const { return "session"; }
    std::string operator()(const minimeta::Resume&) const { return "resume"; }
    std::string operator()(const minimeta::Ignore&) const { return "ignore"; }
    std::string operator()(const minimeta::ListIgnored&) const { return "ignored"; }
    std::string operator()(const minimeta::Befriend&) const { return "befriend"; }
    std::string operator()(const minimeta::Unfriend&) const { return "unfriend"; }
    std::string operator()(const minimeta::ListFriends&) const { return "friends"; }
    std::string operator()(const minimeta::SetRole&) const { return "role"; }
    std::string operator()(const minimeta::SetTopic&) const { return "topic"; }
    std::string operator()(const minimeta::GetTopic&) const { return "topic?"; }
    std::string operator()(const minimeta::Kick&) const { return "kick"; }
    std::string operator()(const minimeta::Punish&) const { return "punish"; }
    std::string operator()(const minimeta::Pardon&) const { return "pardon"; }
    std::string operator()(const minimeta::ListSanctions&) const { return "bans"; }
    std::string operator()(const minimeta::Configure&) const { return "configure"; }
    std::string operator()(const minimeta::SetKey&) const { return "key"; }
    std::string operator()(const minimeta::Invite&) const { return "invite"; }
    std::string operator()(const minimeta::Purge&) const { return "purge"; }
    std::string operator()(const minimeta::Help&) const { return "help"; }
    std::string operator()(const minimeta::Quit&) const { return "quit"; }
    std::string operator()(const minimeta::Custom&) const { return "custom"; }
    std::string operator()(const minimeta::Greet&) const { return "not a request"; }
    std::string operator()(const minimeta::SendBack&) const { return "not a request"; }
    std::string operator()(const minimeta::Disconnect&) const { return "not a request"; }
    std::string operator()(const minimeta::Malformed&) const { return "not a request"; }
};

/// The text, name or word in a command.
struct RequestAbout {
    std::string operator()(const minimeta::SetName& c) const { return std::string(c.name); }
    std::string operator()(const minimeta::Say& c) const { return std::string(c.text); }
    std::string operator()(const minimeta::Whisper& c) const { return std::string(c.text); }
    std::string operator()(const minimeta::Who& c) const { return std::string(c.group); }
    std::string operator()(const minimeta::Whois& c) const { return std::string(c.name); }
    std::string operator()(const minimeta::Join& c) const { return std::string(c.group); }
    std::string operator()(const minimeta::Leave& c) const { return std::string(c.group); }
    std::string operator()(const minimeta::Away& c) const { return std::string(c.text); }
    std::string operator()(const minimeta::Custom& c) const { return std::string(c.word); }
    std::string operator()(const minimeta::SetTopic& c) const { return std::string(c.text); }
    std::string operator()(const minimeta::Kick& c) const { return std::string(c.text); }
    template <class Other>
    std::string operator()(const Other&) const {
        return "";
    }
};
