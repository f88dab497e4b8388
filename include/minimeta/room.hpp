// Room: a chat room that does no I/O. Bytes and time come in as arguments, bytes go out through a transport.
//
// Its functions are of two kinds:
//
// - *Called by a driver*: on_open, on_receive, on_close, advance, flush, next_deadline, refusal, here. A driver is any event
//   loop. One turn of it is `advance(now)` once, `on_*` for whatever is ready, `flush()` once; what is said to many is
//   delivered by flush. Ids that the room does not know (any more) are ignored.
// - *Called by the embedding program*: say, kick, members, on_event and the like, in operations/; between turns, or from
//   within a hook. They return what was refused.
//
// Each operation goes in this order: it refuses; it changes the room; it appends bytes; it calls the hooks, last. So a hook
// sees the room in order, and may use every function of the second kind; it is called for what happens through that in
// turn, nested. It must not call a driver's function, nor add or remove hooks, nor throw.
//
// A connection that the room closes loses name and seats at once, and nothing that it still sends is looked at. What the
// room knows of the connection lives until the transport reports on_close.
//
// A room belongs to one thread, and its transport outlives it. What each command does is in features/; how bytes become
// commands is in protocol/.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "minimeta/base/siphash.hpp"
#include "minimeta/bytes.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/features/admission.hpp"
#include "minimeta/hooks.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/operations/operations.hpp"
#include "minimeta/operations/room_core.hpp"
#include "minimeta/protocol.hpp"
#include "minimeta/protocol/protocol_set.hpp"
#include "minimeta/protocol/text.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/time.hpp"
#include "minimeta/transport.hpp"

namespace minimeta {

/// The protocols of a room: Text, if none is named.
template <protocol... Protocols>
using Spoken = std::conditional_t<sizeof...(Protocols) == 0, ProtocolSet<Text>, ProtocolSet<Protocols...>>;

/// A chat room over a transport, whose connections each speak one of the protocols (Text, if none is named).
template <transport Transport, protocol... Protocols>
class Room : RoomCore<Transport, Spoken<Protocols...>>, public Operations<RoomCore<Transport, Spoken<Protocols...>>> {
    using Core = RoomCore<Transport, Spoken<Protocols...>>;
    using Context = typename Core::Context;
    using Peer = typename Context::Peer;
    using Core::context, Core::features, Core::protocols;

public:
    using connection_id = typename Transport::connection_id;
    using Member = typename operations::Members<Core>::Member;
    using MemberRef = minimeta::MemberRef<connection_id>;

    /// An empty room. `Room room{transport}` speaks Text in English with the default limits.
    explicit Room(std::type_identity_t<Transport>& transport, Limits limits = {})  // the guides below deduce, not this
        : Room(transport, limits, Spoken<Protocols...>{}) {}
    Room(Transport& transport, Limits limits, Protocols... spoken) requires(sizeof...(Protocols) > 0)
        : Room(transport, limits, Spoken<Protocols...>{std::move(spoken)...}) {}

    // ---- Called by a driver

    /// A connection is open, and speaks this protocol. It is greeted, or turned away if the room is full. The id is not
    /// open already.
    void on_open(const connection_id& id, ProtocolIndex protocol = {}) {
        MINIMETA_ASSERT(!context.hooks.running());
        using Kind = typename ConnectionEvent<connection_id>::Kind;
        if (context.registry.peers().size() >= Core::limits.connections) {
            if (const Bytes words = refusal(Errc::room_full, protocol); !words.empty())
                context.transport.send(id, words);
            context.transport.close(id);
            return context.hooks.notify({id, Kind::refused, Errc::room_full});
        }
        ++context.metrics.opened;
        Peer& peer = features.open(id);
        protocols.start(peer.decoder, protocol);
        receive(peer, {});
        if (!peer.closing && protocols.is_undecided(peer.decoder)) features.wait(peer);
        context.hooks.notify({id, Kind::opened});
    }

    /// Bytes were received; any number of them, in any pieces. Returns a time if the peer exceeds its rate: until then, a
    /// driver does well to read nothing from it, since most of it would be dropped.
    std::optional<Time> on_receive(const connection_id& id, std::string_view bytes) {
        MINIMETA_ASSERT(!context.hooks.running());
        Peer* peer = context.registry.open_peer(id);
        if (peer == nullptr) return {};
        features.touch(*peer);
        return receive(*peer, bytes);
    }

    /// A connection has ended, by either side. Its member leaves; or may resume, if it has a session.
    void on_close(const connection_id& id) {
        MINIMETA_ASSERT(!context.hooks.running());
        if (Peer* peer = context.registry.peers().find(id)) features.on_close(*peer);
    }

