// Randomness of the system.
#pragma once

#include <sys/random.h>
#include <unistd.h>

#include <cstdlib>

#include "minimeta/base/siphash.hpp"

namespace minimeta::net {

/// A key that nobody can guess: `room.offer_sessions(net::random_key())`. Does not block once the system has started. Ends
/// the program on a system that has no randomness (getentropy(3)).
[[nodiscard]] inline SipKey random_key() noexcept {
    SipKey key;
    if (::getentropy(&key, sizeof key) != 0) std::abort();
    return key;
}

}  // namespace minimeta::net
