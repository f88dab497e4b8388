// Registry: who is connected, who is a member, who is in which group; and that these always agree.
//
// It knows no rules: what may be done is checked before. What must not be forgotten is done here: that a member of a
// group hears it, once; that a member whose connection is lost hears nothing, and is in its groups; that a group
// exists as long as somebody is in it.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/base/name.hpp"
#include "minimeta/base/timeout_queue.hpp"
#include "minimeta/delivery/delivery.hpp"
#include "minimeta/error.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/message.hpp"
#include "minimeta/state/types.hpp"
#include "minimeta/transport.hpp"

namespace minimeta {

template <transport Transport, class Spoken>
class Registry {
    using Kinds = People<Transport, Spoken>;

public:
    using connection_id = typename Kinds::connection_id;
    using Peer = typename Kinds::Peer;
    using Member = typename Kinds::Member;
    using Group = typename Kinds::Group;
    using Entry = typename Kinds::Names::Entry;
    using EndedGroup = typename Kinds::Groups::Removed;

    /// A member who is none any more. As long as this lives, so does what it was, and those of its groups that have
    /// ended with it.
    struct Departed {
        typename Kinds::Names::Removed entry;
        std::vector<EndedGroup> ended;
    };

    /// All of these outlive it.
    Registry(Transport& transport, Spoken& speech, const Limits& limits)
        : transport_(transport),
          limits_(limits),
          lobby_(transport, limits),
          delivery_(transport, speech, peers_, lobby_, limits.backlog_bytes) {}

    [[nodiscard]] Delivery<Transport, Spoken>& delivery() noexcept { return delivery_; }

    // ---- Connections

    [[nodiscard]] const typename Kinds::Peers& peers() const noexcept { return peers_; }
    [[nodiscard]] typename Kinds::Peers& peers() noexcept { return peers_; }

    /// Adds a connection, whose id is not open already.
    Peer& open(const connection_id& id) {
        const auto [place, fresh] = peers_.try_emplace(id);
        MINIMETA_ASSERT(fresh);
        place->second.id = id;
        return place->second;
    }

    /// The connection of this id; null if it is unknown or closing.
    [[nodiscard]] Peer* open_peer(const connection_id& id) { return Kinds::open_peer(peers_, id); }

    /// The same, if it is a member.
    [[nodiscard]] Peer* member(const connection_id& id) {
        Peer* peer = open_peer(id);
        return peer != nullptr && peer->entry != nullptr ? peer : nullptr;
    }

    /// Removes a connection, which is no member (any more).
    void close(Peer& peer) {
        delivery_.forget(peer.id);
        peers_.erase(peers_.find(peer.id));
    }

    // ---- Members

    [[nodiscard]] const typename Kinds::Names& roster() const noexcept { return roster_; }

    /// The member of this name; null if there is none.
    [[nodiscard]] Entry* find(std::string_view name) { return roster_.find(name); }

    /// Makes a connection a member; null, and nothing happens, if the name is taken.
    Entry* enter(Peer& peer, std::string_view name) {
        Entry* entry = roster_.add(name);
        if (entry == nullptr) return nullptr;
        entry->second.number = ++numbers_;
        ++lobby_.members;
        attach(peer, *entry);
        return entry;
    }

    /// Gives a member another name; false, and nothing happens, if it is taken.
    bool rename(const Entry& entry, std::string_view name) { return roster_.rename(entry, name); }

    /// Takes a member away, from everywhere.
    [[nodiscard]] Departed remove(Entry& entry) {
        if (entry.second.peer != nullptr) detach(*entry.second.peer);
        Departed departed{roster_.remove(entry), {}};
        --lobby_.members;
        for (const auto& each : departed.entry.mapped().groups) {
            --each.group->members;
            if (auto ended = end_if_over(*each.group)) departed.ended.push_back(std::move(ended));
        }
        return departed;
    }

