// Mailbox: requests from other threads to a loop that sleeps in a poller: to call functions, and to stop.
#pragma once

#include <atomic>
#include <mutex>
#include <utility>
#include <vector>

#include "minimeta/base/function.hpp"
#include "minimeta/net/wakeup.hpp"

namespace minimeta::net {

class Mailbox {
public:
    /// Zero, or the errno if there is no descriptor to watch: the process was out of them.
    [[nodiscard]] int error() const noexcept { return wakeup_.error(); }

    /// The descriptor to watch for reading; it is readable when there are requests.
    [[nodiscard]] int descriptor() const noexcept { return wakeup_.descriptor(); }

    /// Makes open() call `function`, in the order of posting. Callable from any thread.
    void post(Function<void()> function) {
        bool first;
        {
            const std::lock_guard lock(mutex_);
            first = posted_.empty();
            posted_.push_back(std::move(function));
        }
        if (first) wakeup_.notify();  // functions posted after it are taken together with it
    }

    /// Requests the loop to stop, after the functions posted so far. Callable from any thread and from a signal
    /// handler.
    void request_stop() noexcept {
        stop_requested_ = true;
        wakeup_.notify();
    }

    /// Withdraws all requests to stop; posted functions remain.
    void withdraw_stop() noexcept { stop_requested_ = false; }

    /// Calls the posted functions. Returns whether the loop is to stop. Called by the loop when the descriptor is
    /// readable.
    [[nodiscard]] bool open() {
        // The order matters. The wakeup is cleared first, so that a later post notifies again. The stop is read before
        // the functions are taken, so that those posted before it are among them.
        wakeup_.clear();
        const bool stop = stop_requested_.exchange(false);
        std::vector<Function<void()>> functions;
        {
            const std::lock_guard lock(mutex_);
            functions.swap(posted_);
        }
        for (auto& function : functions) function();
        return stop;
    }

private:
    static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may not wait for a lock");

    Wakeup wakeup_;
    std::atomic<bool> stop_requested_ = false;
    std::mutex mutex_;
    std::vector<Function<void()>> posted_;
};

}  // namespace minimeta::net
