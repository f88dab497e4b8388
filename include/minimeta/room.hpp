// Room: the rules of a chat room, and nothing else.
//
// A room does no I/O. Bytes and time come in as arguments, bytes go out through a transport. Its methods are of three
// kinds:
//
// - *What a driver calls*: on_open, on_receive, on_close, advance, flush, next_deadline, refusal. A driver is any
//   event loop. A turn of it is `advance(now)` once, `on_*` for whatever became ready, `flush()` once; nobody hears
//   anything that was said to all before flush. Ids that the room does not know (any more) are ignored.
// - *What the embedding program calls*: say, whisper, announce, rename, kick, members and the like; between turns, or
//   from within the hook. They return what was refused.
// - *What it is told*: on_event sets the hook, which sees every event.
//
// Each operation goes in this order: it refuses; it changes the room; it appends bytes; it calls the hook, last. So a
// hook sees a room in order, and may use every method of the second kind; what happens through it, it is told in
// turn, nested. It must not call a driver's method, nor replace itself, nor throw.
//
// Closing: whoever is closed by the room loses name and seat at once, and nothing that it still sends is looked at.
// What the room knows of the connection lives until the transport reports on_close.
//
// A room belongs to one thread. It keeps references to its transport, which outlives it.
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

#include "minimeta/base/utf8.hpp"
#include "minimeta/base/variant.hpp"
#include "minimeta/bytes.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/history/history.hpp"
#include "minimeta/hooks.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/message.hpp"
#include "minimeta/protocol.hpp"
#include "minimeta/protocol/protocol_set.hpp"
#include "minimeta/protocol/text.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/rules.hpp"
#include "minimeta/state/registry.hpp"
#include "minimeta/state/session_token.hpp"
#include "minimeta/time.hpp"
#include "minimeta/transport.hpp"

namespace minimeta {

/// A chat room over a transport, whose connections each speak one of the protocols (Text, if none is named).
template <transport Transport, protocol... Protocols>
class Room {
    using Spoken = std::conditional_t<sizeof...(Protocols) == 0, ProtocolSet<Text>, ProtocolSet<Protocols...>>;
    using Peer = typename Registry<Transport, Spoken>::Peer;
    using Group = typename Registry<Transport, Spoken>::Group;
    using Entry = typename Registry<Transport, Spoken>::Entry;

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

    // ---- What a driver calls

    /// A connection is there, and speaks this protocol. It is greeted, or turned away if the room is full. The id is
    /// not open already.
    void on_open(const connection_id& id, ProtocolIndex protocol = {}) {
        MINIMETA_ASSERT(!rules_.in_hook());
        if (connection_count() >= limits_.connections) {
            if (const Bytes words = refusal(Errc::room_full, protocol); !words.empty()) transport_.send(id, words);
            transport_.close(id);
            return;
        }
        Peer& peer = rules_.assembly().open(id);
        speech_.start(peer.decoder, protocol);
        rules_.welcome(peer);
        receive(peer, {});
    }

    /// Bytes came in; any number of them, in any pieces.
    void on_receive(const connection_id& id, std::string_view bytes) {
        MINIMETA_ASSERT(!rules_.in_hook());
        Peer* peer = open_peer(id);
        if (peer == nullptr) return;
        rules_.heard(*peer);
        receive(*peer, bytes);
    }

    /// The connection is gone, whoever ended it. If it was a member, the others are told; later, if it has a session
    /// and does not come back.
    void on_close(const connection_id& id) {
        MINIMETA_ASSERT(!rules_.in_hook());
        auto& peers = rules_.assembly().peers();
        const auto place = peers.find(id);
        if (place == peers.end()) return;
        Peer& peer = place->second;
        if (!std::exchange(peer.closing, true)) rules_.lose(peer, {});  // closing, so that no hook can bring it back
        rules_.assembly().close(peer);
    }

    /// It is `now`, which is never earlier than before. Whatever is due by then is done: whoever has been silent for
    /// too long is closed, whoever has not come back is gone. `wall_time` is what messages are stamped with. In a room
    /// that was never told the time, nobody is too fast or silent for too long, and nobody is waited for.
    void advance(Time now, WallTime wall_time = {}) {
        MINIMETA_ASSERT(!rules_.in_hook());
        rules_.advance(now, wall_time);
    }

