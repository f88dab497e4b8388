// A peer: one connection, and what is known of it. It is a member while it has one.
#pragma once

#include <cstddef>
#include <string_view>

#include "minimeta/base/hash_table.hpp"
#include "minimeta/base/rate_limiter.hpp"
#include "minimeta/base/timeout_queue.hpp"
#include "minimeta/base/unique_ptr.hpp"
#include "minimeta/error.hpp"
#include "minimeta/message.hpp"

namespace minimeta {

/// A connection, found by its id; it is in a TimeoutQueue while it owes a name, or a sign of life.
template <class Types>
struct Peer : HashNode, Timed {
    using connection_id = typename Types::connection_id;

    explicit Peer(const connection_id& given) : id(given) {}

    [[nodiscard]] static std::size_t hash_of(const connection_id& id) { return std::hash<connection_id>{}(id); }
    [[nodiscard]] std::size_t hash() const { return hash_of(id); }

    /// The name of its member; empty if it has none.
    [[nodiscard]] std::string_view name() const {
        return member != nullptr ? std::string_view(member->name) : std::string_view{};
    }

    /// The number of its member; {} if it has none.
    [[nodiscard]] MemberNumber number() const { return member != nullptr ? member->number : MemberNumber{}; }

    /// In which form it reads events.
    [[nodiscard]] std::size_t lane() const { return Types::Protocols::lane_of(decoder, stamped); }

    connection_id id;
    typename Types::Protocols::Decoder decoder;  // and with it, which protocol is spoken
    typename Types::Member* member = nullptr;
    RateLimiter rate_limiter;
    bool told_too_fast = false;  // since the limiter was last rested
    bool too_slow = false;       // has too much waiting, and will be closed
    bool delayed = false;        // has sent what waits for its time
    bool stamped : 1 = false;    // reads messages with their stamps
    bool closing : 1 = false;
};

/// All connections, by their ids.
template <class Types>
class Peers {
public:
    using connection_id = typename Types::connection_id;
    using Peer = typename Types::Peer;

    /// Adds a connection, whose id is not open already.
    Peer& add(const connection_id& id) {
        MINIMETA_ASSERT(find(id) == nullptr);
        return table_.insert(UniquePtr<Peer>(new Peer(id)));
    }
    void remove(Peer& peer) { (void)table_.remove(peer); }

    /// Returns the connection with this id; null if it is unknown.
    [[nodiscard]] Peer* find(const connection_id& id) const {
        return table_.find(Peer::hash_of(id), [&](const Peer& peer) { return peer.id == id; });
    }

    /// The same, and null if it is closing.
    [[nodiscard]] Peer* find_open(const connection_id& id) const {
        Peer* peer = find(id);
        return peer != nullptr && !peer->closing ? peer : nullptr;
    }

    [[nodiscard]] std::size_t size() const noexcept { return table_.size(); }
    [[nodiscard]] auto begin() const { return table_.begin(); }
    [[nodiscard]] auto end() const { return table_.end(); }

private:
    HashTable<Peer> table_;
};

}  // namespace minimeta
