// Operations on hooks: what the embedding program is told, what it decides, and what it counts.
#pragma once

#include <string_view>
#include <utility>

#include "minimeta/error.hpp"
#include "minimeta/hooks.hpp"
#include "minimeta/metrics.hpp"
#include "minimeta/request.hpp"

namespace minimeta::operations {

template <class Core>
class Hooks {
public:
    using connection_id = typename Core::connection_id;
    using ConnectionEvent = minimeta::ConnectionEvent<connection_id>;
    using ConnectionHook = typename minimeta::Hooks<connection_id>::ConnectionHook;
    using Request = minimeta::Request<connection_id>;
    using Gate = typename minimeta::Hooks<connection_id>::Gate;

    /// The core outlives it.
    explicit Hooks(Core& core) : core_(core) {}

    /// Adds a function that is called with each event. Several are called in the order in which they were added; what one of
    /// them does is done at once, so those behind it are called for that first: those that act come last. Not from within a
    /// hook, as the next three.
    HookId on_event(Hook hook) {
        MINIMETA_ASSERT(!core_.context.hooks.running());
        return core_.context.hooks.on_event(std::move(hook));
    }

    /// The same for what happens to connections, with a name or without.
    HookId on_connection(ConnectionHook hook) {
        MINIMETA_ASSERT(!core_.context.hooks.running());
        return core_.context.hooks.on_connection(std::move(hook));
    }

    /// Removes a hook that was added; no effect if it is not there.
    void remove_hook(HookId id) {
        MINIMETA_ASSERT(!core_.context.hooks.running());
        core_.context.hooks.remove(id);
    }

    /// Sets the gate, a `Verdict(const Request&)`, which decides about each thing that a peer asks for before it is carried
    /// out; instead of the one before, and none if it is {}. What exceeds the rate, and what needs a name that the peer does
    /// not have, does not come so far; what the room refuses by its own rules is refused behind the gate. Commands that the
    /// protocol does not know come as Custom, and are refused unless the verdict is done(). The gate may use every operation,
    /// as a hook may.
    void on_request(Gate gate) {
        MINIMETA_ASSERT(!core_.context.hooks.running());
        core_.context.hooks.set_gate(std::move(gate));
    }

    /// Adds a command of the program's own to what /help lists, such as "/roll 2d6", "throws dice". Refused: a text that is
    /// too long or may not be shown, an empty usage.
    [[nodiscard]] Refusal describe_command(std::string_view usage, std::string_view meaning) {
        return core_.features.describe_command(usage, meaning);
    }

    /// What the room has done, and what it holds now.
    [[nodiscard]] Metrics metrics() const {
        const auto& context = core_.context;
        Metrics metrics = context.metrics;
        metrics.connections = context.registry.peers().size();
        metrics.members = context.registry.members().size();
        metrics.lost = context.sessions.lost();
        metrics.groups = context.registry.groups().size() + 1;
        return metrics;
    }

private:
    Core& core_;
};

}  // namespace minimeta::operations
