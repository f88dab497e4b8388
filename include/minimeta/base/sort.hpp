// Sorting a vector: a heap, and the heap sort. std::sort is faster for large ones, and <algorithm> costs a fifth of what <string>,
// <unordered_map> and <vector> cost together to compile.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace minimeta {

/// Lets the item at `at` sink until none of its children is larger: makes a heap of the first `size` items, the largest in
/// front, if everything behind `at` is in order. O(log size).
template <class T, class Less>
void sift_down(std::vector<T>& items, std::size_t at, std::size_t size, Less&& less) {
    for (std::size_t child; (child = 2 * at + 1) < size; at = child) {
        if (child + 1 < size && less(items[child], items[child + 1])) ++child;
        if (!less(items[at], items[child])) return;
        std::swap(items[at], items[child]);
    }
}

/// Makes a heap of all items, the largest in front. O(n).
template <class T, class Less>
void make_heap(std::vector<T>& items, Less&& less) {
    for (std::size_t i = items.size() / 2; i-- > 0;) sift_down(items, i, items.size(), less);
}

/// Sorts items so that `less(b, a)` is true of no neighbours a, b. O(n log n) comparisons, O(n) if they are sorted already;
/// equal items in any order.
template <class T, class Less>
void sort(std::vector<T>& items, Less&& less) {
    std::size_t sorted = 1;
    while (sorted < items.size() && !less(items[sorted], items[sorted - 1])) ++sorted;
    if (sorted >= items.size()) return;

    minimeta::make_heap(items, less);
    for (std::size_t size = items.size(); size > 1;) {
        std::swap(items[0], items[--size]);
        minimeta::sift_down(items, 0, size, less);
    }
}

}  // namespace minimeta
