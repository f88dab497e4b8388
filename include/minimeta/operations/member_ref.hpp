// MemberRef: how the embedding program names a member, or a connection.
#pragma once

#include <concepts>
#include <optional>

#include "minimeta/message.hpp"

namespace minimeta {

/// A member, by its number or by its connection; both convert to it. Operations that say so also take a connection without
/// a name.
template <class connection_id>
class MemberRef {
public:
    MemberRef(MemberNumber number) : number_(number) {}
    MemberRef(const connection_id& connection) : connection_(connection) {}
    template <std::convertible_to<connection_id> C>
    requires(!std::same_as<C, MemberNumber>) MemberRef(const C& connection)
        : connection_(static_cast<connection_id>(connection)) {}

    [[nodiscard]] MemberNumber number() const noexcept { return number_; }
    [[nodiscard]] const std::optional<connection_id>& connection() const noexcept { return connection_; }

private:
    MemberNumber number_;
    std::optional<connection_id> connection_;
};

}  // namespace minimeta
