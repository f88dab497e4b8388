// What time it is.
#pragma once

#include <chrono>

#include "minimeta/chrono.hpp"
#include "minimeta/time.hpp"

inline minimeta::Time now() { return minimeta::time_of(std::chrono::steady_clock::now()); }

inline double in_seconds(minimeta::Duration d) { return static_cast<double>(d.nanoseconds) * 1e-9; }
