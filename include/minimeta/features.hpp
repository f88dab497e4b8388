// The features of a room: the only list of them. Overload resolution is the table of commands; a command that no feature
// carries out does not compile.
#pragma once

#include "minimeta/features/away.hpp"
#include "minimeta/features/groups.hpp"
#include "minimeta/features/lifecycle.hpp"
#include "minimeta/features/lookup.hpp"
#include "minimeta/features/messaging.hpp"
#include "minimeta/features/naming.hpp"
#include "minimeta/features/recall.hpp"
#include "minimeta/features/sessions.hpp"

namespace minimeta {

/// All features over one context, which outlives them. Where a feature needs another one, that is further up.
template <class Context>
struct Features : features::Lifecycle<Context>,
                  features::Recall<Context>,
                  features::Sessions<Context>,
                  features::Naming<Context>,
                  features::Away<Context>,
                  features::Messaging<Context>,
                  features::Groups<Context>,
                  features::Lookup<Context> {
    explicit Features(Context& context)
        : features::Lifecycle<Context>(context),
          features::Recall<Context>(context),
          features::Sessions<Context>(context, *this),
          features::Naming<Context>(context, *this, *this, *this),
          features::Away<Context>(context),
          features::Messaging<Context>(context, *this),
          features::Groups<Context>(context, *this),
          features::Lookup<Context>(context) {}

    using features::Lifecycle<Context>::on;
    using features::Recall<Context>::on;
    using features::Sessions<Context>::on;
    using features::Naming<Context>::on;
    using features::Away<Context>::on;
    using features::Messaging<Context>::on;
    using features::Groups<Context>::on;
    using features::Lookup<Context>::on;
};

}  // namespace minimeta
