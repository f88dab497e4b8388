// TcpConnectionId: which connection of a TcpTransport.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

namespace minimeta {

/// Descriptors are used again; the generation tells apart those who had the same one.
struct TcpConnectionId {
    int descriptor = -1;
    std::uint32_t generation = 0;

    friend bool operator==(TcpConnectionId, TcpConnectionId) = default;
};

}  // namespace minimeta

/// Different for different ids wherever size_t has 64 bits, and with all bits mixed for tables that use only a few of
/// them.
template <>
struct std::hash<minimeta::TcpConnectionId> {
    std::size_t operator()(minimeta::TcpConnectionId id) const noexcept {
        std::uint64_t bits = std::uint64_t{id.generation} << 32 | static_cast<std::uint32_t>(id.descriptor);
        // Each step can be undone, so no two ids become one. The factors are odd and have no pattern: 2^64 divided by
        // the golden ratio, and by pi.
        bits *= 0x9e3779b97f4a7c15;
        bits ^= bits >> 32;
        bits *= 0x517cc1b727220a95;
        bits ^= bits >> 32;
        return static_cast<std::size_t>(bits);
    }
};
