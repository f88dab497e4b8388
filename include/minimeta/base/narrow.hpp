// Narrowing conversions between numbers, which on some machines are none.
#pragma once

namespace minimeta {

/// Converts a number to a type that is smaller on some machines and the same on others. A cast in its place would be called
/// useless (-Wuseless-cast) where it is the same.
template <class To, class From>
constexpr To narrow(From number) noexcept {
    return static_cast<To>(number);
}

}  // namespace minimeta
