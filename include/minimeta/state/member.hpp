// A member: a name in the room, and what belongs to it. With a session it outlives its connection, and goes on over the
// next one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/base/hash_table.hpp"
#include "minimeta/base/narrow.hpp"
#include "minimeta/base/unique_ptr.hpp"
#include "minimeta/delivery/fanout.hpp"
#include "minimeta/history/history.hpp"
#include "minimeta/message.hpp"
#include "minimeta/role.hpp"
#include "minimeta/state/name_table.hpp"

namespace minimeta {

struct Person;

/// That a member is in a group.
template <class Types>
struct Membership {
    typename Types::Group* group;
    std::uint64_t first_sequence = 0;      // of the messages that it may read; 0 for all, also those of earlier epochs
    [[no_unique_address]] Seat seat = {};  // none while the connection is lost
    Role role = Role::member;
    bool muted = false;  // perhaps no longer; in the lobby: everywhere
    UniquePtr<Membership> next = {};
};

/// The groups that a member is in, in the order of joining. The first is the lobby: every member is in it, so it takes no
/// allocation.
template <class Types>
class Memberships {
public:
    using Membership = typename Types::Membership;
    using Group = typename Types::Group;

    explicit Memberships(Group& lobby) : first_{&lobby} {}
    ~Memberships() {
        while (first_.next)
            first_.next = std::move(first_.next->next);  // not one within another, however many there are
    }

    class iterator {
    public:
        explicit iterator(Membership* at) : at_(at) {}
        Membership& operator*() const { return *at_; }
        iterator& operator++() {
            at_ = at_->next.get();
            return *this;
        }
        friend bool operator==(iterator, iterator) = default;

    private:
        Membership* at_;
    };
    [[nodiscard]] iterator begin() { return iterator(&first_); }
    [[nodiscard]] iterator end() { return iterator(nullptr); }

    /// Returns the membership of a group; null if there is none. O(groups).
    [[nodiscard]] Membership* find(const Group& group) {
        for (Membership& each : *this)
            if (each.group == &group) return &each;
        return nullptr;
    }

    /// The membership of the lobby.
    [[nodiscard]] Membership& in_lobby() { return first_; }

    /// How many groups there are beside the lobby. O(groups).
    [[nodiscard]] std::size_t count_beside_lobby() {
        std::size_t count = 0;
        for (Membership* each = first_.next.get(); each != nullptr; each = each->next.get()) ++count;
        return count;
    }

    /// Adds a group, which is not among them.
    Membership& add(Group& group, std::uint64_t first_sequence) {
        Membership* last = &first_;
        while (last->next) last = last->next.get();
        last->next.reset(new Membership{&group, first_sequence});
        return *last->next;
    }

    /// Removes a group, which is among them and is not the lobby.
    void remove(const Group& group) {
        Membership* before = &first_;
        while (before->next->group != &group) before = before->next.get();
        before->next = std::move(before->next->next);
    }

private:
    Membership first_;
};

/// A name that a member had, and the newest message when it took another one.
struct FormerName {
    std::string name;
    MessageId until;
};

/// What few members have.
struct MemberDetails {
    UniquePtr<std::string> away_text;      // null while it attends
    UniquePtr<History> private_history;    // null if there is nothing in it
    std::vector<FormerName> former_names;  // the last ones, if private messages are kept
    std::string account;                   // empty if the program has attached none
    std::uint64_t data = 0;                // the program's own
    std::vector<MemberNumber> ignores;     // members that it does not want to hear
    std::vector<MemberNumber> ignored_by;  // and those that do not want to hear it
    Person* person = nullptr;              // who it is among friends (friend_table.hpp)
    bool resident = false;                 // of the program, and never has a connection
};

/// The base of what has a number, which does not change.
struct Numbered : HashNode {
    explicit Numbered(MemberNumber given) : number(given) {}
    [[nodiscard]] static std::size_t hash_of(MemberNumber number) { return narrow<std::size_t>(number.value); }
    [[nodiscard]] std::size_t hash() const { return hash_of(number); }

    MemberNumber number;
};

/// A member. Its number is never given to another one.
template <class Types>
struct Member : Named, Numbered {
    Member(std::string_view given, MemberNumber given_number, typename Types::Group& lobby)
        : Named(given), Numbered(given_number), memberships(lobby) {}

    /// The details; all of them empty as long as none was set.
    [[nodiscard]] const MemberDetails& details() const {
        static const MemberDetails none;
        return details_ ? *details_ : none;
    }
    [[nodiscard]] MemberDetails& details() {
        if (!details_) details_.reset(new MemberDetails);
        return *details_;
    }

    [[nodiscard]] bool away() const { return details_ && details_->away_text; }

    /// Those that do not want to hear it.
    [[nodiscard]] std::span<const MemberNumber> ignored_by() const {
        if (!details_) return {};
        return details_->ignored_by;
    }

    /// Whether it does not want to hear a member.
    [[nodiscard]] bool ignores(MemberNumber other) const {
        if (!details_ || !other) return false;
        for (const MemberNumber each : details_->ignores)
            if (each == other) return true;
        return false;
    }

    /// Whether it has lost its connection, and may come back over another one.
    [[nodiscard]] bool lost() const { return peer == nullptr && !details().resident; }

    typename Types::Peer* peer = nullptr;  // null without a connection
    Memberships<Types> memberships;

private:
    UniquePtr<MemberDetails> details_;
};

}  // namespace minimeta
