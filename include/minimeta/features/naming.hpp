// Naming: a peer becomes a member with its first name, and may change the name later.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "minimeta/base/utf8.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/features/lifecycle.hpp"
#include "minimeta/features/recall.hpp"
#include "minimeta/features/sessions.hpp"
#include "minimeta/features/validation.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/state/member.hpp"

namespace minimeta::features {

template <class Context>
class Naming {
public:
    using Peer = typename Context::Peer;
    using Member = typename Context::Member;

    Naming(Context& context, auto& features)
        : context_(context), lifecycle_(features), recall_(features), sessions_(features) {}

    void on(Peer& peer, const SetName& command) {
        const std::string_view name = trim(command.name);
        context_.answer(peer, set_name(peer, name), name);
    }

    /// Gives a peer a name, or another name. There are no blanks around it.
    Refusal set_name(Peer& peer, std::string_view name) {
        if (Refusal refused = check_name(name, context_.limits.name_characters)) return refused;
        return peer.member == nullptr ? enter(peer, name) : rename(peer, name);
    }

private:
    Refusal enter(Peer& peer, std::string_view name) {
        const Member* member = context_.registry.enter(peer, name);
        if (member == nullptr) return Errc::name_taken;
        lifecycle_.touch(peer);
        context_.tell(peer, Welcome{member->name, context_.registry.members().size()});
        recall_.tell_recent(peer, context_.registry.lobby());
        sessions_.identify(peer);
        context_.announce_change(context_.registry.lobby(), Joined{member->name}, &MembershipSummary::joined, &peer);
        return {};
    }

    Refusal rename(Peer& peer, std::string_view name) {
        Member& member = *peer.member;
        const std::string before = member.name;
        if (name == before) return Errc::name_unchanged;
        if (!context_.registry.rename(member, name)) return Errc::name_taken;
        if (context_.journal.keeps_private()) keep_name(member, before);
        context_.tell(peer, NameChanged{member.name});
        if (peer.stamped) context_.tell(peer, CurrentName{member.name});
        context_.announce_change(member, Renamed{before, member.name}, &MembershipSummary::renamed, &peer);
        return {};
    }

    // Private messages to the member are found under its present name, too (features/recall.hpp).
    void keep_name(Member& member, const std::string& before) {
        constexpr std::size_t most = 8;
        if (!member.former_names) member.former_names.reset(new std::vector<FormerName>);
        auto& names = *member.former_names;
        if (names.size() == most) names.erase(names.begin());
        names.push_back({before, context_.journal.sequencer().newest()});
    }

    Context& context_;
    Lifecycle<Context>& lifecycle_;
    Recall<Context>& recall_;
    Sessions<Context>& sessions_;
};

}  // namespace minimeta::features
