// Ways in which the naive server can be wrong on purpose: a check that has never failed proves nothing.
#pragma once

#include <cstdint>

enum class Fault : std::uint8_t { none, lose, duplicate, swap, damage };

/// So many deliveries go well for each one that does not: rare enough for the run to go on, and frequent enough to
/// happen in the shortest test.
inline constexpr std::uint64_t deliveries_per_fault = 40;
