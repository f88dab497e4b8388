// Address limiter: how many connections one address may have, and how many new ones a second.
//
// A home or an office has an IPv4 address, and a whole /64 of IPv6 (RFC 6177), so of an IPv6 address the first 64 bits
// count: these make up its *origin*.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "minimeta/base/narrow.hpp"
#include "minimeta/base/rate_limiter.hpp"
#include "minimeta/base/siphash.hpp"
#include "minimeta/net/address_range.hpp"
#include "minimeta/net/endpoint.hpp"
#include "minimeta/net/random.hpp"
#include "minimeta/time.hpp"

namespace minimeta::net {

/// What one address may take of a transport.
struct AddressLimits {
    /// Open connections; 0 disables the limit. Enough for a class room behind one address.
    std::size_t connections = 64;

    /// New connections a second in the long run; 0 disables the limit. After a pause, `connections` of them at once.
    std::uint32_t connections_per_second = 4;

    /// Addresses without limits: of this machine, whose programs are its owner's, among them a proxy that stands for
    /// everybody.
    std::vector<AddressRange> trusted = {*address_range_of("127.0.0.0/8"), *address_range_of("::1")};
};

/// An address as a number: equal for connections that count together. 0 for those that are not limited.
using Origin = std::uint64_t;

/// Counts connections by their origins. Bounded memory: what is known of an origin is forgotten when it has no connection
/// and has not been turned away lately.
class AddressLimiter {
public:
    /// Connections that were turned away, since the last summary.
    struct TurnedAway {
        std::uint64_t connections = 0;
        std::size_t origins = 0;
        std::string example;  ///< the address of the last one
    };

    explicit AddressLimiter(AddressLimits limits) : limits_(std::move(limits)) {}

    /// Where a connection comes from.
    [[nodiscard]] Origin origin_of(const SocketAddress& peer) const noexcept {
        const std::optional<Address> address = address_of(peer);
        if (!address) return 0;
        for (const AddressRange& each : limits_.trusted)
            if (each.contains(*address)) return 0;
        constexpr AddressRange ipv4{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 96};
        const std::size_t from = ipv4.contains(*address) ? 8 : 0;
        Origin origin = 0;
        for (std::size_t i = from; i < from + 8; ++i) origin = origin << 8 | (*address)[i];
        return origin != 0 ? origin : 1;  // ::/64
    }

    /// Whether a new connection from there is admitted; then it counts until it is released.
    [[nodiscard]] bool admit(Origin origin, const SocketAddress& peer, Time now) {
        if (origin == 0) return true;
        Usage& usage = usage_of(origin, now);
        if (has_place(usage) && usage.rate.admit(now, rate())) {
            ++usage.connections;
            return true;
        }
        if (!std::exchange(usage.turned_away, true)) ++turned_away_.origins;
        ++turned_away_.connections;
        turned_away_.example = peer.endpoint().address;
        if (!summary_due_) summary_due_ = now + summary_interval;
        return false;
    }

    /// The same for a connection that was admitted elsewhere: its rate does not count.
    [[nodiscard]] bool adopt(Origin origin, Time now) {
        if (origin == 0) return true;
        Usage& usage = usage_of(origin, now);
        if (!has_place(usage)) return false;
        ++usage.connections;
        return true;
    }

    /// A connection from there is open no longer.
    void release(Origin origin) noexcept {
        const auto found = origins_.find(origin);
        if (found != origins_.end()) --found->second.connections;
    }

    /// How many origins are remembered.
    [[nodiscard]] std::size_t origins() const noexcept { return origins_.size(); }

    /// When a summary is due; nothing if no connection was turned away.
    [[nodiscard]] std::optional<Time> deadline() const noexcept { return summary_due_; }

    /// Returns what was turned away, once in ten seconds; nothing if that is not due.
    [[nodiscard]] std::optional<TurnedAway> summary(Time now) {
        if (!summary_due_ || now < *summary_due_) return {};
        summary_due_.reset();
        for (auto& [origin, usage] : origins_) usage.turned_away = false;
        return std::exchange(turned_away_, {});
    }

private:
    static constexpr Duration summary_interval = seconds(10);

    struct Usage {
        std::size_t connections = 0;
        RateLimiter rate;
        bool turned_away = false;  // since the last summary
    };

    // Whoever has a range of addresses chooses origins, so their places in the table must not be known.
    struct Hash {
        Hash() noexcept : key(random_key()) {}
        std::size_t operator()(Origin origin) const noexcept { return narrow<std::size_t>(siphash(key, origin)); }
        SipKey key;
    };

    [[nodiscard]] Rate rate() const noexcept {
        const std::size_t burst = limits_.connections != 0 ? limits_.connections : limits_.connections_per_second;
        return {limits_.connections_per_second, narrow<std::uint32_t>(burst)};
    }

    [[nodiscard]] bool has_place(const Usage& usage) const noexcept {
        return limits_.connections == 0 || usage.connections < limits_.connections;
    }

    // Whenever the table has doubled, what no longer counts is removed from it first.
    Usage& usage_of(Origin origin, Time now) {
        if (origins_.size() >= forget_at_) {
            std::erase_if(origins_, [now](const auto& entry) {
                return entry.second.connections == 0 && entry.second.rate.rested(now);
            });
            forget_at_ = 2 * origins_.size() + 64;
        }
        return origins_[origin];
    }

    const AddressLimits limits_;
    std::unordered_map<Origin, Usage, Hash> origins_;
    std::size_t forget_at_ = 64;
    TurnedAway turned_away_;
    std::optional<Time> summary_due_;
};

}  // namespace minimeta::net
