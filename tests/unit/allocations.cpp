#include "unit/allocations.hpp"

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>

// All the forms without an alignment are replaced, so that each pair is ours, also when a sanitizer brings its own.

namespace {

std::size_t count = 0, live = 0;  // tests that count have one thread

// In front of what is allocated stands its size, in a place that keeps the alignment.
constexpr std::size_t header = alignof(std::max_align_t) > sizeof(std::size_t) ? alignof(std::max_align_t)
                                                                               : sizeof(std::size_t);

void* allocate(std::size_t size) noexcept {
    void* memory = std::malloc(header + size);
    if (memory == nullptr) return nullptr;
    ++count;
    live += size;
    std::memcpy(memory, &size, sizeof size);
    return static_cast<char*>(memory) + header;
}

void release(void* memory) noexcept {
    if (memory == nullptr) return;
    void* begin = static_cast<char*>(memory) - header;
    std::size_t size = 0;
    std::memcpy(&size, begin, sizeof size);
    live -= size;
    std::free(begin);
}

void* allocate_or_throw(std::size_t size) {
    void* memory = allocate(size);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}

}  // namespace

std::size_t allocations() noexcept { return count; }
std::size_t live_bytes() noexcept { return live; }

void* operator new(std::size_t size) { return allocate_or_throw(size); }
void* operator new[](std::size_t size) { return allocate_or_throw(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }

void operator delete(void* memory) noexcept { release(memory); }
void operator delete[](void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { release(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { release(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { release(memory); }
