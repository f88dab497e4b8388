// The state of the naive model: connections, members and groups; and what each connection should have read.
//
// Members and groups are identified by numbers that are never assigned twice; the lobby is the group 0. Times are in
// tenths of a second. Names fold in ASCII only.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "minimeta/error.hpp"
#include "minimeta/limits.hpp"
#include "model_messages.hpp"

struct ModelPeer {
    std::string reads;                    // all that it should have been sent, from the beginning
    std::optional<std::uint64_t> member;  // none as long as it has no name
    bool gone = false;                    // nothing more is sent to it, or received from it
    bool stamped = false;                 // reads messages with their stamps
    int heard = 0;                        // when
    double allowance = 0;                 // lines that it may send at once
    bool flooding = false;
    bool stalled = false;
    std::size_t stalled_at = 0;  // it had read so much
};

struct ModelMember {
    std::string name;
    std::optional<std::size_t> connection;  // none while it is lost
    std::vector<int> groups = {};           // beside the lobby, in the order of joining
    std::optional<std::string> away = {};   // with this text
    bool has_session = false;
    int resumes = 100;  // tenths of how often it may resume at once
    int lost_at = 0;
    std::vector<std::pair<std::string, minimeta::MessageId>> former_names = {};  // and the newest message at the end
};

/// Notices that wait to be summed up.
struct ModelSummary {
    std::size_t joined = 0, left = 0, renamed = 0;
    int since = 0;
};

struct ModelGroup {
    std::string name;  // empty for the lobby
    std::set<std::uint64_t> members;
    bool permanent = false;
    ModelSummary summary;
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
    std::vector<Number> lost;    // members whose connection is lost, in that order
    std::vector<int> summaries;  // groups with a summary pending, in that order
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
    [[nodiscard]] std::optional<int> own_group(Id id, const std::string& name) const {
        const std::optional<int> group = find_group(name);
        return group && groups.at(*group).members.count(number(id)) != 0 ? group : std::nullopt;
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

    /// A connection is gone; its member, if it had one, has none.
    std::optional<Number> cut(Id id) {
        ModelPeer& peer = peers.at(id);
        peer.gone = true;
        if (peer.member) members.at(*peer.member).connection.reset();
        return std::exchange(peer.member, {});
    }

    // ---- What is read

    void write(Id id, const std::string& line) { peers.at(id).reads += line + "\n"; }
    void write(Id id, const ModelMessage& message) { write(id, as_read(id, message)); }

    /// Writes a line to all members of a group.
    void write_to_all(int group, const std::string& line, std::optional<Id> except = {}) {
        for (const Id id : connections_in(group))
            if (id != except) write(id, line);
    }
    /// Writes a message to all members of a group, as each reads it.
    void write_to_all(int group, const ModelMessage& message, std::optional<Id> except = {}) {
        for (const Id id : connections_in(group))
            if (id != except) write(id, message);
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

private:
    [[nodiscard]] std::string as_read(Id id, const ModelMessage& message) const {
        return (peers.at(id).stamped ? message.stamp_text() : "") + message.line();
    }
};
