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

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "minimeta/bytes.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/fanout.hpp"
#include "minimeta/hook.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/meter.hpp"
#include "minimeta/patience.hpp"
#include "minimeta/protocol.hpp"
#include "minimeta/protocol/text.hpp"
#include "minimeta/roster.hpp"
#include "minimeta/speech.hpp"
#include "minimeta/text.hpp"
#include "minimeta/time.hpp"
#include "minimeta/transport.hpp"

namespace minimeta {

/// A chat room over a transport, whose connections each speak one of the protocols (Text, if none is named).
template <transport Transport, protocol... Protocols>
class Room {
    using Spoken = std::conditional_t<sizeof...(Protocols) == 0, Speech<Text>, Speech<Protocols...>>;

public:
    using connection_id = typename Transport::connection_id;

    /// A member as the embedding program sees it. The name's view lives until the member changes it or leaves.
    struct Member {
        connection_id connection;
        std::string_view name;
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
        MINIMETA_ASSERT(hooks_ == 0);
        if (peers_.size() >= limits_.connections) {
            if (const Bytes words = refusal(Errc::room_full, protocol); !words.empty()) transport_.send(id, words);
            transport_.close(id);
            return;
        }
        const auto [place, fresh] = peers_.try_emplace(id);
        MINIMETA_ASSERT(fresh);
        Peer& peer = place->second;
        peer.id = id;
        speech_.start(peer.decoder, protocol);
        naming_.hear(peer, now_);
        receive(peer, {});
    }

    /// Bytes came in; any number of them, in any pieces.
    void on_receive(const connection_id& id, std::string_view bytes) {
        MINIMETA_ASSERT(hooks_ == 0);
        Peer* peer = open_peer(id);
        if (peer == nullptr) return;
        if (peer->entry != nullptr) listening_.hear(*peer, now_);
        receive(*peer, bytes);
    }

    /// The connection is gone, whoever ended it. If it was a member, the others are told.
    void on_close(const connection_id& id) {
        MINIMETA_ASSERT(hooks_ == 0);
        const auto place = peers_.find(id);
        if (place == peers_.end()) return;
        Peer& peer = place->second;
        if (!std::exchange(peer.closing, true)) leave(peer, {});  // closing, so that no hook can bring it back
        std::erase(slow_, id);                                    // the next one of this id is another one
        peers_.erase(place);
    }

    /// It is `now`, which is never earlier than before. Whoever has been silent for too long is closed. In a room
    /// that was never told the time, nobody is too fast or silent for too long.
    void advance(Time now) {
        MINIMETA_ASSERT(hooks_ == 0);
        MINIMETA_ASSERT(!timed_ || now >= now_);
        now_ = now;
        forget_skipped();
        if (!std::exchange(timed_, true))
            for (auto& [id, peer] : peers_) peer.heard = now;  // their time begins, too
        while (Peer* peer = naming_.overdue(now)) dismiss(*peer, removed(Errc::no_name_in_time), Errc::no_name_in_time);
        while (Peer* peer = listening_.overdue(now)) dismiss(*peer, removed(Errc::idle), Errc::idle);
    }

    /// Ends the turn: everybody is sent what was said. Whoever does not take what it is sent is closed, and the
    /// others hear of that, too.
    void flush() {
        MINIMETA_ASSERT(hooks_ == 0);
        do {
            for (const connection_id& id : std::exchange(slow_, {}))
                if (Peer* peer = open_peer(id)) dismiss(*peer, removed(Errc::too_slow), Errc::too_slow);
            lobby_.flush([this](const connection_id& id) { note_if_slow(id); });
            forget_skipped();
        } while (!slow_.empty());
    }

    /// When `advance` is due at the latest; nothing, if only something that comes in can change anything.
    [[nodiscard]] std::optional<Time> next_deadline() const {
        const std::optional<Time> a = naming_.deadline();
        const std::optional<Time> b = listening_.deadline();
        if (a && b) return std::min(*a, *b);
        return a ? a : b;
    }

