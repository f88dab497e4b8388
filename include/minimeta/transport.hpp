// The concept `transport`: where a room's bytes go.
//
// | expression                | result            | meaning                                                          |
// |---------------------------|-------------------|------------------------------------------------------------------|
// | `T::connection_id`        | a type            | names a connection: regular, hashable with std::hash             |
// | `t.send(id, bytes)`       |                   | takes bytes, never none, to deliver behind those sent before     |
// | `t.close(id)`             |                   | closes after what was sent, within a linger time                 |
// | `t.backlog(id)` (optional)| size_t            | bytes accepted by send and not yet taken by the peer             |
//
// What the compiler cannot check, and every transport owes its room:
//
// - `send` and `close` never block, never fail visibly, and never call the room back. What cannot be delivered is
//   dropped, and the connection is reported as closed later.
// - Bytes reach a peer in the order of the sends. `send` may keep the slice (it shares its storage) or copy it.
// - After `room.on_open(id)` there is exactly one `room.on_close(id)`: also after `close(id)`, and never from within
//   another call of the room. Between the two the id names this connection and no other.
// - An id that the transport does not know (any more) is ignored.
// - Without `backlog` the room cannot tell who is too slow, and the transport has to bound what it keeps.
//
// A driver is the loop around a transport: for each turn it calls `room.advance` with the time, the `room.on_*` for
// what became ready, and `room.flush` once. See room.hpp.
//
// Models: MemoryTransport, LoopbackTransport, TcpTransport.
#pragma once

#include <concepts>
#include <cstddef>
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

/// A transport that can tell how much is still on its way to a peer.
template <class T>
concept transport_with_backlog = transport<T> && requires(T& t, const typename T::connection_id& id) {
    { t.backlog(id) } -> std::convertible_to<std::size_t>;
};

}  // namespace minimeta
