// A place for one function of the embedding program, that is called with each event.
#pragma once

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

#include "minimeta/event.hpp"

namespace minimeta {

/// Owns any callable `void(const Event&)`. (std::function would do; its header costs more than all of ours.)
class Hook {
public:
    Hook() = default;

    template <std::invocable<const Event&> F>
    requires(!std::same_as<std::remove_cvref_t<F>, Hook>) Hook(F&& function)
        : held_(std::make_unique<Held<std::decay_t<F>>>(std::forward<F>(function))) {}

    /// Calls the function, if there is one.
    void operator()(const Event& event) {
        if (held_ != nullptr) held_->call(event);
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

    std::unique_ptr<Callable> held_;
};

}  // namespace minimeta