    /// What to send to somebody whom the driver cannot even open, in the words of that protocol.
    [[nodiscard]] Bytes refusal(Errc why, ProtocolIndex protocol = {}) {
        ByteLog log;
        speech_.encode(protocol.value, log, Reply{removed(why)}, {});
        log.commit();
        ByteLog::Position from = 0;
        return log.read(from);
    }

    /// Which protocol a listener's connections speak: `listen(host, port, room.speaks<Unframed>())`.
    template <protocol P>
    [[nodiscard]] static constexpr ProtocolIndex speaks() {
        return Spoken::template index_of<P>();
    }

    // ---- What the embedding program calls

    /// Sets what is called with each event, instead of what was set before; not from within a hook.
    void on_event(Hook hook) {
        MINIMETA_ASSERT(hooks_ == 0);
        hook_ = std::move(hook);
    }

    /// Says a text to everybody else, in a member's name. Refused: not_a_member, and a text that is empty, too long
    /// or not fit to be shown. The program is not held to Limits::messages_per_second.
    Refusal say(const connection_id& from, std::string_view text, Manner manner = Manner::speech) {
        Peer* peer = member(from);
        return peer != nullptr ? say(*peer, text, manner) : Errc::not_a_member;
    }

    /// Says a text in a member's name to these members only. Refused as say is; and to_yourself, too_many_recipients,
    /// and absent if one of the names is not here: then nobody receives it.
    Refusal whisper(const connection_id& from, std::span<const std::string_view> to, std::string_view text,
                    Manner manner = Manner::speech) {
        Peer* peer = member(from);
        return peer != nullptr ? whisper(*peer, to, text, manner).refused : Errc::not_a_member;
    }
    Refusal whisper(const connection_id& from, std::initializer_list<std::string_view> to, std::string_view text,
                    Manner manner = Manner::speech) {
        return whisper(from, std::span(to.begin(), to.size()), text, manner);
    }
    Refusal whisper(const connection_id& from, std::string_view to, std::string_view text,
                    Manner manner = Manner::speech) {
        return whisper(from, std::span(&to, 1), text, manner);
    }

    /// Says a text to everybody in the program's own name. Refused: a text that is empty, too long or not fit to be
    /// shown.
    Refusal announce(std::string_view text) {
        if (Refusal refused = check(text)) return refused;
        publish(Announced{text});
        return {};
    }

    /// Gives a connection a name, or another one, as if it had asked itself. Refused: not_a_member if the connection
    /// is unknown, and what is wrong with the name.
    Refusal rename(const connection_id& id, std::string_view name) {
        Peer* peer = open_peer(id);
        return peer != nullptr ? set_name(*peer, trim(name)) : Errc::not_a_member;
    }

    /// Closes a connection; it is told why in these words, or in the protocol's own if there are none. Refused:
    /// not_a_member if the connection is unknown, and words that are too long or not fit to be shown.
    Refusal kick(const connection_id& id, std::string_view words = {}) {
        Peer* peer = open_peer(id);
        if (peer == nullptr) return Errc::not_a_member;
        if (words.size() > limits_.line_bytes) return Errc::line_too_long;
        if (Refusal refused = check_text(words)) return refused;
        dismiss(*peer, Removed{Errc::kicked, words}, Errc::kicked);
        return {};
    }

    /// Everybody who is here, in no particular order; a snapshot.
    [[nodiscard]] std::vector<Member> members() const {
        std::vector<Member> all;
        all.reserve(roster_.size());
        for (const auto& [name, connection] : roster_) all.push_back({connection, name});
        return all;
    }
    [[nodiscard]] std::size_t member_count() const noexcept { return roster_.size(); }

    /// Connections, with or without a name, also those that are closing.
    [[nodiscard]] std::size_t connection_count() const noexcept { return peers_.size(); }

    /// The connection of the member with this name, in whatever case or width.
    [[nodiscard]] std::optional<connection_id> find(std::string_view name) const {
        const auto* entry = roster_.find(name);
        if (entry == nullptr) return {};
        return entry->second;
    }

    /// The name of a connection; empty if it has none or is unknown. Lives until the member changes it or leaves.
    [[nodiscard]] std::string_view name(const connection_id& id) const {
        const auto place = peers_.find(id);
        return place != peers_.end() ? name_of(place->second) : std::string_view{};
    }

