// Hooks: functions of the embedding program that the room calls.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "minimeta/base/function.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/message.hpp"
#include "minimeta/request.hpp"

namespace minimeta {

/// What happened to a connection. `why` is the reason where the room acts, and empty where the peer does.
template <class connection_id>
struct ConnectionEvent {
    enum class Kind : unsigned char {
        opened,   ///< is greeted, and has no name yet
        refused,  ///< is turned away, since the room is full
        limited,  ///< exceeds its rate, and stays; once until it calms down
        closed,   ///< has ended, or is being closed: nothing that it still sends is looked at
    };

    connection_id connection;
    Kind kind;
    Refusal why = {};
    MemberNumber number = {};  ///< of its member; {} if it has no name
};

/// Owns any callable `void(const Event&)`, or none.
using Hook = Function<void(const Event&)>;

/// Identifies a hook of one room.
struct HookId {
    std::uint64_t value = 0;
};

/// The hooks of one room.
template <class connection_id>
class Hooks {
public:
    using ConnectionHook = Function<void(const ConnectionEvent<connection_id>&)>;
    using Gate = Function<Verdict(const Request<connection_id>&)>;

    /// Adds a hook, which is called after those that were added before; not from within a hook.
    HookId on_event(Hook hook) { return add(on_event_, std::move(hook)); }
    HookId on_connection(ConnectionHook hook) { return add(on_connection_, std::move(hook)); }

    /// Removes a hook, if it is there; not from within a hook.
    void remove(HookId id) {
        const auto is_it = [id](const auto& hook) { return hook.id.value == id.value; };
        std::erase_if(on_event_, is_it);
        std::erase_if(on_connection_, is_it);
    }

    /// Sets the gate, instead of the one before; not from within a hook.
    void set_gate(Gate gate) { gate_ = std::move(gate); }
    [[nodiscard]] bool has_gate() const noexcept { return static_cast<bool>(gate_); }

    /// Something happened. What a hook does is done at once, nested.
    void notify(const Event& event) { call(on_event_, event); }
    void notify(const ConnectionEvent<connection_id>& event) { call(on_connection_, event); }

    /// Asks the gate, which is set.
    [[nodiscard]] Verdict ask(const Request<connection_id>& request) {
        ++depth_;
        Verdict verdict = gate_(request);
        --depth_;
        return verdict;
    }

    /// Whether a hook is being called.
    [[nodiscard]] bool running() const noexcept { return depth_ != 0; }

private:
    template <class F>
    struct Registered {
        HookId id;
        F function;
    };

    template <class F>
    HookId add(std::vector<Registered<F>>& hooks, F hook) {
        const HookId id{++last_};
        hooks.push_back({id, std::move(hook)});
        return id;
    }

    template <class F, class E>
    void call(std::vector<Registered<F>>& hooks, const E& event) {
        if (hooks.empty()) return;
        ++depth_;
        for (auto& hook : hooks) hook.function(event);
        --depth_;
    }

    std::vector<Registered<Hook>> on_event_;
    std::vector<Registered<ConnectionHook>> on_connection_;
    Gate gate_;
    std::uint64_t last_ = 0;  // id that was given
    int depth_ = 0;           // of hooks, one within another
};

}  // namespace minimeta
