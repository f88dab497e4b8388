// The concept `protocol`: a wire format, which decodes bytes to commands and encodes events and replies to bytes.
//
// | expression                     | result                  | meaning                                                |
// |--------------------------------|-------------------------|--------------------------------------------------------|
// | `P::decoder`                   | a type                  | the state of one connection; default constructible     |
// | `p.decode(decoder, fed)`       | std::optional<Command>  | consumes from the front of the string_view `fed`       |
// | `p.skip(decoder, fed)`         |                         | optional: drops from `fed` what need not be decoded    |
// | `p.encode(log, event)`         |                         | appends the event as members read it                   |
// | `p.encode(log, reply, name)`   |                         | appends the reply as the peer named `name` reads it    |
// | `p.encode_stamped(log, event)` |                         | optional: as encode, including the event's stamp       |
// | `p.use(limits)`                |                         | optional: called once by the room, before all others   |
// | `p.advance(wall_time)`         |                         | optional: it is that time now                          |
// | `P::hears_itself(decoder)`     | bool                    | optional: whether the peer is told what it said (Sent) |
// | `p.encode(log, reply, name, decoder)` |                  | optional: as encode, for what depends on the connection |
// | `P::lanes`, `P::lane_of(decoder, stamped)`, `p.encode(log, event, lane)` | | optional: as in protocol_with_lanes |
// | `p.encode_for(log, event, lane, name)` |                 | optional: as in protocol_with_recipients               |
// | `p.is_undecided(decoder)`, `p.decide(decoder)` |         | optional: as in protocol_that_waits                    |
// | `P::delays(decoder)`, `p.hold(decoder, bytes)` |        | optional: as in protocol_that_delays                   |
// | `P::recognise(first)`          | Match                   | optional: whether a connection speaks it (protocol/doors.hpp) |
//
// What the compiler cannot check:
//
// - A decode that returns nothing means *not yet*: it has consumed all of `fed`, and the decoder keeps what it needs. A
//   decode that returns a command may leave some of `fed` for the next one. Views in a command live until then.
// - A skip leaves the decoder and `fed` as if all commands in it but the last, which may be a Quit, had been decoded and
//   thrown away; it is used for what exceeds the rate. Without it, all of them are.
// - A decoder keeps a bounded number of bytes (Limits::line_bytes), whatever its input, and never throws.
// - The room decodes once with an empty `fed` when a connection opens; a protocol without a handshake returns Greet.
// - One protocol object serves all of its connections: limits, phrases and scratch are kept in it, once. It may not
//   assume that bytes arrive in particular pieces, unless it is made for that (Unframed).
// - `encode` may append nothing, if the protocol cannot express the event or reply. The room commits.
// - The name of a peer without a name is empty.
//
// Models: Text, Unframed, Json, Irc; of other protocols: WebSocket, Http, Doors.
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>

#include "minimeta/bytes.hpp"
#include "minimeta/command.hpp"
#include "minimeta/event.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

template <class P>
concept protocol = requires(P& p, typename P::decoder& decoder, std::string_view& fed, ByteLog& log, const Event& event,
                            const Reply& reply, std::string_view name) {
    requires std::default_initializable<typename P::decoder>;
    { p.decode(decoder, fed) } -> std::same_as<std::optional<Command>>;
    p.encode(log, event);
    p.encode(log, reply, name);
};

/// A protocol whose peers can resume. A peer with a session receives events by `encode_stamped`, so that it knows the
/// last message that it received.
template <class P>
concept protocol_with_stamps = protocol<P> && requires(P& p, ByteLog& log, const Event& event) {
    p.encode_stamped(log, event);
};

/// A protocol whose replies depend on the connection: on what it was asked last, for instance.
template <class P>
concept protocol_with_replies_by_state = protocol<P> &&
    requires(P& p, typename P::decoder& decoder, ByteLog& log, const Reply& reply, std::string_view name) {
    p.encode(log, reply, name, decoder);
};

/// A protocol whose peers are told what they have said once it is said: its id, its time, and its text (Sent).
template <class P>
concept protocol_that_hears_itself = protocol<P> && requires(const typename P::decoder& decoder) {
    { P::hears_itself(decoder) } -> std::same_as<bool>;
};

/// A protocol with more forms of events than that, `P::lanes` of them. `P::lane_of(decoder, stamped)` tells which one a connection
/// reads now, and may tell another one after any decode or reply; an event is encoded once for each that somebody reads.
template <class P>
concept protocol_with_lanes = protocol<P> &&
    requires(P& p, const typename P::decoder& decoder, ByteLog& log, const Event& event, std::size_t lane) {
    { P::lanes } -> std::convertible_to<std::size_t>;
    { P::lane_of(decoder, true) } -> std::same_as<std::size_t>;
    p.encode(log, event, lane);
};

/// A protocol in which an event that is for few (Whispered, or news of a friend) is written for each of them, by its name. One that
/// is made of others tells in which of its lanes, `p.names_recipients(lane)`; otherwise it is in all.
template <class P>
concept protocol_with_recipients = protocol<P> &&
    requires(P& p, ByteLog& log, const Event& event, std::size_t lane, std::string_view name) {
    p.encode_for(log, event, lane, name);
};

/// A protocol that waits for what the peer will say first, and when that takes too long (Limits::decision_seconds), is told to
/// decide. The room then decodes nothing, as at the start.
template <class P>
concept protocol_that_waits = protocol<P> && requires(P& p, typename P::decoder& decoder) {
    { p.is_undecided(decoder) } -> std::same_as<bool>;
    p.decide(decoder);
};

/// A protocol whose peers may send more at once than the rate allows, as IRC clients that join many channels do: where
/// `P::delays(decoder)`, the room decodes nothing that would be too fast, but gives the bytes back, `p.hold(decoder, bytes)`, and
/// goes on decoding nothing when it may be done. What is held is bounded.
template <class P>
concept protocol_that_delays = protocol<P> &&
    requires(P& p, typename P::decoder& decoder, const typename P::decoder& seen, std::string_view bytes) {
    { P::delays(seen) } -> std::same_as<bool>;
    p.hold(decoder, bytes);
};

/// A protocol that knows the time, for events that carry none; it is {} until the room is given it.
template <class P>
concept protocol_with_clock = protocol<P> && requires(P& p, WallTime now) {
    p.advance(now);
};

/// A protocol that can pass over input without decoding it.
template <class P>
concept protocol_with_skip = protocol<P> && requires(P& p, typename P::decoder& decoder, std::string_view& fed) {
    p.skip(decoder, fed);
};

/// A protocol that depends on its room's limits.
template <class P>
concept protocol_with_limits = protocol<P> && requires(P& p, const Limits& limits) {
    p.use(limits);
};

/// How the first bytes of a connection fit a protocol: not, as far as they go, or surely.
enum class Match : unsigned char { no, partly, surely };

/// Selects one of a room's protocols for a connection; returned by `room.speaks<Text>()`.
struct ProtocolIndex {
    std::size_t value = 0;
};

}  // namespace minimeta
