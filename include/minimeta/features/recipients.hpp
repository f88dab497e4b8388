// Recipients: the members that a private message is for, found by their names; or why it is refused.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "minimeta/error.hpp"

namespace minimeta {

/// The recipients of one private message.
template <class Member>
struct Recipients {
    std::vector<Member*> members;
    std::vector<std::string_view> names;   // of these members, as their owners write them
    std::vector<std::string_view> absent;  // names that no member has
    Refusal refused;

    /// Looks names up in a NameTable. Each member counts once, and the sender not at all. Refused: too_many_recipients
    /// for more than `most`, absent, and to_yourself if none is left.
    template <class NameTable>
    [[nodiscard]] static Recipients look_up(const NameTable& table, std::span<const std::string_view> to,
                                            const Member& sender, std::size_t most) {
        Recipients found;
        for (const std::string_view name : to) {
            Member* member = table.find(name);
            if (member == &sender) continue;
            std::vector<std::string_view>& list = member != nullptr ? found.names : found.absent;
            const std::string_view listed = member != nullptr ? std::string_view(member->name) : name;
            if (contains(list, listed)) continue;
            if (found.names.size() + found.absent.size() == most) {
                found.refused = Errc::too_many_recipients;
                return found;
            }
            list.push_back(listed);
            if (member != nullptr) found.members.push_back(member);
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
