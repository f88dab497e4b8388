// The binary search. std::partition_point does the same, and <algorithm> costs a fifth of what <string>, <unordered_map>
// and <vector> cost together to compile.
#pragma once

#include <cstddef>

namespace minimeta {

/// Returns the first index below `size` for which `before(index)` is false; `size` if there is none. It is true of no index
/// behind one of which it is false. O(log size).
template <class Before>
[[nodiscard]] constexpr std::size_t partition_point(std::size_t size, Before&& before) {
    std::size_t low = 0;
    while (low != size) {
        const std::size_t middle = low + (size - low) / 2;
        if (before(middle)) low = middle + 1;
        else size = middle;
    }
    return low;
}

}  // namespace minimeta
