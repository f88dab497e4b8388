// Outbox: a queue of slices on their way to one peer, for transports that keep what they are sent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "minimeta/bytes.hpp"

namespace minimeta {

/// A queue of slices that joins adjacent ones. So the output of a turn is nearly always a single slice, which needs no
/// allocation.
class Outbox {
public:
    /// Appends a slice; an empty one has no effect.
    void push(const Bytes& slice) {
        if (slice.empty()) return;
        size_bytes_ += slice.size();
        if (first_.empty()) first_ = slice;
        else if (!last().join(slice)) more_.push_back(slice);
    }

    /// Removes the first `count` bytes, which the peer has taken; `count` is at most size_bytes().
    void consume(std::size_t count) {
        MINIMETA_ASSERT(count <= size_bytes_);
        size_bytes_ -= count;
        while (count >= first_.size() && !first_.empty()) {
            count -= first_.size();
            advance();
        }
        first_.remove_prefix(count);
    }

    /// Calls `use(slice)` for each slice in order, as long as that returns true.
    template <class F>
    void each(F&& use) const {
        if (first_.empty() || !use(first_)) return;
        for (std::size_t i = taken_; i < more_.size(); ++i)
            if (!use(more_[i])) return;
    }

    [[nodiscard]] bool empty() const noexcept { return size_bytes_ == 0; }
    [[nodiscard]] std::size_t size_bytes() const noexcept { return size_bytes_; }

    /// Removes everything, and frees the memory.
    void clear() { *this = Outbox{}; }

private:
    [[nodiscard]] Bytes& last() noexcept { return more_.empty() ? first_ : more_.back(); }

    // Makes the next slice the first one. Slots of slices already taken are erased in bulk, so that a long queue drains
    // in linear time.
    void advance() {
        first_ = {};
        if (more_.empty()) return;
        first_ = std::move(more_[taken_++]);
        if (2 * taken_ < more_.size()) return;
        more_.erase(more_.begin(), more_.begin() + static_cast<std::ptrdiff_t>(taken_));
        taken_ = 0;
    }

    Bytes first_;
    std::vector<Bytes> more_;  // behind first_, from taken_ on
    std::size_t taken_ = 0;
    std::size_t size_bytes_ = 0;
};

}  // namespace minimeta
