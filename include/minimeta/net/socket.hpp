// TCP sockets with errors as values: listening, connecting, and moving bytes without blocking.
//
// Every socket made here is nonblocking, is not inherited by other programs, and cannot raise SIGPIPE. A connection
// has TCP_NODELAY, since a program that writes at most once a turn gains nothing when the kernel holds small segments
// back, and loses 40 ms; and keep-alive, since a peer that vanished without a word (a cable, a flat battery) would
// never be detected otherwise.
#pragma once

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/base/narrow.hpp"
#include "minimeta/net/clock.hpp"
#include "minimeta/net/descriptor.hpp"
#include "minimeta/net/endpoint.hpp"
#include "minimeta/time.hpp"

namespace minimeta::net {

// ---- Options

/// Sets an integer option. Ignores failure, since the socket works without the options that are set here.
inline void set_option(int socket, int level, int option, int value) noexcept {
    (void)::setsockopt(socket, level, option, &value, sizeof value);
}

/// Sets the options of every connection, accepted or made.
inline void prepare_connection(int socket) noexcept {
    set_option(socket, IPPROTO_TCP, TCP_NODELAY, 1);
    // A vanished peer is detected after about four minutes: two of silence, then four probes; dead_peer.hpp does the same
    // while output is under way. The system's own two hours would keep a name taken for an evening; much less would wake
    // sleeping phones for nothing.
    set_option(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
#if defined(TCP_KEEPIDLE)
    set_option(socket, IPPROTO_TCP, TCP_KEEPIDLE, 120);
#elif defined(TCP_KEEPALIVE)
    set_option(socket, IPPROTO_TCP, TCP_KEEPALIVE, 120);  // its name on macOS
#endif
#if defined(TCP_KEEPINTVL) && defined(TCP_KEEPCNT)
    set_option(socket, IPPROTO_TCP, TCP_KEEPINTVL, 30);
    set_option(socket, IPPROTO_TCP, TCP_KEEPCNT, 4);
#endif
#if defined(SO_NOSIGPIPE)
    set_option(socket, SOL_SOCKET, SO_NOSIGPIPE, 1);
#endif
}

// ---- Moving bytes

/// The outcome of an attempt to move bytes.
enum class Moving : std::uint8_t {
    moved,    ///< `bytes` of them, at least one; fewer than requested is normal
    not_yet,  ///< none now; the poller reports when to try again
    ended,    ///< the peer sends nothing more (receive only)
    broken,   ///< the connection is gone
};

struct Moved {
    Moving outcome = Moving::moved;
    std::size_t bytes = 0;
};

/// Whether a call failed only because it would have had to wait. The two are the same almost everywhere.
inline bool would_block(int error_number) noexcept {
#if EAGAIN != EWOULDBLOCK
    if (error_number == EWOULDBLOCK) return true;
#endif
    return error_number == EAGAIN;
}

/// Translates the return value of a call and errno.
inline Moved moved(ssize_t result) noexcept {
    if (result >= 0) return {Moving::moved, static_cast<std::size_t>(result)};
    if (would_block(errno)) return {Moving::not_yet, 0};
    return {Moving::broken, 0};
}

#if defined(MSG_NOSIGNAL)
inline constexpr int send_flags = MSG_NOSIGNAL;
#else
inline constexpr int send_flags = 0;                      // prepare_connection has set SO_NOSIGPIPE
#endif

/// Writes what the kernel takes of `bytes`, which is not empty.
inline Moved send(int socket, std::string_view bytes) noexcept {
    ssize_t result;
    do result = ::send(socket, bytes.data(), bytes.size(), send_flags);
    while (result < 0 && errno == EINTR);
    return moved(result);
}

/// Writes what the kernel takes of `parts`, in order, with one call. They are not empty.
inline Moved send(int socket, std::span<iovec> parts) noexcept {
    msghdr message{};  // sendmsg is writev with flags
    message.msg_iov = parts.data();
    message.msg_iovlen = narrow<decltype(message.msg_iovlen)>(parts.size());
    ssize_t result;
    do result = ::sendmsg(socket, &message, send_flags);
    while (result < 0 && errno == EINTR);
    return moved(result);
}

/// Reads what is there, up to the size of `buffer`.
inline Moved receive(int socket, std::span<char> buffer) noexcept {
    ssize_t result;
    do result = ::recv(socket, buffer.data(), buffer.size(), 0);
    while (result < 0 && errno == EINTR);
    if (result == 0) return {Moving::ended, 0};
    return moved(result);
}

/// Shuts the socket down for writing and discards what has arrived, so that closing it does not send a reset, which
/// would destroy last words that the peer has not read yet. Does not wait for the peer; the caller closes the socket
/// next.
inline void part(int socket, std::span<char> scratch) noexcept {
    ::shutdown(socket, SHUT_WR);
    // Bounded, since a peer may write as fast as we read: 64 buffers are as much as a kernel commonly holds for us.
    for (int i = 0; i < 64; ++i)
        if (receive(socket, scratch).outcome != Moving::moved) return;
}

// ---- Making sockets

/// Resolves a host and a port to addresses. A name is looked up in the network, which can take seconds; a numeric
/// address is parsed at once. `flags` are those of getaddrinfo.
inline Result<std::vector<SocketAddress>> resolve(const char* host, std::uint16_t port, int flags) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    if (const int failure = ::getaddrinfo(host, std::to_string(port).c_str(), &hints, &found); failure != 0) {
        return NetError{failure == EAI_SYSTEM ? reason_of(errno) : ::gai_strerror(failure), {host ? host : "", port}};
    }
    const struct Owner {
        ~Owner() { ::freeaddrinfo(list); }
        addrinfo* list;
    } owner{found};
    std::vector<SocketAddress> addresses;
    for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
        if (each->ai_addrlen > sizeof(sockaddr_storage)) continue;
        SocketAddress& address = addresses.emplace_back();
        std::memcpy(&address.storage, each->ai_addr, each->ai_addrlen);
        address.size = each->ai_addrlen;
    }
    return addresses;
}

