// Randomness that can be had again: a failing test prints its seed, and MINIMETA_SEED=that plays it once more.
#pragma once

#include <cstdlib>
#include <random>

#include "catch.hpp"

inline std::mt19937::result_type seed_of_this_run() {
    static const auto seed = [] {
        const char* wanted = std::getenv("MINIMETA_SEED");
        return wanted != nullptr ? static_cast<std::mt19937::result_type>(std::strtoul(wanted, nullptr, 10))
                                 : std::random_device{}();
    }();
    return seed;
}
