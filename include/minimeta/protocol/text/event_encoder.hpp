// TextEventEncoder: formats events, and messages from a history, as lines of text.
//
// An event with a stamp has two forms. The *plain* form is for people. The *stamped* form is for peers that can resume:
//
//     +epoch-sequence milliseconds line
//
// is the plain form behind the id of the message and its time (since 1970, UTC; 0 if the room was not given it). A
// phrase of several lines has this prefix on the first line only. An event without a stamp is the same in both forms.
//
// A message from a history is formatted as the event that it comes from. So a member that resumes reads the lines that
// it would have been sent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "minimeta/base/civil_time.hpp"
#include "minimeta/base/variant.hpp"
#include "minimeta/bytes.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/message.hpp"
#include "minimeta/protocol/text/format.hpp"
#include "minimeta/protocol/text/moderation_encoder.hpp"
#include "minimeta/protocol/text/phrases.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

/// The `encode` of the text protocols for events. Appends nothing for events that are for the hook alone.
class TextEventEncoder {
public:
    explicit TextEventEncoder(const Phrases& phrases) : phrases_(phrases), list_(phrases.comma) {}

    void encode(ByteLog& log, const Event& event) {
        visit([&](const auto& e) { write(log, e); }, event);
    }
    void encode_stamped(ByteLog& log, const Event& event) {
        visit([&](const auto& e) { write_stamped(log, e); }, event);
    }

    /// Appends the stamped form of the event that the message comes from.
    void replay(ByteLog& log, const Message& message) {
        stamp(log, message.stamp);
        if (message.to.empty()) return write_public(log, message);
        write(log, Whispered{message.from, recipients(message), message.text, message.manner, message.stamp});
    }

    /// Appends the message as a person reads it in a history: its id, its time, and the plain form. A private message
    /// names both sides, since its sender may be reading it. `epoch` is the present one.
    void recall(ByteLog& log, const Message& message, std::uint64_t epoch) {
        const auto [id, at] = message.stamp;
        if (at == WallTime{}) fill_in(log, phrases_.recalled_untimed, {{"id", text_of(id, epoch)}});
        else fill_in(log, phrases_.recalled, {{"id", text_of(id, epoch)}, {"time", utc_text(at)}});
        if (message.to.empty()) return write_public(log, message);
        fill_in_line(log, message.manner == Manner::action ? phrases_.private_acted : phrases_.private_said,
                     {{"name", message.from}, {"to", list_.of(recipients(message))}, {"text", message.text}});
    }

    [[nodiscard]] const Phrases& phrases() const noexcept { return phrases_; }

private:
    static void stamp(ByteLog& log, const Stamp& stamp) {
        constexpr std::string_view plus = "+", dash = "-", blank = " ";
        const std::int64_t milliseconds = stamp.at.nanoseconds / 1'000'000;
        log.append(plus, std::to_string(stamp.id.epoch), dash, std::to_string(stamp.id.sequence), blank,
                   std::to_string(milliseconds), blank);  // each string is too short to be allocated
    }

    template <class E>
    void write_stamped(ByteLog& log, const E& e) {
        if constexpr (requires { e.stamp; }) stamp(log, e.stamp);
        write(log, e);
    }

    void write_public(ByteLog& log, const Message& message) {
        if (message.from.empty()) return write(log, Announced{message.text, message.group, message.stamp});
        write(log, Said{message.from, message.text, message.manner, message.group, message.stamp});
    }

    template <class E>
    void write(ByteLog& log, const E& e) requires(requires(TextModerationEncoder& m) { m.write(log, e); }) {
        TextModerationEncoder(phrases_).write(log, e);
    }
    void write(ByteLog& log, const Joined& e) { fill_in_line(log, phrases_.joined, {{"name", e.name}}); }
    void write(ByteLog& log, const Renamed& e) {
        fill_in_line(log, phrases_.renamed, {{"from", e.from}, {"name", e.to}});
    }
    void write(ByteLog& log, const Left& e) {
        std::string_view phrase = phrases_.left;
        if (e.why == Errc::kicked || e.why == Errc::banned) phrase = phrases_.left_kicked;
        if (e.why == Errc::idle) phrase = phrases_.left_idle;
        if (e.why == Errc::too_slow) phrase = phrases_.left_too_slow;
        fill_in_line(log, phrase, {{"name", e.name}});
    }
    void write(ByteLog& log, const Said& e) {
        const bool acted = e.manner == Manner::action;
        std::string_view phrase = acted ? phrases_.acted : phrases_.said;
        if (!e.group.empty()) phrase = acted ? phrases_.acted_in : phrases_.said_in;
        fill_in_line(log, phrase, {{"name", e.from}, {"text", e.text}, {"group", e.group}});
    }
    void write(ByteLog& log, const Whispered& e) {
        const std::string_view phrase = e.manner == Manner::action ? phrases_.whisper_acted : phrases_.whispered;
        fill_in_line(log, phrase, {{"name", e.from}, {"text", e.text}, {"to", list_.of(e.to)}});
    }
    void write(ByteLog& log, const Announced& e) {
        fill_in_line(log, e.group.empty() ? phrases_.announced : phrases_.announced_in,
                     {{"text", e.text}, {"group", e.group}});
    }
    void write(ByteLog& log, const GroupJoined& e) {
        fill_in_line(log, phrases_.group_joined, {{"name", e.name}, {"group", e.group}});
    }
    void write(ByteLog& log, const GroupLeft& e) {
        fill_in_line(log, phrases_.group_left, {{"name", e.name}, {"group", e.group}});
    }
    void write(ByteLog& log, const MembershipSummary& e) {
        list_.clear();
        const auto count = [this](std::string_view phrase, std::size_t number) {
            if (number != 0) list_.add(phrase, {{"count", std::to_string(number)}});
        };
        count(phrases_.many_joined, e.joined);
        count(phrases_.many_left, e.left);
        count(e.renamed == 1 ? phrases_.one_renamed : phrases_.many_renamed, e.renamed);
        if (list_.empty()) return;
        fill_in_line(log, e.group.empty() ? phrases_.summary : phrases_.summary_in,
                     {{"counts", list_}, {"group", e.group}});
    }
    void write(ByteLog& log, const WentAway& e) {
        fill_in_line(log, e.text.empty() ? phrases_.is_away : phrases_.is_away_saying,
                     {{"name", e.name}, {"text", e.text}});
    }
    void write(ByteLog& log, const CameBack& e) { fill_in_line(log, phrases_.is_back, {{"name", e.name}}); }
    void write(ByteLog&, const ConnectionLost&) {}
    void write(ByteLog&, const Resumed&) {}
    void write(ByteLog&, const FriendshipChanged&) {}
    void write(ByteLog&, const Invited&) {}

    [[nodiscard]] std::span<const std::string_view> recipients(const Message& message) {
        to_.clear();
        each_recipient(message, [this](std::string_view name) { to_.push_back(name); });
        return to_;
    }

    Phrases phrases_;
    PhraseList list_;                   // scratch
    std::vector<std::string_view> to_;  // scratch
};

}  // namespace minimeta
