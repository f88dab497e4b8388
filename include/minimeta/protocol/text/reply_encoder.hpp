// TextReplyEncoder: formats replies as one or more lines each; and events, through TextEventEncoder.
//
// Two replies are for programs, and begin in the same way in every language:
//
//     +session token epoch-sequence seconds     a session: its token, the newest message, and how long it is kept
//     +nosession ! reason                       no_sessions, session_unknown; any refusal stands behind the first word
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "minimeta/base/variant.hpp"
#include "minimeta/bytes.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/message.hpp"
#include "minimeta/protocol/text/event_encoder.hpp"
#include "minimeta/protocol/text/format.hpp"
#include "minimeta/protocol/text/phrases.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

/// The `encode` of the text protocols.
class TextReplyEncoder {
public:
    explicit TextReplyEncoder(const Phrases& phrases) : events_(phrases), list_(phrases.comma) {}

    void encode(ByteLog& log, const Event& event) { events_.encode(log, event); }
    void encode_stamped(ByteLog& log, const Event& event) { events_.encode_stamped(log, event); }
    void encode(ByteLog& log, const Reply& reply, std::string_view name) {
        visit([&](const auto& r) { write(log, r, name); }, reply);
    }

private:
    // ---- Connections

    void write(ByteLog& log, const Greeting&, std::string_view) { fill_in_line(log, words().greeting, {}); }
    void write(ByteLog& log, const Welcome& r, std::string_view) {
        fill_in_line(log, words().welcome, {{"name", r.name}, {"count", std::to_string(r.members)}});
    }
    void write(ByteLog& log, const NameChanged& r, std::string_view) {
        fill_in_line(log, words().name_changed, {{"name", r.name}});
    }
    void write(ByteLog& log, const CurrentName& r, std::string_view) {
        fill_in_line(log, "+name {name}", {{"name", r.name}});
    }
    void write(ByteLog& log, const Usage& r, std::string_view) {
        constexpr std::string_view column = "                     ";  // as wide as in `usage`
        fill_in_line(log, words().usage, {});
        for (const auto& [usage, meaning] : r.custom) {
            sentence_.assign(usage);
            sentence_.append(sentence_.size() < column.size() ? column.substr(sentence_.size()) : "  ");
            fill_in_line(log, words().custom_usage, {{"usage", sentence_}, {"meaning", meaning}});
        }
    }
    void write(ByteLog& log, const Told& r, std::string_view) { fill_in_line(log, words().told, {{"text", r.text}}); }
    void write(ByteLog& log, const Farewell&, std::string_view name) {
        fill_in_line(log, words().farewell, {{"name", name}});
    }
    void write(ByteLog& log, const Removed& r, std::string_view) {
        if (r.words.empty()) return write_reason(log, words().removed, r.why, {}, r.limit);
        fill_in_line(log, words().removed_words, {{"text", r.words}});
    }
    void write(ByteLog& log, const Refused& r, std::string_view) {
        if (!r.words.empty()) return fill_in_line(log, words().refused, {{"reason", r.words}});
        const bool about_sessions = r.why == Errc::no_sessions || r.why == Errc::session_unknown;
        if (about_sessions) log.append(std::string_view("+nosession "));
        write_reason(log, words().refused, r.why, list_.of(r.subject), r.limit);
    }

    // Writes a phrase around a reason, which has blanks of its own.
    void write_reason(ByteLog& log, std::string_view phrase, Errc why, std::string_view subject, std::size_t limit) {
        constexpr std::string_view blank = "{reason}";
        const std::size_t at = phrase.find(blank);
        if (at == phrase.npos) return fill_in_line(log, phrase, {});
        sentence_.assign(phrase.substr(0, at)).append(words().reason(why)).append(phrase.substr(at + blank.size()));
        fill_in_line(log, sentence_, {{"subject", subject}, {"limit", std::to_string(limit)}});
    }

    template <class R>
    void write(ByteLog& log, const R& r,
               std::string_view) requires(requires(TextModerationEncoder& m) { m.write(log, r); }) {
        TextModerationEncoder(words()).write(log, r);
    }

    // ---- Members

