// Operations on members: who is here, and what the embedding program does to a member or knows of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/base/utf8.hpp"
#include "minimeta/error.hpp"
#include "minimeta/features/naming.hpp"
#include "minimeta/message.hpp"
#include "minimeta/operations/member_ref.hpp"

namespace minimeta::operations {

template <class Core>
class Members {
public:
    using connection_id = typename Core::connection_id;
    using MemberRef = minimeta::MemberRef<connection_id>;

    /// The core outlives it.
    explicit Members(Core& core) : core_(core) {}

    /// A member as the embedding program sees it. The name's view lives until the member changes it or leaves.
    struct Member {
        std::optional<connection_id> connection;  ///< none while it is lost (Limits::resume_seconds), and of a resident
        std::string_view name;
        MemberNumber number;  ///< stays the same through changes of name and connection
    };

    /// All members, in no particular order; a snapshot.
    [[nodiscard]] std::vector<Member> members() const {
        std::vector<Member> all;
        all.reserve(member_count());
        for (const auto& each : registry().members()) all.push_back({connection_of(each), each.name, each.number});
        return all;
    }
    [[nodiscard]] std::size_t member_count() const noexcept { return registry().members().size(); }

    /// Connections, with or without a name, also those that are closing.
    [[nodiscard]] std::size_t connection_count() const noexcept { return registry().peers().size(); }

    /// The connection of the member with this name, in whatever case or width; nothing if it has none just now.
    [[nodiscard]] std::optional<connection_id> find(std::string_view name) const {
        const auto* found = registry().members().find(name);
        return found != nullptr ? connection_of(*found) : std::nullopt;
    }
    /// The number of the member with this name; {} if there is none.
    [[nodiscard]] MemberNumber number_of(std::string_view name) const {
        const auto* found = registry().members().find(name);
        return found != nullptr ? found->number : MemberNumber{};
    }

    /// The name of a member; empty if there is none. Lives until the member changes it or leaves.
    [[nodiscard]] std::string_view name(const MemberRef& of) const {
        const auto* member = core_.member(of);
        return member != nullptr ? std::string_view(member->name) : std::string_view{};
    }
    /// The number of a connection's member; {} if it has no name yet, or is unknown.
    [[nodiscard]] MemberNumber number(const connection_id& id) const {
        const auto* member = core_.member(id);
        return member != nullptr ? member->number : MemberNumber{};
    }
    /// The connection of a member; nothing if it has none just now, or is unknown.
    [[nodiscard]] std::optional<connection_id> connection(MemberNumber number) const {
        const auto* member = core_.member(number);
        return member != nullptr ? connection_of(*member) : std::nullopt;
    }

    /// A word of the program's own beside a member, 0 at first; null if there is no such member. The pointer lives as long
    /// as the member; Left has the word for the last time.
    [[nodiscard]] std::uint64_t* data(const MemberRef& of) {
        auto* member = core_.member(of);
        return member != nullptr ? &member->details().data : nullptr;
    }

    /// Attaches an account to a member, which others see with /whois; an empty one takes it away. Refused: not_a_member,
    /// banned (then the member is removed), and an account that is longer than Limits::name_characters or may not be shown.
    [[nodiscard]] Refusal identify(const MemberRef& who, std::string_view account) {
        auto* member = core_.member(who);
        if (member == nullptr) return Errc::not_a_member;
        return core_.features.attach_account(*member, account);
    }
    /// The account of a member; empty if it has none. Lives until another one is attached or the member leaves.
    [[nodiscard]] std::string_view account(const MemberRef& of) const {
        const auto* member = core_.member(of);
        return member != nullptr ? std::string_view(member->details().account) : std::string_view{};
    }

    /// Adds a member without a connection: a bot, a guard, a bridge. Say and join in its name by its number; it hears
    /// through the hook, and leaves by kick. Refused: no_more_residents, and what is wrong with the name.
    [[nodiscard]] AddedResident add_resident(std::string_view name) { return core_.features.add_resident(trim(name)); }

    /// Gives a connection a name, or another one, as if its peer had asked. Refused: not_a_member if it is unknown, and what
    /// is wrong with the name.
    [[nodiscard]] Refusal rename(const MemberRef& who, std::string_view name) {
        if (auto* member = core_.member(who)) return core_.features.rename(*member, trim(name));
        auto* peer = core_.peer(who);
        return peer != nullptr ? core_.features.set_name(*peer, trim(name)) : Errc::not_a_member;
    }

    /// A member leaves, or a connection without a name is closed; its peer is sent these words, or the protocol's own if
    /// there are none. It cannot resume. Refused: not_a_member if it is unknown, and words that are too long or may not be
    /// shown.
    [[nodiscard]] Refusal kick(const MemberRef& who, std::string_view words = {}) {
        if (auto* member = core_.member(who)) return core_.features.kick(*member, words);
        auto* peer = core_.peer(who);
        return peer != nullptr ? core_.features.kick(*peer, words) : Errc::not_a_member;
    }

    /// A member does not hear another one, in groups and in private, or hears it again (false). Refused: not_a_member,
    /// to_yourself, too_many_sanctions, not_there if it heard it before.
    [[nodiscard]] Refusal ignore(const MemberRef& who, const MemberRef& whom, bool hidden = true) {
        auto *member = core_.member(who), *other = core_.member(whom);
        if (member == nullptr || other == nullptr) return Errc::not_a_member;
        return core_.features.ignore(*member, *other, hidden);
    }

    /// Counts a member as away, or as back. Refused: not_a_member, a text that is too long or may not be shown, and
    /// not_away.
    [[nodiscard]] Refusal go_away(const MemberRef& who, std::string_view text = {}) {
        auto* member = core_.member(who);
        return member != nullptr ? core_.features.go_away(*member, text) : Errc::not_a_member;
    }
    [[nodiscard]] Refusal come_back(const MemberRef& who) {
        auto* member = core_.member(who);
        return member != nullptr ? core_.features.come_back(*member) : Errc::not_a_member;
    }

private:
    [[nodiscard]] const auto& registry() const { return core_.context.registry; }

    template <class M>
    [[nodiscard]] static std::optional<connection_id> connection_of(const M& member) {
        return member.peer != nullptr ? std::optional(member.peer->id) : std::nullopt;
    }

    Core& core_;
};

}  // namespace minimeta::operations
