// The kinds of thing that a room knows, for one transport and one set of protocols, and how they find each other:
//
//     Peer -- member --> Member -- memberships --> Membership -- group --> Group
//          <--- peer ---                           and its seat            and its fanout
#pragma once

#include "minimeta/delivery/fanout.hpp"
#include "minimeta/state/group.hpp"
#include "minimeta/state/member.hpp"
#include "minimeta/state/peer.hpp"
#include "minimeta/transport.hpp"

namespace minimeta {

template <transport Transport_, class Protocols_>
struct Types {
    using Transport = Transport_;
    using Protocols = Protocols_;
    using connection_id = typename Transport::connection_id;
    using Fanout = minimeta::Fanout<Transport, Protocols::lanes>;
    using Peer = minimeta::Peer<Types>;
    using Peers = minimeta::Peers<Types>;
    using Member = minimeta::Member<Types>;
    using Membership = minimeta::Membership<Types>;
    using Group = minimeta::Group<Types>;
};

}  // namespace minimeta
