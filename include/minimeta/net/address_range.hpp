// Addresses without ports, and ranges of them: `10.0.0.0/8`, `2001:db8::/32`, `::1`.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "minimeta/base/parse_number.hpp"
#include "minimeta/net/endpoint.hpp"

namespace minimeta::net {

/// An IPv6 address, in the order of the network; an IPv4 address as `::ffff:a.b.c.d` (RFC 4291, 2.5.5.2).
using Address = std::array<std::uint8_t, 16>;

/// Returns an IPv4 address, given in the order of the network, as an Address.
inline Address mapped(const in_addr& ipv4) noexcept {
    Address address{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    std::memcpy(&address[12], &ipv4, 4);
    return address;
}

/// Returns the address without its port; nothing if it is of another family.
inline std::optional<Address> address_of(const SocketAddress& full) noexcept {
    if (full.storage.ss_family == AF_INET) {
        sockaddr_in ipv4;
        std::memcpy(&ipv4, &full.storage, sizeof ipv4);
        return mapped(ipv4.sin_addr);
    }
    if (full.storage.ss_family != AF_INET6) return {};
    sockaddr_in6 ipv6;
    std::memcpy(&ipv6, &full.storage, sizeof ipv6);
    Address address;
    std::memcpy(address.data(), &ipv6.sin6_addr, address.size());
    return address;
}

/// The addresses that have their first bits in common.
struct AddressRange {
    Address first{};
    unsigned bits = 128;

    [[nodiscard]] bool contains(const Address& address) const noexcept {
        for (unsigned i = 0; i < bits; i += 8) {
            const unsigned left = bits - i;
            const auto mask = static_cast<std::uint8_t>(left >= 8 ? 0xFF : 0xFF << (8 - left));
            if ((address[i / 8] & mask) != (first[i / 8] & mask)) return false;
        }
        return true;
    }
};

/// Parses an address, or an address with the number of bits that count. Returns nothing for anything else.
inline std::optional<AddressRange> address_range_of(std::string_view text) {
    const std::size_t slash = text.find('/');
    const std::string address(text.substr(0, slash));
    AddressRange range;
    in_addr ipv4;
    const bool is_ipv4 = ::inet_pton(AF_INET, address.c_str(), &ipv4) == 1;
    if (is_ipv4) range.first = mapped(ipv4);
    else if (::inet_pton(AF_INET6, address.c_str(), range.first.data()) != 1) return {};
    if (slash == text.npos) return range;
    const unsigned most = is_ipv4 ? 32 : 128;
    if (!parse_number(text.substr(slash + 1), range.bits) || range.bits > most) return {};
    range.bits += 128 - most;
    return range;
}

}  // namespace minimeta::net
