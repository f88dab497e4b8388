// Room: a chat room that does no I/O. Bytes and time come in as arguments, bytes go out through a transport.
//
// Its functions are of three kinds:
//
// - *Called by a driver*: on_open, on_receive, on_close, advance, flush, next_deadline, refusal. A driver is any event
//   loop. One turn of it is `advance(now)` once, `on_*` for whatever is ready, `flush()` once; what is said to many is
//   delivered by flush. Ids that the room does not know (any more) are ignored.
// - *Called by the embedding program*: say, whisper, announce, rename, kick, members and the like; between turns, or from
//   within the hook. They return what was refused.
// - *Set by the program*: on_event sets the hook, which is called with every event.
//
// Each operation goes in this order: it refuses; it changes the room; it appends bytes; it calls the hook, last. So a hook
// sees the room in order, and may use every function of the second kind; it is called for what happens through that in
// turn, nested. It must not call a driver's function, nor replace itself, nor throw.
//
// A connection that the room closes loses name and seats at once, and nothing that it still sends is looked at. What the
// room knows of the connection lives until the transport reports on_close.
//
// A room belongs to one thread, and its transport outlives it. What each command does is in features/; how bytes become
// commands is in protocol/.
#pragma once

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "minimeta/base/siphash.hpp"
#include "minimeta/base/utf8.hpp"
#include "minimeta/bytes.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/features.hpp"
#include "minimeta/features/admission.hpp"
#include "minimeta/features/context.hpp"
#include "minimeta/history/history.hpp"
#include "minimeta/hooks.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/message.hpp"
#include "minimeta/protocol.hpp"
#include "minimeta/protocol/protocol_set.hpp"
#include "minimeta/protocol/text.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/state/types.hpp"
#include "minimeta/time.hpp"
#include "minimeta/transport.hpp"

namespace minimeta {

/// A chat room over a transport, whose connections each speak one of the protocols (Text, if none is named).
template <transport Transport, protocol... Protocols>
class Room {
    using Spoken = std::conditional_t<sizeof...(Protocols) == 0, ProtocolSet<Text>, ProtocolSet<Protocols...>>;
    using Context = minimeta::Context<Types<Transport, Spoken>>;
    using Peer = typename Context::Peer;

public:
    using connection_id = typename Transport::connection_id;

    /// A member as the embedding program sees it. The name's view lives until the member changes it or leaves.
    struct Member {
        std::optional<connection_id> connection;  ///< none while it is lost (Limits::resume_seconds)
        std::string_view name;
        MemberNumber number;  ///< stays the same through changes of name and connection
    };

    /// An empty room. `Room room{transport}` speaks Text in English with the default limits.
    explicit Room(std::type_identity_t<Transport>& transport, Limits limits = {})  // the guides below deduce, not this
        : Room(transport, limits, Spoken{}) {}
    Room(Transport& transport, Limits limits, Protocols... protocols) requires(sizeof...(Protocols) > 0)
        : Room(transport, limits, Spoken{std::move(protocols)...}) {}

    Room(const Room&) = delete;  // views and seats point into it
    Room& operator=(const Room&) = delete;

    // ---- Called by a driver

    /// A connection is open, and speaks this protocol. It is greeted, or turned away if the room is full. The id is not
    /// open already.
    void on_open(const connection_id& id, ProtocolIndex protocol = {}) {
        MINIMETA_ASSERT(!context_.hooks.running());
        if (connection_count() >= limits_.connections) {
            if (const Bytes words = refusal(Errc::room_full, protocol); !words.empty())
                context_.transport.send(id, words);
            context_.transport.close(id);
            return;
        }
        Peer& peer = features_.open(id);
        protocols_.start(peer.decoder, protocol);
        receive(peer, {});
    }

