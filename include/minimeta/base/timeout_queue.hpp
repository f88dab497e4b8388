// A FIFO of items that share one timeout; only the front can expire.
#pragma once

#include <cstdint>
#include <optional>

#include "minimeta/base/intrusive_list.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

/// The base of what can be in a TimeoutQueue.
struct Timed : ListNode {
    Time restarted;  ///< when its timeout began last
};

/// Items in the order in which their timeouts were restarted, none of them owned. Every operation but each is O(1).
template <class T>
class TimeoutQueue {
public:
    /// Items expire after `timeout_seconds`; 0 disables the timeout.
    explicit TimeoutQueue(std::uint32_t timeout_seconds) : timeout_(seconds(timeout_seconds)) {}

    /// Moves an item to the back of this queue, from whichever queue it is in.
    void restart(T& item, Time now) {
        cancel(item);
        item.restarted = now;
        items_.append(item);
    }

    /// Removes an item from whichever queue it is in; no effect if it is in none.
    static void cancel(T& item) { IntrusiveList<T>::remove(item); }

    /// Sets another timeout, which counts for the items that are in the queue, too; 0 disables it.
    void set_timeout(std::uint32_t timeout_seconds) { timeout_ = seconds(timeout_seconds); }

    /// Returns the front if its timeout has passed; otherwise null.
    [[nodiscard]] T* expired(Time now) const {
        const std::optional<Time> due = deadline();
        return due && *due <= now ? items_.front() : nullptr;
    }

    /// Returns the item whose timeout was restarted longest ago; null if the queue is empty.
    [[nodiscard]] T* oldest() const { return items_.front(); }

    /// Calls `use(item)` for each item from the oldest on, as long as that returns true.
    template <class Use>
    void each(Use&& use) const {
        items_.each(use);
    }

    /// When the front expires; nothing if the queue is empty or the timeout is disabled.
    [[nodiscard]] std::optional<Time> deadline() const {
        if (items_.front() == nullptr || timeout_ == Duration{}) return {};
        return items_.front()->restarted + timeout_;
    }

private:
    Duration timeout_;
    IntrusiveList<T> items_;
};

}  // namespace minimeta
