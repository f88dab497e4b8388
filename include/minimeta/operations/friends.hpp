// Operations on friendships: those of members, and those that the program keeps for accounts.
#pragma once

#include <string_view>
#include <vector>

#include "minimeta/base/utf8.hpp"
#include "minimeta/error.hpp"
#include "minimeta/features/friends.hpp"
#include "minimeta/operations/member_ref.hpp"
#include "minimeta/reply.hpp"

namespace minimeta::operations {

template <class Core>
class Friends {
public:
    using MemberRef = minimeta::MemberRef<typename Core::connection_id>;

    /// The core outlives it.
    explicit Friends(Core& core) : core_(core) {}

    /// A member requests a friendship, or accepts a request, by the name of a member or by the account of a person that has
    /// requested it. Refused: not_a_member, no_such_member, to_yourself, asked_already, too_many_friends, no_more_friendships.
    [[nodiscard]] Refusal befriend(const MemberRef& who, std::string_view name) {
        auto* member = core_.member(who);
        return member != nullptr ? core_.features.befriend(*member, trim(name)) : Errc::not_a_member;
    }

    /// A member ends a friendship, takes a request back, or declines one. Refused: not_a_member, not_your_friend.
    [[nodiscard]] Refusal unfriend(const MemberRef& who, std::string_view name) {
        auto* member = core_.member(who);
        return member != nullptr ? core_.features.unfriend(*member, trim(name)) : Errc::not_a_member;
    }

    /// The friends of a member, and the requests that are open; none if it is unknown. The views live until a member changes its
    /// name, account or friends, or leaves.
    [[nodiscard]] std::vector<Friend> friends(const MemberRef& of) const {
        const auto* member = core_.member(of);
        return member != nullptr ? core_.features.friends_of(*member) : std::vector<Friend>{};
    }

    /// All friendships and open requests between accounts, each once, in no particular order, to be saved. The views live until
    /// one of them changes.
    [[nodiscard]] std::vector<Friendship> friendships() const { return core_.features.friendships(); }

    /// Restores a saved friendship or request of two accounts, before or after members have them, without notifying members
    /// or the hook. Refused: name_empty, to_yourself, an account that is longer than Limits::name_characters or may not be
    /// shown, too_many_friends, no_more_friendships.
    [[nodiscard]] Refusal remember_friendship(const Friendship& friendship) {
        return core_.features.remember_friendship(friendship);
    }

private:
    Core& core_;
};

}  // namespace minimeta::operations
