// The memory that a room takes at most, as its Limits determine it.
//
// In practice it is far less: a line is held only while it is incomplete, a broadcast is held once for all members that have
// yet to read it, and a history takes memory when something is said. What a transport holds besides its queues, as the
// kernel does for each socket, is not in it, nor is what was said in the present turn.
#pragma once

#include <cstddef>
#include <cstdint>

#include "minimeta/limits.hpp"

namespace minimeta {

/// Bytes, by what holds them.
struct MemoryBound {
    std::uint64_t connections = 0;        ///< an incomplete line or message, and output under way with what it pins
    std::uint64_t members = 0;            ///< names, away texts and memberships, of those connected and those lost
    std::uint64_t private_histories = 0;  ///< of members
    std::uint64_t friends = 0;            ///< who is whose, and private messages that wait
    std::uint64_t groups = 0;             ///< histories, and what is kept of the logs for output; the lobby's, too

    [[nodiscard]] constexpr std::uint64_t total() const {
        return connections + members + private_histories + friends + groups;
    }
};

/// Returns what a room with these limits holds at most, if its connections speak so many protocols (those within Doors
/// count each, and Irc as two) Limits that come to 2^64
/// bytes or more have no such bound, and no meaning here.
constexpr MemoryBound memory_bound(const Limits& limits, std::size_t protocols = 1) {
    const auto number = [](std::size_t count) { return std::uint64_t{count}; };
    constexpr std::uint64_t object = 512;     // a peer, member or group, its places in tables, its allocations
    constexpr std::uint64_t membership = 96;  // and a seat
    constexpr std::uint64_t record = 64;      // of a message in a history
    constexpr std::uint64_t largest_chunk = 256 * 1024;  // of a log for output, of which a queue may pin two
    constexpr std::uint64_t quiet_chunk = 16 * 1024;     // which a log keeps where nothing is said
    constexpr std::uint64_t lanes = 2;                   // of each protocol: with stamps and without

    const std::size_t groups_each = limits.groups < limits.groups_per_member ? limits.groups : limits.groups_per_member;
    const std::uint64_t name = 4 * number(limits.name_characters);
    // As many may be lost as are connected.
    const std::uint64_t members = 2 * number(limits.connections) + number(limits.residents);
    const std::uint64_t history = 2 * number(limits.history_bytes) + record * number(limits.history_messages);
    const std::uint64_t sanctions = number(limits.sanctions) * (2 * name + 4 * record) + 2 * number(limits.line_bytes) +
                                    2 * name + 2 * 16 * 1'000;  // and a topic, a key, and who spoke where it is slow
    const std::uint64_t friendships = number(limits.friendships);
    constexpr std::uint64_t tie = 32;             // of one person with another one
    const std::uint64_t person = 192 + 2 * name;  // an account, and its members
    constexpr std::uint64_t former_names = 8;     // of each member, where private messages are kept
    std::uint64_t private_history = 0;
    if (limits.private_history_messages != 0)
        private_history = 2 * number(limits.private_history_bytes) + record * number(limits.private_history_messages) +
                          former_names * (name + record);
    return {
        .connections = number(limits.connections) *
                       (3 * number(limits.line_bytes) + 2 * number(limits.backlog_bytes) + 2 * largest_chunk + object),
        .members = members * (number(limits.line_bytes) + 2 * name + object + 4 * 8 * number(limits.sanctions) +
                              membership * (number(groups_each) + 1)),
        .private_histories = members * private_history,
        .friends = 2 * friendships * (tie + person + private_history) + members * person,
        .groups = (number(limits.groups) + 1) *
                  (history + sanctions + name + object + lanes * number(protocols) * quiet_chunk),
    };
}

}  // namespace minimeta
