// CallbackDriver: drives a room from an event loop that calls back, and has no turns: Asio, libuv, Qt.
//
// A room wants `advance` before the callbacks of a turn and `flush` after the last of them. A flush sends each member what
// was said since the last one, in one piece. So when k messages arrive together for n members, one flush costs n sends,
// and a flush in each callback k · n. Nearly all of what a chat server costs is sends.
//
// So a wake-up begins with the first callback that touches the room, and ends when the loop has called the others that
// were ready: `wake` advances the room once and asks the loop, with `defer`, to call `end_turn` after them. `end_turn`
// flushes once, and arms the loop's timer for what is due next.
//
//     minimeta::CallbackDriver driver{room, {.now = …, .defer = …, .arm = …}};
//     on input:        driver.wake().on_receive(id, bytes);
//     deferred:        driver.end_turn();
//     on the timer:    driver.on_timer();
//
// | loop  | defer                                | arm                                                                |
// |-------|--------------------------------------|--------------------------------------------------------------------|
// | Asio  | `asio::post(io, end_turn)`           | steady_timer: `expires_at`, `async_wait`                           |
// | libuv | nothing; a uv_prepare_t calls        | `uv_timer_start`, rounded up to milliseconds                       |
// |       | end_turn before each sleep           |                                                                    |
// | Qt    | `QTimer::singleShot(0, end_turn)`    | QTimer: `start`, rounded up to milliseconds                        |
//
// It does no I/O and asks no clock itself. It belongs to the thread of the room, which outlives it; after its end, the loop
// must not call it any more.
#pragma once

#include <optional>
#include <utility>

#include "minimeta/base/function.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

/// What a CallbackDriver needs of the loop. None of these functions may call the driver back from within.
struct CallbackLoop {
    /// Returns what time it is, on a monotonic clock.
    Function<Time()> now;

    /// Returns the civil time; optional, as for Room::advance.
    Function<WallTime()> wall_time{};

    /// Makes the loop call `end_turn` once, after the callbacks that are ready now and before it sleeps.
    Function<void()> defer;

    /// Makes the loop call `on_timer` at this time or soon after, once, instead of at the time given before; never, if it is
    /// nothing.
    Function<void(std::optional<Time>)> arm;
};

/// Groups callbacks into turns of a room, or of anything with advance, flush and next_deadline.
template <class Room>
class CallbackDriver {
public:
    CallbackDriver(Room& room, CallbackLoop loop) : room_(room), loop_(std::move(loop)) {}
    CallbackDriver(const CallbackDriver&) = delete;
    CallbackDriver& operator=(const CallbackDriver&) = delete;

    /// Returns the room, advanced to the time of this wake-up; the first call of a wake-up defers its end. Each callback
    /// takes the room from here, also to call a program's function such as `say` from outside of a hook.
    Room& wake() {
        if (awake_) return room_;
        awake_ = true;
        room_.advance(loop_.now(), loop_.wall_time ? loop_.wall_time() : WallTime{});
        loop_.defer();
        return room_;
    }

    /// Ends the wake-up: flushes the room, and arms the timer if another time is due. No effect if nothing woke the room
    /// since the last call, so that it may be called before each sleep.
    void end_turn() {
        if (!awake_) return;
        room_.flush();
        awake_ = false;
        const std::optional<Time> due = room_.next_deadline();
        if (due == armed_) return;
        armed_ = due;
        loop_.arm(due);
    }

    /// The timer has expired: wakes the room. If that was early, the timer is armed again.
    void on_timer() {
        armed_.reset();
        wake();
    }

private:
    Room& room_;
    CallbackLoop loop_;
    std::optional<Time> armed_;  // the time that the loop was given last, until it has come
    bool awake_ = false;
};

}  // namespace minimeta
