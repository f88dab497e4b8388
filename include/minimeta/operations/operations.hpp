// Operations: what an embedding program calls on a room, between turns, or from within a hook or the gate. They return what
// was refused. The only list of them.
#pragma once

#include "minimeta/operations/friends.hpp"
#include "minimeta/operations/groups.hpp"
#include "minimeta/operations/hooks.hpp"
#include "minimeta/operations/members.hpp"
#include "minimeta/operations/messages.hpp"
#include "minimeta/operations/moderation.hpp"

namespace minimeta {

/// The operations on one core, which outlives them.
template <class Core>
class Operations : public operations::Messages<Core>,
                   public operations::Members<Core>,
                   public operations::Groups<Core>,
                   public operations::Moderation<Core>,
                   public operations::Friends<Core>,
                   public operations::Hooks<Core> {
public:
    explicit Operations(Core& core)
        : operations::Messages<Core>(core),
          operations::Members<Core>(core),
          operations::Groups<Core>(core),
          operations::Moderation<Core>(core),
          operations::Friends<Core>(core),
          operations::Hooks<Core>(core) {}

    using MemberRef = minimeta::MemberRef<typename Core::connection_id>;
};

}  // namespace minimeta