    /// Bytes were received; any number of them, in any pieces. Returns a time if the peer exceeds its rate: until then, a
    /// driver does well to read nothing from it, since most of it would be dropped.
    std::optional<Time> on_receive(const connection_id& id, std::string_view bytes) {
        MINIMETA_ASSERT(!context_.hooks.running());
        Peer* peer = open_peer(id);
        if (peer == nullptr) return {};
        features_.touch(*peer);
        return receive(*peer, bytes);
    }

    /// A connection has ended, by either side. Its member leaves; or may resume, if it has a session.
    void on_close(const connection_id& id) {
        MINIMETA_ASSERT(!context_.hooks.running());
        if (Peer* peer = context_.registry.peers().find(id)) features_.on_close(*peer);
    }

    /// It is `now`, which is never earlier than before, and `wall_time`, with which messages are stamped. What is due is
    /// done: peers that are silent for too long are closed, members that were lost for too long leave. Until this is called
    /// for the first time, no peer is too fast or silent for too long, and no member is waited for.
    void advance(Time now, WallTime wall_time = {}) {
        MINIMETA_ASSERT(!context_.hooks.running());
        if (!context_.now) features_.begin(now);
        context_.advance(now, wall_time);
        features_.expire_all(now);
    }

    /// Ends the turn: delivers what was said. Peers that do not take what they are sent are closed, and the others are
    /// notified in the same turn.
    void flush() {
        MINIMETA_ASSERT(!context_.hooks.running());
        features_.flush();
    }

    /// When `advance` is due at the latest; nothing if only input can change the room.
    [[nodiscard]] std::optional<Time> next_deadline() const { return features_.first_deadline(); }

    /// What to send to a connection that the driver cannot even open, in the words of that protocol.
    [[nodiscard]] Bytes refusal(Errc why, ProtocolIndex protocol = {}) {
        ByteLog log;
        protocols_.encode(protocol.value, log, Reply{features_.removed(why)}, {});
        log.commit();
        ByteLog::Position from = 0;
        return log.read(from);
    }

    /// Which protocol a listener's connections speak: `listen(host, port, room.speaks<Unframed>())`.
    template <protocol P>
    [[nodiscard]] static constexpr ProtocolIndex speaks() {
        return Spoken::template index_of<P>();
    }

    // ---- Called by the embedding program. A group's name is without the #; that of the lobby is "lobby", or empty.

    /// Sets the function that is called with each event, instead of the one before; not from within a hook.
    void on_event(Hook hook) {
        MINIMETA_ASSERT(!context_.hooks.running());
        context_.hooks.on_event(std::move(hook));
    }

    /// Offers sessions from now on, so that members can resume over another connection within Limits::resume_seconds. The
    /// key makes their tokens unguessable: take it from the system's randomness, a new one for each room, or the tokens of
    /// one would be valid in the other. Names are hashed with it, too; before, with a key made of where the room lies in
    /// memory, which is secret where the system places programs at random.
    void offer_sessions(SipKey key) {
        context_.sessions.offer(key);
        context_.registry.use(key);
    }

    /// Says a text to the others in a group, or in the lobby, in a member's name. Refused: not_a_member, not_in_group, and
    /// a text that is empty, too long or may not be shown. The program is not held to Limits::messages_per_second.
    [[nodiscard]] Refusal say(const connection_id& from, std::string_view group, std::string_view text,
                              Manner manner = Manner::speech) {
        Peer* peer = member(from);
        return peer != nullptr ? features_.say(*peer, group, text, manner) : Errc::not_a_member;
    }
    [[nodiscard]] Refusal say(const connection_id& from, std::string_view text) { return say(from, {}, text); }
    template <std::same_as<Manner> M>  // so that {} is no manner, but an empty text
    [[nodiscard]] Refusal say(const connection_id& from, std::string_view text, M manner) {
        return say(from, {}, text, manner);
    }

