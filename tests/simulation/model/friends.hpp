// Friends in the naive model: who is what to whom, by account or by member, in two lists for each tie.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/error.hpp"
#include "minimeta/protocol/text/phrases.hpp"
#include "minimeta/role.hpp"
#include "simulation/model/archive.hpp"
#include "simulation/model/state.hpp"
#include "simulation/model/words.hpp"

class ModelFriends {
public:
    using Id = ModelState::Id;
    using Number = ModelState::Number;
    using Refusal = minimeta::Refusal;
    using Errc = minimeta::Errc;
    using Relationship = minimeta::Relationship;

    /// `@account`, or `#number` of a member without one.
    using Key = std::string;

    ModelFriends(ModelState& state, ModelArchive& archive) : state_(state), archive_(archive) {}

    // ---- What members do

    Refusal befriend(Number self, const std::string& name) {
        std::optional<Key> other = acquaintance(self, name);
        if (!other)
            if (const auto stranger = state_.find(name)) other = key_of(*stranger);
        if (!other) return Errc::no_such_member;
        if (*other == key_of(self)) return Errc::to_yourself;
        const Relationship before = between(key_of(self), *other);
        if (before == Relationship::friends || before == Relationship::outgoing) return Errc::asked_already;
        if (before == Relationship::none)
            if (const Refusal refused = refuses(key_of(self), *other)) return refused;
        changes(self, *other, before == Relationship::incoming ? Relationship::friends : Relationship::outgoing);
        return {};
    }
    Refusal unfriend(Number self, const std::string& name) {
        const std::optional<Key> other = acquaintance(self, name);
        if (!other) return Errc::not_your_friend;
        return changes(self, *other, Relationship::none), Refusal();
    }
    void list(Id id) const {
        const auto found = ties_.find(key_of(state_.number(id)));
        if (found == ties_.end() || found->second.empty()) return state_write(id, english.no_friends);
        list(id, found->second, english.friends, Relationship::friends);
        list(id, found->second, english.friends_asked, Relationship::outgoing);
        list(id, found->second, english.friends_asking, Relationship::incoming);
    }

    /// The connections of a member's friends, without those that do not want to hear it.
    [[nodiscard]] std::vector<Id> connections_of(Number self) const { return connections_of(key_of(self), self); }

    // ---- Whom a member can write to by an account

    [[nodiscard]] std::optional<Number> present_friend(Number self, const std::string& account) const {
        const auto key = friend_by_account(self, account);
        return key ? first_of(*key) : std::nullopt;
    }
    [[nodiscard]] std::optional<Key> absent_friend(Number self, const std::string& account) const {
        if (state_.limits.private_history_messages == 0) return {};
        return friend_by_account(self, account);
    }
    [[nodiscard]] std::string name_of(const Key& key) const {
        const auto member = first_of(key);
        return member ? state_.members.at(*member).name : spelled_.at(key);
    }

    // ---- Accounts

    void identify(Number self, const std::string& account) {
        ModelMember& member = state_.members.at(self);
        const Key before = key_of(self);
        const bool had_account = before.front() == '@';
        const std::string left = had_account ? spelled_.at(before) : "";
        const Key after = account.empty() ? own_key(self) : "@" + ModelState::folded(account);
        const bool changes = before != after;
        std::vector<Id> friends;
        if (changes && had_account && present_[before].size() == 1) friends = connections_of(self);
        member.account = account;
        if (!changes) return;
        if (had_account) {
            std::erase(present_[before], self);
            forget_if_unused(before);
        }
        if (!account.empty()) {
            spelled_.emplace(after, account);
            present_[after].push_back(self);
        }
        if (!had_account && !account.empty()) hand_over(before, after);
        for (const Id id : friends) state_.write(id, filled(english.friend_gone, {{"account", left}}));
        if (account.empty()) return;
        const std::string& called = spelled_.at(after);
        if (present_[after].size() == 1)
            for (const Id id : connections_of(self))
                state_.write(id, filled(called == member.name ? english.friend_here : english.friend_here_as,
                                        {{"account", called}, {"name", member.name}}));
        delivers(self);
    }
    /// Tells a member what waited for it, if it has a connection.
    void delivers(Number self) {
        if (key_of(self).front() == '@' && state_.members.at(self).connection)
            archive_.send_waiting(*state_.members.at(self).connection, key_of(self));
    }
    /// A member is no more, which had this account.
    void departs(Number self, const std::string& account) {
        if (!account.empty()) {
            const Key key = "@" + ModelState::folded(account);
            std::erase(present_[key], self);
            return forget_if_unused(key);
        }
        const Key key = own_key(self);
        for (const auto& [other, relationship] : std::exchange(ties_[key], {})) {
            erase(ties_[other], key);
            forget_if_unused(other);
        }
        ties_.erase(key);
    }
    /// The same, but as they were before it was gone; of a member with this account.
    [[nodiscard]] std::vector<Id> connections_of_departed(Number self, const std::string& account) const {
        return connections_of(account.empty() ? own_key(self) : "@" + ModelState::folded(account), self);
    }

