// Counts what is allocated by the whole program, for claims that something allocates nothing, or only so much.
#pragma once

#include <cstddef>

/// Calls of operator new so far.
[[nodiscard]] std::size_t allocations() noexcept;

/// Bytes that were allocated with operator new and are not freed.
[[nodiscard]] std::size_t live_bytes() noexcept;