    /// Ends the turn: everybody is sent what was said. Whoever does not take what it is sent is closed, and the
    /// others hear of that, too.
    void flush() {
        MINIMETA_ASSERT(!rules_.in_hook());
        rules_.flush();
    }

    /// When `advance` is due at the latest; nothing, if only something that comes in can change anything.
    [[nodiscard]] std::optional<Time> next_deadline() const { return rules_.next_deadline(); }

    /// What to send to somebody whom the driver cannot even open, in the words of that protocol.
    [[nodiscard]] Bytes refusal(Errc why, ProtocolIndex protocol = {}) {
        ByteLog log;
        speech_.encode(protocol.value, log, Reply{rules_.removed(why)}, {});
        log.commit();
        ByteLog::Position from = 0;
        return log.read(from);
    }

    /// Which protocol a listener's connections speak: `listen(host, port, room.speaks<Unframed>())`.
    template <protocol P>
    [[nodiscard]] static constexpr ProtocolIndex speaks() {
        return Spoken::template index_of<P>();
    }

    // ---- What the embedding program calls. A group's name is without the #; that of the lobby is "lobby", or empty.

    /// Sets what is called with each event, instead of what was set before; not from within a hook.
    void on_event(Hook hook) {
        MINIMETA_ASSERT(!rules_.in_hook());
        rules_.on_event(std::move(hook));
    }

    /// Offers sessions from now on, so that members can come back over another connection within
    /// Limits::resume_seconds. The secret makes their tokens unguessable: take it from the system's randomness, a new
    /// one for each room, or the tokens of one would do in the other.
    void offer_sessions(SipKey secret) { rules_.offer_sessions(secret); }

    /// Says a text to everybody else in a group, or to everybody else, in a member's name. Refused: not_a_member,
    /// not_in_group, and a text that is empty, too long or not fit to be shown. The program is not held to
    /// Limits::messages_per_second.
    Refusal say(const connection_id& from, std::string_view group, std::string_view text,
                Manner manner = Manner::speech) {
        Peer* peer = member(from);
        return peer != nullptr ? rules_.say(*peer, group, text, manner) : Errc::not_a_member;
    }
    Refusal say(const connection_id& from, std::string_view text, Manner manner = Manner::speech) {
        return say(from, {}, text, manner);
    }

    /// Says a text in a member's name to these members only. Refused as say is; and to_yourself, too_many_recipients,
    /// absent if one of the names is not here, unreachable if one has lost its connection and private messages are not
    /// kept: then nobody receives it.
    Refusal whisper(const connection_id& from, std::span<const std::string_view> to, std::string_view text,
                    Manner manner = Manner::speech) {
        Peer* peer = member(from);
        return peer != nullptr ? rules_.whisper(*peer, to, text, manner).refused : Errc::not_a_member;
    }
    Refusal whisper(const connection_id& from, std::initializer_list<std::string_view> to, std::string_view text,
                    Manner manner = Manner::speech) {
        return whisper(from, std::span(to.begin(), to.size()), text, manner);
    }
    Refusal whisper(const connection_id& from, std::string_view to, std::string_view text,
                    Manner manner = Manner::speech) {
        return whisper(from, std::span(&to, 1), text, manner);
    }

    /// Says a text in a group, or to everybody, in the program's own name. Refused: no_such_group, and a text that is
    /// empty, too long or not fit to be shown.
    Refusal announce(std::string_view group, std::string_view text) { return rules_.announce(group, text); }
    Refusal announce(std::string_view text) { return announce({}, text); }

    /// Gives a connection a name, or another one, as if it had asked itself. Refused: not_a_member if the connection
    /// is unknown, and what is wrong with the name.
    Refusal rename(const connection_id& id, std::string_view name) {
        Peer* peer = open_peer(id);
        return peer != nullptr ? rules_.set_name(*peer, trim(name)) : Errc::not_a_member;
    }

    /// Closes a connection; it is told why in these words, or in the protocol's own if there are none. Refused:
    /// not_a_member if the connection is unknown, and words that are too long or not fit to be shown.
    Refusal kick(const connection_id& id, std::string_view words = {}) {
        Peer* peer = open_peer(id);
        return peer != nullptr ? rules_.kick(*peer, words) : Errc::not_a_member;
    }

