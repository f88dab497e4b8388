// EpollPoller: waits with Linux's epoll, whose cost grows with the number of ready descriptors, not with that of
// watched ones, and which accepts descriptors of any value.
//
// Where there is no epoll, this header defines MINIMETA_HAS_EPOLL as 0 and nothing else.
#pragma once

#if defined(__linux__)
#define MINIMETA_HAS_EPOLL 1
#else
#define MINIMETA_HAS_EPOLL 0
#endif

#if MINIMETA_HAS_EPOLL

#include <sys/epoll.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "minimeta/error.hpp"
#include "minimeta/net/descriptor.hpp"
#include "minimeta/net/poller.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

/// A model of `poller`, level-triggered: edge-triggered measured no better, and what is left unread needs no
/// bookkeeping.
class EpollPoller {
public:
    /// May fail for want of descriptors; then nothing can be watched.
    EpollPoller() noexcept : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}

    /// Watches a descriptor. Returns false if the system refuses (it is out of memory, or of watches for this user).
    [[nodiscard]] bool watch(int descriptor, Interest interest) noexcept {
        return control(EPOLL_CTL_ADD, descriptor, interest);
    }

    /// Changes what a watched descriptor is watched for.
    void change(int descriptor, Interest interest) noexcept { (void)control(EPOLL_CTL_MOD, descriptor, interest); }

    /// Stops watching a descriptor.
    void forget(int descriptor) noexcept { (void)control(EPOLL_CTL_DEL, descriptor, {}); }

    /// Waits for at most `timeout`, rounded up to milliseconds; without one, until a descriptor is ready. Returns at
    /// most 512 of them; the next wait returns the others.
    [[nodiscard]] std::span<const Ready> wait(std::optional<Duration> timeout) noexcept {
        const int count =
            ::epoll_wait(epoll_.value(), events_.data(), static_cast<int>(events_.size()), milliseconds_of(timeout));
        MINIMETA_ASSERT(count >= 0 || errno == EINTR);
        const std::size_t ready = count > 0 ? static_cast<std::size_t>(count) : 0;
        for (std::size_t i = 0; i < ready; ++i) {
            constexpr std::uint32_t trouble = EPOLLERR | EPOLLHUP;  // the next call on the descriptor tells which
            const std::uint32_t events = events_[i].events;
            ready_[i] = {events_[i].data.fd, (events & (EPOLLIN | trouble)) != 0, (events & (EPOLLOUT | trouble)) != 0};
        }
        return std::span(ready_.data(), ready);
    }

private:
    bool control(int operation, int descriptor, Interest interest) noexcept {
        epoll_event event{};
        if (interest.reading) event.events |= EPOLLIN;
        if (interest.writing) event.events |= EPOLLOUT;
        event.data.fd = descriptor;
        return ::epoll_ctl(epoll_.value(), operation, descriptor, &event) == 0;
    }

    // Returns milliseconds, -1 for no timeout; an hour at most, since the caller waits again.
    static int milliseconds_of(std::optional<Duration> timeout) noexcept {
        if (!timeout) return -1;
        const std::int64_t nanoseconds = clamp(*timeout, Duration{}, seconds(3600)).nanoseconds;
        return static_cast<int>((nanoseconds + 999'999) / 1'000'000);
    }

    net::Descriptor epoll_;
    std::array<epoll_event, 512> events_;
    std::array<Ready, 512> ready_;
};

static_assert(poller<EpollPoller>);

}  // namespace minimeta

#endif
