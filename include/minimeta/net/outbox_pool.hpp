// OutboxPool: outboxes for the connections that have output waiting, and for no others.
//
// Most connections have none most of the time, and an Outbox is larger than everything else that a transport keeps for
// a connection. So a connection holds an index, and outboxes are reused together with their memory.
#pragma once

#include <sys/uio.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "minimeta/bytes.hpp"
#include "minimeta/transport/outbox.hpp"

namespace minimeta::net {

class OutboxPool {
public:
    /// Identifies an outbox; `none` stands for an empty one.
    using Index = std::uint32_t;
    static constexpr Index none = (std::numeric_limits<Index>::max)();

    /// Appends a slice, which is not empty.
    void push(Index& index, const Bytes& slice) {
        if (index == none) index = take();
        boxes_[index].push(slice);
    }

    /// Removes the first `count` bytes; `index` becomes none when nothing is left.
    void consume(Index& index, std::size_t count) {
        boxes_[index].consume(count);
        if (boxes_[index].empty()) give_back(index);
    }

    /// Removes everything; `index` becomes none.
    void clear(Index& index) {
        if (index == none) return;
        boxes_[index].clear();
        give_back(index);
    }

    /// The outbox of an index that is not none.
    [[nodiscard]] const Outbox& operator[](Index index) const noexcept { return boxes_[index]; }

    [[nodiscard]] std::size_t size_bytes(Index index) const noexcept {
        return index != none ? boxes_[index].size_bytes() : 0;
    }

    /// What is queued first, for one call of sendmsg: a turn rarely queues more than three slices for a connection, and
    /// every system takes 16.
    struct Gathered {
        std::array<iovec, 16> parts;
        std::size_t count = 0;
        std::size_t bytes = 0;
    };
    [[nodiscard]] Gathered gather(Index index) const {
        Gathered gathered;
        boxes_[index].each([&](const Bytes& slice) {
            // sendmsg does not write there
            gathered.parts[gathered.count++] = {const_cast<char*>(slice.data()), slice.size()};
            gathered.bytes += slice.size();
            return gathered.count < gathered.parts.size();
        });
        return gathered;
    }

private:
    // A box that is free keeps the memory of this many slices.
    static constexpr std::size_t kept_slices = 16;

    Index take() {
        if (free_.empty()) {
            boxes_.emplace_back();
            return static_cast<Index>(boxes_.size() - 1);
        }
        const Index index = free_.back();
        free_.pop_back();
        return index;
    }

    void give_back(Index& index) {
        if (boxes_[index].capacity() > kept_slices) boxes_[index].clear();
        free_.push_back(index);
        index = none;
    }

    std::vector<Outbox> boxes_;
    std::vector<Index> free_;
};

}  // namespace minimeta::net
