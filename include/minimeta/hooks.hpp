// Hooks: functions of the embedding program that the room calls.
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

#include "minimeta/base/unique_ptr.hpp"
#include "minimeta/event.hpp"

namespace minimeta {

/// Owns any callable `void(const Event&)`, or none. (std::function would do; <functional> costs more compile time than all
/// of our headers.)
class Hook {
public:
    Hook() = default;

    template <std::invocable<const Event&> F>
    requires(!std::same_as<std::remove_cvref_t<F>, Hook>) Hook(F&& function)
        : owned_(new Held<std::decay_t<F>>(std::forward<F>(function))) {}

    /// Calls the function, if there is one.
    void operator()(const Event& event) {
        if (owned_) owned_->call(event);
    }

private:
    struct Callable {
        virtual ~Callable() = default;
        virtual void call(const Event& event) = 0;
    };

    template <class F>
    struct Held final : Callable {
        template <class G>
        explicit Held(G&& from) : function(std::forward<G>(from)) {}
        void call(const Event& event) override { function(event); }
        F function;
    };

    UniquePtr<Callable> owned_;
};

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
