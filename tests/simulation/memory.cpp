// Replaces the allocation functions of the program: each allocation remembers in front of it whether it counts.
#include "simulation/memory.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <utility>

namespace {

struct alignas(std::max_align_t) Header {
    std::int64_t bytes;  // 0 if it does not count
};

int depth = 0;
std::int64_t counted = 0;

void* allocate(std::size_t size) {
    auto* header = static_cast<Header*>(std::malloc(sizeof(Header) + size));
    if (header == nullptr) std::abort();
    header->bytes = depth != 0 ? static_cast<std::int64_t>(sizeof(Header) + size) : 0;
    counted += header->bytes;
    return header + 1;
}

void release(void* memory) {
    if (memory == nullptr) return;
    Header* header = static_cast<Header*>(memory) - 1;
    counted -= header->bytes;
    std::free(header);
}

}  // namespace

Metered::Metered() noexcept { ++depth; }
Metered::~Metered() { --depth; }
std::uint64_t Metered::bytes() noexcept { return static_cast<std::uint64_t>(counted); }

Unmetered::Unmetered() noexcept : depth_(std::exchange(depth, 0)) {}
Unmetered::~Unmetered() { depth = depth_; }

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void operator delete(void* memory) noexcept { release(memory); }
void operator delete[](void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { release(memory); }
