// A variant of plain data, with the part of std::variant's interface that commands, events and replies need.
//
// std::variant also holds what must be destroyed, and std::visit makes a table of functions for each place that calls it:
// with as many alternatives as ours have, the largest piece of what including this library cost to compile.
#pragma once

#include <concepts>
#include <cstddef>
#include <new>
#include <optional>
#include <type_traits>
#include <utility>

namespace minimeta {

/// The size of the largest of the types.
template <class... Ts>
inline constexpr std::size_t largest_size = [] {
    std::size_t largest = 0;
    ((largest = sizeof(Ts) > largest ? sizeof(Ts) : largest), ...);
    return largest;
}();

/// Holds a value of exactly one of the types, each of which is trivially copyable and occurs once. Never empty.
template <class... Ts>
class Variant {
    static_assert((std::is_trivially_copyable_v<Ts> && ...), "a Variant holds plain data only");
    static_assert(sizeof...(Ts) < 256);

public:
    template <class T>
    static constexpr bool has_alternative = (std::same_as<T, Ts> || ...);

    /// The position of T among the types.
    template <class T>
    static constexpr std::size_t index_of = [] {
        std::size_t index = 0;
        (void)((std::same_as<T, Ts> || (++index, false)) || ...);
        return index;
    }();

    /// Holds this value. Implicit, as that of std::variant.
    template <class T>
    requires has_alternative<T> Variant(const T& value)
    noexcept : index_(index_of<T>) { ::new (static_cast<void*>(bytes_)) T(value); }

    /// The position of the type whose value is held.
    [[nodiscard]] std::size_t index() const noexcept { return index_; }

    /// The value, which is of type T.
    template <class T>
    [[nodiscard]] const T& get_unchecked() const noexcept {
        return *std::launder(static_cast<const T*>(static_cast<const void*>(bytes_)));
    }

private:
    alignas(Ts...) unsigned char bytes_[largest_size<Ts...>];
    unsigned char index_;
};

/// Whether the variant holds a T.
template <class T, class... Ts>
[[nodiscard]] bool holds_alternative(const Variant<Ts...>& variant) noexcept {
    static_assert(Variant<Ts...>::template has_alternative<T>, "not one of the alternatives");
    return variant.index() == Variant<Ts...>::template index_of<T>;
}

/// Returns the value if the variant holds a T; otherwise null.
template <class T, class... Ts>
[[nodiscard]] const T* get_if(const Variant<Ts...>* variant) noexcept {
    return variant != nullptr && holds_alternative<T>(*variant) ? &variant->template get_unchecked<T>() : nullptr;
}

/// Calls `use(value)` with what the variant holds, and returns its result; all results are of the same type.
template <class Use, class First, class... Rest>
auto visit(Use&& use, const Variant<First, Rest...>& variant) {
    using V = Variant<First, Rest...>;
    using Result = std::invoke_result_t<Use&, const First&>;
    if constexpr (std::is_void_v<Result>) {
        const auto visited = [&]<class T>(std::type_identity<T>) {
            return variant.index() == V::template index_of<T> && (use(variant.template get_unchecked<T>()), true);
        };
        (void)(visited(std::type_identity<First>{}) || ... || visited(std::type_identity<Rest>{}));
    } else {
        std::optional<Result> result;
        visit([&](const auto& value) { result.emplace(use(value)); }, variant);
        return *std::move(result);
    }
}

}  // namespace minimeta
