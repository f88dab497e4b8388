// Sights: what must be seen in a long simulation, or chance does not bring about what it should.
#pragma once

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

#include "minimeta/error.hpp"
#include "minimeta/protocol/text/phrases.hpp"
#include "minimeta/protocol/text/phrases_en.hpp"

/// The longest part of a phrase that has no blanks in it.
constexpr std::string_view core_of(std::string_view phrase) {
    std::string_view longest;
    while (!phrase.empty()) {
        const std::string_view part = phrase.substr(0, phrase.find('{'));
        if (part.size() > longest.size()) longest = part;
        phrase.remove_prefix(std::min(phrase.find('}', part.size()), phrase.size() - 1) + 1);
    }
    return longest;
}

class Sights {
public:
    /// Somebody reads a line.
    void note(std::string_view line) {
        for (std::size_t i = 0; i < count; ++i)
            if (!seen_[i] && line.find(core(i)) != line.npos) seen_[i] = true;
    }

    /// The same as a text of 0s and 1s, and back.
    [[nodiscard]] std::string text() const { return seen_.to_string(); }
    void add(const std::string& text) { seen_ |= std::bitset<count>(text); }

    /// Calls `use(phrase)` for each that was not seen.
    template <class Use>
    void each_missing(Use&& use) const {
        for (std::size_t i = 0; i < count; ++i)
            if (!seen_[i]) use(core(i));
    }

private:
    using Errc = minimeta::Errc;
    static constexpr const minimeta::Phrases& p = minimeta::english;

    static constexpr std::string_view phrases[] = {p.greeting,
                                                   p.welcome,
                                                   p.name_changed,
                                                   p.joined,
                                                   p.renamed,
                                                   p.left_kicked,
                                                   p.left_idle,
                                                   p.left_too_slow,
                                                   p.whispered,
                                                   p.group_joined,
                                                   p.group_left,
                                                   p.many_joined,
                                                   p.many_left,
                                                   p.one_renamed,
                                                   p.many_renamed,
                                                   p.delivered,
                                                   p.members,
                                                   p.members_in,
                                                   p.member_away,
                                                   p.member_lost,
                                                   p.farewell,
                                                   p.group_entered,
                                                   p.group_exited,
                                                   p.groups,
                                                   p.own_group_listed,
                                                   p.now_away,
                                                   p.now_back,
                                                   p.is_away_saying,
                                                   p.connection_lost,
                                                   p.is_in,
                                                   p.active_just_now,
                                                   p.active_seconds_ago,
                                                   p.active_minutes_ago,
                                                   p.active_hours_ago,
                                                   p.said_before,
                                                   p.said_before_in,
                                                   p.said_before_with,
                                                   p.private_said,
                                                   p.older,
                                                   p.nothing_kept,
                                                   p.missed_nothing,
                                                   p.missed_one,
                                                   p.missed,
                                                   p.gap,
                                                   p.removed_words,
                                                   p.now_ignored,
                                                   p.not_ignored,
                                                   p.ignored,
                                                   p.nobody_ignored,
                                                   p.delivered_later,
                                                   p.member_absent,
                                                   p.member_account,
                                                   p.friend_asked,
                                                   p.friend_asks,
                                                   p.friend_gained,
                                                   p.friend_lost,
                                                   p.friend_here,
                                                   p.friend_here_as,
                                                   p.friend_gone,
                                                   p.friends,
                                                   p.friends_asked,
                                                   p.friends_asking,
                                                   p.no_friends,
                                                   p.waited,
                                                   p.is_back,
                                                   p.role_changed,
                                                   p.is_role,
                                                   p.member_voice,
                                                   p.member_op,
                                                   p.member_owner,
                                                   p.topic_changed,
                                                   p.topic_is,
                                                   p.topic_none,
                                                   p.kicked,
                                                   p.kicked_from,
                                                   p.banned,
                                                   p.muted,
                                                   p.unbanned,
                                                   p.unmuted,
                                                   p.sanctions,
                                                   p.locked,
                                                   p.unlocked,
                                                   p.moderated,
                                                   p.hidden,
                                                   p.slow,
                                                   p.limited,
                                                   p.key_set,
                                                   p.purged,
                                                   p.invitation,
                                                   p.told,
                                                   p.is_account,
                                                   p.is_resident};
    static constexpr minimeta::Errc refusals[] = {Errc::name_required,
                                                  Errc::name_empty,
                                                  Errc::name_too_long,
                                                  Errc::name_character,
                                                  Errc::name_taken,
                                                  Errc::name_unchanged,
                                                  Errc::line_too_long,
                                                  Errc::invalid_utf8,
                                                  Errc::unknown_command,
                                                  Errc::missing_argument,
                                                  Errc::invalid_argument,
                                                  Errc::too_fast,
                                                  Errc::absent,
                                                  Errc::to_yourself,
                                                  Errc::too_many_recipients,
                                                  Errc::no_such_member,
                                                  Errc::unreachable,
                                                  Errc::not_in_group,
                                                  Errc::not_your_group,
                                                  Errc::in_group_already,
                                                  Errc::in_lobby_always,
                                                  Errc::too_many_groups,
                                                  Errc::no_more_groups,
                                                  Errc::not_away,
                                                  Errc::no_sessions,
                                                  Errc::session_unknown,
                                                  Errc::named_already,
                                                  Errc::room_full,
                                                  Errc::no_name_in_time,
                                                  Errc::idle,
                                                  Errc::too_slow,
                                                  Errc::resumed,
                                                  Errc::resumed_too_often,
                                                  Errc::voice_required,
                                                  Errc::operator_required,
                                                  Errc::owner_required,
                                                  Errc::outranked,
                                                  Errc::muted,
                                                  Errc::slow_down,
                                                  Errc::banned,
                                                  Errc::locked,
                                                  Errc::wrong_key,
                                                  Errc::group_full,
                                                  Errc::groups_only,
                                                  Errc::not_there,
                                                  Errc::too_many_sanctions,
                                                  Errc::asked_already,
                                                  Errc::not_your_friend,
                                                  Errc::too_many_friends,
                                                  Errc::no_more_friendships,
                                                  Errc::forbidden};
    static constexpr std::size_t count = std::size(phrases) + std::size(refusals);

    static std::string_view core(std::size_t i) {
        return core_of(i < std::size(phrases) ? phrases[i] : p.reason(refusals[i - std::size(phrases)]));
    }

    std::bitset<count> seen_;
};
