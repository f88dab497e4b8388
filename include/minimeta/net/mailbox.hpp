// Mailbox: what other threads ask of a loop, which sleeps in a poller meanwhile: to call functions, and to stop.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "minimeta/net/wakeup.hpp"

namespace minimeta::net {

class Mailbox {
public:
    /// Zero, or the errno why there is nothing to be watched: the process was out of descriptors.
    [[nodiscard]] int error() const noexcept { return wakeup_.error(); }

    /// To be watched for reading; it is readable when there is something to open.
    [[nodiscard]] int descriptor() const noexcept { return wakeup_.descriptor(); }

    /// Has `function` called by open(), in the order of posting. From any thread.
    void post(std::function<void()> function) {
        bool first;
        {
            const std::lock_guard lock(mutex_);
            first = posted_.empty();
            posted_.push_back(std::move(function));
        }
        if (first) wakeup_.notify();  // the others are found together with it
    }

    /// Asks the loop to stop, after what was posted so far. From any thread, and from a signal handler.
    void ask_to_stop() noexcept {
        stop_asked_ = true;
        wakeup_.notify();
    }

    /// Takes back what was asked; what was posted remains.
    void forget_to_stop() noexcept { stop_asked_ = false; }

    /// Calls what was posted, and tells whether the loop is to stop. Called by the loop when the descriptor is
    /// readable.
    [[nodiscard]] bool open() {
        // The order matters. Cleared first: whoever posts from now on notifies again. Asked before the functions are
        // taken: those that were posted before a stop are among them.
        wakeup_.clear();
        const bool stop = stop_asked_.exchange(false);
        std::vector<std::function<void()>> functions;
        {
            const std::lock_guard lock(mutex_);
            functions.swap(posted_);
        }
        for (const auto& function : functions) function();
        return stop;
    }

private:
    static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may not wait for a lock");

    Wakeup wakeup_;
    std::atomic<bool> stop_asked_ = false;
    std::mutex mutex_;
    std::vector<std::function<void()>> posted_;
};

}  // namespace minimeta::net
