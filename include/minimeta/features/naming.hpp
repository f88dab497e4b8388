// Naming: a peer becomes a member with its first name, and may change the name later. A resident becomes one without a
// connection.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "minimeta/base/utf8.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/features/lifecycle.hpp"
#include "minimeta/features/recall.hpp"
#include "minimeta/features/rules.hpp"
#include "minimeta/features/sessions.hpp"
#include "minimeta/features/validation.hpp"
#include "minimeta/message.hpp"
#include "minimeta/reply.hpp"

namespace minimeta {

/// The outcome of adding a resident: its number, or why there is none.
struct AddedResident {
    Refusal refused;
    MemberNumber number = {};
};

namespace features {

template <class Context>
class Naming {
public:
    using Peer = typename Context::Peer;
    using Member = typename Context::Member;

    Naming(Context& context, auto& features)
        : context_(context), lifecycle_(features), recall_(features), rules_(features), sessions_(features) {}

    void on(Peer& peer, const SetName& command) {
        const std::string_view name = trim(command.name);
        context_.answer(peer, set_name(peer, name), name);
    }

    /// Gives a peer a name, or another name. There are no blanks around it.
    Refusal set_name(Peer& peer, std::string_view name) {
        if (peer.member != nullptr) return rename(*peer.member, name);
        if (Refusal refused = check_name(name, context_.limits.name_characters)) return refused;
        return enter(peer, name);
    }

    /// Gives a member another name.
    Refusal rename(Member& member, std::string_view name) {
        if (Refusal refused = check_name(name, context_.limits.name_characters)) return refused;
        const std::string before = member.name;
        if (name == before) return Errc::name_unchanged;
        if (rules_.is_banned({.name = name})) return Errc::banned;
        if (!context_.registry.rename(member, name)) return Errc::name_taken;
        Rules<Context>::suspect(member);
        if (context_.journal.keeps_private()) keep_name(member, before);
        context_.tell(member, NameChanged{member.name});
        if (member.peer != nullptr && member.peer->stamped) context_.tell(member, CurrentName{member.name});
        context_.announce_change(member, Renamed{before, member.name, member.number}, &MembershipSummary::renamed,
                                 member.peer);
        return {};
    }

    /// Adds a member of the program, which has no connection. There are no blanks around its name.
    AddedResident add_resident(std::string_view name) {
        if (Refusal refused = check_name(name, context_.limits.name_characters)) return {refused};
        if (context_.registry.residents().size() >= context_.limits.residents) return {Errc::no_more_residents};
        const Member* member = context_.registry.add_resident(name);
        if (member == nullptr) return {Errc::name_taken};
        const MemberNumber number = member->number;
        context_.announce_change(context_.registry.lobby(), Joined{member->name, number}, &MembershipSummary::joined);
        return {{}, number};
    }

private:
    Refusal enter(Peer& peer, std::string_view name) {
        if (Refusal refused = rules_.admit(peer, name)) return refused;
        Member* member = context_.registry.enter(peer, name);
        if (member == nullptr) return Errc::name_taken;
        Rules<Context>::suspect(*member);
        lifecycle_.touch(peer);
        context_.tell(peer, Welcome{member->name, context_.registry.members().size()});
        rules_.tell_topic(*member, context_.registry.lobby());
        recall_.tell_recent(*member, context_.registry.lobby());
        sessions_.identify(peer);
        context_.announce_change(context_.registry.lobby(), Joined{member->name, member->number},
                                 &MembershipSummary::joined, &peer);
        return {};
    }

    // Private messages to the member are found under its present name, too (features/recall.hpp).
    void keep_name(Member& member, const std::string& before) {
        constexpr std::size_t most = 8;
        auto& names = member.details().former_names;
        if (names.size() == most) names.erase(names.begin());
        names.push_back({before, context_.journal.sequencer().newest()});
    }

    Context& context_;
    Lifecycle<Context>& lifecycle_;
    Recall<Context>& recall_;
    Rules<Context>& rules_;
    Sessions<Context>& sessions_;
};

}  // namespace features
}  // namespace minimeta
