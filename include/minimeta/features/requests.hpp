// Requests: the embedding program decides about what peers ask for, answers commands of its own, and tells them something.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/base/variant.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/features/validation.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/request.hpp"

namespace minimeta::features {

template <class Context>
class Requests {
public:
    using Peer = typename Context::Peer;
    using Member = typename Context::Member;

    Requests(Context& context, auto&) : context_(context) {}

    void on(Peer& peer, const Help&) {
        std::vector<CommandHelp> custom;
        for (const auto& [usage, meaning] : custom_) custom.push_back({usage, meaning});
        context_.tell(peer, Usage{custom});
    }

    /// A command that neither the protocol knows nor the gate took.
    void on(Peer& peer, const Custom& command) { context_.answer(peer, Errc::unknown_command, command.typed); }

    /// Asks the gate, which is set. Returns the command that is to be carried out; nothing if there is none any more.
    [[nodiscard]] std::optional<Command> pass(Peer& peer, const Command& command) {
        const Member* member = peer.member;
        const Verdict verdict = context_.hooks.ask(
            {peer.id, peer.number(), peer.name(),
             member != nullptr ? std::string_view(member->details().account) : std::string_view{}, command});
        if (peer.closing) return {};  // by what the gate did
        switch (verdict.kind()) {
            case Verdict::Kind::allow: return command;
            case Verdict::Kind::allow_as:
                text_ = verdict.text();
                return visit([this](const auto& each) { return with_text(each, text_); }, command);
            case Verdict::Kind::refuse: refuse(peer, verdict); break;
            case Verdict::Kind::done: break;
        }
        return {};
    }

    /// Says something to a peer alone, in the program's name.
    Refusal tell(Peer& peer, std::string_view text) {
        if (Refusal refused = check_said(text, context_.limits)) return refused;
        context_.tell(peer, Told{text});
        return {};
    }

    /// Adds a command of the program to the answer to Help.
    Refusal describe_command(std::string_view usage, std::string_view meaning) {
        if (Refusal refused = check_said(usage, context_.limits)) return refused;
        if (Refusal refused = check_words(meaning, context_.limits)) return refused;
        custom_.emplace_back(usage, meaning);
        return {};
    }

private:
    void refuse(Peer& peer, const Verdict& verdict) {
        const std::string_view words = verdict.text();
        if (words.empty() || check_said(words, context_.limits)) return context_.refuse(peer, verdict.why());
        context_.count_refused(verdict.why());
        context_.tell(peer, Refused{verdict.why(), {}, 0, words});
    }

    template <class C>
    [[nodiscard]] static Command with_text(C command, std::string_view text) {
        if constexpr (requires { command.text; }) command.text = text;
        else if constexpr (std::same_as<C, SetName>) command.name = text;
        return command;
    }

    Context& context_;
    std::string text_;                                         // of the request at hand, if it is the gate's
    std::vector<std::pair<std::string, std::string>> custom_;  // how a command is written, and what it does
};

}  // namespace minimeta::features