    void write(ByteLog&, const Sent&, std::string_view) {}  // people see what they have typed
    void write(ByteLog& log, const Delivered& r, std::string_view) {
        fill_in_line(log, words().delivered, {{"to", list_.of(r.to)}});
        for (const Absence& absence : r.away) write_away(log, absence.name, absence.text);
        for (const std::string_view name : r.lost) fill_in_line(log, words().connection_lost, {{"name", name}});
        for (const std::string_view name : r.absent) fill_in_line(log, words().delivered_later, {{"name", name}});
    }
    void write(ByteLog& log, const Members& r, std::string_view) {
        list_.clear();
        for (const Presence& member : r.some) {
            std::string_view phrase = "{name}";
            if (member.away) phrase = words().member_away;
            if (member.lost) phrase = words().member_lost;
            sentence_.clear();
            fill_in(sentence_, phrase_of(member.role), {{"name", member.name}});
            list_.add(phrase, {{"name", sentence_}});
        }
        const std::size_t more = r.total - r.some.size();
        std::string_view phrase = more == 0 ? words().members : words().members_more;
        if (!r.group.empty()) phrase = more == 0 ? words().members_in : words().members_in_more;
        fill_in_line(
            log, phrase,
            {{"group", r.group}, {"count", std::to_string(r.total)}, {"names", list_}, {"more", std::to_string(more)}});
    }
    void write(ByteLog& log, const Profile& r, std::string_view) {
        const std::string_view name = r.presence.name;
        if (r.presence.lost) fill_in_line(log, words().connection_lost, {{"name", name}});
        else if (!r.presence.resident) write_activity(log, name, r.silent);
        if (r.presence.resident) fill_in_line(log, words().is_resident, {{"name", name}});
        if (!r.account.empty()) fill_in_line(log, words().is_account, {{"name", name}, {"account", r.account}});
        if (r.presence.role != Role::member)
            fill_in_line(log, words().is_role,
                         {{"name", name}, {"role", TextModerationEncoder(words()).phrase_of(r.presence.role)}});
        if (r.presence.away) write_away(log, name, r.away_text);
        if (r.groups.empty()) return;
        list_.clear();
        for (const std::string_view group : r.groups) list_.add("#{group}", {{"group", group}});
        fill_in_line(log, words().is_in, {{"name", name}, {"groups", list_}});
    }
    void write(ByteLog& log, const AwayChanged& r, std::string_view) {
        fill_in_line(log, r.away ? words().now_away : words().now_back, {});
    }

    // How a member is listed.
    [[nodiscard]] std::string_view phrase_of(Role role) const {
        switch (role) {
            case Role::voice: return words().member_voice;
            case Role::op: return words().member_op;
            case Role::owner: return words().member_owner;
            case Role::member: break;
        }
        return "{name}";
    }

    void write(ByteLog& log, const IgnoreChanged& r, std::string_view) {
        fill_in_line(log, r.hidden ? words().now_ignored : words().not_ignored, {{"name", r.name}});
    }
    void write(ByteLog& log, const Ignored& r, std::string_view) {
        fill_in_line(log, r.names.empty() ? words().nobody_ignored : words().ignored, {{"names", list_.of(r.names)}});
    }

    void write_away(ByteLog& log, std::string_view name, std::string_view text) {
        fill_in_line(log, text.empty() ? words().is_away : words().is_away_saying, {{"name", name}, {"text", text}});
    }

    void write_activity(ByteLog& log, std::string_view name, Duration silent) {
        const std::int64_t seconds = silent.nanoseconds / 1'000'000'000;
        if (seconds < 2) return fill_in_line(log, words().active_just_now, {{"name", name}});
        const auto [phrase, count] =
            in_largest_unit(static_cast<std::uint64_t>(seconds),
                            {words().active_seconds_ago, words().active_minutes_ago, words().active_hours_ago});
        fill_in_line(log, phrase, {{"name", name}, {"count", std::to_string(count)}});
    }

    // ---- Friends

    void write(ByteLog& log, const FriendChanged& r, std::string_view) {
        fill_in_line(log, phrase_of(r.relationship), {{"name", r.name}});
    }
    void write(ByteLog& log, const FriendMoved& r, std::string_view) {
        std::string_view phrase = words().friend_gone;
        if (r.here) phrase = r.account == r.name ? words().friend_here : words().friend_here_as;
        fill_in_line(log, phrase, {{"account", r.account}, {"name", r.name}});
    }
    void write(ByteLog& log, const Friends& r, std::string_view) {
        if (r.all.empty()) return fill_in_line(log, words().no_friends, {});
        write_friends(log, words().friends, r, Relationship::friends);
        write_friends(log, words().friends_asked, r, Relationship::outgoing);
        write_friends(log, words().friends_asking, r, Relationship::incoming);
    }
    void write(ByteLog& log, const Waited& r, std::string_view) {
        fill_in_line(log, words().waited, {});
        for (const Message& message : r.messages) events_.recall(log, message, r.epoch);
    }

