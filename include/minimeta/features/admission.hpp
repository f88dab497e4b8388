// Admission: which of a peer's commands are carried out at all, at what rate.
//
// What exceeds the rate must cost next to nothing, or a flood would take the time of the others. So beyond it, input is
// skipped without being decoded, and the driver is asked to read no more from that connection until a command would be
// admitted again: then TCP makes the sender wait.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "minimeta/base/rate_limiter.hpp"
#include "minimeta/error.hpp"
#include "minimeta/hooks.hpp"
#include "minimeta/time.hpp"

namespace minimeta::features {

template <class Context>
class Admission {
public:
    using Peer = typename Context::Peer;

    explicit Admission(Context& context) : context_(context) {}

    /// Whether a peer may send a command now, within Limits::messages_per_second and burst. The refusal is sent once, until
    /// the peer has been calm for so long that it may use its whole burst again: a flood is not worth an answer for each
    /// line. Before the first advance, every command is admitted.
    bool admit(Peer& peer) {
        if (!context_.now) return true;
        if (peer.rate_limiter.rested(*context_.now)) peer.told_too_fast = false;
        if (peer.rate_limiter.admit(*context_.now, rate())) return true;
        if (std::exchange(peer.told_too_fast, true)) return false;
        context_.refuse(peer, Errc::too_fast);
        using Event = ConnectionEvent<typename Context::connection_id>;
        context_.hooks.notify(Event{peer.id, Event::Kind::limited, Errc::too_fast, peer.number()});
        return false;
    }

    /// When the next command of a peer would be admitted; before the first advance, at once.
    [[nodiscard]] Time admits_at(Peer& peer) const {
        return context_.now ? peer.rate_limiter.admits_at(*context_.now, rate()) : Time{};
    }

    /// Counts input of so many bytes with so many commands in it: few commands in many bytes (blank lines, a line without
    /// end) are work, too. Returns when the peer's next command will be admitted, if that is not at once.
    std::optional<Time> account(Peer& peer, std::size_t bytes, std::size_t commands) {
        if (!context_.now) return {};
        const Time now = *context_.now;
        const std::size_t worth = bytes / bytes_worth_a_command;
        if (worth > commands) peer.rate_limiter.charge(now, rate(), static_cast<std::uint32_t>(worth - commands));
        const Time at = peer.rate_limiter.admits_at(now, rate());
        return at > now ? std::optional(at) : std::nullopt;
    }

private:
    // About as much work as one of the cheap commands.
    static constexpr std::size_t bytes_worth_a_command = 4'096;

    [[nodiscard]] Rate rate() const { return {context_.limits.messages_per_second, context_.limits.burst}; }

    Context& context_;
};

}  // namespace minimeta::features
