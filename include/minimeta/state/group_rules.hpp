// The rules of a group, or of the room: its topic, its settings, and whom it keeps out or silent.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/base/name.hpp"
#include "minimeta/message.hpp"
#include "minimeta/role.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

/// By what a member is recognised: whatever of it is known.
struct Identity {
    MemberNumber number = {};
    std::string_view name = {};
    std::string_view account = {};
    std::uint64_t origin = 0;
};

/// A ban or a mute. It concerns whoever has its number, name, account or origin; `name` counts as an account, too.
struct SanctionRecord {
    Sanction sanction;
    MemberNumber number;
    std::string name;
    std::string account;
    std::uint64_t origin;
    std::optional<Time> until;  // none is for good

    [[nodiscard]] bool concerns(const Identity& who) const {
        const auto same = [](std::string_view a, std::string_view b) { return !a.empty() && FoldedEqual{}(a, b); };
        return (number && number == who.number) || same(name, who.name) || same(name, who.account) ||
               same(account, who.account) || (origin != 0 && origin == who.origin);
    }
};

/// What is as by default in most groups.
struct GroupRules {
    std::string topic, topic_by;
    std::string key;  // empty for none
    std::array<std::uint64_t, setting_count> settings{};
    std::vector<SanctionRecord> sanctions;
    std::vector<MemberNumber> invited;
    std::vector<std::pair<MemberNumber, Time>> spoke;  // less than the pause ago; the last most_spoke of them

    [[nodiscard]] std::uint64_t& operator[](Setting setting) { return settings[static_cast<std::size_t>(setting)]; }
    [[nodiscard]] std::uint64_t operator[](Setting setting) const {
        return settings[static_cast<std::size_t>(setting)];
    }

    /// Whether a ban or mute concerns somebody, and its time is not over.
    [[nodiscard]] bool concern(Sanction sanction, const Identity& who, Time now) {
        expire(now);
        for (const SanctionRecord& each : sanctions)
            if (each.sanction == sanction && each.concerns(who)) return true;
        return false;
    }

    /// Forgets bans and mutes whose time is over.
    void expire(Time now) {
        std::erase_if(sanctions, [now](const SanctionRecord& each) { return each.until && *each.until <= now; });
    }

    /// Whether a member has been silent for long enough; then it speaks now.
    [[nodiscard]] bool admit(MemberNumber member, Time now) {
        const Duration pause = seconds(static_cast<std::int64_t>((*this)[Setting::slow_seconds]));
        std::erase_if(spoke, [&](const auto& each) { return now - each.second >= pause; });
        for (const auto& [number, at] : spoke)
            if (number == member) return false;
        if (spoke.size() == most_spoke) spoke.erase(spoke.begin());
        spoke.emplace_back(member, now);
        return true;
    }

    static constexpr std::size_t most_spoke = 1'000;
};

}  // namespace minimeta
