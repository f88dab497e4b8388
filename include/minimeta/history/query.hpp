// Queries over histories: a page for a peer that asks for it, and what a member missed while its connection was lost.
//
// The results are views into histories, to be used before anything else is said.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/base/name.hpp"
#include "minimeta/base/sort.hpp"
#include "minimeta/history/history.hpp"
#include "minimeta/message.hpp"

namespace minimeta {

/// About how many bytes it takes to encode a message.
inline std::size_t encoded_bytes(const Message& message) {
    constexpr std::size_t around = 64;  // the stamp, the group's name, and some signs
    return message.from.size() + message.to.size() + message.text.size() + around;
}

/// Puts messages that were found from the newest on into their order.
inline void reverse(std::vector<Message>& messages) {
    for (std::size_t first = 0, last = messages.size(); first + 1 < last;)
        std::swap(messages[first++], messages[--last]);
}

/// Messages in their order, and whether there are older ones that match.
struct HistoryPage {
    std::vector<Message> messages;
    bool older = false;
};

/// Returns the last `count` messages before the one with the id `before` ({}: up to now) for which `wanted(message)` is
/// true, as far as they fit into `bytes`, but at least one. Their `group` is set to the one given.
template <class Wanted>
[[nodiscard]] HistoryPage page_before(const History& history, std::string_view group, MessageId before,
                                      std::size_t count, std::size_t bytes, Wanted&& wanted) {
    HistoryPage page;
    auto& found = page.messages;  // newest first, until the end
    std::size_t i = history.size();
    if (before) i = history.first_after({before.epoch, before.sequence - 1});
    while (i-- > 0) {
        Message message = history[i];
        if (!wanted(message)) continue;
        const std::size_t encoded = encoded_bytes(message);
        page.older = found.size() == count || (encoded > bytes && !found.empty());
        if (page.older) break;
        bytes -= encoded < bytes ? encoded : bytes;
        message.group = group;
        found.push_back(message);
    }
    reverse(found);
    return page;
}

/// Whether a private message is from a member with this name, or for one.
[[nodiscard]] inline bool is_between(const Message& message, std::string_view name) {
    bool found = FoldedEqual{}(message.from, name);
    each_recipient(message, [&](std::string_view recipient) { found = found || FoldedEqual{}(recipient, name); });
    return found;
}

/// What one member has not seen, out of several histories. Its cost grows with what is found, and not with what is kept.
class MissedMessages {
public:
    /// The member saw everything up to and including `seen`, and its own messages anyway; it does not want to hear those that
    /// it ignores, which outlive this.
    MissedMessages(MemberNumber member, MessageId seen, std::span<const MemberNumber> ignored = {})
        : member_(member), seen_(seen), ignored_(ignored) {}

    /// Adds what it missed in the history of a group, of which it may read what was said after `since`.
    void add(const History& history, std::string_view group, MessageId since) {
        const MessageId from = since < seen_ ? seen_ : since;
        const MessageId lost = history.forgotten_of_others(member_);
        if (lost > from && lost > gap_end_) gap_end_ = lost;
        Source source{&history, group, from, history.size(), {}};
        if (step(source)) sources_.push_back(source);
    }

    /// Puts what was found in order, as far as it fits into `bytes`: newer messages first, older ones count as lost.
    void finish(std::size_t bytes) {
        const auto older = [](const Source& a, const Source& b) { return a.next < b.next; };
        make_heap(sources_, older);
        while (!sources_.empty()) {
            Source& newest = sources_.front();
            Message message = (*newest.history)[newest.size - 1];
            const std::size_t encoded = encoded_bytes(message);
            if (encoded > bytes) {
                if (newest.next > gap_end_) gap_end_ = newest.next;
                break;
            }
            bytes -= encoded;
            message.group = newest.group;
            messages_.push_back(message);
            --newest.size;
            if (!step(newest)) {
                newest = sources_.back();
                sources_.pop_back();
            }
            sift_down(sources_, 0, sources_.size(), older);
        }
        reverse(messages_);
    }

    [[nodiscard]] const std::vector<Message>& messages() const noexcept { return messages_; }

    /// Between these two, both included, messages may be missing; both {} if none are.
    [[nodiscard]] MessageId gap_begin() const {
        if (!gap_end_) return {};
        return {gap_end_.epoch, seen_.epoch == gap_end_.epoch ? seen_.sequence + 1 : 1};
    }
    [[nodiscard]] MessageId gap_end() const { return gap_end_; }

private:
    // A history of which the first `size` messages have not been looked at.
    struct Source {
        const History* history;
        std::string_view group;
        MessageId from;
        std::size_t size;
        MessageId next;  // of the last of them
    };

    // Goes back to the next message that the member missed; false if there is none.
    [[nodiscard]] bool step(Source& source) const {
        for (; source.size != 0; --source.size) {
            const Message message = (*source.history)[source.size - 1];
            source.next = message.stamp.id;
            if (source.next <= source.from) return false;
            if (message.author != member_ && !is_ignored(message.author)) return true;
        }
        return false;
    }

    [[nodiscard]] bool is_ignored(MemberNumber author) const {
        for (const MemberNumber number : ignored_)
            if (number == author) return true;
        return false;
    }

    MemberNumber member_;
    MessageId seen_;
    std::span<const MemberNumber> ignored_;
    MessageId gap_end_;
    std::vector<Source> sources_;
    std::vector<Message> messages_;
};

}  // namespace minimeta