    /// Says a text in a member's name to these members only. Refused as say is; and to_yourself, too_many_recipients,
    /// absent if no member has one of the names, unreachable if one has lost its connection and private messages are not
    /// kept: then it is delivered to nobody.
    [[nodiscard]] Refusal whisper(const connection_id& from, std::span<const std::string_view> to,
                                  std::string_view text, Manner manner = Manner::speech) {
        Peer* peer = member(from);
        return peer != nullptr ? features_.whisper(*peer, to, text, manner).refused : Errc::not_a_member;
    }
    [[nodiscard]] Refusal whisper(const connection_id& from, std::initializer_list<std::string_view> to,
                                  std::string_view text, Manner manner = Manner::speech) {
        return whisper(from, std::span(to.begin(), to.size()), text, manner);
    }
    [[nodiscard]] Refusal whisper(const connection_id& from, std::string_view to, std::string_view text,
                                  Manner manner = Manner::speech) {
        return whisper(from, std::span(&to, 1), text, manner);
    }

    /// Says a text in a group, or in the lobby, in the program's own name. Refused: no_such_group, and a text that is
    /// empty, too long or may not be shown.
    [[nodiscard]] Refusal announce(std::string_view group, std::string_view text) {
        return features_.announce(group, text);
    }
    [[nodiscard]] Refusal announce(std::string_view text) { return announce({}, text); }

    /// Gives a connection a name, or another one, as if its peer had asked. Refused: not_a_member if the connection is
    /// unknown, and what is wrong with the name.
    [[nodiscard]] Refusal rename(const connection_id& id, std::string_view name) {
        Peer* peer = open_peer(id);
        return peer != nullptr ? features_.set_name(*peer, trim(name)) : Errc::not_a_member;
    }

    /// Closes a connection; its peer is sent these words, or the protocol's own if there are none. Refused: not_a_member if
    /// the connection is unknown, and words that are too long or may not be shown.
    [[nodiscard]] Refusal kick(const connection_id& id, std::string_view words = {}) {
        Peer* peer = open_peer(id);
        return peer != nullptr ? features_.kick(*peer, words) : Errc::not_a_member;
    }

    /// A member whose connection is lost leaves now, and cannot resume. Refused: not_a_member, if no member has
    /// this name or its connection is not lost; then use kick.
    [[nodiscard]] Refusal give_up(std::string_view name) { return features_.give_up(name); }

    /// A member enters a group, which is created if there is none of this name. Refused: not_a_member, in_group_already,
    /// too_many_groups, no_more_groups, and what is wrong with the name.
    [[nodiscard]] Refusal join(const connection_id& id, std::string_view group) {
        Peer* peer = member(id);
        return peer != nullptr ? features_.join(*peer, trim(group)) : Errc::not_a_member;
    }

    /// A member leaves a group, which ends with its last member unless it is permanent. Refused: not_a_member,
    /// not_your_group, in_lobby_always.
    [[nodiscard]] Refusal leave(const connection_id& id, std::string_view group) {
        Peer* peer = member(id);
        return peer != nullptr ? features_.leave(*peer, trim(group)) : Errc::not_a_member;
    }

    /// Lets a group exist also without members, or (false) with members only. Refused: no_more_groups, and what is wrong
    /// with the name; with false, no_such_group.
    [[nodiscard]] Refusal make_permanent(std::string_view group, bool permanent = true) {
        return features_.make_permanent(group, permanent);
    }

    /// Puts a message from before into a group's history, before anything is said: oldest first, across all groups. Its
    /// author, its recipients and its group do not count. Refused: no_such_group, message_not_newer, and what would be
    /// wrong with the name and the text if they were given now.
    [[nodiscard]] Refusal remember(std::string_view group, const Message& message) {
        return features_.remember(group, message);
    }

    /// Counts a member as away, or as back. Refused: not_a_member, a text that is too long or may not be shown, and
    /// not_away.
    [[nodiscard]] Refusal go_away(const connection_id& id, std::string_view text = {}) {
        Peer* peer = member(id);
        return peer != nullptr ? features_.go_away(*peer, text) : Errc::not_a_member;
    }
    [[nodiscard]] Refusal come_back(const connection_id& id) {
        Peer* peer = member(id);
        return peer != nullptr ? features_.come_back(*peer) : Errc::not_a_member;
    }