    /// It is `now`, which is never earlier than before, and `wall_time`, with which messages are stamped. What is due is
    /// done: peers that are silent for too long are closed, members that were lost for too long leave. Until this is called
    /// for the first time, no peer is too fast or silent for too long, and no member is waited for.
    void advance(Time now, WallTime wall_time = {}) {
        MINIMETA_ASSERT(!context.hooks.running());
        if (!context.now) features.begin(now);
        context.advance(now, wall_time);
        protocols.advance(wall_time);
        for (const connection_id& id : std::exchange(delayed_, {})) {
            Peer* peer = context.registry.open_peer(id);
            if (peer != nullptr && std::exchange(peer->delayed, false)) receive(*peer, {});
        }
        while (Peer* peer = features.waited(now)) {
            if (!protocols.is_undecided(peer->decoder)) continue;
            protocols.decide(peer->decoder);
            receive(*peer, {});
        }
        features.expire_all(now);
    }

    /// Ends the turn: delivers what was said. Peers that do not take what they are sent are closed, and the others are
    /// notified in the same turn.
    void flush() {
        MINIMETA_ASSERT(!context.hooks.running());
        features.flush();
    }

    /// When `advance` is due at the latest; nothing if only input can change the room.
    [[nodiscard]] std::optional<Time> next_deadline() const {
        std::optional<Time> first = features.first_deadline();
        for (const connection_id& id : delayed_) {
            Peer* peer = context.registry.open_peer(id);
            if (peer == nullptr) continue;
            const Time due = admission_.admits_at(*peer);
            if (!first || due < *first) first = due;
        }
        return first;
    }

    /// What to send to a connection that the driver cannot even open, in the words of that protocol.
    [[nodiscard]] Bytes refusal(Errc why, ProtocolIndex protocol = {}) {
        context.count_refused(why);
        ByteLog log;
        protocols.encode_at(protocol.value, log, Reply{features.removed(why)}, {});
        log.commit();
        ByteLog::Position from = 0;
        return log.read(from);
    }

    /// Which protocol a listener's connections speak: `listen(host, port, room.speaks<Unframed>())`.
    template <protocol P>
    [[nodiscard]] static constexpr ProtocolIndex speaks() {
        return Spoken<Protocols...>::template index_of<P>();
    }

    // ---- Set up

    /// Offers sessions from now on, so that members can resume over another connection within Limits::resume_seconds. The
    /// key makes their tokens unguessable: take it from the system's randomness, a new one for each room, or the tokens of
    /// one would be valid in the other. Names are hashed with it, too; before, with a key made of where the room lies in
    /// memory, which is secret where the system places programs at random.
    void offer_sessions(SipKey key) {
        context.sessions.offer(key);
        context.registry.use(key);
    }

    [[nodiscard]] const Limits& limits() const noexcept { return Core::limits; }

private:
    Room(Transport& transport, Limits limits, Spoken<Protocols...>&& spoken)
        : Core(transport, limits, std::move(spoken)), Operations<Core>(static_cast<Core&>(*this)) {}

    // What a peer sends while it is too slow would only make it slower.
    std::optional<Time> receive(Peer& peer, std::string_view bytes) {
        const std::size_t size = bytes.size();
        std::size_t commands = 0;
        while (!peer.closing && !peer.too_slow) {
            if (Spoken<Protocols...>::some_delay && protocols.delays(peer.decoder))
                if (const Time at = admission_.admits_at(peer); at > context.present()) return delay(peer, bytes, at);
            const std::optional<Command> command = protocols.decode(peer.decoder, bytes);
            if (!command) return admission_.account(peer, size, commands);
            ++commands;
            if (!visit([&](const auto& each) { return carry_out(peer, each); }, *command))
                protocols.skip(peer.decoder, bytes);
            if constexpr (Spoken<Protocols...>::some_change_lanes) context.registry.change_lane(peer);
        }
        return {};
    }

    // What a peer has sent too fast waits.
    Time delay(Peer& peer, std::string_view bytes, Time at) {
        protocols.hold(peer.decoder, bytes);
        if (!std::exchange(peer.delayed, true)) delayed_.push_back(peer.id);
        return at;
    }

    // What comes too fast is dropped, but for what is no burden: then it returns false. Without a name a peer may do little
    // but take one.
    template <class C>
    bool carry_out(Peer& peer, const C& command) {
        if (is_metered<C> && !admission_.admit(peer)) return false;
        if (needs_name<C> && peer.member == nullptr) return context.refuse(peer, Errc::name_required), true;
        if (!is_request<C> || !context.hooks.has_gate()) return features.on(peer, command), true;
        const std::optional<Command> allowed = features.pass(peer, command);
        if (!allowed || (needs_name<C> && peer.member == nullptr)) return true;  // nor a member, by what the gate did
        features.on(peer, allowed->get_unchecked<C>());
        return true;
    }

    features::Admission<Context> admission_{context};
    std::vector<connection_id> delayed_;  // have sent what waits
};

template <transport T>
Room(T&) -> Room<T, Text>;
template <transport T>
Room(T&, Limits) -> Room<T, Text>;
template <transport T, protocol... Ps>
Room(T&, Limits, Ps...) -> Room<T, Ps...>;

}  // namespace minimeta
