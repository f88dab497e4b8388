// Outbox: a queue of slices on their way to one peer, for transports that keep what they are sent.
//
// A slice keeps the whole storage alive that it lies in. Nearly always that is right: many queues share a log's chunk, of
// which each of them holds a long piece. But a few bytes in each of many chunks would pin all of them. So whenever the
// queue goes on in another storage, what it has in the one before is looked at: if that is a small part of it, it is
// copied. So a queue pins at most twice its bytes, and the chunk at its end. A byte is copied at most once.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "minimeta/bytes.hpp"

namespace minimeta {

/// A queue of slices that joins adjacent ones. So the output of a turn is nearly always a single slice.
class Outbox {
public:
    /// Appends a slice; an empty one has no effect.
    void push(const Bytes& slice) {
        if (slice.empty()) return;
        size_bytes_ += slice.size();
        if (!slices_.empty()) {
            if (slices_.back().join(slice)) return;
            if (!slices_.back().shares_storage(slice)) end_run();
        }
        slices_.push_back(slice);
    }

    /// Removes the first `count` bytes, which the peer has taken; `count` is at most size_bytes().
    void consume(std::size_t count) {
        MINIMETA_ASSERT(count <= size_bytes_);
        size_bytes_ -= count;
        while (count != 0 && count >= slices_[taken_].size()) {
            count -= slices_[taken_].size();
            slices_[taken_++] = {};
        }
        if (count != 0) slices_[taken_].remove_prefix(count);
        if (2 * taken_ >= slices_.size()) forget_taken();
    }

    /// Calls `use(slice)` for each slice in order, as long as that returns true.
    template <class F>
    void each(F&& use) const {
        for (std::size_t i = taken_; i < slices_.size(); ++i)
            if (!use(slices_[i])) return;
    }

    [[nodiscard]] bool empty() const noexcept { return size_bytes_ == 0; }
    [[nodiscard]] std::size_t size_bytes() const noexcept { return size_bytes_; }

    /// For how many slices there is memory.
    [[nodiscard]] std::size_t capacity() const noexcept { return slices_.capacity(); }

    /// Removes everything, and frees the memory.
    void clear() { *this = Outbox{}; }

private:
    // What a slice costs itself: the vector may be half empty.
    static constexpr std::size_t slice_bytes = 2 * sizeof(Bytes);
    // Room for a few lines, so that not each of them takes an allocation; little beside the long pieces between them.
    static constexpr std::size_t smallest_copy = 256;

    // The next slice lies in another storage than those from run_ on, which share one.
    void end_run() {
        if (run_ < taken_) run_ = taken_;
        std::size_t bytes = 0;
        for (std::size_t i = run_; i < slices_.size(); ++i) bytes += slices_[i].size();
        const std::size_t pinned = slices_.back().storage_bytes() + (slices_.size() - run_) * slice_bytes;
        if (pinned > 2 * bytes) copy_run(bytes);
        run_ = slices_.size();
    }

    // Copies the slices from run_ on to where the one before them ends, if there is room; `bytes` are left to copy.
    void copy_run(std::size_t bytes) {
        std::size_t end = run_;
        for (std::size_t i = run_; i < slices_.size(); ++i) {
            const Bytes slice = std::exchange(slices_[i], {});
            if (end == taken_ || !slices_[end - 1].append(slice))
                slices_[end++] = Bytes::copy(slice, bytes > smallest_copy ? bytes : smallest_copy);
            bytes -= slice.size();
        }
        slices_.resize(end);
    }

    // Erases slices that were taken, in bulk, so that a long queue drains in linear time.
    void forget_taken() {
        slices_.erase(slices_.begin(), slices_.begin() + static_cast<std::ptrdiff_t>(taken_));
        run_ = run_ > taken_ ? run_ - taken_ : 0;
        taken_ = 0;
    }

    std::vector<Bytes> slices_;
    std::size_t taken_ = 0;  // slices before this are empty
    std::size_t run_ = 0;    // from here on, all slices that are left lie in one storage
    std::size_t size_bytes_ = 0;
};

}  // namespace minimeta