    void write_friends(ByteLog& log, std::string_view line, const Friends& r, Relationship relationship) {
        list_.clear();
        for (const Friend& each : r.all) {
            if (each.relationship != relationship) continue;
            std::string_view phrase = "{name}";
            if (!each.here) phrase = words().member_absent;
            else if (each.away) phrase = words().member_away;
            const bool has_other_name = !each.account.empty() && each.account != each.name;
            sentence_.clear();
            fill_in(sentence_, has_other_name ? words().member_account : "{name}",
                    {{"name", each.name}, {"account", each.account}});
            list_.add(phrase, {{"name", sentence_}});
        }
        if (!list_.empty()) fill_in_line(log, line, {{"names", list_}});
    }

    // What the reader is told when somebody is that to it.
    [[nodiscard]] std::string_view phrase_of(Relationship relationship) const {
        switch (relationship) {
            case Relationship::outgoing: return words().friend_asked;
            case Relationship::incoming: return words().friend_asks;
            case Relationship::friends: return words().friend_gained;
            case Relationship::none: break;
        }
        return words().friend_lost;
    }

    // ---- Groups

    void write(ByteLog& log, const Groups& r, std::string_view) {
        list_.clear();
        for (const GroupSize& group : r.some) {
            std::string_view phrase = group.joined ? words().own_group_listed : words().group_listed;
            if (group.name.empty()) phrase = words().lobby_listed;
            list_.add(phrase, {{"group", group.name}, {"count", std::to_string(group.members)}});
        }
        const std::size_t more = r.total - r.some.size();
        fill_in_line(log, more == 0 ? words().groups : words().groups_more,
                     {{"count", std::to_string(r.total)}, {"groups", list_}, {"more", std::to_string(more)}});
    }
    void write(ByteLog& log, const GroupEntered& r, std::string_view) {
        fill_in_line(log, words().group_entered, {{"group", r.group}, {"count", std::to_string(r.members)}});
    }
    void write(ByteLog& log, const GroupExited& r, std::string_view) {
        fill_in_line(log, words().group_exited, {{"group", r.group}});
    }

    // ---- Messages

    void write(ByteLog& log, const Recalled& r, std::string_view) {
        if (r.messages.empty()) return fill_in_line(log, words().nothing_kept, {});
        std::string_view phrase = words().said_before;
        if (!r.group.empty()) phrase = words().said_before_in;
        if (!r.with.empty()) phrase = words().said_before_with;
        fill_in_line(log, phrase, {{"group", r.group}, {"name", r.with}});
        for (const Message& message : r.messages) events_.recall(log, message, r.epoch);
        if (!r.older) return;
        sentence_ = "/history ";
        if (!r.with.empty()) sentence_.append("@").append(r.with).append(" ");
        else if (!r.group.empty()) sentence_.append("#").append(r.group).append(" ");
        sentence_.append("before ").append(text_of(r.messages.front().stamp.id, r.epoch));
        fill_in_line(log, words().older, {{"command", sentence_}});
    }
    void write(ByteLog& log, const CaughtUp& r, std::string_view) {
        const bool gap = r.gap_begin != MessageId{};
        std::string_view phrase = words().missed;
        if (r.messages.size() == 1) phrase = words().missed_one;
        if (r.messages.empty()) phrase = gap ? words().welcome_back : words().missed_nothing;
        fill_in_line(log, phrase, {{"name", r.name}, {"count", std::to_string(r.messages.size())}});
        if (gap) fill_in_line(log, words().gap, {{"begin", text_of(r.gap_begin)}, {"end", text_of(r.gap_end)}});
        for (const Message& message : r.messages) events_.replay(log, message);
    }
    void write(ByteLog& log, const Session& r, std::string_view) {
        fill_in_line(log, "+session {token} {newest} {seconds}",
                     {{"token", r.token}, {"newest", text_of(r.newest)}, {"seconds", std::to_string(r.seconds)}});
    }

    [[nodiscard]] const Phrases& words() const noexcept { return events_.phrases(); }

    TextEventEncoder events_;
    PhraseList list_;       // scratch
    std::string sentence_;  // scratch
};

}  // namespace minimeta
