// Recall: members read again what was said; the program puts back what was said before the room began.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "minimeta/base/narrow.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/features/validation.hpp"
#include "minimeta/history/history.hpp"
#include "minimeta/history/query.hpp"
#include "minimeta/message.hpp"
#include "minimeta/reply.hpp"

namespace minimeta::features {

template <class Context>
class Recall {
public:
    using Peer = typename Context::Peer;
    using Group = typename Context::Group;
    using Member = typename Context::Member;

    Recall(Context& context, auto&) : context_(context) {}

    void on(Peer& peer, const minimeta::Recall& command) {
        const Group* group = context_.registry.group_of(*peer.member, command.group);
        if (group == nullptr) return context_.answer(peer, Errc::not_your_group, command.group);
        const std::size_t most = context_.limits.listed_messages;
        const std::uint64_t wanted = command.count != 0 ? command.count : (most + 4) / 5;
        send_page(*peer.member, *group, command.with, context_.journal.sequencer().completed(command.before),
                  wanted < most ? narrow<std::size_t>(wanted) : most);
    }

    /// Tells a newcomer the last messages of a group, if Limits::recent_messages says so.
    void tell_recent(Member& member, const Group& group) {
        if (context_.limits.recent_messages != 0 && group.history.size() != 0)
            send_page(member, group, {}, {}, context_.limits.recent_messages);
    }

    /// Puts a message from before into a group's history.
    Refusal remember(std::string_view group_name, Message message) {
        Group* group = context_.registry.find_group(group_name);
        if (group == nullptr) return Errc::no_such_group;
        if (Refusal refused = check_said(message.text, context_.limits)) return refused;
        if (!message.from.empty())
            if (Refusal refused = check_name(message.from, context_.limits.name_characters)) return refused;
        if (!context_.journal.sequencer().adopt(message.stamp.id)) return Errc::message_not_newer;
        message.to = {};
        message.author = {};
        group->history.add(message);
        return {};
    }

private:
    // Answers with a page of a group's history; or, if `with` is not empty, of the member's own private one.
    void send_page(Member& member, const Group& group, std::string_view with, MessageId before, std::size_t count) {
        const History* history = with.empty() ? &group.history : std::as_const(member).details().private_history.get();
        const Member* other = with.empty() ? nullptr : context_.registry.members().find(with);
        const auto wanted = [&](const Message& message) {
            if (member.ignores(message.author)) return false;
            return with.empty() || is_between(message, with) || (other != nullptr && concerns(message, *other));
        };
        HistoryPage page;
        if (history != nullptr)
            page = page_before(*history, group.name, before, count, context_.answer_bytes(), wanted);
        const std::uint64_t epoch = context_.journal.sequencer().newest().epoch;
        context_.tell(member, Recalled{group.name, with, page.messages, page.older, epoch});
    }

    // Whether a private message is from or for a member, under a name that it had at the time.
    [[nodiscard]] static bool concerns(const Message& message, const Member& member) {
        if (message.author == member.number) return true;
        for (const auto& former : member.details().former_names)
            if (message.stamp.id <= former.until && is_between(message, former.name)) return true;
        return false;
    }

    Context& context_;
};

}  // namespace minimeta::features
