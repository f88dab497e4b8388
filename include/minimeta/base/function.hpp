// A function that is owned: std::move_only_function of C++23, as far as hooks need it. Why it is no std::function:
// docs/decisions/what-including-costs.md.
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

#include "minimeta/base/unique_ptr.hpp"

namespace minimeta {

/// Owns any callable `void(Args...)`, or none.
template <class... Args>
class Function {
public:
    Function() = default;

    template <std::invocable<Args...> F>
    requires(!std::same_as<std::remove_cvref_t<F>, Function>) Function(F&& function)
        : owned_(new Held<std::decay_t<F>>(std::forward<F>(function))) {}

    /// Calls the function, if there is one.
    void operator()(Args... args) {
        if (owned_) owned_->call(args...);
    }

private:
    struct Callable {
        virtual ~Callable() = default;
        virtual void call(Args... args) = 0;
    };

    template <class F>
    struct Held final : Callable {
        template <class G>
        explicit Held(G&& from) : function(std::forward<G>(from)) {}
        void call(Args... args) override { function(args...); }
        F function;
    };

    UniquePtr<Callable> owned_;
};

}  // namespace minimeta