    /// All members, in no particular order; a snapshot.
    [[nodiscard]] std::vector<Member> members() const {
        std::vector<Member> all;
        all.reserve(member_count());
        for (const auto& each : context_.registry.members())
            all.push_back({connection_of(each), each.name, each.number});
        return all;
    }
    [[nodiscard]] std::size_t member_count() const noexcept { return context_.registry.members().size(); }

    /// Connections, with or without a name, also those that are closing.
    [[nodiscard]] std::size_t connection_count() const noexcept { return context_.registry.peers().size(); }

    /// All groups and their sizes, the lobby first, then in the order of their names; a snapshot. A name's view lives as
    /// long as the group. `joined` is false.
    [[nodiscard]] std::vector<GroupSize> groups() const {
        return features_.groups(context_.registry.groups().size() + 1);
    }

    /// What is kept of a group's messages; null if there is no group of this name. Lives as long as the group; the views of
    /// its messages live until the next message there, so copy a text before you say it again.
    [[nodiscard]] const History* history(std::string_view group = {}) const {
        const auto* found = context_.registry.find_group(group);
        return found != nullptr ? &found->history : nullptr;
    }

    /// The connection of the member with this name, in whatever case or width; nothing if it has none just now.
    [[nodiscard]] std::optional<connection_id> find(std::string_view name) const {
        const auto* found = context_.registry.members().find(name);
        return found != nullptr ? connection_of(*found) : std::nullopt;
    }

    /// The name of a connection; empty if it has none or is unknown. Lives until the member changes it or leaves.
    [[nodiscard]] std::string_view name(const connection_id& id) const {
        const Peer* peer = context_.registry.peers().find(id);
        return peer != nullptr ? peer->name() : std::string_view{};
    }

    [[nodiscard]] const Limits& limits() const noexcept { return limits_; }

private:
    Room(Transport& transport, Limits limits, Spoken&& protocols)
        : limits_(limits), protocols_(std::move(protocols)), context_(transport, protocols_, limits_) {
        protocols_.use(limits_);
    }

    [[nodiscard]] Peer* open_peer(const connection_id& id) const { return context_.registry.open_peer(id); }
    [[nodiscard]] Peer* member(const connection_id& id) const { return context_.registry.member(id); }

    [[nodiscard]] static std::optional<connection_id> connection_of(const typename Context::Member& member) {
        return member.peer != nullptr ? std::optional(member.peer->id) : std::nullopt;
    }

    // What a peer sends while it is too slow would only make it slower.
    std::optional<Time> receive(Peer& peer, std::string_view bytes) {
        const std::size_t size = bytes.size();
        std::size_t commands = 0;
        while (!peer.closing && !peer.too_slow) {
            const std::optional<Command> command = protocols_.decode(peer.decoder, bytes);
            if (!command) return admission_.account(peer, size, commands);
            ++commands;
            if (!visit([&](const auto& each) { return carry_out(peer, each); }, *command))
                protocols_.skip(peer.decoder, bytes);
        }
        return {};
    }

    // What comes too fast is dropped, but for what is no burden: then it returns false. Without a name a peer may do little
    // but take one.
    template <class C>
    bool carry_out(Peer& peer, const C& command) {
        if (is_metered<C> && !admission_.admit(peer)) return false;
        if (needs_name<C> && peer.member == nullptr) context_.refuse(peer, Errc::name_required);
        else features_.on(peer, command);
        return true;
    }

    Limits limits_;
    Spoken protocols_;
    Context context_;
    features::Admission<Context> admission_{context_};
    Features<Context> features_{context_};
};

template <transport T>
Room(T&) -> Room<T, Text>;
template <transport T>
Room(T&, Limits) -> Room<T, Text>;
template <transport T, protocol... Ps>
Room(T&, Limits, Ps...) -> Room<T, Ps...>;

}  // namespace minimeta
