// SelectPoller: waits with select(), which every POSIX system has.
//
// select() accepts only descriptors below FD_SETSIZE, commonly 1,024, and a set with a larger one is undefined
// behaviour, so `watch` refuses those. The cost grows with the largest descriptor, not with the number of ready ones;
// it is small beside the sends of a turn, as the result is scanned in groups of 64, nearly all of which are empty.
#pragma once

#include <sys/select.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <vector>

#include "minimeta/base/narrow.hpp"
#include "minimeta/error.hpp"
#include "minimeta/net/poller.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

/// A model of `poller`.
class SelectPoller {
public:
    SelectPoller() noexcept {
        FD_ZERO(&reading_);
        FD_ZERO(&writing_);
    }

    /// Whether select() can watch this descriptor at all.
    [[nodiscard]] static bool fits(int descriptor) noexcept { return descriptor >= 0 && descriptor < FD_SETSIZE; }

    /// Watches a descriptor. Returns false if it does not fit.
    [[nodiscard]] bool watch(int descriptor, Interest interest) noexcept {
        if (!fits(descriptor)) return false;
        change(descriptor, interest);
        return true;
    }

    /// Changes what a watched descriptor is watched for.
    void change(int descriptor, Interest interest) noexcept {
        forget(descriptor);
        if (interest.reading) FD_SET(descriptor, &reading_);
        if (interest.writing) FD_SET(descriptor, &writing_);
        if (end_ <= descriptor) end_ = descriptor + 1;
    }

    /// Stops watching a descriptor.
    void forget(int descriptor) noexcept {
        MINIMETA_ASSERT(fits(descriptor));
        FD_CLR(descriptor, &reading_);
        FD_CLR(descriptor, &writing_);
    }

    /// Waits for at most `timeout`, rounded up to microseconds; without one, until a descriptor is ready.
    [[nodiscard]] std::span<const Ready> wait(std::optional<Duration> timeout) {
        ready_.clear();
        while (end_ > 0 && !FD_ISSET(end_ - 1, &reading_) && !FD_ISSET(end_ - 1, &writing_)) --end_;
        fd_set readable = reading_;
        fd_set writable = writing_;
        timeval longest = timeval_of(timeout.value_or(Duration{}));
        const int count = ::select(end_, &readable, &writable, nullptr, timeout ? &longest : nullptr);
        MINIMETA_ASSERT(count >= 0 || errno == EINTR);  // anything else is a descriptor that was closed while watched
        if (count > 0) collect(readable, writable, count);
        return ready_;
    }

private:
    static constexpr int group = 64;
    static_assert(sizeof(fd_set) >= FD_SETSIZE / 8 && FD_SETSIZE % group == 0);

    // Returns an hour at most, since some systems refuse very long timeouts; the caller waits again.
    static timeval timeval_of(Duration d) noexcept {
        const std::int64_t micros = (clamp(d, Duration{}, seconds(3600)).nanoseconds + 999) / 1000;
        timeval made{};
        made.tv_sec = narrow<decltype(made.tv_sec)>(micros / 1'000'000);
        made.tv_usec = narrow<decltype(made.tv_usec)>(micros % 1'000'000);
        return made;
    }

    // Whether no descriptor of the group that begins with `first` is in the set. A group is 8 bytes, whatever the order
    // of its bits in them.
    static bool empty(const fd_set& set, int first) noexcept {
        std::uint64_t bits;
        std::memcpy(&bits, reinterpret_cast<const char*>(&set) + first / 8, sizeof bits);
        return bits == 0;
    }

    // Collects the ready descriptors; `left` is the number of bits set in both sets together.
    void collect(const fd_set& readable, const fd_set& writable, int left) {
        for (int first = 0; left > 0 && first < end_; first += group) {
            if (empty(readable, first) && empty(writable, first)) continue;
            for (int fd = first; left > 0 && fd < first + group; ++fd) {
                const Ready ready{fd, FD_ISSET(fd, &readable) != 0, FD_ISSET(fd, &writable) != 0};
                left -= int{ready.readable} + int{ready.writable};
                if (ready.readable || ready.writable) ready_.push_back(ready);
            }
        }
    }

    fd_set reading_;
    fd_set writing_;
    int end_ = 0;  // behind the largest descriptor watched, or higher until the next wait
    std::vector<Ready> ready_;
};

static_assert(poller<SelectPoller>);

}  // namespace minimeta
