// The concept `drivable`: what TcpTransport calls. A Room is one; so is a class that stands in front of several rooms.
//
// | expression                        | result         | meaning                                                     |
// |-----------------------------------|----------------|-------------------------------------------------------------|
// | `room.advance(Time, WallTime)`    |                | once a turn, first                                          |
// | `room.on_open(id, protocol)`      |                | for a new connection                                        |
// | `room.on_receive(id, bytes)`      | void, or       | bytes from an open connection; returns until when no more   |
// |                                   | optional<Time> | is to be read from it                                       |
// | `room.on_close(id)`               |                | once for each on_open                                       |
// | `room.flush()`                    |                | at the end of a turn, once or more                          |
// | `room.next_deadline()`            | optional<Time> | when advance is due at the latest                           |
// | `room.refusal(errc, protocol)`    | Bytes          | for a connection that cannot even be opened                 |
//
// All calls are made from the thread of the turns, and none from within another.
#pragma once

#include <concepts>
#include <optional>
#include <string_view>

#include "minimeta/bytes.hpp"
#include "minimeta/error.hpp"
#include "minimeta/protocol.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

template <class Room, class Id>
concept drivable = requires(Room& room, Id id, std::string_view bytes, ProtocolIndex protocol, Time now,
                            WallTime wall) {
    room.advance(now, wall);
    room.on_open(id, protocol);
    room.on_receive(id, bytes);
    room.on_close(id);
    room.flush();
    { room.next_deadline() } -> std::convertible_to<std::optional<Time>>;
    { room.refusal(Errc{}, protocol) } -> std::convertible_to<Bytes>;
};

}  // namespace minimeta
