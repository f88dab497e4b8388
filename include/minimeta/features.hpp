// The features of a room. Overload resolution is the table of commands: a command that no feature carries out does not
// compile.
#pragma once

#include <optional>

#include "minimeta/features/away.hpp"
#include "minimeta/features/friends.hpp"
#include "minimeta/features/groups.hpp"
#include "minimeta/features/ignoring.hpp"
#include "minimeta/features/lifecycle.hpp"
#include "minimeta/features/lookup.hpp"
#include "minimeta/features/messaging.hpp"
#include "minimeta/features/naming.hpp"
#include "minimeta/features/recall.hpp"
#include "minimeta/features/requests.hpp"
#include "minimeta/features/roles.hpp"
#include "minimeta/features/rules.hpp"
#include "minimeta/features/sanctions.hpp"
#include "minimeta/features/sessions.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

/// Features over one context, which outlives them. Each is made of the context and of the set, in which it finds the
/// features listed before it. A feature that does something at some time has `expire(now)` and `deadline()`.
template <class Context, template <class> class... Feature>
class FeatureSet : public Feature<Context>... {
public:
    explicit FeatureSet(Context& context) : Feature<Context>(context, *this)... {}

    using Feature<Context>::on...;

    /// Does what is due, feature by feature.
    void expire_all(Time now) { (expire<Feature<Context>>(now), ...); }

    /// When the first of them is due; nothing if none will be.
    [[nodiscard]] std::optional<Time> first_deadline() const {
        std::optional<Time> first;
        (earlier<Feature<Context>>(first), ...);
        return first;
    }

private:
    template <class One>
    void expire(Time now) {
        if constexpr (requires(One & feature) { feature.expire(now); }) One::expire(now);
    }

    template <class One>
    void earlier(std::optional<Time>& first) const {
        if constexpr (requires(const One& feature) { feature.deadline(); })
            if (const std::optional<Time> due = One::deadline(); due && (!first || *due < *first)) first = due;
    }
};

/// The features of every room; the only list of them.
template <class Context>
using Features =
    FeatureSet<Context, features::Lifecycle, features::Requests, features::Recall, features::Friends,
               features::Sessions, features::Roles, features::Ignoring, features::Rules, features::Naming,
               features::Away, features::Messaging, features::Groups, features::Sanctions, features::Lookup>;

}  // namespace minimeta
