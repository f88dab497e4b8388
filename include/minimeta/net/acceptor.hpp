// Acceptor: accepts connections at the listeners of a transport, also when the process is out of descriptors.
//
// A process without free descriptors cannot accept; but the connection stays pending, its listener stays readable, and
// a naive loop spins. So a spare descriptor is kept. When accepting fails for want of one, the spare is closed, and the
// connection is accepted for as long as it takes to send it a refusal; then it is closed, and the spare opened again.
// If even that fails (another thread was quicker, or the limit was lowered), the listeners must not be watched until a
// descriptor has been closed, or for a tenth of a second. Members are served all the while.
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

/// A listening socket, and the protocol of its connections.
struct Listener {
    Descriptor socket;
    ProtocolIndex protocol;
};

/// An accepted connection. If `refuse`, there is no descriptor for it to stay: it is to be refused and closed at once.
struct Accepted {
    Descriptor socket;
    SocketAddress peer;
    bool refuse = false;
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

    /// Returns the listener with this descriptor; null if there is none.
    [[nodiscard]] const Listener* find(int descriptor) const noexcept {
        for (const Listener& each : listeners_)
            if (each.socket.value() == descriptor) return &each;
        return nullptr;
    }

    /// Accepts the next pending connection. Returns nothing if there is none, or if accepting failed: see `paused()`.
    [[nodiscard]] std::optional<Accepted> accept(const Listener& listener) {
        keep_spare();
        Accepted accepted;
        const auto try_next = [&] { accepted.socket = net::accept(listener.socket.value(), accepted.peer); };
        try_next();
        // The pending connection was closed by its peer, or its network failed: try the next one.
        for (int i = 0; !accepted.socket && concerns_one_visitor(errno) && i < 16; ++i) try_next();
        if (accepted.socket) return accepted;
        if ((errno == EMFILE || errno == ENFILE) && spare_) {
            spare_.reset();
            try_next();
            accepted.refuse = true;
            if (accepted.socket) return accepted;
        }
        if (!would_block(errno)) paused_ = true;
        return std::nullopt;
    }

    /// Whether accepting has failed and has not been resumed. Listeners must not be watched then; `resume` after
    /// `pause`, or when a descriptor has been closed.
    [[nodiscard]] bool paused() const noexcept { return paused_; }
    void resume() noexcept { paused_ = false; }

    /// Short enough for a pending peer, and long enough to cost nothing.
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
