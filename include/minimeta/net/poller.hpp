// The concept `poller`: waits until some of many descriptors are ready. TcpTransport is a template over it.
//
// | expression                   | result            | meaning                                                       |
// |------------------------------|-------------------|---------------------------------------------------------------|
// | `p.watch(fd, interest)`      | bool              | watches one more; false, and nothing changed, if it cannot    |
// | `p.change(fd, interest)`     |                   | watches a watched one for something else                      |
// | `p.forget(fd)`               |                   | watches it no longer; before its descriptor is closed         |
// | `p.wait(optional<Duration>)` | span<const Ready> | those that are ready, after at most that time; none: for ever |
//
// What the compiler cannot check:
//
// - Readiness is a level, not an edge: what is ready and is left alone is reported again by the next wait.
// - A descriptor comes up at most once in a span, with everything that it is ready for. An error or a hang-up is
//   readiness for everything, whatever the interest: the next call on the descriptor tells what is wrong.
// - The span lives until the next wait. Watching, changing and forgetting in between leave it as it is.
// - wait may return empty-handed after a signal; otherwise not before the time is over (it rounds up), or a caller
//   with a deadline spins.
// - A poller belongs to one thread. It owns none of the descriptors.
//
// Models: SelectPoller, EpollPoller.
#pragma once

#include <concepts>
#include <optional>
#include <span>

#include "minimeta/time.hpp"

namespace minimeta {

/// What a descriptor is watched for.
struct Interest {
    bool reading = false;
    bool writing = false;

    friend bool operator==(Interest, Interest) = default;
};

/// A descriptor for which a call would not wait now.
struct Ready {
    int descriptor = -1;
    bool readable = false;
    bool writable = false;

    friend bool operator==(const Ready&, const Ready&) = default;
};

template <class P>
concept poller = requires(P& p, int descriptor, Interest interest, std::optional<Duration> timeout) {
    { p.watch(descriptor, interest) } -> std::same_as<bool>;
    p.change(descriptor, interest);
    p.forget(descriptor);
    { p.wait(timeout) } -> std::same_as<std::span<const Ready>>;
};

}  // namespace minimeta
