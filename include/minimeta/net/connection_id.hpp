// TcpConnectionId: identifies a connection of a TcpTransport.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>  // for std::hash

#include "minimeta/base/narrow.hpp"

namespace minimeta {

/// Descriptors are reused; the generation distinguishes connections that had the same one.
struct TcpConnectionId {
    int descriptor = -1;
    std::uint32_t generation = 0;

    friend bool operator==(TcpConnectionId, TcpConnectionId) = default;
};

}  // namespace minimeta

/// No two ids have the same hash where size_t has 64 bits. All bits are mixed, for tables that use only a few of them.
template <>
struct std::hash<minimeta::TcpConnectionId> {
    std::size_t operator()(minimeta::TcpConnectionId id) const noexcept {
        std::uint64_t bits = std::uint64_t{id.generation} << 32 | static_cast<std::uint32_t>(id.descriptor);
        // Each step is reversible, so no two ids collide. The factors are odd and have no pattern: 2^64 divided by
        // the golden ratio, and by pi.
        bits *= 0x9e3779b97f4a7c15;
        bits ^= bits >> 32;
        bits *= 0x517cc1b727220a95;
        bits ^= bits >> 32;
        return minimeta::narrow<std::size_t>(bits);
    }
};
