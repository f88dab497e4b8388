// The concept `poller`: waits until any of a set of descriptors is ready. TcpTransport is a template over it.
//
// | expression                   | result            | meaning                                                       |
// |------------------------------|-------------------|---------------------------------------------------------------|
// | `p.watch(fd, interest)`      | bool              | watches a descriptor; false, without effect, if it cannot     |
// | `p.change(fd, interest)`     |                   | changes what a watched descriptor is watched for              |
// | `p.forget(fd)`               |                   | stops watching a descriptor, before that is closed            |
// | `p.wait(optional<Duration>)` | span<const Ready> | returns ready descriptors, or none after that time, if given  |
//
// What the compiler cannot check:
//
// - Readiness is a level, not an edge: a ready descriptor that is left alone is reported again by the next wait.
// - A span has each descriptor at most once, with everything that it is ready for. An error or a hang-up is readiness
//   for everything, whatever the interest: the next call on the descriptor tells what is wrong.
// - The span lives until the next wait; watch, change and forget leave it as it is.
// - wait may return an empty span after a signal; otherwise not before the time is over (it rounds up), or a caller
//   with a deadline would spin.
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

/// A descriptor on which a call would not block now.
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
