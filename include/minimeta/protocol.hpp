// The concept `protocol`: how bytes become commands, and events become bytes.
//
// | expression                     | result                  | meaning                                                |
// |--------------------------------|-------------------------|--------------------------------------------------------|
// | `P::decoder`                   | a type                  | the state of one connection; default constructible     |
// | `p.decode(decoder, fed)`       | std::optional<Command>  | eats from the front of the string_view `fed`           |
// | `p.encode(log, event)`         |                         | appends what members read of the event                 |
// | `p.encode(log, reply, name)`   |                         | appends what the peer called `name` reads of the reply |
// | `p.encode_stamped(log, event)` |                         | as encode, with the event's stamp in what is read      |
// | (optional)                     |                         |                                                        |
// | `p.use(limits)` (optional)     |                         | called once by the room, before everything else        |
//
// What the compiler cannot check:
//
// - A decode that returns nothing means *not yet*: `fed` is empty then, and the decoder keeps what it needs of it. A
//   decode that returns a command may leave some of `fed` for the next one. Views in a command live until then.
// - A decoder keeps a bounded number of bytes (Limits::line_bytes), whatever it is fed, and never throws.
// - The room decodes once when a connection opens, with nothing in `fed`; a protocol that greets at once returns
//   Greet.
// - One protocol object serves all of its connections: limits, words and scratch live in it, once. It may not assume
//   that a connection's bytes come in any particular pieces, unless its name says so (Unframed).
// - `encode` may append nothing, for what this protocol has no words for. The room commits.
// - The name of a peer that has none yet is empty.
//
// Models: Text, Unframed.
#pragma once

#include <concepts>
#include <optional>
#include <string_view>

#include "minimeta/bytes.hpp"
#include "minimeta/command.hpp"
#include "minimeta/event.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/reply.hpp"

namespace minimeta {

template <class P>
concept protocol = requires(P& p, typename P::decoder& decoder, std::string_view& fed, ByteLog& log, const Event& event,
                            const Reply& reply, std::string_view name) {
    requires std::default_initializable<typename P::decoder>;
    { p.decode(decoder, fed) } -> std::same_as<std::optional<Command>>;
    p.encode(log, event);
    p.encode(log, reply, name);
};

/// A protocol whose peers can resume. Whoever has opened a session hears events by `encode_stamped`, so that it knows
/// what it saw last.
template <class P>
concept protocol_with_stamps = protocol<P> && requires(P& p, ByteLog& log, const Event& event) {
    p.encode_stamped(log, event);
};

/// A protocol that wants to know its room's limits.
template <class P>
concept protocol_with_limits = protocol<P> && requires(P& p, const Limits& limits) {
    p.use(limits);
};

/// Which of a room's protocols a connection speaks; got from `room.speaks<Text>()`.
struct ProtocolIndex {
    std::size_t value = 0;
};

}  // namespace minimeta
