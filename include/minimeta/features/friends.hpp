// Friends: requests, friendships and the news of them; private messages that wait for absent friends.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/base/name.hpp"
#include "minimeta/base/unique_ptr.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/features/validation.hpp"
#include "minimeta/history/history.hpp"
#include "minimeta/history/query.hpp"
#include "minimeta/message.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/role.hpp"
#include "minimeta/state/friend_table.hpp"

namespace minimeta {

/// The relationship of two accounts, as the first one sees it.
struct Friendship {
    std::string_view account;
    std::string_view other;
    Relationship relationship = Relationship::friends;
};

namespace features {

template <class Context>
class Friends {
public:
    using Peer = typename Context::Peer;
    using Member = typename Context::Member;

    Friends(Context& context, auto&) : context_(context) {}

    void on(Peer& peer, const Befriend& command) {
        context_.answer(peer, befriend(*peer.member, command.name), command.name);
    }
    void on(Peer& peer, const Unfriend& command) {
        context_.answer(peer, unfriend(*peer.member, command.name), command.name);
    }
    void on(Peer& peer, const ListFriends&) { context_.tell(peer, minimeta::Friends{friends_of(*peer.member)}); }

    // ---- What members do

    /// A member requests a friendship, or accepts a request, of a member of this name, or of an account that it has a tie with.
    Refusal befriend(Member& member, std::string_view name) {
        Person* other = acquaintance(member, name);
        Member* stranger = other == nullptr ? context_.registry.members().find(name) : nullptr;
        if (other == nullptr && stranger == nullptr) return Errc::no_such_member;
        if (stranger != nullptr) other = table().of(*stranger);
        if (stranger == &member || (other != nullptr && other == table().of(member))) return Errc::to_yourself;
        const Relationship before = table().between(table().of(member), other);
        if (before == Relationship::friends || before == Relationship::outgoing) return Errc::asked_already;
        if (before == Relationship::none)
            if (Refusal refused = table().refuse(table().of(member), other)) return refused;
        if (other == nullptr) other = &table().make(*stranger);
        change(member, *other, before == Relationship::incoming ? Relationship::friends : Relationship::outgoing);
        return {};
    }

    /// A member ends a friendship, takes a request back, or declines one. The other member is not notified.
    Refusal unfriend(Member& member, std::string_view name) {
        Person* other = acquaintance(member, name);
        if (other == nullptr) return Errc::not_your_friend;
        change(member, *other, Relationship::none);
        return {};
    }

    /// The friends of a member, and the requests that are open.
    [[nodiscard]] std::vector<Friend> friends_of(const Member& member) const {
        std::vector<Friend> all;
        if (const Person* person = table().of(member))
            for (const Tie& tie : person->ties) {
                const Member* present = member_of(*tie.who);
                const bool away = present != nullptr && present->away();
                all.push_back({name_of(*tie.who), tie.who->account, tie.relationship, present != nullptr, away});
            }
        return all;
    }

    // ---- Private messages

    /// The recipients that a member can name: members; friends also by their accounts and, if private messages are kept, while
    /// they are absent.
    struct Directory {
        const Friends& friends;
        const Member& writer;

        [[nodiscard]] Member* find(std::string_view name) const {
            if (Member* member = friends.context_.registry.members().find(name)) return member;
            const Person* found = friends.friend_by_account(writer, name);
            return found != nullptr ? friends.member_of(*found) : nullptr;
        }
        [[nodiscard]] Person* find_absent(std::string_view name) const {
            return friends.context_.journal.keeps_private() ? friends.friend_by_account(writer, name) : nullptr;
        }
    };
    [[nodiscard]] Directory directory(const Member& writer) const { return {*this, writer}; }

    /// Delivers the private messages that waited for a member, if it has a connection.
    void deliver(Member& member) {
        Person* person = table().of(member);
        if (person == nullptr || !person->waiting || member.peer == nullptr) return;
        UniquePtr<History> waited = std::move(person->waiting);
        const auto all = [](const Message&) { return true; };
        const HistoryPage page = page_before(*waited, {}, {}, waited->size(), context_.answer_bytes(), all);
        if (!page.messages.empty())  // unless they were too long to be kept
            context_.tell(member, Waited{page.messages, context_.journal.sequencer().newest().epoch});
        auto& history = member.details().private_history;
        if (history) history->merge(*waited);
        else history = std::move(waited);
    }

