// Metrics: what a room has done since it was made, and what it holds now, for whoever exports it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "minimeta/error.hpp"

namespace minimeta {

/// Plain numbers. The first few are what is there now, all others only grow.
struct Metrics {
    std::size_t connections = 0;  ///< with or without a name, also those that are closing
    std::size_t members = 0;      ///< also those without a connection
    std::size_t lost = 0;         ///< of these, have lost their connection and may come back
    std::size_t groups = 0;       ///< the lobby is one

    std::uint64_t opened = 0;      ///< connections that were greeted
    std::uint64_t said = 0;        ///< messages to the lobby or a group, also those of the program
    std::uint64_t whispered = 0;   ///< private messages
    std::uint64_t deliveries = 0;  ///< of events: how many peers were to read each of them
    std::uint64_t bytes = 0;    ///< for the transport: of all that was said, answered and told, to each of its readers
    std::uint64_t slow = 0;     ///< connections that were closed since too much was waiting for them
    std::uint64_t resumed = 0;  ///< members that went on over another connection

    /// Requests and connections that were refused, by `static_cast<std::size_t>(errc)`.
    std::array<std::uint64_t, errc_count> refused{};
};

}  // namespace minimeta
