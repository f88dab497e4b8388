// The server's log: a line for each member that joins, leaves, changes its name, or loses and regains its connection; and
// one, at most every ten seconds, for the connections that were turned away. Nothing that members say is logged.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/net/address_limiter.hpp"

namespace tcp_server {

/// Returns the line for an event, without its end; empty if the event is not logged. `address_of(name)` is the address
/// of a member's connection.
template <std::invocable<std::string_view> AddressOf>
std::string log_line(const minimeta::Event& event, AddressOf&& address_of) {
    if (const auto* joined = minimeta::get_if<minimeta::Joined>(&event))
        return std::string(joined->name) + " joined from " + address_of(joined->name);
    if (const auto* renamed = minimeta::get_if<minimeta::Renamed>(&event))
        return std::string(renamed->from) + " is now " + std::string(renamed->to);
    if (const auto* left = minimeta::get_if<minimeta::Left>(&event))
        return std::string(left->name) + " left" + (left->why ? " (" + std::string(name_of(*left->why)) + ")" : "");
    if (const auto* lost = minimeta::get_if<minimeta::ConnectionLost>(&event))
        return std::string(lost->name) + " lost the connection";
    if (const auto* resumed = minimeta::get_if<minimeta::Resumed>(&event))
        return std::string(resumed->name) + " is back from " + address_of(resumed->name);
    return {};
}

/// Returns the line for connections that were turned away.
inline std::string log_line(const minimeta::net::AddressLimiter::TurnedAway& turned_away) {
    std::string line = "turned away " + std::to_string(turned_away.connections) + " connections";
    if (turned_away.origins == 1) return line + " from " + turned_away.example;
    return line + " from " + std::to_string(turned_away.origins) + " addresses, such as " + turned_away.example;
}

}  // namespace tcp_server
