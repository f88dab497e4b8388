// Lanes: the forms in which a protocol's peers read events, whichever optional part of the concept `protocol` tells them.
#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>

#include "minimeta/bytes.hpp"
#include "minimeta/event.hpp"
#include "minimeta/protocol.hpp"

namespace minimeta {

/// The lanes of a protocol: one; two if it knows stamps; or as many as it says.
template <class P>
struct Lanes {
    static constexpr std::size_t count = [] {
        if constexpr (protocol_with_lanes<P>) return P::lanes;
        else return std::size_t{protocol_with_stamps<P> ? 2 : 1};
    }();

    /// In which lane a connection is now. It is `stamped` if it has asked for a session.
    [[nodiscard]] static std::size_t of(const typename P::decoder& decoder, bool stamped) {
        if constexpr (protocol_with_lanes<P>) return P::lane_of(decoder, stamped);
        else return protocol_with_stamps<P> && stamped ? 1 : 0;
    }

    static void encode(P& spoken, std::size_t lane, ByteLog& log, const Event& event) {
        if constexpr (protocol_with_lanes<P>) return spoken.encode(log, event, lane);
        else if constexpr (protocol_with_stamps<P>)
            if (lane != 0) return spoken.encode_stamped(log, event);
        if constexpr (!protocol_with_lanes<P>) spoken.encode(log, event);
    }

    /// Encodes an event that is for few, as the one with this name reads it.
    static void encode_for(P& spoken, std::size_t lane, ByteLog& log, const Event& event, std::string_view name) {
        if constexpr (protocol_with_recipients<P>) spoken.encode_for(log, event, lane, name);
        else encode(spoken, lane, log, event);
    }
};

}  // namespace minimeta
