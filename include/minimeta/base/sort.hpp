// Sorting a vector: a heap sort. std::sort is faster for large ones, and <algorithm> costs a fifth of what <string>,
// <unordered_map> and <vector> cost together to compile.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace minimeta {

/// Sorts items so that `less(b, a)` is true of no neighbours a, b. O(n log n) comparisons, O(n) if they are sorted already;
/// equal items in any order.
template <class T, class Less>
void sort(std::vector<T>& items, Less&& less) {
    std::size_t sorted = 1;
    while (sorted < items.size() && !less(items[sorted], items[sorted - 1])) ++sorted;
    if (sorted >= items.size()) return;

    // Lets the item at `at` sink until no child is larger; the heap is what is before `size`, its largest item in front.
    const auto sink = [&](std::size_t at, std::size_t size) {
        for (std::size_t child; (child = 2 * at + 1) < size; at = child) {
            if (child + 1 < size && less(items[child], items[child + 1])) ++child;
            if (!less(items[at], items[child])) return;
            std::swap(items[at], items[child]);
        }
    };
    for (std::size_t i = items.size() / 2; i-- > 0;) sink(i, items.size());
    for (std::size_t size = items.size(); size > 1;) {
        std::swap(items[0], items[--size]);
        sink(0, size);
    }
}

}  // namespace minimeta
