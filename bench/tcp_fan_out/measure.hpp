// A run of the benchmark: all members join, the messages are said, every delivery is checked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "delivery_check.hpp"
#include "minimeta/time.hpp"
#include "options.hpp"
#include "server_process.hpp"

struct Measured {
    std::string failure;              ///< why the run ended early; empty if it did not
    Faults faults;                    ///< of the whole run, the warm-up included
    std::uint64_t deliveries = 0;     ///< measured, without the warm-up
    std::uint64_t receives = 0;       ///< calls that received them: the more deliveries in one call, the cheaper each
    minimeta::Duration elapsed;       ///< from the first message to the last delivery
    minimeta::Duration server_cpu;    ///< CPU time for these deliveries
    bool server_cpu_of_life = false;  ///< it includes joining: the system reports only the sum at the end
    std::vector<minimeta::Duration> delays;  ///< sorted; per message, until its last delivery
    std::size_t closed = 0;                  ///< members that the room has closed
    std::optional<double> bytes_gained;      ///< of the server's memory, while the messages were said
    std::optional<double> bytes_per_member;  ///< of the server's memory, by the members joining

    bool good() const { return failure.empty() && faults.all() == 0; }
};

Measured measure(const Options& options, ServerProcess& server);
