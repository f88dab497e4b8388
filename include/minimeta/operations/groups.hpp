// Operations on groups. A group's name is without the #; that of the lobby is "lobby", or empty.
#pragma once

#include <string_view>
#include <vector>

#include "minimeta/base/utf8.hpp"
#include "minimeta/error.hpp"
#include "minimeta/operations/member_ref.hpp"
#include "minimeta/reply.hpp"

namespace minimeta::operations {

template <class Core>
class Groups {
public:
    using connection_id = typename Core::connection_id;
    using MemberRef = minimeta::MemberRef<connection_id>;

    /// The core outlives it.
    explicit Groups(Core& core) : core_(core) {}

    /// A member enters a group, which is created if there is none of this name. Refused: not_a_member, in_group_already,
    /// too_many_groups, no_more_groups, and what is wrong with the name; not by the rules of the group.
    [[nodiscard]] Refusal join(const MemberRef& who, std::string_view group) {
        auto* member = core_.member(who);
        return member != nullptr ? core_.features.join(*member, trim(group), true) : Errc::not_a_member;
    }

    /// A member leaves a group, which ends with its last member unless it is permanent. Refused: not_a_member,
    /// not_your_group, in_lobby_always.
    [[nodiscard]] Refusal leave(const MemberRef& who, std::string_view group) {
        auto* member = core_.member(who);
        return member != nullptr ? core_.features.leave(*member, trim(group)) : Errc::not_a_member;
    }

    /// Lets a group exist also without members, or (false) with members only. Refused: no_more_groups, and what is wrong
    /// with the name; with false, no_such_group.
    [[nodiscard]] Refusal make_permanent(std::string_view group, bool permanent = true) {
        return core_.features.make_permanent(group, permanent);
    }

    /// All groups and their sizes, the lobby first, then in the order of their names; a snapshot. A name's view lives as
    /// long as the group. `joined` is false.
    [[nodiscard]] std::vector<GroupSize> groups() const {
        return core_.features.groups(core_.context.registry.groups().size() + 1);
    }

private:
    Core& core_;
};

}  // namespace minimeta::operations
