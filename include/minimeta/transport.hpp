// The concept `transport`: a set of connections, over which a room sends bytes to its peers.
//
// | expression                | result            | meaning                                                          |
// |---------------------------|-------------------|------------------------------------------------------------------|
// | `T::connection_id`        | a type            | identifies a connection: regular, hashable with std::hash        |
// | `t.send(id, bytes)`       |                   | accepts bytes, never none, for delivery in order                 |
// | `t.close(id)`             |                   | closes after the bytes already sent, within a linger time        |
// | `t.backlog(id)` (optional)| size_t            | bytes accepted by send and not yet taken by the peer             |
// | `t.origin(id)` (optional) | uint64_t          | where a connection comes from: equal for those of one address;   |
// |                           |                   | 0 if that is unknown or does not count                           |
//
// What the compiler cannot check, and every transport guarantees:
//
// - `send` and `close` never block, never report failure, and never call the room back. What cannot be delivered is
//   dropped, and the connection is reported as closed later.
// - Bytes reach a peer in the order of the sends. `send` may copy the slice, or keep it: then its whole storage, of up to
//   256 KiB or more, stays alive. An Outbox (transport/outbox.hpp) keeps that in proportion.
// - After `room.on_open(id)` there is exactly one `room.on_close(id)`: also after `close(id)`, and never from within
//   another call of the room. Between the two, the id identifies this connection and no other.
// - Within `room.on_close(id)` the room may send what was said before: a peer that has ended only its own side reads it.
// - An id of an unknown or former connection is ignored.
// - Without `origin`, all connections may be of one peer that takes every place which is kept for a lost member.
// - Without `backlog` the room cannot detect slow peers, and the transport has to bound what it keeps.
//
// A driver is the loop around a transport. Each turn, it calls `room.advance` with the time, the `room.on_*` for what
// became ready, and `room.flush` once. See room.hpp.
//
// Models: MemoryTransport, LoopbackTransport, TcpTransport.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "minimeta/bytes.hpp"

namespace minimeta {

template <class T>
concept transport = requires(T& t, const typename T::connection_id& id, const Bytes& bytes) {
    requires std::regular<typename T::connection_id>;
    { std::hash<typename T::connection_id>{}(id) } -> std::convertible_to<std::size_t>;
    t.send(id, bytes);
    t.close(id);
};

/// A transport that reports how many bytes are still on their way to a peer.
template <class T>
concept transport_with_backlog = transport<T> && requires(T& t, const typename T::connection_id& id) {
    { t.backlog(id) } -> std::convertible_to<std::size_t>;
};

/// A transport that knows where a connection comes from, such as its address.
template <class T>
concept transport_with_origin = transport<T> && requires(T& t, const typename T::connection_id& id) {
    { t.origin(id) } -> std::convertible_to<std::uint64_t>;
};

}  // namespace minimeta