/// Makes a nonblocking TCP socket for the family of `address`. Returns none, with errno set, on failure.
inline Descriptor make_socket(const SocketAddress& address) noexcept {
#if defined(SOCK_NONBLOCK) && defined(SOCK_CLOEXEC)
    return Descriptor(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
#else
    Descriptor made(::socket(address.storage.ss_family, SOCK_STREAM, 0));
    if (made && !make_nonblocking_and_private(made.value())) return {};
    return made;
#endif
}

/// Listens at `address`. Returns none, with errno set, on failure.
inline Descriptor listen_at(const SocketAddress& address, bool ipv6_only) noexcept {
    Descriptor made = make_socket(address);
    if (!made) return {};
    // Allows a port whose old connections are in TIME_WAIT, but not one that has a listener.
    set_option(made.value(), SOL_SOCKET, SO_REUSEADDR, 1);
    if (address.storage.ss_family == AF_INET6) set_option(made.value(), IPPROTO_IPV6, IPV6_V6ONLY, ipv6_only ? 1 : 0);
    if (::bind(made.value(), address.get(), address.size) != 0) return {};
    if (::listen(made.value(), SOMAXCONN) != 0) return {};
    return made;
}

/// Moves the addresses of this family to the front; the order is the same otherwise.
inline void put_first(std::vector<SocketAddress>& addresses, int family) {
    std::vector<SocketAddress> ordered;
    for (const bool first : {true, false})
        for (const SocketAddress& each : addresses)
            if ((each.storage.ss_family == family) == first) ordered.push_back(each);
    addresses = std::move(ordered);
}

/// Listens at the first address of `host` that this machine has, and only there: `::1` is IPv6 and `0.0.0.0` is IPv4.
/// An empty host is every address of both families (of IPv4, where there is no IPv6). Port 0 selects a free port.
inline Result<Descriptor> listen(const std::string& host, std::uint16_t port) {
    auto addresses = resolve(host.empty() ? nullptr : host.c_str(), port, AI_PASSIVE);
    if (!addresses) return addresses.error();
    if (host.empty()) put_first(*addresses, AF_INET6);
    NetError failure{"no address", {host, port}};
    for (const SocketAddress& address : *addresses) {
        if (Descriptor made = listen_at(address, !host.empty())) return made;
        const int error_number = errno;
        failure = {reason_of(error_number), address.endpoint()};
        // To listen at another address because this one is taken would only hide the failure.
        if (error_number == EADDRINUSE || error_number == EACCES) break;
    }
    return failure;
}

/// Accepts one pending connection, and sets the address of its peer. Returns none, with errno set, on failure.
inline Descriptor accept(int listener, SocketAddress& peer) noexcept {
    peer = {};
#if defined(SOCK_NONBLOCK) && defined(SOCK_CLOEXEC)
    Descriptor made(::accept4(listener, peer.get(), &peer.size, SOCK_NONBLOCK | SOCK_CLOEXEC));
#else
    Descriptor made(::accept(listener, peer.get(), &peer.size));
    if (made && !make_nonblocking_and_private(made.value())) return {};
#endif
    if (made) prepare_connection(made.value());
    return made;
}
inline Descriptor accept(int listener) noexcept {
    SocketAddress peer;
    return accept(listener, peer);
}

/// Waits at most `timeout` for a pending connect to complete. Returns zero if it succeeded, otherwise the errno.
inline int await_connection(int socket, Duration timeout) noexcept {
    const Time deadline = monotonic_time() + timeout;
    for (;;) {
        const Duration left = clamp(deadline - monotonic_time(), Duration{}, seconds(60));
        pollfd waiting{socket, POLLOUT, 0};
        const int ready = ::poll(&waiting, 1, static_cast<int>((left.nanoseconds + 999'999) / 1'000'000));
        if (ready > 0) break;
        if (ready < 0 && errno != EINTR) return errno;
        if (left == Duration{}) return ETIMEDOUT;
    }
    int error_number = 0;
    socklen_t size = sizeof error_number;
    return ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error_number, &size) == 0 ? error_number : errno;
}

/// Connects to the first address of `host` that answers, within `timeout` for all of them together; each gets an equal
/// share of the time left, so that an address that does not answer leaves time for the next. Resolving a name takes
/// additional time, which the system bounds. The error is that of the last address.
inline Result<Descriptor> connect(const std::string& host, std::uint16_t port, Duration timeout) {
    auto addresses = resolve(host.c_str(), port, 0);
    if (!addresses) return addresses.error();
    const Time deadline = monotonic_time() + timeout;
    NetError failure{"no address", {host, port}};
    std::int64_t addresses_left = static_cast<std::int64_t>(addresses->size());
    for (const SocketAddress& address : *addresses) {
        const Duration share{(deadline - monotonic_time()).nanoseconds / addresses_left--};
        Descriptor made = make_socket(address);
        int error_number = made && ::connect(made.value(), address.get(), address.size) == 0 ? 0 : errno;
        // An interrupted connect continues in the background, like one that would have had to wait.
        if (made && (error_number == EINPROGRESS || error_number == EINTR))
            error_number = await_connection(made.value(), share);
        if (error_number == 0) {
            prepare_connection(made.value());
            return made;
        }
        failure = {reason_of(error_number), address.endpoint()};
    }
    return failure;
}

}  // namespace minimeta::net