    /// Waits no longer for a member whose connection is lost: it leaves now. Refused: not_a_member, if there is nobody
    /// of this name or the connection is not lost; then there is kick.
    Refusal give_up(std::string_view name) { return rules_.give_up(name); }

    /// Brings a member into a group, which begins to exist if it does not yet. Refused: not_a_member,
    /// in_group_already, too_many_groups, no_more_groups, and what is wrong with the name.
    Refusal join(const connection_id& id, std::string_view group) {
        Peer* peer = member(id);
        return peer != nullptr ? rules_.join(*peer, trim(group)) : Errc::not_a_member;
    }

    /// Takes a member out of a group, which ceases to exist with its last member if it is not permanent. Refused:
    /// not_a_member, not_your_group, in_lobby_always.
    Refusal leave(const connection_id& id, std::string_view group) {
        Peer* peer = member(id);
        return peer != nullptr ? rules_.leave(*peer, trim(group)) : Errc::not_a_member;
    }

    /// Makes a group exist also without members, or (false) with them only. Refused: no_more_groups, and what is wrong
    /// with the name; if it is not to be, no_such_group.
    Refusal make_permanent(std::string_view group, bool permanent = true) {
        return rules_.make_permanent(group, permanent);
    }

    /// Puts a message from before into a group's history, before anybody says anything: oldest first, across all
    /// groups. Its author, its recipients and the group that it names itself do not count. Refused: no_such_group,
    /// message_not_newer, and what would be wrong with the name and the text if they were given now.
    Refusal remember(std::string_view group, const Message& message) { return rules_.remember(group, message); }

    /// Counts a member as away, or as back. Refused: not_a_member, a text that is too long or not fit to be shown, and
    /// not_away.
    Refusal go_away(const connection_id& id, std::string_view text = {}) {
        Peer* peer = member(id);
        return peer != nullptr ? rules_.go_away(*peer, text) : Errc::not_a_member;
    }
    Refusal come_back(const connection_id& id) {
        Peer* peer = member(id);
        return peer != nullptr ? rules_.come_back(*peer) : Errc::not_a_member;
    }

    /// Everybody who is here, in no particular order; a snapshot.
    [[nodiscard]] std::vector<Member> members() const {
        std::vector<Member> all;
        all.reserve(member_count());
        for (const Entry& entry : rules_.assembly().roster()) all.push_back(member_of(entry));
        return all;
    }
    [[nodiscard]] std::size_t member_count() const noexcept { return rules_.assembly().roster().size(); }

    /// Connections, with or without a name, also those that are closing.
    [[nodiscard]] std::size_t connection_count() const noexcept { return rules_.assembly().peers().size(); }

    /// All groups and their sizes, the lobby first, then in the order of their names; a snapshot. A name's view lives
    /// as long as the group. `joined` is false.
    [[nodiscard]] std::vector<GroupSize> groups() const { return rules_.directory().groups(); }

    /// What is remembered of a group; null if there is none of this name. Lives as long as the group; the views of its
    /// messages live until somebody says something there, so copy a text before you say it again.
    [[nodiscard]] const History* history(std::string_view group = {}) const {
        const Group* found = rules_.assembly().find_group(group);
        return found != nullptr ? &found->history : nullptr;
    }

    /// The connection of the member with this name, in whatever case or width; nothing if it has none just now.
    [[nodiscard]] std::optional<connection_id> find(std::string_view name) const {
        const Entry* entry = rules_.assembly().roster().find(name);
        if (entry == nullptr) return {};
        return member_of(*entry).connection;
    }

    /// The name of a connection; empty if it has none or is unknown. Lives until the member changes it or leaves.
    [[nodiscard]] std::string_view name(const connection_id& id) const {
        const auto place = rules_.assembly().peers().find(id);
        return place != rules_.assembly().peers().end() ? place->second.name() : std::string_view{};
    }

    [[nodiscard]] const Limits& limits() const noexcept { return limits_; }

private:
    Room(Transport& transport, Limits limits, Spoken&& speech)
        : transport_(transport), limits_(limits), speech_(std::move(speech)), rules_(transport, speech_, limits_) {
        speech_.use(limits_);
    }

