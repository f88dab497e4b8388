// Counts what this program allocates.
#pragma once

#include <cstddef>

/// How often operator new was called so far.
std::size_t allocations();
