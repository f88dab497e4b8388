// The registry: the connections, members, groups and friends of a room. What may be done is checked before; here is what holds
// always:
//
// - A member with a connection has one seat in each of its groups.
// - A member without one, which has lost it or is a resident of the program, has none, and stays in its groups.
// - A group exists as long as it has members, or is permanent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/base/hash_table.hpp"
#include "minimeta/base/name.hpp"
#include "minimeta/base/partition_point.hpp"
#include "minimeta/base/siphash.hpp"
#include "minimeta/base/timeout_queue.hpp"
#include "minimeta/base/unique_ptr.hpp"
#include "minimeta/delivery/delivery.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/message.hpp"
#include "minimeta/metrics.hpp"
#include "minimeta/state/friend_table.hpp"
#include "minimeta/state/name_table.hpp"
#include "minimeta/state/types.hpp"

namespace minimeta {

/// The peers, members, groups and friends of a room, which are of these Types.
template <class Types>
class Registry {
public:
    using Transport = typename Types::Transport;
    using Protocols = typename Types::Protocols;
    using connection_id = typename Types::connection_id;
    using Peer = typename Types::Peer;
    using Member = typename Types::Member;
    using Group = typename Types::Group;

    /// A member that has left. As long as this lives, so does the member, who it was, and those of its groups that ended with
    /// it.
    struct Departed {
        UniquePtr<Member> member;
        UniquePtr<Person> person;
        std::vector<UniquePtr<Group>> ended;
    };

    /// All of these outlive it.
    Registry(Transport& transport, Protocols& protocols, const Limits& limits, Metrics& metrics)
        : transport_(transport),
          limits_(limits),
          metrics_(metrics),
          lobby_("", transport, metrics.bytes, limits),
          delivery_(transport, protocols, peers_, limits.backlog_bytes, metrics) {
        use(arbitrary_key());
    }

    [[nodiscard]] Delivery<Types>& delivery() noexcept { return delivery_; }

    /// Hashes names and accounts with this key from now on.
    void use(SipKey key) {
        members_.rehash(key);
        groups_.rehash(key);
        friends_.rehash(key);
    }

    [[nodiscard]] FriendTable<Member>& friends() noexcept { return friends_; }

    // ---- Connections

    [[nodiscard]] const typename Types::Peers& peers() const noexcept { return peers_; }

    /// Adds a connection, whose id is not open already.
    Peer& open(const connection_id& id) { return peers_.add(id); }

    /// Returns the connection with this id; null if it is unknown or closing.
    [[nodiscard]] Peer* open_peer(const connection_id& id) const { return peers_.find_open(id); }

    /// The same, and null if it is no member.
    [[nodiscard]] Peer* member(const connection_id& id) const {
        Peer* peer = open_peer(id);
        return peer != nullptr && peer->member != nullptr ? peer : nullptr;
    }

    /// Removes a connection, which is no member (any more).
    void close(Peer& peer) {
        delivery_.forget(peer.id);
        peers_.remove(peer);
    }

    // ---- Members

    [[nodiscard]] const NameTable<Member>& members() const noexcept { return members_; }

    /// Returns the member with this number; null if there is none (any more).
    [[nodiscard]] Member* find(MemberNumber number) const {
        return by_number_.find(Member::hash_of(number), [&](const Member& member) { return member.number == number; });
    }

    /// Makes a connection a member. Returns null, without effect, if the name is taken.
    Member* enter(Peer& peer, std::string_view name) {
        Member* member = add_member(name);
        if (member != nullptr) attach(peer, *member);
        return member;
    }

    /// The same without a connection, for good.
    Member* add_resident(std::string_view name) {
        Member* member = add_member(name);
        if (member == nullptr) return nullptr;
        member->details().resident = true;
        residents_.push_back(member);
        return member;
    }
    [[nodiscard]] std::span<Member* const> residents() const noexcept { return residents_; }

    /// Gives a member another name. Returns false, without effect, if it is taken.
    bool rename(Member& member, std::string_view name) { return members_.rename(member, name); }

    /// Removes a member, from everywhere.
    [[nodiscard]] Departed remove(Member& member) {
        if (member.peer != nullptr) detach(*member.peer);
        by_number_.remove(member);
        forget_ignoring(member);
        std::erase(residents_, &member);
        Departed departed{members_.remove(member), friends_.remove(member), {}};
        for (const auto& each : member.memberships) {
            --each.group->members;
            if (auto ended = remove_if_empty(*each.group)) departed.ended.push_back(std::move(ended));
        }
        return departed;
    }

    /// A member does not want to hear another one, or wants to again.
    void ignore(Member& member, Member& other, bool hidden) {
        auto& ignores = member.details().ignores;
        auto& ignored_by = other.details().ignored_by;
        std::erase(ignores, other.number);
        std::erase(ignored_by, member.number);
        if (!hidden) return;
        ignores.push_back(other.number);
        ignored_by.push_back(member.number);
    }

    /// A member goes on over a connection that is no member.
    void attach(Peer& peer, Member& member) {
        peer.member = &member;
        member.peer = &peer;
        seat(peer);
    }

    /// A connection is no member any more, and its member has no connection.
    void detach(Peer& peer) {
        unseat(peer);
        std::exchange(peer.member, nullptr)->peer = nullptr;
    }

    /// A connection reads messages with their stamps from now on.
    void use_stamps(Peer& peer) {
        peer.stamped = true;
        change_lane(peer);
    }

    /// A connection may read events in another form from now on.
    void change_lane(Peer& peer) {
        if (peer.member == nullptr || peer.member->memberships.in_lobby().seat.lane == peer.lane()) return;
        delivery_.catch_up(peer);
        unseat(peer);
        seat(peer);
    }

