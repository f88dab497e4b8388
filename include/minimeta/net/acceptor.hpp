// Acceptor: the listeners of a transport, and what to do when there are no descriptors left.
//
// A process that is out of descriptors cannot accept; but the connection waits on, its listener stays readable, and a
// naive loop spins. So one spare descriptor is kept. When accepting fails for want of one, the spare is closed, which
// lets the visitor in for as long as it takes to tell it that there is no place; then the visitor is closed, and the
// spare opened again. If even that does not work (another thread was quicker, or the limit was lowered), the
// listeners are to be left alone until a descriptor has been closed, or for a tenth of a second. Members are served
// all the while.
#pragma once

#include <fcntl.h>

#include <cerrno>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "minimeta/net/descriptor.hpp"
#include "minimeta/net/endpoint.hpp"
#include "minimeta/net/socket.hpp"
#include "minimeta/protocol.hpp"
#include "minimeta/time.hpp"

namespace minimeta::net {

/// A place where visitors come in, and what they speak.
struct Listener {
    Descriptor socket;
    ProtocolIndex protocol;
};

/// Somebody who was accepted. In a crowd there is no descriptor for it to stay: it is to be told so, and closed at
/// once.
struct Visitor {
    Descriptor socket;
    bool crowd = false;
};

class Acceptor {
public:
    Acceptor() noexcept { keep_spare(); }

    void add(Listener listener) { listeners_.push_back(std::move(listener)); }

    /// Closes all listeners.
    void clear() noexcept {
        listeners_.clear();
        paused_ = false;
    }

    [[nodiscard]] const std::vector<Listener>& listeners() const noexcept { return listeners_; }

    /// The listener with this descriptor, if there is one.
    [[nodiscard]] const Listener* find(int descriptor) const noexcept {
        for (const Listener& each : listeners_)
            if (each.socket.value() == descriptor) return &each;
        return nullptr;
    }

    /// The next one who waits at the listener, if there is one. After nothing, look at `paused()`.
    [[nodiscard]] std::optional<Visitor> accept(const Listener& listener) {
        keep_spare();
        Descriptor peer = net::accept(listener.socket.value());
        // Somebody who has left while waiting, or came over a network that failed: look at the next one.
        for (int i = 0; !peer && concerns_one_visitor(errno) && i < 16; ++i)
            peer = net::accept(listener.socket.value());
        if (peer) return Visitor{std::move(peer), false};
        if ((errno == EMFILE || errno == ENFILE) && spare_) {
            spare_.reset();
            peer = net::accept(listener.socket.value());
            if (peer) return Visitor{std::move(peer), true};
        }
        if (errno != EAGAIN && errno != EWOULDBLOCK) paused_ = true;
        return std::nullopt;
    }

    /// Whether accepting does not work at present, so that listeners must not be watched for `pause`, or until a
    /// descriptor has been closed. It lasts until `resume`.
    [[nodiscard]] bool paused() const noexcept { return paused_; }
    void resume() noexcept { paused_ = false; }

    /// Short enough for whoever waits, and long enough to cost nothing.
    static constexpr Duration pause = milliseconds(100);

private:
    static bool concerns_one_visitor(int error_number) noexcept {
        switch (error_number) {
            case EINTR:
            case ECONNABORTED:
            case EPROTO:
            case ENETDOWN:
            case ENETUNREACH:
            case EHOSTDOWN:
            case EHOSTUNREACH:
            case ENOPROTOOPT:
            case EOPNOTSUPP: return true;  // Linux reports what happened to the connection before it was accepted
            default: return false;
        }
    }

    void keep_spare() noexcept {
        if (!spare_) spare_.reset(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    }

    std::vector<Listener> listeners_;
    Descriptor spare_;
    bool paused_ = false;
};

}  // namespace minimeta::net
