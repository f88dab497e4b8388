// Presence: who is away, and why.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "minimeta/message.hpp"

namespace minimeta {

/// The members who are away. Nothing is kept for all the others.
class PresenceBoard {
public:
    /// Somebody is away from now on; the text may be empty.
    void leave(MemberNumber member, std::string_view text) { away_.insert_or_assign(member, std::string(text)); }

    /// Somebody is back; false if it was not away.
    bool come_back(MemberNumber member) { return away_.erase(member) != 0; }

    /// What somebody said on going away; nothing if it is not.
    [[nodiscard]] std::optional<std::string_view> text(MemberNumber member) const {
        const auto place = away_.find(member);
        if (place == away_.end()) return {};
        return place->second;
    }

private:
    std::unordered_map<MemberNumber, std::string> away_;
};

}  // namespace minimeta