    /// A member goes on over a connection that has none yet.
    void attach(Peer& peer, Entry& entry) {
        peer.entry = &entry;
        entry.second.peer = &peer;
        seat(peer);
    }

    /// A connection has no member any more, and a member no connection.
    void detach(Peer& peer) {
        unseat(peer);
        std::exchange(peer.entry, nullptr)->second.peer = nullptr;
    }

    /// A connection hears messages with their stamps from now on.
    void use_stamps(Peer& peer) {
        delivery_.catch_up(peer);
        if (peer.entry != nullptr) unseat(peer);
        peer.stamped = true;
        if (peer.entry != nullptr) seat(peer);
    }

    // ---- Groups. The one called "lobby", or nothing, is the lobby.

    [[nodiscard]] Group& lobby() noexcept { return lobby_; }
    [[nodiscard]] const Group& lobby() const noexcept { return lobby_; }
    [[nodiscard]] const typename Kinds::Groups& groups() const noexcept { return groups_; }

    [[nodiscard]] const Group* find_group(std::string_view name) const {
        if (name.empty() || FoldedEqual{}(name, "lobby")) return &lobby_;
        const auto* entry = groups_.find(name);
        return entry != nullptr ? &entry->second : nullptr;
    }
    [[nodiscard]] Group* find_group(std::string_view name) {
        return const_cast<Group*>(std::as_const(*this).find_group(name));
    }

    /// Whether a member is in a group.
    [[nodiscard]] bool is_in(const Peer& member, const Group& group) const {
        return &group == &lobby_ || member.entry->second.membership(group) != nullptr;
    }

    /// The group of this name, if a member is in it.
    [[nodiscard]] Group* group_of(const Peer& member, std::string_view name) {
        Group* group = find_group(name);
        return group != nullptr && is_in(member, *group) ? group : nullptr;
    }

    /// Makes a group of a name that none has; null, if there are as many as there may be.
    [[nodiscard]] Group* found(std::string_view name) {
        if (groups_.size() >= limits_.groups) return nullptr;
        auto* entry = groups_.add(name, transport_, limits_);
        entry->second.name = entry->first;
        return &entry->second;
    }

    /// Brings a member into a group that it is not in; `newest` is the last message before that.
    void join(Peer& peer, Group& group, MessageId newest) {
        delivery_.catch_up(peer);
        peer.entry->second.groups.push_back({&group, {}, newest});
        ++group.members;
        delivery_.seat(peer, group);
    }

    /// Takes a member out of a group that it is in. If it was the last one, the group lives as long as what is
    /// returned.
    [[nodiscard]] EndedGroup leave(Peer& peer, Group& group) {
        delivery_.catch_up(peer);
        delivery_.unseat(peer, group);
        std::erase_if(peer.entry->second.groups, [&](const auto& each) { return each.group == &group; });
        --group.members;
        return end_if_over(group);
    }

    /// Takes a group out of the room if nothing keeps it there.
    EndedGroup end_if_over(Group& group) {
        if (&group == &lobby_ || group.members != 0 || group.permanent) return {};
        delivery_.forget(group);
        TimeoutQueue<Group>::cancel(group);
        return groups_.remove(*groups_.find(group.name));
    }

private:
    void seat(Peer& peer) {
        delivery_.seat(peer, lobby_);
        for (const auto& each : peer.entry->second.groups) delivery_.seat(peer, *each.group);
    }
    void unseat(Peer& peer) {
        delivery_.unseat(peer, lobby_);
        for (const auto& each : peer.entry->second.groups) delivery_.unseat(peer, *each.group);
    }

    Transport& transport_;
    const Limits& limits_;
    typename Kinds::Peers peers_;
    typename Kinds::Names roster_;
    MemberNumber numbers_ = 0;  // that have been given
    Group lobby_;
    typename Kinds::Groups groups_;  // the others
    Delivery<Transport, Spoken> delivery_;
};

}  // namespace minimeta