    // ---- Groups. The one called "lobby", or nothing, is the lobby.

    [[nodiscard]] Group& lobby() noexcept { return lobby_; }
    [[nodiscard]] const Group& lobby() const noexcept { return lobby_; }

    /// All but the lobby.
    [[nodiscard]] const NameTable<Group>& groups() const noexcept { return groups_; }

    /// The same, in the order of their names.
    [[nodiscard]] std::span<const Group* const> groups_by_name() const noexcept { return groups_by_name_; }

    /// Returns the group with this name; null if there is none.
    [[nodiscard]] const Group* find_group(std::string_view name) const {
        return name.empty() || FoldedEqual{}(name, "lobby") ? &lobby_ : groups_.find(name);
    }
    [[nodiscard]] Group* find_group(std::string_view name) {
        return const_cast<Group*>(std::as_const(*this).find_group(name));
    }

    /// Returns the group with this name, if the member is in it; otherwise null.
    [[nodiscard]] Group* group_of(Member& member, std::string_view name) {
        Group* group = find_group(name);
        return group != nullptr && member.memberships.find(*group) != nullptr ? group : nullptr;
    }

    /// Creates a group with a name that none has. Returns null if there are Limits::groups already.
    [[nodiscard]] Group* create_group(std::string_view name) {
        Group* made =
            groups_.size() < limits_.groups ? groups_.add(name, transport_, metrics_.bytes, limits_) : nullptr;
        if (made != nullptr) groups_by_name_.insert(place_by_name(*made), made);
        return made;
    }

    /// A member enters a group that it is not in; the next message there is the first that it may read.
    typename Types::Membership& join(Member& member, Group& group, MessageId newest) {
        if (member.peer != nullptr) delivery_.catch_up(*member.peer);
        auto& membership = member.memberships.add(group, newest.sequence + 1);
        ++group.members;
        if (member.peer != nullptr) delivery_.seat(*member.peer, group);
        return membership;
    }

    /// A member leaves a group that it is in. If it was the last one, the group lives as long as what is returned.
    [[nodiscard]] UniquePtr<Group> leave(Member& member, Group& group) {
        if (member.peer != nullptr) {
            delivery_.catch_up(*member.peer);
            delivery_.unseat(*member.peer, group);
        }
        member.memberships.remove(group);
        --group.members;
        return remove_if_empty(group);
    }

    /// Changes a setting of a group. Returns false, without effect, if it has that value.
    bool configure(Group& group, Setting setting, std::uint64_t value) {
        auto& rules = group.rules();
        if (std::exchange(rules[setting], value) == value) return false;
        if (setting == Setting::hidden) value != 0 ? ++hidden_groups_ : --hidden_groups_;
        if (setting == Setting::slow_seconds) rules.spoke.clear();  // the new pause counts from the next line on
        return true;
    }

    /// Groups that are in no list of those that are not in them.
    [[nodiscard]] std::size_t hidden_groups() const noexcept { return hidden_groups_; }

    /// Removes a group that has no members, unless it is permanent or the lobby.
    UniquePtr<Group> remove_if_empty(Group& group) {
        if (&group == &lobby_ || group.members != 0 || group.permanent) return {};
        delivery_.forget(group);
        TimeoutQueue<Group>::cancel(group);
        if (std::as_const(group).rules()[Setting::hidden] != 0) --hidden_groups_;
        groups_by_name_.erase(place_by_name(group));
        return groups_.remove(group);
    }

private:
    void forget_ignoring(Member& member) {
        const MemberDetails& details = std::as_const(member).details();
        for (const MemberNumber number : details.ignores) std::erase(find(number)->details().ignored_by, member.number);
        for (const MemberNumber number : details.ignored_by) std::erase(find(number)->details().ignores, member.number);
    }

    Member* add_member(std::string_view name) {
        Member* member = members_.add(name, MemberNumber{last_number_.value + 1}, lobby_);
        if (member == nullptr) return nullptr;
        last_number_ = member->number;
        by_number_.insert(*member);
        ++lobby_.members;
        return member;
    }

    // What only this process knows, as long as the system places its memory at random.
    [[nodiscard]] SipKey arbitrary_key() const {
        const UniquePtr<char> elsewhere(new char{});
        const auto number_of = [](const void* place) { return std::uint64_t{reinterpret_cast<std::uintptr_t>(place)}; };
        return {number_of(this) ^ number_of(&elsewhere) << 24, number_of(elsewhere.get())};
    }

    // Where a group is in the order of the names, or should be.
    [[nodiscard]] auto place_by_name(const Group& group) {
        const std::size_t place = partition_point(groups_by_name_.size(),
                                                  [&](std::size_t i) { return groups_by_name_[i]->name < group.name; });
        return groups_by_name_.begin() + static_cast<std::ptrdiff_t>(place);
    }

    void seat(Peer& peer) {
        for (const auto& each : peer.member->memberships) delivery_.seat(peer, *each.group);
    }
    void unseat(Peer& peer) {
        for (const auto& each : peer.member->memberships) delivery_.unseat(peer, *each.group);
    }

    Transport& transport_;
    const Limits& limits_;
    Metrics& metrics_;
    typename Types::Peers peers_;
    NameTable<Member> members_;
    HashIndex<Member, OwnHash, Numbered> by_number_;
    std::vector<Member*> residents_;
    FriendTable<Member> friends_{limits_};
    MemberNumber last_number_;  // that was given
    Group lobby_;
    NameTable<Group> groups_;
    std::vector<const Group*> groups_by_name_;
    std::size_t hidden_groups_ = 0;
    Delivery<Types> delivery_;
};

}  // namespace minimeta