    Refusal remember(const std::string& account, const std::string& other, Relationship relationship) {
        const Key one = "@" + ModelState::folded(account), two = "@" + ModelState::folded(other);
        if (one == two) return Errc::to_yourself;
        const bool is_new = between(one, two) == Relationship::none;
        if (is_new && relationship == Relationship::none) return {};
        if (is_new)
            if (const Refusal refused = refuses(one, two)) return refused;
        spelled_.emplace(one, account);
        spelled_.emplace(two, other);
        relate(one, two, relationship);
        return {};
    }

    /// All that accounts are to each other, from one side or both.
    [[nodiscard]] std::vector<std::string> all() const {
        std::vector<std::string> lines;
        for (const auto& [key, ties] : ties_)
            for (const auto& [other, relationship] : ties)
                if (key.front() == '@' && other.front() == '@' && relationship != Relationship::incoming)
                    lines.push_back(spelled_.at(key) + " " + std::string(name_of_(relationship)) + " " +
                                    spelled_.at(other));
        std::sort(lines.begin(), lines.end());
        return lines;
    }

private:
    using Ties = std::vector<std::pair<Key, Relationship>>;
    static constexpr const minimeta::Phrases& english = minimeta::english;

    static std::string_view name_of_(Relationship relationship) { return minimeta::name_of(relationship); }
    void state_write(Id id, std::string_view line) const { state_.write(id, std::string(line)); }

    static Key own_key(Number self) { return "#" + std::to_string(self); }
    [[nodiscard]] Key key_of(Number self) const {
        const std::string& account = state_.members.at(self).account;
        return account.empty() ? own_key(self) : "@" + ModelState::folded(account);
    }
    [[nodiscard]] std::optional<Number> first_of(const Key& key) const {
        if (key.front() == '#') return std::stoull(key.substr(1));
        const auto found = present_.find(key);
        if (found == present_.end() || found->second.empty()) return {};
        return found->second.front();
    }
    [[nodiscard]] std::vector<Number> members_of(const Key& key) const {
        if (key.front() == '#') return {std::stoull(key.substr(1))};
        const auto found = present_.find(key);
        return found != present_.end() ? found->second : std::vector<Number>{};
    }
    [[nodiscard]] Relationship between(const Key& one, const Key& other) const {
        if (const auto found = ties_.find(one); found != ties_.end())
            for (const auto& [key, relationship] : found->second)
                if (key == other) return relationship;
        return Relationship::none;
    }

    [[nodiscard]] std::optional<Key> acquaintance(Number self, const std::string& name) const {
        if (const auto found = state_.find(name))
            if (between(key_of(self), key_of(*found)) != Relationship::none) return key_of(*found);
        const Key account = "@" + ModelState::folded(name);
        return between(key_of(self), account) != Relationship::none ? std::optional(account) : std::nullopt;
    }
    [[nodiscard]] std::optional<Key> friend_by_account(Number self, const std::string& account) const {
        const Key key = "@" + ModelState::folded(account);
        return between(key_of(self), key) == Relationship::friends ? std::optional(key) : std::nullopt;
    }
    [[nodiscard]] std::vector<Id> connections_of(const Key& key, Number self) const {
        std::vector<Id> ids;
        const auto found = ties_.find(key);
        if (found == ties_.end()) return ids;
        for (const auto& [other, relationship] : found->second)
            for (const Number each : members_of(other))
                if (relationship == Relationship::friends && state_.members.at(each).connection &&
                    !state_.ignores(each, self))
                    ids.push_back(*state_.members.at(each).connection);
        return ids;
    }

