// Wakeup: lets any thread end the wait of another thread's poller.
//
// A self-pipe: the poller watches its reading end, which a byte in the pipe makes ready. The pipe never blocks; a full
// one serves as well as a single byte, since all that counts is whether it is empty.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "minimeta/net/descriptor.hpp"

namespace minimeta::net {

class Wakeup {
public:
    /// May fail for want of descriptors: see error().
    Wakeup() noexcept {
        int ends[2];
#if defined(__APPLE__)
        const bool made =
            ::pipe(ends) == 0 && make_nonblocking_and_private(ends[0]) && make_nonblocking_and_private(ends[1]);
#else
        const bool made = ::pipe2(ends, O_NONBLOCK | O_CLOEXEC) == 0;
#endif
        if (!made) {
            error_ = errno;
            return;
        }
        reading_.reset(ends[0]);
        writing_.reset(ends[1]);
    }

    /// Zero, or the errno if there is no pipe; then nothing is ever notified.
    [[nodiscard]] int error() const noexcept { return error_; }

    /// The descriptor to watch for reading.
    [[nodiscard]] int descriptor() const noexcept { return reading_.value(); }

    /// Makes the descriptor readable. Callable from any thread and from a signal handler.
    void notify() noexcept {
        const int error_number = errno;  // a handler must not change it under the code that it interrupts
        while (::write(writing_.value(), "", 1) < 0 && errno == EINTR) {
        }
        errno = error_number;
    }

    /// Makes the descriptor unreadable again. Call it before reading the requests that were notified, so that none is
    /// missed.
    void clear() noexcept {
        char discarded[1024];
        ssize_t got;
        do got = ::read(reading_.value(), discarded, sizeof discarded);
        while (got > 0 || (got < 0 && errno == EINTR));
    }

private:
    Descriptor reading_;
    Descriptor writing_;
    int error_ = 0;
};

}  // namespace minimeta::net