    [[nodiscard]] Peer* open_peer(const connection_id& id) { return rules_.assembly().open_peer(id); }
    [[nodiscard]] Peer* member(const connection_id& id) { return rules_.assembly().member(id); }
    [[nodiscard]] static Member member_of(const Entry& entry) {
        const Peer* peer = entry.second.peer;
        return {peer != nullptr ? std::optional(peer->id) : std::nullopt, entry.first, entry.second.number};
    }

    // ---- What comes in

    void receive(Peer& peer, std::string_view bytes) {
        while (!peer.closing) {
            const std::optional<Command> command = speech_.decode(peer.decoder, bytes);
            if (!command) return;
            visit([&](const auto& c) { consider(peer, c); }, *command);
        }
    }

    template <class C, class... Cs>
    static constexpr bool among = (std::same_as<C, Cs> || ...);

    // Whoever has no name may do little but take one. What comes too fast is dropped, but for what is no burden.
    template <class C>
    void consider(Peer& peer, const C& command) {
        constexpr bool free = among<C, Greet, Quit>;
        constexpr bool for_all = free || among<C, SetName, Help, OpenSession, Resume, SendBack, Malformed>;
        if (!free && !rules_.admit(peer)) return;
        if (!for_all && peer.entry == nullptr) return rules_.refuse(peer, Errc::name_required);
        obey(peer, command);
    }

    void obey(Peer& peer, const Greet&) { tell(peer, Greeting{}); }
    void obey(Peer& peer, const SendBack& command) { rules_.assembly().delivery().send_back(peer, command.bytes); }
    void obey(Peer& peer, const Malformed& command) { answer(peer, command.why, command.what); }
    void obey(Peer& peer, const Help&) { tell(peer, Usage{}); }
    void obey(Peer& peer, const Quit&) { rules_.dismiss(peer, Farewell{}, {}); }
    void obey(Peer& peer, const SetName& command) {
        const std::string_view name = trim(command.name);
        answer(peer, rules_.set_name(peer, name), name);
    }
    void obey(Peer& peer, const Say& command) {
        answer(peer, rules_.say(peer, command.group, command.text, command.manner), command.group);
    }
    void obey(Peer& peer, const Whisper& command) {
        const auto done = rules_.whisper(peer, command.to, command.text, command.manner);
        if (done.refused) rules_.refuse(peer, *done.refused, done.whom);
    }
    void obey(Peer& peer, const Join& command) {
        const std::string_view group = trim(command.group);
        answer(peer, rules_.join(peer, group), group);
    }
    void obey(Peer& peer, const Leave& command) {
        const std::string_view group = trim(command.group);
        answer(peer, rules_.leave(peer, group), group);
    }
    void obey(Peer& peer, const Away& command) { answer(peer, rules_.go_away(peer, command.text)); }
    void obey(Peer& peer, const Back&) { answer(peer, rules_.come_back(peer)); }
    void obey(Peer& peer, const OpenSession&) { answer(peer, rules_.open_session(peer)); }
    void obey(Peer& peer, const Resume& command) { answer(peer, rules_.resume(peer, command.token, command.seen)); }
    void obey(Peer& peer, const Who& command) { answer(peer, rules_.tell_members(peer, command.group), command.group); }
    void obey(Peer& peer, const Whois& command) { answer(peer, rules_.tell_profile(peer, command.name), command.name); }
    void obey(Peer& peer, const ListGroups&) { rules_.tell_groups(peer); }
    void obey(Peer& peer, const Recall& command) { answer(peer, rules_.tell_history(peer, command), command.group); }

    void tell(Peer& peer, const Reply& reply) { rules_.assembly().delivery().tell(peer, reply); }

    // Tells a peer why what it asked for was not done, if it was not; and what that is about.
    void answer(Peer& peer, Refusal refused, std::string_view subject = {}) {
        if (refused) rules_.refuse(peer, *refused, std::span(&subject, 1));
    }

    Transport& transport_;
    Limits limits_;
    Spoken speech_;
    Rules<Transport, Spoken> rules_;
};

template <transport T>
Room(T&) -> Room<T, Text>;
template <transport T>
Room(T&, Limits) -> Room<T, Text>;
template <transport T, protocol... Ps>
Room(T&, Limits, Ps...) -> Room<T, Ps...>;

}  // namespace minimeta
