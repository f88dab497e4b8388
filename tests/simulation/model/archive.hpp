// The messages of the naive model: all that were ever said, which are kept, and which a member has missed.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/base/civil_time.hpp"
#include "minimeta/message.hpp"
#include "minimeta/protocol/text/phrases.hpp"
#include "minimeta/time.hpp"
#include "simulation/model/messages.hpp"
#include "simulation/model/state.hpp"
#include "simulation/model/words.hpp"

class ModelArchive {
public:
    using Id = ModelState::Id;
    using Number = ModelState::Number;
    using MessageId = minimeta::MessageId;

    explicit ModelArchive(ModelState& state) : state_(state) {}

    void advance(minimeta::WallTime now) { now_ = now; }

    /// Gives a message its stamp, and a place in the list.
    ModelMessage& add(ModelMessage message) {
        if (epoch_ == 0) epoch_ = static_cast<std::uint64_t>(now_.nanoseconds / 1'000'000'000);
        message.stamp = {{epoch_, ++sequence_}, now_};
        said_.push_back(std::move(message));
        return said_.back();
    }
    /// Adds a message from before the room began.
    void remember(ModelMessage message) { said_.push_back(std::move(message)); }

    /// A member that leaves a group can no longer read its messages.
    void leaves(Number member, int group) {
        for (ModelMessage& message : said_)
            if (message.group == group) message.audience.erase(member);
    }

    [[nodiscard]] MessageId newest() const { return said_.back().stamp.id; }

    /// An id that came without its epoch.
    [[nodiscard]] MessageId completed(MessageId id) const {
        if (id.epoch == 0 && id.sequence != 0) id.epoch = epoch_;
        return id;
    }

    // ---- What is kept

    void tell_recent(Id id, int group) {
        if (state_.limits.recent_messages != 0 && !kept_in(group).empty())
            send_history(id, group, "", {}, state_.limits.recent_messages);
    }

    /// Sends the last messages of a group before the message `before`; the private ones with `with`, if that is not
    /// empty.
    void send_history(Id id, int group, const std::string& with, MessageId before, std::size_t count) {
        ModelList wanted;
        for (const ModelMessage* message : with.empty() ? kept_in(group) : kept_private_of(state_.number(id))) {
            if (before && message->stamp.id >= before) continue;
            if (message->author != 0 && state_.ignores(state_.number(id), message->author)) continue;
            if (with.empty() || is_between(*message, with) || concerns(*message, with)) wanted.push_back(message);
        }
        const ModelList page = fitting(wanted, count, answer_bytes(), 1);
        if (page.empty()) return state_.write(id, std::string(english.nothing_kept));

        const std::string& name = state_.groups.at(group).name;
        std::string_view phrase = name.empty() ? english.said_before : english.said_before_in;
        if (!with.empty()) phrase = english.said_before_with;
        state_.write(id, filled(phrase, {{"group", name}, {"name", with}}));
        for (const ModelMessage* message : page) state_.write(id, recalled(*message));
        if (page.size() == wanted.size()) return;
        const std::string whose = !with.empty() ? "@" + with + " " : name.empty() ? "" : "#" + name + " ";
        state_.write(id, filled(english.older,
                                {{"command", "/history " + whose + "before " + short_id(page.front()->stamp.id)}}));
    }

    // ---- What was missed

    /// Sends a member the messages that it has missed, as far as they are kept; and the ids between which some are not.
    void send_missed(Id id, MessageId seen) {
        const Number number = state_.number(id);
        ModelList missed;
        MessageId gap_end;
        const auto look_into = [&](const ModelList& all, const ModelList& kept) {
            for (const ModelMessage* message : all) {
                if (message->stamp.id <= seen || message->author == number) continue;
                if (state_.ignores(number, message->author) && is_among(kept, message)) continue;
                if (!is_among(kept, message)) gap_end = std::max(gap_end, message->stamp.id);
                else missed.push_back(message);
            }
        };
        look_into(said_in(ModelState::lobby), kept_in(ModelState::lobby));  // which is open to all members
        for (const int group : state_.members.at(number).groups)
            look_into(only_for(number, said_in(group)), kept_in(group));
        look_into(private_of(number), kept_private_of(number));
        std::sort(missed.begin(), missed.end(), [](auto* a, auto* b) { return a->stamp.id < b->stamp.id; });

        const ModelList read = fitting(missed, missed.size(), answer_bytes(), 0);
        if (read.size() != missed.size())
            gap_end = std::max(gap_end, missed[missed.size() - read.size() - 1]->stamp.id);
        std::string_view phrase = read.size() == 1 ? english.missed_one : english.missed;
        if (read.empty()) phrase = gap_end ? english.welcome_back : english.missed_nothing;
        state_.write(id, filled(phrase, {{"name", state_.name(id)}, {"count", std::to_string(read.size())}}));
        if (gap_end) {
            const MessageId gap_begin{gap_end.epoch, seen.epoch == gap_end.epoch ? seen.sequence + 1 : 1};
            state_.write(id, filled(english.gap, {{"begin", text_of(gap_begin)}, {"end", text_of(gap_end)}}));
        }
        for (const ModelMessage* message : read) state_.write(id, message->stamp_text() + message->line());
    }

    // ---- What waits for friends

    /// Sends a member the messages that waited for it, as far as they are kept. It may read them again.
    void send_waiting(Id id, const std::string& whom) {
        ModelList waited;
        for (ModelMessage& message : said_)
            if (message.waits_for.erase(whom) != 0) {
                message.audience.insert(state_.number(id));
                waited.push_back(&message);
            }
        const auto& limits = state_.limits;
        const ModelList page = fitting(kept(waited, limits.private_history_messages, limits.private_history_bytes),
                                       waited.size(), answer_bytes(), 1);
        if (page.empty()) return;
        state_.write(id, std::string(english.waited));
        for (const ModelMessage* message : page) state_.write(id, recalled(*message));
    }
    void forget_waiting(const std::string& whom) {
        for (ModelMessage& message : said_) message.waits_for.erase(whom);
    }

    /// Forgets what a member said in a group, or whoever had this name; false if there was nothing of it.
    bool purge(int group, Number member, const std::string& name, std::string& spelled) {
        bool found = false;
        const ModelList kept = kept_in(group);
        for (ModelMessage& message : said_) {
            if (message.group != group) continue;
            if (!is_among(kept, &message)) {
                message.forgotten = true;
                continue;
            }
            const bool same_name =
                !message.from.empty() && ModelState::folded(message.from) == ModelState::folded(name);
            if (member != 0 && message.author != 0 ? message.author != member : !same_name) continue;
            message.purged = found = true;
            if (spelled.empty()) spelled = message.from;
        }
        return found;
    }

private:
    static constexpr const minimeta::Phrases& english = minimeta::english;

    // All that was said in a group, and what is kept of it; and the same of a member's private messages.
    [[nodiscard]] ModelList said_in(int group) const {
        ModelList list;
        for (const ModelMessage& message : said_)
            if (message.group == group && !message.purged) list.push_back(&message);
        return list;
    }
    [[nodiscard]] ModelList kept_in(int group) const {
        return kept(said_in(group), state_.limits.history_messages, state_.limits.history_bytes);
    }
    [[nodiscard]] ModelList private_of(Number member) const {
        return only_for(member, said_in(ModelMessage::in_private));
    }
    [[nodiscard]] ModelList kept_private_of(Number member) const {
        return kept(private_of(member), state_.limits.private_history_messages, state_.limits.private_history_bytes);
    }

    [[nodiscard]] bool concerns(const ModelMessage& message, const std::string& name) const {
        const auto number = state_.find(name);
        if (!number) return false;
        if (message.author == *number) return true;
        for (const auto& [former, until] : state_.members.at(*number).former_names)
            if (message.stamp.id <= until && is_between(message, former)) return true;
        return false;
    }

    [[nodiscard]] static bool is_between(const ModelMessage& message, const std::string& name) {
        const std::string one = ModelState::folded(name);
        const std::string recipients = "," + ModelState::folded(message.to) + ",";
        return ModelState::folded(message.from) == one || recipients.find("," + one + ",") != recipients.npos;
    }

    // As people read it.
    [[nodiscard]] std::string short_id(MessageId id) const {
        return id.epoch == epoch_ ? std::to_string(id.sequence) : text_of(id);
    }
    [[nodiscard]] std::string recalled(const ModelMessage& message) const {
        const auto [id, at] = message.stamp;
        const std::string front = filled(at == minimeta::WallTime{} ? english.recalled_untimed : english.recalled,
                                         {{"id", short_id(id)}, {"time", minimeta::utc_text(at)}});
        if (message.group != ModelMessage::in_private) return front + message.line();
        std::string to = message.to;
        for (std::size_t comma = 0; (comma = to.find(',', comma)) != to.npos; ++comma) to.replace(comma, 1, ", ");
        return front + filled(message.action ? english.private_acted : english.private_said,
                              {{"name", message.from}, {"to", to}, {"text", message.text}});
    }

    // A longer answer would make the peer that requests it too slow.
    [[nodiscard]] std::size_t answer_bytes() const { return state_.limits.backlog_bytes / 2; }

    ModelState& state_;
    minimeta::WallTime now_;
    std::vector<ModelMessage> said_;
    std::uint64_t epoch_ = 0, sequence_ = 0;
};
