// A function that is owned: std::move_only_function of C++23, as far as hooks need it. Why it is no std::function:
// docs/decisions/what-including-costs.md.
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

#include "minimeta/base/unique_ptr.hpp"

namespace minimeta {

template <class Signature>
class Function;

/// Owns any callable `R(Args...)`, or none.
template <class R, class... Args>
class Function<R(Args...)> {
public:
    Function() = default;

    template <std::invocable<Args...> F>
    requires(!std::same_as<std::remove_cvref_t<F>, Function>) Function(F&& function)
        : owned_(new Held<std::decay_t<F>>(std::forward<F>(function))) {}

    /// Whether there is a function.
    [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(owned_); }

    /// Calls the function. Where there is none, nothing happens; if it is to return something, there is one.
    R operator()(Args... args) {
        if constexpr (std::is_void_v<R>)
            if (!owned_) return;
        return owned_->call(args...);
    }

private:
    struct Callable {
        virtual ~Callable() = default;
        virtual R call(Args... args) = 0;
    };

    template <class F>
    struct Held final : Callable {
        template <class G>
        explicit Held(G&& from) : function(std::forward<G>(from)) {}
        R call(Args... args) override { return static_cast<R>(function(args...)); }
        F function;
    };

    UniquePtr<Callable> owned_;
};

}  // namespace minimeta
