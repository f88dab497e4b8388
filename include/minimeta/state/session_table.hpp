// The table of sessions: which members may go on over another connection, and for how long their place is kept.
//
// A member with a session has a token. When its connection is lost, it stays a member without one for a while; a peer that
// shows the token in that time goes on as that member. Tokens are not stored (session_token.hpp), only which members have
// a session.
//
// The places that are kept are bounded, and so are those that one origin may have of them: members that come and go
// would take the places of all others otherwise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "minimeta/base/hash_table.hpp"
#include "minimeta/base/narrow.hpp"
#include "minimeta/base/rate_limiter.hpp"
#include "minimeta/base/siphash.hpp"
#include "minimeta/base/timeout_queue.hpp"
#include "minimeta/base/unique_ptr.hpp"
#include "minimeta/message.hpp"
#include "minimeta/state/session_token.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

/// The sessions of a room. A Member stays where it is in memory until its session is ended.
template <class Member>
class SessionTable {
public:
    /// Lost members expire after `resume_seconds`, and `places` of them are kept.
    SessionTable(std::uint32_t resume_seconds, std::size_t places) : places_(places), lost_members_(resume_seconds) {}

    /// Offers sessions from now on. Tokens of another key are valid no longer.
    void offer(SipKey key) {
        mint_.emplace(key);
        origins_.rehash(OriginHash{key});
    }
    [[nodiscard]] bool offered() const noexcept { return mint_.has_value(); }

    /// Opens a session for a member, if it has none, and returns its token. Sessions are offered.
    std::string open(MemberNumber number, Member& member) {
        if (!has(number)) sessions_.insert(UniquePtr<Session>(new Session(number, member)));
        return mint_->token_of(number);
    }
    [[nodiscard]] bool has(MemberNumber number) const { return find(number) != nullptr; }

    /// Returns the member whose token this is; null if it has no session, or if it is not a token.
    [[nodiscard]] Member* find(std::string_view token) const {
        const auto number = mint_ ? mint_->member_of(token) : std::nullopt;
        return number ? member_of(find(*number)) : nullptr;
    }

    /// The connection of a member with a session is lost; it came from there, and 0 is nowhere. Returns a member that has
    /// to leave for it: the one that has been lost for longest, if too many are; of this origin, if it has more than a
    /// quarter of the places; otherwise null.
    [[nodiscard]] Member* lose(MemberNumber number, std::uint64_t from, Time now) {
        Session& session = *find(number);
        regain(session);
        session.lost = true;
        ++lost_count_;
        lost_members_.restart(session, now);
        if (from != 0) {
            session.origin = origin(from);
            if (++session.origin->lost > places_ / 4 + (places_ % 4 != 0)) return longest_lost_of(*session.origin);
        }
        return lost_count_ > places_ ? member_of(lost_members_.oldest()) : nullptr;
    }

    /// Whether a member may resume now: a few times in a row, and once a second in the long run. What it missed is sent
    /// each time, which costs more than any command.
    [[nodiscard]] bool admit(MemberNumber number, Time now) {
        return find(number)->resumes.admit(now, {.per_second = 1, .burst = 10});
    }

    /// It has one again.
    void regain(MemberNumber number) { regain(*find(number)); }

    /// A member is gone, with its session if it had one.
    void end(MemberNumber number) {
        Session* session = find(number);
        if (session == nullptr) return;
        regain(*session);
        (void)sessions_.remove(*session);
    }

    /// How many members are lost.
    [[nodiscard]] std::size_t lost() const noexcept { return lost_count_; }

    /// Returns a member that has been lost for too long; null if there is none.
    [[nodiscard]] Member* expired(Time now) const { return member_of(lost_members_.expired(now)); }

    /// When the next lost member expires, if any is lost.
    [[nodiscard]] std::optional<Time> deadline() const { return lost_members_.deadline(); }

    /// Calls `use(member)` for each lost member, the one that was lost first in front, as long as that returns true.
    template <class Use>
    void each_lost(Use&& use) const {
        lost_members_.each([&](const Session& session) { return use(*session.member); });
    }

private:
    // Where lost members came from.
    struct Origin : HashNode {
        explicit Origin(std::uint64_t given) : value(given) {}
        std::uint64_t value;
        std::size_t lost = 0;
    };
    struct OriginHash {
        [[nodiscard]] std::size_t operator()(std::uint64_t value) const {
            return narrow<std::size_t>(siphash(key, value));
        }
        [[nodiscard]] std::size_t operator()(const Origin& origin) const { return (*this)(origin.value); }
        SipKey key{};
    };

    struct Session : HashNode, Timed {
        Session(MemberNumber of_number, Member& of) : number(of_number), member(&of) {}
        [[nodiscard]] std::size_t hash() const { return narrow<std::size_t>(number.value); }

        MemberNumber number;
        Member* member;
        RateLimiter resumes;
        Origin* origin = nullptr;  // while it is lost
        bool lost = false;
    };

    [[nodiscard]] Session* find(MemberNumber number) const {
        return sessions_.find(narrow<std::size_t>(number.value),
                              [&](const Session& session) { return session.number == number; });
    }
    [[nodiscard]] static Member* member_of(const Session* session) {
        return session != nullptr ? session->member : nullptr;
    }

    Origin* origin(std::uint64_t value) {
        const auto is_it = [value](const Origin& origin) { return origin.value == value; };
        if (Origin* found = origins_.find(origins_.hash_function()(value), is_it)) return found;
        return &origins_.insert(UniquePtr<Origin>(new Origin(value)));
    }

    // O(members that are lost), for an origin that has too many.
    [[nodiscard]] Member* longest_lost_of(const Origin& origin) const {
        Member* found = nullptr;
        lost_members_.each([&](const Session& session) {
            if (session.origin == &origin) found = session.member;
            return found == nullptr;
        });
        return found;
    }

    void regain(Session& session) {
        if (session.lost) --lost_count_;
        session.lost = false;
        if (Origin* from = std::exchange(session.origin, nullptr); from != nullptr && --from->lost == 0)
            (void)origins_.remove(*from);
        TimeoutQueue<Session>::cancel(session);
    }

    std::size_t places_;
    std::optional<TokenMint> mint_;
    HashTable<Session> sessions_;
    HashTable<Origin, OriginHash> origins_;
    TimeoutQueue<Session> lost_members_;
    std::size_t lost_count_ = 0;
};

}  // namespace minimeta
