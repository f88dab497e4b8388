// Operations on messages: what the embedding program says, and what was said.
#pragma once

#include <concepts>
#include <initializer_list>
#include <span>
#include <string_view>

#include "minimeta/error.hpp"
#include "minimeta/history/history.hpp"
#include "minimeta/message.hpp"
#include "minimeta/operations/member_ref.hpp"

namespace minimeta::operations {

template <class Core>
class Messages {
public:
    using connection_id = typename Core::connection_id;
    using MemberRef = minimeta::MemberRef<connection_id>;

    /// The core outlives it.
    explicit Messages(Core& core) : core_(core) {}

    /// Says a text to the others in a group, or in the lobby, in a member's name. Refused: not_a_member, not_in_group, and
    /// a text that is empty, too long or may not be shown. The program is not held to
    /// Limits::messages_per_second, nor to mutes and the rules of the group.
    [[nodiscard]] Refusal say(const MemberRef& from, std::string_view group, std::string_view text,
                              Manner manner = Manner::speech) {
        auto* member = core_.member(from);
        return member != nullptr ? core_.features.say(*member, group, text, manner, true) : Errc::not_a_member;
    }
    [[nodiscard]] Refusal say(const MemberRef& from, std::string_view text) { return say(from, {}, text); }
    template <std::same_as<Manner> M>  // so that {} is no manner, but an empty text
    [[nodiscard]] Refusal say(const MemberRef& from, std::string_view text, M manner) {
        return say(from, {}, text, manner);
    }

    /// Says a text in a member's name to these members only. Refused as say is; and to_yourself, too_many_recipients,
    /// absent if no member has one of the names, unreachable if one has lost its connection and private messages are not
    /// kept: then it is delivered to nobody.
    [[nodiscard]] Refusal whisper(const MemberRef& from, std::span<const std::string_view> to, std::string_view text,
                                  Manner manner = Manner::speech) {
        auto* member = core_.member(from);
        return member != nullptr ? core_.features.whisper(*member, to, text, manner).refused : Errc::not_a_member;
    }
    [[nodiscard]] Refusal whisper(const MemberRef& from, std::initializer_list<std::string_view> to,
                                  std::string_view text, Manner manner = Manner::speech) {
        return whisper(from, std::span(to.begin(), to.size()), text, manner);
    }
    [[nodiscard]] Refusal whisper(const MemberRef& from, std::string_view to, std::string_view text,
                                  Manner manner = Manner::speech) {
        return whisper(from, std::span(&to, 1), text, manner);
    }

    /// Says a text in a group, or in the lobby, in the program's own name. Refused: no_such_group, and a text that is
    /// empty, too long or may not be shown.
    [[nodiscard]] Refusal announce(std::string_view group, std::string_view text) {
        return core_.features.announce(group, text);
    }
    [[nodiscard]] Refusal announce(std::string_view text) { return announce({}, text); }

    /// Says a text to one connection, with or without a name, in the program's own name and in order with all else; nothing
    /// is kept of it. A member without a connection does not hear it. Refused: not_a_member if it is unknown, and a text
    /// that is empty, too long or may not be shown.
    [[nodiscard]] Refusal tell(const MemberRef& to, std::string_view text) {
        if (auto* peer = core_.peer(to)) return core_.features.tell(*peer, text);
        return core_.member(to) != nullptr ? Refusal() : Errc::not_a_member;
    }

    /// Puts a message from before into a group's history, before anything is said: oldest first, across all groups. Its
    /// author, its recipients and its group do not count. Refused: no_such_group, message_not_newer, and what would be
    /// wrong with the name and the text if they were given now.
    [[nodiscard]] Refusal remember(std::string_view group, const Message& message) {
        return core_.features.remember(group, message);
    }

    /// What is kept of a group's messages; null if there is no group of this name. Lives as long as the group; the views of
    /// its messages live until the next message there, so copy a text before you say it again.
    [[nodiscard]] const History* history(std::string_view group = {}) const {
        const auto* found = core_.context.registry.find_group(group);
        return found != nullptr ? &found->history : nullptr;
    }

private:
    Core& core_;
};

}  // namespace minimeta::operations
