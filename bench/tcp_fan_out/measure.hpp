// A run: everybody joins, the messages are said, every delivery is checked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger.hpp"
#include "minimeta/time.hpp"
#include "options.hpp"
#include "server_process.hpp"

struct Measured {
    std::string failure;              ///< why the run ended early; empty if it did not
    Faults faults;                    ///< of the whole run, the warm-up included
    std::uint64_t deliveries = 0;     ///< that were measured
    std::uint64_t receives = 0;       ///< in which they came: the more come at a time, the less a delivery costs
    minimeta::Duration elapsed;       ///< from the first of them being said to the last one arriving
    minimeta::Duration server_cpu;    ///< for them
    bool server_cpu_of_life = false;  ///< the system does not tell more than the whole life's; joining is in it, too
    std::vector<minimeta::Duration> delays;  ///< sorted; per message, until the last one had it
    std::size_t closed = 0;                  ///< members whom the room has closed
    std::optional<double> bytes_gained;      ///< of the server's memory, while the messages were said
    std::optional<double> bytes_per_member;  ///< of the server's memory, by the members joining

    bool good() const { return failure.empty() && faults.all() == 0; }
};

Measured measure(const Options& options, ServerProcess& server);
