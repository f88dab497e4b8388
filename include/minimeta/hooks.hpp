// Hooks: functions of the embedding program that the room calls.
#pragma once

#include <utility>

#include "minimeta/base/function.hpp"
#include "minimeta/event.hpp"

namespace minimeta {

/// Owns any callable `void(const Event&)`, or none.
using Hook = Function<const Event&>;

/// The hooks of one room.
class Hooks {
public:
    /// Calls this with each event from now on, instead of what was set before; not from within a hook.
    void on_event(Hook hook) { on_event_ = std::move(hook); }

    /// Something happened. What the hook does is done at once, nested.
    void notify(const Event& event) {
        ++depth_;
        on_event_(event);
        --depth_;
    }

    /// Whether a hook is being called.
    [[nodiscard]] bool running() const noexcept { return depth_ != 0; }

private:
    Hook on_event_;
    int depth_ = 0;  // of hooks, one within another
};

}  // namespace minimeta