    [[nodiscard]] const Limits& limits() const noexcept { return limits_; }

private:
    using Names = Roster<connection_id>;
    using Lobby = Fanout<Transport, Spoken::count>;

    // What the room knows of a connection.
    struct Peer : Heard {
        connection_id id{};
        typename Spoken::Decoder decoder;              // and with it, which protocol is spoken
        const typename Names::Entry* entry = nullptr;  // its name; null as long as it has none
        typename Lobby::Seat seat;                     // a member's
        Meter meter;
        std::size_t skipped_bytes = 0;  // said by itself since it was up to date
        bool told_too_fast = false;     // since a command was last admitted
        bool closing = false;
    };

    struct Whispering {
        Refusal refused;
        std::vector<std::string_view> absent;
    };

    Room(Transport& transport, Limits limits, Spoken&& speech)
        : transport_(transport),
          limits_(limits),
          speech_(std::move(speech)),
          naming_(limits.name_seconds),
          listening_(limits.idle_seconds),
          lobby_(transport) {
        speech_.use(limits_);
    }

    // ---- Peers

    [[nodiscard]] Peer* open_peer(const connection_id& id) {
        const auto place = peers_.find(id);
        return place != peers_.end() && !place->second.closing ? &place->second : nullptr;
    }
    [[nodiscard]] Peer* member(const connection_id& id) {
        Peer* peer = open_peer(id);
        return peer != nullptr && peer->entry != nullptr ? peer : nullptr;
    }
    [[nodiscard]] static std::string_view name_of(const Peer& peer) {
        return peer.entry != nullptr ? std::string_view(peer.entry->first) : std::string_view{};
    }

    // ---- What comes in

    void receive(Peer& peer, std::string_view bytes) {
        while (!peer.closing) {
            const std::optional<Command> command = speech_.decode(peer.decoder, bytes);
            if (!command) return;
            if (admit(peer, *command)) std::visit([&](const auto& c) { obey(peer, c); }, *command);
        }
    }

    // Whether the peer's rate allows for this command. Being refused for it is told once, until the peer has been
    // calm for so long that it may use its whole burst again: a flood is not worth an answer each.
    bool admit(Peer& peer, const Command& command) {
        if (!timed_ || std::holds_alternative<Greet>(command) || std::holds_alternative<Quit>(command)) return true;
        if (peer.meter.rested(now_)) peer.told_too_fast = false;
        if (peer.meter.admit(now_, {limits_.messages_per_second, limits_.burst})) return true;
        if (!std::exchange(peer.told_too_fast, true)) refuse(peer, Errc::too_fast);
        return false;
    }

    void obey(Peer& peer, const Greet&) { tell(peer, Greeting{}); }
    void obey(Peer& peer, const SendBack& command) {
        send(peer, privately([&](ByteLog& log) { log.append(command.bytes); }));
    }
    void obey(Peer& peer, const Malformed& command) { refuse(peer, command.why, std::span(&command.what, 1)); }
    void obey(Peer& peer, const Help&) { tell(peer, Usage{}); }
    void obey(Peer& peer, const Quit&) { dismiss(peer, Farewell{}, {}); }

    void obey(Peer& peer, const SetName& command) {
        const std::string_view name = trim(command.name);
        if (Refusal refused = set_name(peer, name)) refuse(peer, *refused, std::span(&name, 1));
    }

    void obey(Peer& peer, const Who&) {
        if (peer.entry == nullptr) return refuse(peer, Errc::name_required);
        std::vector<std::string_view> names;
        for (const auto& [name, connection] : roster_) {
            if (names.size() == limits_.listed_names) break;
            names.push_back(name);
        }
        std::sort(names.begin(), names.end());
        tell(peer, Members{names, roster_.size()});
    }

    void obey(Peer& peer, const Say& command) {
        if (peer.entry == nullptr) return refuse(peer, Errc::name_required);
        if (Refusal refused = say(peer, command.text, command.manner)) refuse(peer, *refused);
    }

