// WatchedAcceptor: an Acceptor whose listeners a poller watches, except while it is paused: a listener that stays readable
// without anything that can be done about it would keep the loop awake.
#pragma once

#include <optional>
#include <utility>

#include "minimeta/net/acceptor.hpp"
#include "minimeta/net/poller.hpp"
#include "minimeta/time.hpp"

namespace minimeta::net {

template <poller Poller>
class WatchedAcceptor {
public:
    explicit WatchedAcceptor(Poller& poller) : poller_(poller) {}

    /// Adds a listener. Returns false, and closes it, if the poller cannot watch it.
    [[nodiscard]] bool add(Listener listener) {
        if (!poller_.watch(listener.socket.value(), {.reading = true})) return false;
        acceptor_.add(std::move(listener));
        return true;
    }

    /// Closes all listeners.
    void clear() {
        for (const Listener& each : acceptor_.listeners()) poller_.forget(each.socket.value());
        acceptor_.clear();
    }

    /// Returns the listener with this descriptor; null if there is none.
    [[nodiscard]] const Listener* find(int descriptor) const noexcept { return acceptor_.find(descriptor); }

    /// Accepts the next pending connection. Returns nothing if there is none, or if accepting failed: then it is paused.
    [[nodiscard]] std::optional<Accepted> accept(const Listener& listener, Time now) {
        std::optional<Accepted> accepted = acceptor_.accept(listener);
        if (acceptor_.paused()) {
            resume_at_ = now + Acceptor::pause;
            watch_all({});
        }
        return accepted;
    }

    /// Resumes after a pause; also before its end, if a descriptor has been closed. No effect if it is not paused.
    void resume() {
        if (!acceptor_.paused()) return;
        acceptor_.resume();
        watch_all({.reading = true});
    }
    void resume_if_due(Time now) {
        if (now >= resume_at_) resume();
    }

    /// When a pause ends; nothing if it is not paused.
    [[nodiscard]] std::optional<Time> next_deadline() const {
        return acceptor_.paused() ? std::optional(resume_at_) : std::nullopt;
    }

private:
    void watch_all(Interest interest) {
        for (const Listener& each : acceptor_.listeners()) poller_.change(each.socket.value(), interest);
    }

    Poller& poller_;
    Acceptor acceptor_;
    Time resume_at_;
};

}  // namespace minimeta::net
