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
    using Member = typename Context::Member;

    Away(Context& context, auto&) : context_(context) {}

    void on(Peer& peer, const minimeta::Away& command) { context_.answer(peer, go_away(*peer.member, command.text)); }
    void on(Peer& peer, const Back&) { context_.answer(peer, come_back(*peer.member)); }

    /// A member does not attend from now on, until it says something or comes back. The text may be empty.
    Refusal go_away(Member& member, std::string_view text) {
        text = trim(text);
        if (Refusal refused = check_words(text, context_.limits)) return refused;
        member.details().away_text.reset(new std::string(text));
        context_.tell(member, AwayChanged{true});
        const WentAway went{member.name, text, member.number};
        context_.notices.announce_to_friends(member, went);
        context_.hooks.notify(went);
        return {};
    }

    /// A member attends again.
    Refusal come_back(Member& member) {
        if (!end(member)) return Errc::not_away;
        context_.hooks.notify(CameBack{member.name, member.number});
        return {};
    }

    /// The same without the hook, which the caller notifies. Returns whether the member was away.
    bool end(Member& member) {
        if (!member.away()) return false;
        member.details().away_text.reset();
        context_.tell(member, AwayChanged{false});
        context_.notices.announce_to_friends(member, CameBack{member.name, member.number});
        return true;
    }

private:
    Context& context_;
};

}  // namespace minimeta::features