    void obey(Peer& peer, const Whisper& command) {
        if (peer.entry == nullptr) return refuse(peer, Errc::name_required);
        const Whispering done = whisper(peer, command.to, command.text, command.manner);
        if (done.refused) refuse(peer, *done.refused, done.absent);
    }

    // ---- The operations

    // What is wrong with a text, whoever says it.
    [[nodiscard]] Refusal check(std::string_view text) const {
        if (text.size() > limits_.line_bytes) return Errc::line_too_long;
        if (trim_front(text).empty()) return Errc::text_empty;
        return check_text(text);
    }

    // `name` has no blanks around it.
    Refusal set_name(Peer& peer, std::string_view name) {
        if (Refusal refused = check_name(name, limits_.name_characters)) return refused;
        if (peer.entry == nullptr) return join(peer, name);

        const std::string before = peer.entry->first;
        if (name == before) return Errc::name_unchanged;
        const auto* entry = roster_.rename(*peer.entry, name);
        if (entry == nullptr) return Errc::name_taken;
        peer.entry = entry;
        tell(peer, NameChanged{entry->first});
        publish(Renamed{before, entry->first}, &peer);
        return {};
    }

    Refusal join(Peer& peer, std::string_view name) {
        peer.entry = roster_.add(name, peer.id);
        if (peer.entry == nullptr) return Errc::name_taken;
        listening_.hear(peer, now_);
        peer.seat = lobby_.seat(peer.id, peer.decoder.index());
        tell(peer, Welcome{peer.entry->first, roster_.size()});
        publish(Joined{peer.entry->first}, &peer);
        return {};
    }

    Refusal say(Peer& peer, std::string_view text, Manner manner) {
        if (Refusal refused = check(text)) return refused;
        publish(Said{peer.entry->first, text, manner}, &peer);
        return {};
    }

    Whispering whisper(Peer& peer, std::span<const std::string_view> to, std::string_view text, Manner manner) {
        if (Refusal refused = check(text)) return {refused, {}};
        std::vector<std::string_view> names;
        std::vector<std::string_view> absent;
        for (const std::string_view name : to) {
            const auto* entry = roster_.find(name);
            if (entry == peer.entry) continue;
            std::vector<std::string_view>& list = entry != nullptr ? names : absent;
            const std::string_view listed = entry != nullptr ? std::string_view(entry->first) : name;
            if (std::find(list.begin(), list.end(), listed) != list.end()) continue;
            if (names.size() + absent.size() == limits_.recipients) return {Errc::too_many_recipients, {}};
            list.push_back(listed);
        }
        if (!absent.empty()) return {Errc::absent, std::move(absent)};
        if (names.empty()) return {Errc::to_yourself, {}};

        const Event event = Whispered{peer.entry->first, names, text, manner};
        for (std::size_t protocol = 0; protocol < Spoken::count; ++protocol) {
            Bytes bytes;
            for (const std::string_view name : names) {
                Peer& recipient = peers_.find(roster_.find(name)->second)->second;
                if (recipient.decoder.index() != protocol) continue;
                if (bytes.empty()) bytes = privately([&](ByteLog& log) { speech_.encode(protocol, log, event); });
                send(recipient, bytes);
            }
        }
        tell(peer, Delivered{names});
        tell_hook(event);
        return {{}, {}};
    }

    // Appends an event for everybody but `except`, and tells the hook.
    void publish(const Event& event, Peer* except = nullptr) {
        const std::size_t skipped =
            lobby_.broadcast(except != nullptr ? except->seat : typename Lobby::Seat{},
                             [&](std::size_t protocol, ByteLog& log) { speech_.encode(protocol, log, event); });
        if (except != nullptr) note_skipped(*except, skipped);
        tell_hook(event);
    }

    void tell_hook(const Event& event) {
        ++hooks_;
        hook_(event);
        --hooks_;
    }

    // ---- Leaving

    void dismiss(Peer& peer, const Reply& last_words, Refusal why) {
        peer.closing = true;
        tell(peer, last_words);
        transport_.close(peer.id);
        leave(peer, why);
    }

