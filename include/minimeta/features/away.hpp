// Away: members that do not attend, and say why.
#pragma once

#include <string>
#include <string_view>

#include "minimeta/base/utf8.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/features/validation.hpp"
#include "minimeta/reply.hpp"

namespace minimeta::features {

template <class Context>
class Away {
public:
    using Peer = typename Context::Peer;

    Away(Context& context, auto&) : context_(context) {}

    void on(Peer& peer, const minimeta::Away& command) { context_.answer(peer, go_away(peer, command.text)); }
    void on(Peer& peer, const Back&) { context_.answer(peer, come_back(peer)); }

    /// A member does not attend from now on, until it says something or comes back. The text may be empty.
    Refusal go_away(Peer& peer, std::string_view text) {
        text = trim(text);
        if (Refusal refused = check_words(text, context_.limits)) return refused;
        peer.member->away_text.reset(new std::string(text));
        context_.tell(peer, AwayChanged{true});
        context_.hooks.notify(WentAway{peer.name(), text});
        return {};
    }

    /// A member attends again.
    Refusal come_back(Peer& peer) {
        if (!end(peer)) return Errc::not_away;
        context_.hooks.notify(CameBack{peer.name()});
        return {};
    }

    /// The same without the hook, which the caller notifies. Returns whether the member was away.
    bool end(Peer& peer) {
        if (!peer.member->away_text) return false;
        peer.member->away_text.reset();
        context_.tell(peer, AwayChanged{false});
        return true;
    }

private:
    Context& context_;
};

}  // namespace minimeta::features
