// What a room knows: of a connection (Peer), of a member (Member), of a group (Group), and how these find each other.
//
// A member is not its connection: with a session it outlives one and goes on over the next. So what belongs to the
// connection stands in Peer, and what belongs to the person in Member, which lives in the roster behind its name.
//
//     Peer -- entry --> name, Member -- groups --> Membership -- group --> Group
//          <-- peer ---                            and its seat            and its audience
//
// The lobby is the group in which every member is. It needs no Membership: the seat there stands in Peer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "minimeta/base/rate_limiter.hpp"
#include "minimeta/base/timeout_queue.hpp"
#include "minimeta/delivery/fanout.hpp"
#include "minimeta/event.hpp"
#include "minimeta/history/history.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/message.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/state/name_table.hpp"
#include "minimeta/transport.hpp"

namespace minimeta {

/// These kinds, for one kind of transport and of speech (speech.hpp).
template <transport Transport, class Spoken>
struct People {
    using connection_id = typename Transport::connection_id;

    struct Peer;
    struct Member;
    struct Group;

    /// Names to members, and names to groups.
    using Names = NameTable<Member>;
    using Groups = NameTable<Group>;
    using Peers = std::unordered_map<connection_id, Peer>;

    /// A group; `Timed` is for those whose news wait to be summed up.
    struct Group : Timed {
        explicit Group(Transport& transport, const Limits& limits)
            : fanout(transport), history(limits.history_messages, limits.history_bytes) {}

        std::string_view name;  // empty for the lobby
        Fanout<Transport, Spoken::lanes> fanout;
        History history;
        MembershipSummary news;   // waits to be summed up
        std::size_t members = 0;  // with those whose connection is lost, who have no seat
        bool permanent = false;
    };

    /// That a member is in a group, and has been since a message.
    struct Membership {
        Group* group;
        Seat seat;
        MessageId since;
    };

    struct Member {
        MemberNumber number = 0;
        Peer* peer = nullptr;  // null while the connection is lost
        std::vector<Membership> groups;

        [[nodiscard]] Membership* membership(const Group& group) {
            for (Membership& each : groups)
                if (each.group == &group) return &each;
            return nullptr;
        }
    };

    /// A connection. It is a member if it has an entry.
    struct Peer : Timed {
        connection_id id{};
        typename Spoken::Decoder decoder;  // and with it, which protocol is spoken
        typename Names::Entry* entry = nullptr;
        Seat seat;  // a member's, in the lobby
        RateLimiter meter;
        std::size_t skipped_bytes = 0;  // said by itself since it was up to date
        bool stamped = false;           // hears messages with their stamps
        bool told_too_fast = false;     // since a command was last admitted
        bool closing = false;

        [[nodiscard]] std::string_view name() const {
            return entry != nullptr ? std::string_view(entry->first) : std::string_view{};
        }
        [[nodiscard]] std::size_t lane() const { return Spoken::lane_of(decoder.index(), stamped); }
    };

    /// The connection of this id; null if it is unknown or closing.
    [[nodiscard]] static Peer* open_peer(Peers& peers, const connection_id& id) {
        const auto place = peers.find(id);
        return place != peers.end() && !place->second.closing ? &place->second : nullptr;
    }
};

}  // namespace minimeta
