// The words of moderation: what was done by whom to whom, where, and for how long.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "minimeta/bytes.hpp"
#include "minimeta/event.hpp"
#include "minimeta/protocol/text/format.hpp"
#include "minimeta/protocol/text/phrases.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/role.hpp"

namespace minimeta {

/// Formats the events and replies of moderation, for the text protocols. The phrases outlive it.
class TextModerationEncoder {
public:
    explicit TextModerationEncoder(const Phrases& phrases) : phrases_(phrases), list_(phrases.comma) {}

    void write(ByteLog& log, const RoleChanged& e) {
        fill_in_line(log, phrases_.role_changed,
                     {{"name", e.name}, {"role", phrase_of(e.role)}, {"where", where(e.group)}, {"by", by(e.by)}});
    }
    void write(ByteLog& log, const TopicChanged& e) {
        fill_in_line(log, e.text.empty() ? phrases_.topic_removed : phrases_.topic_changed,
                     {{"text", e.text}, {"where", where(e.group)}, {"by", by(e.by)}});
    }
    void write(ByteLog& log, const Kicked& e) {
        fill_in_line(log, e.text.empty() ? phrases_.kicked : phrases_.kicked_saying,
                     {{"name", e.name}, {"where", where(e.group)}, {"by", by(e.by)}, {"text", e.text}});
    }
    void write(ByteLog& log, const Punished& e) {
        fill_in_line(log, e.sanction == Sanction::ban ? phrases_.banned : phrases_.muted,
                     {{"name", e.name}, {"time", time(e.seconds)}, {"where", where(e.group)}, {"by", by(e.by)}});
    }
    void write(ByteLog& log, const Pardoned& e) {
        fill_in_line(log, e.sanction == Sanction::ban ? phrases_.unbanned : phrases_.unmuted,
                     {{"name", e.name}, {"where", where(e.group)}, {"by", by(e.by)}});
    }
    void write(ByteLog& log, const SettingChanged& e) {
        fill_in_line(
            log, phrase_of(e.setting, e.value != 0),
            {{"count", std::to_string(e.value)}, {"group", e.group}, {"where", where(e.group)}, {"by", by(e.by)}});
    }
    void write(ByteLog& log, const KeyChanged& e) {
        fill_in_line(log, e.needed ? phrases_.key_set : phrases_.key_removed,
                     {{"group", e.group}, {"where", where(e.group)}, {"by", by(e.by)}});
    }
    void write(ByteLog& log, const Purged& e) {
        fill_in_line(log, phrases_.purged, {{"name", e.name}, {"where", where(e.group)}, {"by", by(e.by)}});
    }

    void write(ByteLog& log, const Topic& r) {
        fill_in_line(log, r.text.empty() ? phrases_.topic_none : phrases_.topic_is,
                     {{"text", r.text}, {"where", where(r.group)}});
    }
    void write(ByteLog& log, const KickedFrom& r) {
        fill_in_line(log, r.text.empty() ? phrases_.kicked_from : phrases_.kicked_from_saying,
                     {{"group", r.group}, {"by", by(r.by)}, {"text", r.text}});
    }
    void write(ByteLog& log, const Invitation& r) {
        fill_in_line(log, phrases_.invitation, {{"group", r.group}, {"by", by(r.by)}});
    }
    void write(ByteLog& log, const Sanctions& r) {
        if (r.all.empty()) return fill_in_line(log, phrases_.sanctions_none, {{"where", where(r.group)}});
        list_.clear();
        for (const ListedSanction& each : r.all)
            list_.add(each.sanction == Sanction::ban ? phrases_.ban_listed : phrases_.mute_listed,
                      {{"name", each.name}, {"time", time(each.seconds)}});
        fill_in_line(log, phrases_.sanctions, {{"where", where(r.group)}, {"names", list_}});
    }

    /// What a role is called.
    [[nodiscard]] std::string_view phrase_of(Role role) const {
        switch (role) {
            case Role::voice: return phrases_.role_voice;
            case Role::op: return phrases_.role_op;
            case Role::owner: return phrases_.role_owner;
            case Role::member: break;
        }
        return phrases_.role_member;
    }

private:
    [[nodiscard]] std::string_view phrase_of(Setting setting, bool on) const {
        switch (setting) {
            case Setting::moderated: return on ? phrases_.moderated : phrases_.unmoderated;
            case Setting::hidden: return on ? phrases_.hidden : phrases_.shown;
            case Setting::slow_seconds: return on ? phrases_.slow : phrases_.not_slow;
            case Setting::member_limit: return on ? phrases_.limited : phrases_.unlimited;
            case Setting::locked: break;
        }
        return on ? phrases_.locked : phrases_.unlocked;
    }

    [[nodiscard]] std::string_view by(std::string_view name) const { return name.empty() ? phrases_.the_room : name; }

    // In the lobby it goes without saying.
    [[nodiscard]] std::string_view where(std::string_view group) {
        where_.clear();
        if (!group.empty()) fill_in(where_, phrases_.where_in, {{"group", group}});
        return where_;
    }

    // Says nothing of what is for good.
    [[nodiscard]] std::string_view time(std::uint64_t seconds) {
        time_.clear();
        if (seconds == 0) return time_;
        const auto [phrase, count] = in_largest_unit(
            seconds, {phrases_.for_seconds, phrases_.for_minutes, phrases_.for_hours, phrases_.for_days});
        fill_in(time_, phrase, {{"count", std::to_string(count)}});
        return time_;
    }

    const Phrases& phrases_;
    PhraseList list_;    // scratch
    std::string where_;  // scratch
    std::string time_;   // scratch
};

}  // namespace minimeta