    void changes(Number self, const Key& other, Relationship relationship) {
        const ModelMember& member = state_.members.at(self);
        const std::string name = name_of(other), account = other.front() == '@' ? spelled_.at(other) : "";
        const std::vector<Number> others = members_of(other);
        const bool agrees = relationship == Relationship::friends;
        relate(key_of(self), other, relationship);
        if (relationship != Relationship::none)
            for (const Number each : others)
                if (!state_.ignores(each, self))
                    state_.write_to(
                        each, filled(agrees ? english.friend_gained : english.friend_asks, {{"name", member.name}}));
        std::string_view phrase = agrees ? english.friend_gained : english.friend_asked;
        if (relationship == Relationship::none) phrase = english.friend_lost;
        for (const Number each : members_of(key_of(self))) state_.write_to(each, filled(phrase, {{"name", name}}));
        state_.tell_program({"friendship", member.name, member.account, minimeta::name_of(relationship), name, account,
                             std::to_string(self)});
    }

    // ---- Ties

    [[nodiscard]] std::size_t size() const {
        std::size_t sides = 0;
        for (const auto& [key, ties] : ties_) sides += ties.size();
        return sides / 2;
    }
    [[nodiscard]] bool is_full(const Key& key) const {
        const auto found = ties_.find(key);
        return (found != ties_.end() ? found->second.size() : 0) >= state_.limits.friends;
    }
    [[nodiscard]] std::optional<Key> oldest_request(const Key& key) const {
        if (const auto found = ties_.find(key); found != ties_.end())
            for (const auto& [other, relationship] : found->second)
                if (relationship == Relationship::incoming) return other;
        return {};
    }
    [[nodiscard]] Refusal refuses(const Key& one, const Key& other) const {
        if (size() >= state_.limits.friendships) return Errc::no_more_friendships;
        for (const Key& each : {one, other})
            if (is_full(each) && !oldest_request(each)) return Errc::too_many_friends;
        return {};
    }
    static void erase(Ties& ties, const Key& key) {
        std::erase_if(ties, [&](const auto& tie) { return tie.first == key; });
    }
    void set(const Key& one, const Key& other, Relationship relationship) {
        for (auto& [key, before] : ties_[one])
            if (key == other) before = relationship;
    }
    void cut(const Key& one, const Key& other) {
        erase(ties_[one], other);
        erase(ties_[other], one);
        forget_if_unused(other);
    }
    void relate(const Key& one, const Key& other, Relationship relationship) {
        if (relationship == Relationship::none) {
            cut(one, other);
            return forget_if_unused(one);
        }
        if (between(one, other) == Relationship::none) {
            if (refuses(one, other)) return;
            for (const Key& each : {one, other})
                if (is_full(each)) cut(each, *oldest_request(each));
            ties_[one].emplace_back(other, Relationship::none);
            ties_[other].emplace_back(one, Relationship::none);
        }
        set(one, other, relationship);
        set(other, one, minimeta::seen_by_the_other(relationship));
    }
    void hand_over(const Key& from, const Key& to) {
        if (between(from, to) != Relationship::none) cut(from, to);
        for (const auto& [other, relationship] : std::exchange(ties_[from], {})) {
            erase(ties_[other], from);
            const Relationship had = between(to, other);
            const bool both = had != Relationship::none && had != relationship;
            relate(to, other, both ? Relationship::friends : relationship);
            forget_if_unused(other);
        }
        ties_.erase(from);
    }
    void forget_if_unused(const Key& key) {
        if (key.front() != '@' || !members_of(key).empty() || !ties_[key].empty()) return;
        archive_.forget_waiting(key);
        const Key unused = key;
        ties_.erase(unused);
        present_.erase(unused);
        spelled_.erase(unused);
    }

    void list(Id id, const Ties& ties, std::string_view line, Relationship wanted) const {
        std::vector<std::string> names;
        for (const auto& [key, relationship] : ties) {
            if (relationship != wanted) continue;
            const std::string name = name_of(key), account = key.front() == '@' ? spelled_.at(key) : "";
            const auto member = first_of(key);
            const bool other_name = !account.empty() && account != name;
            std::string shown =
                other_name ? filled(english.member_account, {{"name", name}, {"account", account}}) : name;
            if (!member) shown = filled(english.member_absent, {{"name", shown}});
            else if (state_.members.at(*member).away) shown = filled(english.member_away, {{"name", shown}});
            names.push_back(shown);
        }
        if (!names.empty()) state_.write(id, filled(line, {{"names", listed(names)}}));
    }

    ModelState& state_;
    ModelArchive& archive_;
    std::map<Key, Ties> ties_;
    std::map<Key, std::vector<Number>> present_;  // members with an account
    std::map<Key, std::string> spelled_;          // accounts, as they were first written
};
