// The friend table: friendships and the requests for them.
//
//     Member -- details().person --> Person -- ties --> Person
//
// A friendship is between persons. A *person* is an account, whether a member has it at present or not; or a member without
// an account, until it leaves. When an account is attached to a member, the ties of the member become the account's.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/base/hash_table.hpp"
#include "minimeta/base/name.hpp"
#include "minimeta/base/narrow.hpp"
#include "minimeta/base/siphash.hpp"
#include "minimeta/base/unique_ptr.hpp"
#include "minimeta/error.hpp"
#include "minimeta/history/history.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/message.hpp"
#include "minimeta/role.hpp"

namespace minimeta {

struct Person;

/// The relationship of a person to another one; never `none`.
struct Tie {
    Person* who;
    Relationship relationship;
};

/// An account, or a member without one.
struct Person : HashNode {
    std::string account;                // empty for a member without one
    std::vector<MemberNumber> members;  // present ones; several if they have the same account
    std::vector<Tie> ties;              // in the order in which they were made
    UniquePtr<History> waiting;         // private messages to be delivered to its next member; null if there are none
};

/// All persons. An account is kept while a member has it, and while it has ties.
template <class Member>
class FriendTable {
public:
    /// The limits outlive it.
    explicit FriendTable(const Limits& limits) : limits_(limits) {}

    /// Hashes accounts with this key from now on, as NameTable does names.
    void rehash(SipKey key) { persons_.rehash({{key}}); }

    /// Returns the person of a member; null as long as the member has neither an account nor ties.
    [[nodiscard]] static Person* of(const Member& member) { return member.details().person; }

    /// Returns the person of a member, which is made if there is none.
    Person& make(Member& member) {
        if (Person* person = of(member)) return *person;
        UniquePtr<Person> person(new Person);
        person->members.push_back(member.number);
        return *(member.details().person = &persons_.insert(std::move(person)));
    }

    /// Returns the person of an account, which is made if there is none; without a tie or a member it is not kept.
    Person& make(std::string_view account) {
        Person* found = persons_.find(persons_.hash_function().of_account(account), [&](const Person& person) {
            return !person.account.empty() && FoldedEqual{}(person.account, account);
        });
        if (found != nullptr) return *found;
        UniquePtr<Person> person(new Person);
        person->account = account;
        return persons_.insert(std::move(person));
    }

    /// Attaches an account to a member; an empty one takes it away.
    void identify(Member& member, std::string_view account) {
        Person* before = of(member);
        member.details().account = account;
        if (account.empty() && (before == nullptr || before->account.empty())) return;
        Person* after = account.empty() ? nullptr : &make(account);
        if (before == after) return;
        member.details().person = after;
        if (after != nullptr) after->members.push_back(member.number);
        if (before == nullptr) return;
        if (before->account.empty()) return hand_over(*before, *after);
        std::erase(before->members, member.number);
        (void)forget_if_unused(*before);
    }

    /// A member has left. Returns its person if that is not kept any more.
    [[nodiscard]] UniquePtr<Person> remove(const Member& member) {
        Person* person = of(member);
        if (person == nullptr) return {};
        if (!person->account.empty()) {
            std::erase(person->members, member.number);
            return forget_if_unused(*person);
        }
        std::erase_if(person->ties, [&](const Tie& tie) {
            untie(*tie.who, *person);
            --size_;
            return static_cast<bool>(forget_if_unused(*tie.who));
        });
        return persons_.remove(*person);
    }

    // ---- Ties

    /// Returns what the other person is to the first one; none if either is null.
    [[nodiscard]] static Relationship between(const Person* one, const Person* other) {
        if (one != nullptr)
            for (const Tie& tie : one->ties)
                if (tie.who == other) return tie.relationship;
        return Relationship::none;
    }

