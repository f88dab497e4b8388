// Recipients: the members that a private message is for, found by their names; or why it is refused.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "minimeta/error.hpp"
#include "minimeta/state/friend_table.hpp"

namespace minimeta {

/// The recipients of one private message.
template <class Member>
struct Recipients {
    /// A member, or a friend that is none at present; the other one is null.
    struct Recipient {
        Member* member;
        Person* absent_friend;
    };

    std::vector<Recipient> all;
    std::vector<std::string_view> names;   // of these, as their owners write them
    std::vector<std::string_view> absent;  // names that none of them has
    Refusal refused;

    /// Looks names up in a directory, whose `find(name)` returns a member, and `find_absent(name)` a friend that is none; or
    /// null. Each counts once, and the sender not at all. Refused: too_many_recipients for more than `most`, absent, and
    /// to_yourself if none is left.
    template <class Directory>
    [[nodiscard]] static Recipients look_up(const Directory& directory, std::span<const std::string_view> to,
                                            const Member& sender, std::size_t most) {
        Recipients found;
        for (const std::string_view name : to) {
            Member* member = directory.find(name);
            if (member == &sender) continue;
            Person* absent_friend = member == nullptr ? directory.find_absent(name) : nullptr;
            std::string_view listed = name;
            if (member != nullptr) listed = member->name;
            if (absent_friend != nullptr) listed = absent_friend->account;
            const bool is_known = member != nullptr || absent_friend != nullptr;
            std::vector<std::string_view>& list = is_known ? found.names : found.absent;
            if (contains(list, listed)) continue;
            if (found.names.size() + found.absent.size() == most) {
                found.refused = Errc::too_many_recipients;
                return found;
            }
            list.push_back(listed);
            if (is_known) found.all.push_back({member, absent_friend});
        }
        if (!found.absent.empty()) found.refused = Errc::absent;
        else if (found.names.empty()) found.refused = Errc::to_yourself;
        return found;
    }

private:
    [[nodiscard]] static bool contains(std::span<const std::string_view> list, std::string_view name) {
        for (const std::string_view each : list)
            if (each == name) return true;
        return false;
    }
};

}  // namespace minimeta
