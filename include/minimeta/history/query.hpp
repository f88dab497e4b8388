// Recollection: what of a history is told, to whoever asks for a page of it and to whoever has missed something.
//
// What is found is views into histories, to be used before anything else is said.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "minimeta/base/name.hpp"
#include "minimeta/history/history.hpp"
#include "minimeta/message.hpp"

namespace minimeta {

/// About how many bytes it takes to tell a message.
inline std::size_t told_bytes(const Message& message) {
    constexpr std::size_t around = 64;  // the stamp, the group's name, and some signs
    return message.from.size() + message.to.size() + message.text.size() + around;
}

/// Messages in their order, and whether there are older ones that would have been wanted.
struct HistoryPage {
    std::vector<Message> messages;
    bool older = false;
};

/// The last `count` messages before the one called `before` (none: up to now) for which `wanted(message)` is true, as
/// far as they fit `bytes`, but one at least. They are said to be of `group`.
template <class Wanted>
[[nodiscard]] HistoryPage page_before(const History& history, std::string_view group, MessageId before,
                                      std::size_t count, std::size_t bytes, Wanted&& wanted) {
    HistoryPage page;
    std::size_t i = history.size();
    if (before) i = history.first_behind({before.epoch, before.sequence - 1});
    while (i-- > 0) {
        Message message = history[i];
        if (!wanted(message)) continue;
        const std::size_t told = told_bytes(message);
        page.older = page.messages.size() == count || (told > bytes && !page.messages.empty());
        if (page.older) break;
        bytes -= std::min(told, bytes);
        message.group = group;
        page.messages.push_back(message);
    }
    std::reverse(page.messages.begin(), page.messages.end());
    return page;
}

/// Whether a private message is from or for somebody of this name.
[[nodiscard]] inline bool is_between(const Message& message, std::string_view name) {
    bool found = FoldedEqual{}(message.from, name);
    each_recipient(message, [&](std::string_view recipient) { found = found || FoldedEqual{}(recipient, name); });
    return found;
}

/// What one member has not seen, out of several histories.
class MissedMessages {
public:
    /// The member saw everything up to and including `seen`, and its own messages anyway.
    MissedMessages(MemberNumber member, MessageId seen) : member_(member), seen_(seen) {}

    /// Looks for it in the history of a group in which the member has been since the message `since`.
    void look_into(const History& history, std::string_view group, MessageId since) {
        const MessageId behind = std::max(seen_, since);
        if (history.forgotten() > behind) gap_end_ = std::max(gap_end_, history.forgotten());
        for (std::size_t i = history.first_behind(behind); i < history.size(); ++i) {
            Message message = history[i];
            message.group = group;
            if (message.author != member_) messages_.push_back(message);
        }
    }

    /// Puts what was found in order. If it takes more than `bytes`, the oldest of it counts as lost.
    void settle(std::size_t bytes) {
        std::sort(messages_.begin(), messages_.end(),
                  [](const Message& a, const Message& b) { return a.stamp.id < b.stamp.id; });
        auto first = messages_.end();
        while (first != messages_.begin() && told_bytes(*(first - 1)) <= bytes) bytes -= told_bytes(*--first);
        if (first != messages_.begin()) gap_end_ = std::max(gap_end_, (first - 1)->stamp.id);
        messages_.erase(messages_.begin(), first);
    }

    [[nodiscard]] const std::vector<Message>& messages() const noexcept { return messages_; }

    /// Between these two, both included, messages may be missing; both {} if none are.
    [[nodiscard]] MessageId gap_begin() const {
        if (!gap_end_) return {};
        return {gap_end_.epoch, seen_.epoch == gap_end_.epoch ? seen_.sequence + 1 : 1};
    }
    [[nodiscard]] MessageId gap_end() const { return gap_end_; }

private:
    MemberNumber member_;
    MessageId seen_;
    MessageId gap_end_;
    std::vector<Message> messages_;
};

}  // namespace minimeta