    // ---- Accounts

    /// Attaches an account to a member; an empty one takes it away. Friends of the accounts are notified.
    void identify(Member& member, std::string_view account) {
        const Person* before = table().of(member);
        const std::string left(before != nullptr ? before->account : "");
        const bool is_gone = !left.empty() && before->members.size() == 1 && !FoldedEqual{}(left, account);
        const std::vector<Peer*> friends = is_gone ? context_.notices.friends_of(member) : std::vector<Peer*>{};
        table().identify(member, account);
        for (Peer* peer : friends) context_.tell(*peer, FriendMoved{left, member.name, false});
        const Person* after = table().of(member);
        if (after == before || after == nullptr || after->account.empty()) return;
        if (after->members.size() == 1)
            for (Peer* peer : context_.notices.friends_of(member))
                context_.tell(*peer, FriendMoved{after->account, member.name, true});
        deliver(member);
    }

    /// Sets the relationship of two accounts, without notifying any member or hook.
    Refusal remember_friendship(const Friendship& friendship) {
        for (const std::string_view account : {friendship.account, friendship.other}) {
            if (account.empty()) return Errc::name_empty;
            if (Refusal refused = check_account(account, context_.limits)) return refused;
        }
        if (FoldedEqual{}(friendship.account, friendship.other)) return Errc::to_yourself;
        return table().remember(friendship.account, friendship.other, friendship.relationship);
    }

    /// The relationships between accounts, each once.
    [[nodiscard]] std::vector<Friendship> friendships() const {
        std::vector<Friendship> all;
        for (const Person& person : table())
            for (const Tie& tie : person.ties) {
                const bool is_mirror = tie.relationship == Relationship::incoming ||
                                       (tie.relationship == Relationship::friends && tie.who->account < person.account);
                if (!person.account.empty() && !tie.who->account.empty() && !is_mirror)
                    all.push_back({person.account, tie.who->account, tie.relationship});
            }
        return all;
    }

private:
    [[nodiscard]] auto& table() const { return context_.registry.friends(); }

    // The first present member of a person; null if there is none.
    [[nodiscard]] Member* member_of(const Person& person) const {
        return person.members.empty() ? nullptr : context_.registry.find(person.members.front());
    }
    [[nodiscard]] std::string_view name_of(const Person& person) const {
        const Member* member = member_of(person);
        return member != nullptr ? std::string_view(member->name) : std::string_view(person.account);
    }

    // The person of this name or account that a member has a tie with; null if there is none.
    [[nodiscard]] Person* acquaintance(const Member& member, std::string_view name) const {
        const Person* person = table().of(member);
        if (person == nullptr) return nullptr;
        if (const Member* found = context_.registry.members().find(name))
            if (table().between(person, table().of(*found)) != Relationship::none) return table().of(*found);
        return tied_by_account(*person, name);
    }
    [[nodiscard]] Person* friend_by_account(const Member& member, std::string_view account) const {
        const Person* person = table().of(member);
        Person* other = person != nullptr ? tied_by_account(*person, account) : nullptr;
        return table().between(person, other) == Relationship::friends ? other : nullptr;
    }
    [[nodiscard]] static Person* tied_by_account(const Person& person, std::string_view account) {
        for (const Tie& tie : person.ties)
            if (!tie.who->account.empty() && FoldedEqual{}(tie.who->account, account)) return tie.who;
        return nullptr;
    }

    // Changes a relationship, and notifies both persons and the hook.
    void change(Member& member, Person& other, Relationship relationship) {
        const std::string name(name_of(other)), account = other.account;
        Person& self = table().make(member);
        table().relate(self, other, relationship);
        if (relationship != Relationship::none)  // or the other one may be forgotten
            for (const MemberNumber number : other.members) {
                Member* asked = context_.registry.find(number);
                if (!asked->ignores(member.number))
                    context_.tell(*asked, FriendChanged{member.name, seen_by_the_other(relationship)});
            }
        for (const MemberNumber number : self.members)
            context_.tell(*context_.registry.find(number), FriendChanged{name, relationship});
        context_.hooks.notify(
            FriendshipChanged{member.name, member.details().account, name, account, relationship, member.number});
    }

    Context& context_;
};

}  // namespace features
}  // namespace minimeta
