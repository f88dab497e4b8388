// Operations on friendships: as members have them, and as the program keeps them for accounts.
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

    /// A member asks somebody to be its friend, or agrees to that, by the name of a member or by the account of somebody that
    /// has asked. Refused: not_a_member, no_such_member, to_yourself, asked_already, too_many_friends, no_more_friendships.
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

    /// Makes two accounts friends, or what else the relationship says, without telling anybody or calling the hook: what was
    /// saved is put back, before or after members have these accounts. Refused: name_empty, to_yourself, an account that is
    /// longer than Limits::name_characters or may not be shown, too_many_friends, no_more_friendships.
    [[nodiscard]] Refusal remember_friendship(const Friendship& friendship) {
        return core_.features.remember_friendship(friendship);
    }

private:
    Core& core_;
};

}  // namespace minimeta::operations
