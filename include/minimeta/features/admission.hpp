// Admission: which of a peer's commands are carried out at all, at what rate.
#pragma once

#include <utility>

#include "minimeta/error.hpp"
#include "minimeta/limits.hpp"

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
        const Limits& limits = context_.limits;
        if (peer.rate_limiter.admit(*context_.now, {limits.messages_per_second, limits.burst})) return true;
        if (!std::exchange(peer.told_too_fast, true)) context_.refuse(peer, Errc::too_fast);
        return false;
    }

private:
    Context& context_;
};

}  // namespace minimeta::features
