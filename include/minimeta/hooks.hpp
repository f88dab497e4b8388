// A place for one function of the embedding program, that is called with each event.
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

#include "minimeta/event.hpp"

namespace minimeta {

/// Owns any callable `void(const Event&)`. (std::function would do, and so would std::unique_ptr inside; but the
/// headers of either cost more compile time than all of ours.)
class Hook {
public:
    Hook() = default;

    template <std::invocable<const Event&> F>
    requires(!std::same_as<std::remove_cvref_t<F>, Hook>) Hook(F&& function)
        : held_(new Held<std::decay_t<F>>(std::forward<F>(function))) {}

    Hook(Hook&& other) noexcept : held_(std::exchange(other.held_, nullptr)) {}
    Hook& operator=(Hook other) noexcept {
        std::swap(held_, other.held_);
        return *this;
    }
    ~Hook() { delete held_; }

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

    Callable* held_ = nullptr;
};

}  // namespace minimeta
