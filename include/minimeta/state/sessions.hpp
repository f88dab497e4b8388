// Sessions: who may come back over another connection, and for how long its place is kept.
//
// A member with a session has a token. When its connection is lost, it stays a member without one for a while; whoever
// shows the token in that time goes on as that member. Tokens are not stored (session_token.hpp): what is stored is
// which members have a session.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "minimeta/base/timeout_queue.hpp"
#include "minimeta/error.hpp"
#include "minimeta/message.hpp"
#include "minimeta/state/session_token.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

/// The sessions of a room. An `Entry` is where a member is found, and stays where it is as long as it is a member.
template <class Entry>
class Sessions {
public:
    explicit Sessions(std::uint32_t seconds_kept) : waiting_(seconds_kept) {}

    /// Sessions are offered from now on. Tokens of another secret count no more.
    void offer(SipKey secret) { mint_.emplace(secret); }
    [[nodiscard]] bool offered() const noexcept { return mint_.has_value(); }

    /// Opens a session for a member, if it has none, and returns its token. Sessions are offered.
    std::string open(MemberNumber member, Entry& entry) {
        kept_[member].entry = &entry;
        return mint_->token_of(member);
    }
    [[nodiscard]] bool has(MemberNumber member) const { return kept_.contains(member); }

    /// Whose token this is; null if it is nobody's who has a session.
    [[nodiscard]] Entry* find(std::string_view token) const {
        const auto member = mint_ ? mint_->member_of(token) : std::nullopt;
        const auto place = member ? kept_.find(*member) : kept_.end();
        return place != kept_.end() ? place->second.entry : nullptr;
    }

    /// The connection of a member with a session is lost.
    void lose(MemberNumber member, Time now) {
        Kept& kept = kept_.find(member)->second;
        if (!kept.lost) ++lost_;
        kept.lost = true;
        waiting_.restart(kept, now);
    }

    /// It has one again.
    void regain(MemberNumber member) { settle(kept_.find(member)->second); }

    /// A member is gone, with its session if it had one.
    void end(MemberNumber member) {
        const auto place = kept_.find(member);
        if (place == kept_.end()) return;
        settle(place->second);
        kept_.erase(place);
    }

    /// How many members have no connection.
    [[nodiscard]] std::size_t lost() const noexcept { return lost_; }

    /// The one whose connection has been lost for longest, if that is too long by now, if there is any, and when it
    /// will be too long.
    [[nodiscard]] Entry* overdue(Time now) const { return entry_of(waiting_.expired(now)); }
    [[nodiscard]] Entry* longest_lost() const { return entry_of(waiting_.oldest()); }
    [[nodiscard]] std::optional<Time> deadline() const { return waiting_.deadline(); }

    /// Calls `use(entry)` for each who has lost its connection, in no particular order.
    template <class Use>
    void each_lost(Use&& use) const {
        if (lost_ == 0) return;
        for (const auto& [member, kept] : kept_)
            if (kept.lost) use(*kept.entry);
    }

private:
    struct Kept : Timed {
        Entry* entry = nullptr;
        bool lost = false;
    };

    static Entry* entry_of(const Kept* kept) { return kept != nullptr ? kept->entry : nullptr; }

    void settle(Kept& kept) {
        if (kept.lost) --lost_;
        kept.lost = false;
        TimeoutQueue<Kept>::cancel(kept);
    }

    std::optional<TokenMint> mint_;
    std::unordered_map<MemberNumber, Kept> kept_;
    TimeoutQueue<Kept> waiting_;
    std::size_t lost_ = 0;
};

}  // namespace minimeta
