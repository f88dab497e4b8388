// Counts what is allocated by the whole program, for claims that something allocates nothing.
#pragma once

#include <cstddef>

/// Calls of operator new so far.
[[nodiscard]] std::size_t allocations() noexcept;
