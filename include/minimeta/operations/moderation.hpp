// Operations of moderation. The program may do all of it, in any group; an empty name of a group is the room.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "minimeta/error.hpp"
#include "minimeta/operations/member_ref.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/role.hpp"
#include "minimeta/state/permissions.hpp"

namespace minimeta::operations {

template <class Core>
class Moderation {
public:
    using connection_id = typename Core::connection_id;
    using MemberRef = minimeta::MemberRef<connection_id>;

    /// The core outlives it.
    explicit Moderation(Core& core) : core_(core) {}

    /// Gives a member a role, which it keeps as long as it is in the group. Refused: not_a_member, no_such_group, not_there.
    [[nodiscard]] Refusal set_role(std::string_view group, const MemberRef& who, Role role) {
        auto* member = core_.member(who);
        if (member == nullptr) return Errc::not_a_member;
        return in(group, [&](auto& found) { return core_.features.set_role(nullptr, found, *member, role); });
    }
    /// The role of a member in a group that it is in.
    [[nodiscard]] Role role(std::string_view group, const MemberRef& who) const {
        auto* member = core_.member(who);
        const auto* found = core_.context.registry.find_group(group);
        return member != nullptr && found != nullptr ? role_in(*member, *found) : Role::member;
    }

    /// Sets the topic; an empty one is none. Refused: no_such_group, and a text that is too long or may not be shown.
    [[nodiscard]] Refusal set_topic(std::string_view group, std::string_view text) {
        return in(group, [&](auto& found) { return core_.features.set_topic(nullptr, found, text); });
    }
    /// The topic; empty if there is none. Lives until the next one is set.
    [[nodiscard]] std::string_view topic(std::string_view group = {}) const {
        const auto* found = core_.context.registry.find_group(group);
        return found != nullptr ? std::string_view(found->rules().topic) : std::string_view{};
    }

    /// Changes a setting. Refused: no_such_group, groups_only, and a value that is too large (invalid_argument).
    [[nodiscard]] Refusal configure(std::string_view group, Setting setting, std::uint64_t value) {
        return in(group, [&](auto& found) { return core_.features.configure(nullptr, found, setting, value); });
    }

    /// Sets the key that a group needs; an empty one is none. Refused: no_such_group, groups_only, and a key that is longer
    /// than Limits::name_characters or may not be shown.
    [[nodiscard]] Refusal set_key(std::string_view group, std::string_view key) {
        return in(group, [&](auto& found) { return core_.features.set_key(nullptr, found, key); });
    }

    /// Lets a member enter a group whatever its rules, and tells it. Refused: not_a_member, no_such_group, groups_only,
    /// in_group_already, too_many_sanctions.
    [[nodiscard]] Refusal invite(std::string_view group, const MemberRef& who) {
        auto* member = core_.member(who);
        if (member == nullptr) return Errc::not_a_member;
        return in(group, [&](auto& found) { return core_.features.invite(nullptr, found, *member); });
    }

    /// Removes a member from a group, with these words if there are any. Refused: not_a_member, no_such_group, not_there, and
    /// words that are too long or may not be shown.
    [[nodiscard]] Refusal kick_from(std::string_view group, const MemberRef& who, std::string_view words = {}) {
        auto* member = core_.member(who);
        if (member == nullptr) return Errc::not_a_member;
        return in(group, [&](auto& found) { return core_.features.remove_from(nullptr, found, *member, words); });
    }

    /// Bans the member of this name, with its account and, in the room, its address, or whoever has the name or an account of
    /// that name later; for some seconds, or for good (0). A member is removed. Refused: no_such_group, too_many_sanctions,
    /// name_empty, and a name that is too long or may not be shown.
    [[nodiscard]] Refusal ban(std::string_view group, std::string_view name, std::uint64_t seconds = 0) {
        return in(group,
                  [&](auto& found) { return core_.features.punish(nullptr, found, Sanction::ban, name, seconds); });
    }
    /// Takes it back. Refused: no_such_group, not_there.
    [[nodiscard]] Refusal unban(std::string_view group, std::string_view name) {
        return in(group, [&](auto& found) { return core_.features.pardon(nullptr, found, Sanction::ban, name); });
    }

    /// Mutes a member in the same way: nobody hears it in the group or, in the room, anywhere.
    [[nodiscard]] Refusal mute(std::string_view group, std::string_view name, std::uint64_t seconds = 0) {
        return in(group,
                  [&](auto& found) { return core_.features.punish(nullptr, found, Sanction::mute, name, seconds); });
    }
    [[nodiscard]] Refusal unmute(std::string_view group, std::string_view name) {
        return in(group, [&](auto& found) { return core_.features.pardon(nullptr, found, Sanction::mute, name); });
    }

    /// The bans and mutes of a group; a snapshot, whose views live until one of them changes.
    [[nodiscard]] std::vector<ListedSanction> sanctions(std::string_view group = {}) {
        auto* found = core_.context.registry.find_group(group);
        return found != nullptr ? core_.features.sanctions_of(*found) : std::vector<ListedSanction>{};
    }

    /// Takes what a member said, or one that has left, from the history of a group. Refused: no_such_group, not_there if there
    /// is nothing of it.
    [[nodiscard]] Refusal purge(std::string_view group, std::string_view name) {
        return in(group, [&](auto& found) { return core_.features.purge(nullptr, found, name); });
    }

private:
    template <class Act>
    [[nodiscard]] Refusal in(std::string_view group, Act&& act) {
        auto* found = core_.context.registry.find_group(group);
        return found != nullptr ? act(*found) : Refusal(Errc::no_such_group);
    }

    Core& core_;
};

}  // namespace minimeta::operations