    // Takes everything from a peer but its place among the connections.
    void leave(Peer& peer, Refusal why) {
        Patience<Peer>::forget(peer);
        if (peer.entry == nullptr) return;
        const auto entry = roster_.remove(*std::exchange(peer.entry, nullptr));
        if (const auto moved = lobby_.unseat(peer.seat)) peers_.find(*moved)->second.seat = peer.seat;
        peer.seat = {};
        publish(Left{entry.key(), why});
    }

    [[nodiscard]] Removed removed(Errc why) const { return {why, {}, limit_behind(why, limits_)}; }

    // ---- What goes out to one peer

    void refuse(Peer& peer, Errc why, std::span<const std::string_view> subject = {}) {
        std::vector<std::string_view> shown;
        for (const std::string_view part : subject)
            if (const auto begin = shown_beginning(part, limits_.name_characters); !begin.empty())
                shown.push_back(begin);
        tell(peer, Refused{why, shown, limit_behind(why, limits_)});
    }

    void tell(Peer& peer, const Reply& reply) {
        send(peer, privately([&](ByteLog& log) { speech_.encode(peer.decoder.index(), log, reply, name_of(peer)); }));
    }

    // Has an entry written to the log of what is for few, and returns it.
    template <class Write>
    [[nodiscard]] Bytes privately(Write&& write) {
        private_log_.recycle();  // each of its entries has been sent as soon as it was written
        ByteLog::Position from = private_log_.end();
        write(private_log_);
        private_log_.commit();
        return private_log_.read(from);
    }

    // Sends bytes behind all that the peer should have heard before. If it has something waiting, it gets a copy of
    // its own: a few bytes that wait for somebody slow must not pin a whole chunk.
    void send(Peer& peer, const Bytes& bytes) {
        if (bytes.empty()) return;
        if (peer.seat) lobby_.catch_up(peer.seat);
        transport_.send(peer.id, backlog(peer.id) != 0 ? Bytes::copy(bytes) : bytes);
        note_if_slow(peer.id);
    }

    // What keeps a peer's memory bounded. Its slices pin the part of the log that it is behind by, and so also what
    // it said itself meanwhile, which is not in its backlog.
    void note_if_slow(const connection_id& id) {
        const std::size_t waiting = backlog(id);
        if (waiting == 0) return;
        const Peer* peer = open_peer(id);
        if (peer != nullptr && waiting + peer->skipped_bytes > limits_.backlog_bytes) slow_.push_back(id);
    }

    void note_skipped(Peer& peer, std::size_t bytes) {
        if (backlog(peer.id) == 0) return;
        if (peer.skipped_bytes == 0) behind_.push_back(peer.id);
        peer.skipped_bytes += bytes;
    }

    // Forgets what those skipped who have everything by now. At the beginning of a turn nothing is queued that the
    // transport had no chance to deliver.
    void forget_skipped() {
        std::erase_if(behind_, [this](const connection_id& id) {
            Peer* peer = open_peer(id);
            if (peer == nullptr) return true;
            if (backlog(id) == 0) peer->skipped_bytes = 0;
            return peer->skipped_bytes == 0;
        });
    }

    [[nodiscard]] std::size_t backlog(const connection_id& id) {
        if constexpr (transport_with_backlog<Transport>) return transport_.backlog(id);
        else return 0;
    }

    Transport& transport_;
    Limits limits_;
    Spoken speech_;
    Time now_;
    bool timed_ = false;  // advance has been called

    std::unordered_map<connection_id, Peer> peers_;
    Patience<Peer> naming_;     // waits for a name
    Patience<Peer> listening_;  // waits for a sign of life from members
    Names roster_;
    Lobby lobby_;

    ByteLog private_log_;                // what is for few
    std::vector<connection_id> slow_;    // seen to be too slow since the last flush
    std::vector<connection_id> behind_;  // have skipped something
    Hook hook_;
    int hooks_ = 0;  // that are running, one within another
};

template <transport T>
Room(T&) -> Room<T, Text>;
template <transport T>
Room(T&, Limits) -> Room<T, Text>;
template <transport T, protocol... Ps>
Room(T&, Limits, Ps...) -> Room<T, Ps...>;

}  // namespace minimeta
