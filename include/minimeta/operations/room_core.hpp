// RoomCore: what a room consists of, for the driver's side of it (room.hpp) and the program's (operations/).
#pragma once

#include <utility>

#include "minimeta/features.hpp"
#include "minimeta/features/context.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/operations/member_ref.hpp"
#include "minimeta/state/types.hpp"
#include "minimeta/transport.hpp"

namespace minimeta {

template <transport Transport, class Protocols>
struct RoomCore {
    using Context = minimeta::Context<Types<Transport, Protocols>>;
    using connection_id = typename Context::connection_id;
    using Peer = typename Context::Peer;
    using Member = typename Context::Member;

    /// The transport outlives it.
    RoomCore(Transport& transport, const Limits& room_limits, Protocols&& spoken)
        : limits(room_limits), protocols(std::move(spoken)), context(transport, protocols, limits) {
        protocols.use(limits);
    }
    RoomCore(const RoomCore&) = delete;  // its parts know each other
    RoomCore& operator=(const RoomCore&) = delete;

    /// Returns the member; null if there is none.
    [[nodiscard]] Member* member(const MemberRef<connection_id>& who) const {
        if (!who.connection()) return context.registry.find(who.number());
        Peer* found = context.registry.open_peer(*who.connection());
        return found != nullptr ? found->member : nullptr;
    }

    /// Returns the connection, which is not closing; null if there is none.
    [[nodiscard]] Peer* peer(const MemberRef<connection_id>& who) const {
        if (who.connection()) return context.registry.open_peer(*who.connection());
        const Member* found = context.registry.find(who.number());
        return found != nullptr ? found->peer : nullptr;
    }

    Limits limits;
    Protocols protocols;
    Context context;
    Features<Context> features{context};
};

}  // namespace minimeta
