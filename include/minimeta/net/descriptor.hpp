// Descriptor: owns a file descriptor and closes it; and the two flags that every descriptor of this library has.
//
// POSIX only, as everything in net/: Linux, the BSDs, macOS.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace minimeta::net {

/// Owns one descriptor, or none.
class Descriptor {
public:
    Descriptor() noexcept = default;
    explicit Descriptor(int value) noexcept : value_(value) {}  // takes ownership; a negative value is none
    Descriptor(Descriptor&& other) noexcept : value_(other.release()) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        reset(other.release());
        return *this;
    }
    ~Descriptor() { reset(); }

    [[nodiscard]] int value() const noexcept { return value_; }
    explicit operator bool() const noexcept { return value_ >= 0; }

    /// Gives up ownership. Returns the descriptor, still open; negative if there is none.
    [[nodiscard]] int release() noexcept { return std::exchange(value_, -1); }

    /// Closes the descriptor and takes ownership of `value`. Leaves errno alone, which the caller has yet to report
    /// when this cleans up after a failure.
    void reset(int value = -1) noexcept {
        const int closing = std::exchange(value_, value);
        if (closing < 0) return;
        const int error_number = errno;
        // Not retried after EINTR: Linux and the BSDs have closed it by then, and another thread may have the
        // number.
        ::close(closing);
        errno = error_number;
    }

private:
    int value_ = -1;
};

/// Makes calls on the descriptor never block, and programs started by this one not inherit it. Returns false, with
/// errno set, on failure.
inline bool make_nonblocking_and_private(int descriptor) noexcept {
    const int flags = ::fcntl(descriptor, F_GETFL);
    return flags >= 0 && ::fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0 &&
           ::fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0;
}

}  // namespace minimeta::net
