// Ignoring: a member does not hear another one. What is not heard is not sent.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/reply.hpp"

namespace minimeta::features {

template <class Context>
class Ignoring {
public:
    using Peer = typename Context::Peer;
    using Member = typename Context::Member;

    Ignoring(Context& context, auto&) : context_(context) {}

    void on(Peer& peer, const Ignore& command) {
        Member* other = context_.registry.members().find(command.name);
        if (other == nullptr) return context_.answer(peer, Errc::no_such_member, command.name);
        context_.answer(peer, ignore(*peer.member, *other, command.hidden), command.name);
    }
    void on(Peer& peer, const ListIgnored&) {
        std::vector<std::string_view> names;
        for (const auto number : std::as_const(*peer.member).details().ignores)
            names.push_back(context_.registry.find(number)->name);
        context_.tell(peer, Ignored{names});
    }

    /// A member does not want to hear another one, or wants to again. As long as both are members.
    Refusal ignore(Member& member, Member& other, bool hidden) {
        if (&member == &other) return Errc::to_yourself;
        if (!hidden && !member.ignores(other.number)) return Errc::not_there;
        if (hidden && !member.ignores(other.number) &&
            std::as_const(member).details().ignores.size() >= context_.limits.sanctions)
            return Errc::too_many_sanctions;
        context_.registry.ignore(member, other, hidden);
        context_.tell(member, IgnoreChanged{other.name, hidden});
        return {};
    }

    /// The connections of those that do not want to hear a member.
    [[nodiscard]] std::vector<Peer*> deaf_to(const Member& member) const {
        std::vector<Peer*> deaf;
        for (const auto number : member.ignored_by())
            if (Peer* peer = context_.registry.find(number)->peer; peer != nullptr) deaf.push_back(peer);
        return deaf;
    }

private:
    Context& context_;
};

}  // namespace minimeta::features
