// Options of a TcpTransport, each with its reason.
#pragma once

#include "minimeta/net/address_limiter.hpp"
#include "minimeta/net/dead_peer.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

/// Aggregate: `TcpOptions{.linger = seconds(2)}`.
struct TcpOptions {
    /// How long a closing connection is kept for its last words. Enough for a slow line to take a few kilobytes; a peer
    /// that does not read holds a descriptor no longer than this.
    Duration linger = seconds(5);

    /// The least time between two flushes, in which broadcasts are gathered; each member is sent all of them at once. 0
    /// flushes in every turn. A message after a pause is sent at once in any case, and so is one to a single peer. A
    /// large and busy room gets far cheaper: with 100 lines a second, 50 ms make one send out of five.
    Duration flush_interval = {};

    /// How long a peer may leave what it is sent unacknowledged, before it counts as vanished; 0 leaves that to the system
    /// (Linux: a quarter of an hour). A peer that is there, but does not read, acknowledges. Linux only.
    Duration dead_after = net::dead_peer_timeout;

    /// How many connections one address may have, and open in a second.
    net::AddressLimits addresses = {};
};

}  // namespace minimeta