    /// Refuses one more tie between two persons, each of which may be null: too_many_friends, no_more_friendships.
    [[nodiscard]] Refusal refuse(const Person* one, const Person* other) const {
        if (size_ >= limits_.friendships) return Errc::no_more_friendships;
        for (const Person* each : {one, other})
            if (each != nullptr && is_full(*each) && oldest_request(*each) == nullptr) return Errc::too_many_friends;
        return {};
    }

    /// Sets the relationship of two persons, as the first one sees it. Where either has Limits::friends ties, the oldest
    /// request to it makes way; without any, nothing is changed.
    void relate(Person& one, Person& other, Relationship relationship) {
        if (relationship == Relationship::none) {
            cut(one, other);
            (void)forget_if_unused(one);
            return;
        }
        if (between(&one, &other) == Relationship::none) {
            if (refuse(&one, &other)) return;
            for (Person* each : {&one, &other})
                if (is_full(*each)) cut(*each, *oldest_request(*each));
            ++size_;
            one.ties.push_back({&other, {}});
            other.ties.push_back({&one, {}});
        }
        set(one, other, relationship);
        set(other, one, seen_by_the_other(relationship));
    }

    /// The same for two accounts, which are not equal. Refuses as above.
    Refusal remember(std::string_view account, std::string_view other_account, Relationship relationship) {
        Person &one = make(account), &other = make(other_account);
        const bool is_new = between(&one, &other) == Relationship::none;
        Refusal refused;
        if (is_new && relationship != Relationship::none) refused = refuse(&one, &other);
        if (!refused && !(is_new && relationship == Relationship::none))
            return relate(one, other, relationship), Refusal();
        (void)forget_if_unused(one);
        (void)forget_if_unused(other);
        return refused;
    }

    /// Goes through the persons.
    [[nodiscard]] auto begin() const { return persons_.begin(); }
    [[nodiscard]] auto end() const { return persons_.end(); }

private:
    struct PersonHash {
        SkeletonHash of_account;
        [[nodiscard]] std::size_t operator()(const Person& person) const {
            if (person.account.empty()) return narrow<std::size_t>(person.members.front().value);
            return of_account(person.account);
        }
    };

    static void set(Person& one, const Person& other, Relationship relationship) {
        for (Tie& tie : one.ties)
            if (tie.who == &other) tie.relationship = relationship;
    }
    static void untie(Person& one, const Person& other) {
        std::erase_if(one.ties, [&](const Tie& tie) { return tie.who == &other; });
    }

    // Ends a tie, after which the other person may not be kept.
    void cut(Person& one, Person& other) {
        untie(one, other);
        untie(other, one);
        --size_;
        (void)forget_if_unused(other);
    }

    [[nodiscard]] bool is_full(const Person& person) const { return person.ties.size() >= limits_.friends; }

    // The person whose request is unanswered for longest; null if there is none.
    [[nodiscard]] static Person* oldest_request(const Person& person) {
        for (const Tie& tie : person.ties)
            if (tie.relationship == Relationship::incoming) return tie.who;
        return nullptr;
    }

    // Removes an account without members and ties. Returns it then.
    [[nodiscard]] UniquePtr<Person> forget_if_unused(Person& person) {
        if (person.account.empty() || !person.members.empty() || !person.ties.empty()) return {};
        return persons_.remove(person);
    }

    // Moves the ties of a member without an account to the account.
    void hand_over(Person& from, Person& to) {
        if (between(&from, &to) != Relationship::none) cut(from, to);  // first, or it could make way for another one
        for (const Tie& tie : std::exchange(from.ties, {})) {
            untie(*tie.who, from);
            --size_;
            const Relationship had = between(&to, tie.who);
            const bool both =
                had != Relationship::none && had != tie.relationship;  // both have asked, or they are friends
            relate(to, *tie.who, both ? Relationship::friends : tie.relationship);
            (void)forget_if_unused(*tie.who);
        }
        (void)persons_.remove(from);
    }

    const Limits& limits_;
    HashTable<Person, PersonHash> persons_;
    std::size_t size_ = 0;  // how many ties there are, each between two persons
};

}  // namespace minimeta
