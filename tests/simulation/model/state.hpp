// The state of the naive model: connections, members and groups; and what each connection should have read.
//
// Members and groups are identified by numbers that are never assigned twice; the lobby is the group 0. Times are in
// tenths of a second. Names fold in ASCII only.
//
// A connection is *gone* as soon as nothing more is sent to it or received from it, and is there until the room is told
// that it has ended.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/error.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/role.hpp"
#include "simulation/model/messages.hpp"
#include "simulation/model/words.hpp"

struct ModelPeer {
    std::string reads;                    // what it should have been sent, since it was last looked at
    std::uint64_t origin = 0;             // where it comes from
    std::optional<std::uint64_t> member;  // none as long as it has no name
    bool known = true;                    // not turned away at once
    bool gone = false;
    bool stamped = false;        // reads messages with their stamps
    int opened = 0;              // when
    int heard = 0;               // when last
    std::uint64_t heard_as = 0;  // signs of life are counted
    double allowance = 0;        // lines that it may send at once
    bool flooding = false;
};

struct ModelMember {
    std::string name;
    std::optional<std::size_t> connection;  // none while it is lost
    bool resident = false;                  // never has one
    std::string account = {};
    std::uint64_t data = 0;
    std::vector<std::uint64_t> ignores = {};  // members that it does not want to hear
    std::vector<int> groups = {};             // beside the lobby, in the order of joining
    std::optional<std::string> away = {};     // with this text
    bool has_session = false;
    int resumes = 100;  // tenths of how often it may resume at once
    int lost_at = 0;

    [[nodiscard]] bool lost() const { return !connection && !resident; }

    std::uint64_t lost_from = 0;                                                 // where the lost connection came from
    std::vector<std::pair<std::string, minimeta::MessageId>> former_names = {};  // and the newest message at the end
};

/// Notices that wait to be summed up.
struct ModelSummary {
    std::size_t joined = 0, left = 0, renamed = 0;
    int since = 0;
};

/// Somebody who is banned or muted.
struct ModelSanction {
    minimeta::Sanction sanction;
    std::uint64_t number;
    std::string name, account;
    std::uint64_t origin;
    std::optional<int> until;
};

struct ModelGroup {
    std::string name;  // empty for the lobby
    std::set<std::uint64_t> members;
    std::map<std::uint64_t, minimeta::Role> roles = {};  // of members that have one
    std::string topic = {}, key = {};
    std::map<minimeta::Setting, std::uint64_t> settings = {};  // 0 where it has none
    std::vector<ModelSanction> sanctions = {};
    std::set<std::uint64_t> invited = {};
    std::map<std::uint64_t, int> spoke = {};  // when, where it is slow
    bool permanent = false;
    ModelSummary summary = {};
};

struct ModelState {
    using Id = std::size_t;
    using Number = std::uint64_t;

    static constexpr int lobby = 0;

    explicit ModelState(const minimeta::Limits& its_limits) : limits(its_limits) { groups[lobby]; }

    minimeta::Limits limits;
    int now = 0;
    std::map<Id, ModelPeer> peers;
    std::map<Number, ModelMember> members;
    std::map<int, ModelGroup> groups;
    std::vector<Id> nameless;    // connections that owe a name, in the order in which they were opened
    std::vector<Number> lost;    // members whose connection is lost, in that order
    std::vector<int> summaries;  // groups with a summary pending, in that order
    std::string events;          // what the program should have been told, since it was last looked at
    std::function<void(const std::string& event)> reflex;  // what the program does at once, none by default
    Number members_made = 0;
    int groups_made = 0;

    // ---- Lookup

    [[nodiscard]] bool is_member(Id id) const { return peers.at(id).member.has_value(); }
    [[nodiscard]] Number number(Id id) const { return peers.at(id).member.value_or(0); }
    [[nodiscard]] ModelMember& member_of(Id id) { return members.at(number(id)); }
    [[nodiscard]] const ModelMember& member_of(Id id) const { return members.at(number(id)); }
    [[nodiscard]] std::string name(Id id) const { return is_member(id) ? member_of(id).name : ""; }

    [[nodiscard]] std::optional<Number> find(const std::string& name) const {
        for (const auto& [number, member] : members)
            if (folded(member.name) == folded(name)) return number;
        return {};
    }
    [[nodiscard]] std::optional<int> find_group(const std::string& name) const {
        if (name.empty() || folded(name) == "lobby") return lobby;
        for (const auto& [number, group] : groups)
            if (folded(group.name) == folded(name)) return number;
        return {};
    }
    /// The group of this name, if a member is in it.
    [[nodiscard]] std::optional<int> own_group(Number member, const std::string& name) const {
        const std::optional<int> group = find_group(name);
        return group && groups.at(*group).members.count(member) != 0 ? group : std::nullopt;
    }

    [[nodiscard]] bool ignores(Number member, Number other) const {
        const auto& list = members.at(member).ignores;
        return std::find(list.begin(), list.end(), other) != list.end();
    }

    /// Creates a group, unless there are too many.
    [[nodiscard]] std::optional<int> create_group(const std::string& name) {
        if (groups.size() - 1 >= limits.groups) return {};
        groups[++groups_made].name = name;
        return groups_made;
    }
    void remove_if_empty(int group) {
        if (group == lobby || groups.at(group).permanent || !groups.at(group).members.empty()) return;
        groups.erase(group);
        std::erase(summaries, group);
    }

    /// What the program is told of a connection.
    void tell_program_of(Id id, std::string_view kind, std::string_view why = {}, Number member = 0) {
        tell_program({"connection", kind, std::to_string(id), why, std::to_string(member)});
    }

    /// A connection is gone; its member, if it had one, has none.
    std::optional<Number> cut(Id id) {
        ModelPeer& peer = peers.at(id);
        peer.gone = true;
        std::erase(nameless, id);
        if (peer.member) members.at(*peer.member).connection.reset();
        return std::exchange(peer.member, {});
    }

    // ---- What is read, by the program and by peers

    void tell_program(std::initializer_list<std::string_view> words) { tell_program(told(words)); }
    void tell_program(const std::string& event) {
        events += event;
        if (reflex) reflex(event);
    }

    void write(Id id, const std::string& line) { peers.at(id).reads += line + "\n"; }
    /// The same to a member, if it has a connection.
    void write_to(Number member, const std::string& line) {
        if (const auto connection = members.at(member).connection) write(*connection, line);
    }
    void write(Id id, const ModelMessage& message) {
        write(id, (peers.at(id).stamped ? message.stamp_text() : "") + message.line());
    }

    /// Writes a line to all members of a group.
    void write_to_all(int group, const std::string& line, std::optional<Id> except = {}) {
        for (const Id id : connections_in(group))
            if (id != except) write(id, line);
    }
    /// Writes a message to all members of a group that want to hear it, as each reads it.
    void write_to_all(int group, const ModelMessage& message, std::optional<Id> except = {}) {
        const std::string line = message.line(), stamp = message.stamp_text();
        for (const Id id : connections_in(group))
            if (id != except && !ignores(number(id), message.author))
                write(id, (peers.at(id).stamped ? stamp : "") + line);
    }

    [[nodiscard]] std::vector<Id> connections_in(int group) const {
        std::vector<Id> ids;
        for (const Number each : groups.at(group).members)
            if (const auto connection = members.at(each).connection) ids.push_back(*connection);
        return ids;
    }

    static std::string folded(std::string name) {
        for (char& c : name)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        return name;
    }
};
