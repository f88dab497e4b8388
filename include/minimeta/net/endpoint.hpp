// Endpoints: the address and port of a socket; and network errors as values.
#pragma once

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "minimeta/base/parse_number.hpp"
#include "minimeta/error.hpp"

namespace minimeta::net {

/// One end of a connection, or the address of a listener.
struct Endpoint {
    std::string address;     ///< numeric, without brackets; the name of a host that could not be resolved
    std::uint16_t port = 0;  ///< in the byte order of this machine

    /// `127.0.0.1:5000`, `[::1]:5000`.
    [[nodiscard]] std::string text() const {
        const bool brackets = address.find(':') != std::string::npos;
        return (brackets ? "[" + address + "]" : address) + ":" + std::to_string(port);
    }

    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

/// Why an operation failed, and where.
struct NetError {
    std::string reason;  ///< in the words of the operating system: "Address already in use"
    Endpoint where;

    /// `127.0.0.1:5000: Address already in use`.
    [[nodiscard]] std::string text() const { return where.text() + ": " + reason; }
};

/// A value, or the NetError that explains why there is none. Used like a pointer, once it is known to hold a value:
///     if (auto made = transport.listen("::1", 0)) print(made->text()); else print(made.error().text());
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : value_(std::move(value)) {}
    Result(NetError error) : error_(std::move(error)) {}

    explicit operator bool() const noexcept { return value_.has_value(); }

    /// The value, which must exist.
    [[nodiscard]] T& operator*() noexcept {
        MINIMETA_ASSERT(value_);
        return *value_;
    }
    [[nodiscard]] const T& operator*() const noexcept {
        MINIMETA_ASSERT(value_);
        return *value_;
    }
    [[nodiscard]] T* operator->() noexcept { return &**this; }
    [[nodiscard]] const T* operator->() const noexcept { return &**this; }

    /// The error, which must exist.
    [[nodiscard]] const NetError& error() const noexcept {
        MINIMETA_ASSERT(!value_);
        return error_;
    }

private:
    std::optional<T> value_;
    NetError error_;
};

/// Returns the operating system's message for a value of errno.
inline std::string reason_of(int error_number) { return std::generic_category().message(error_number); }

/// An address of the operating system, IPv4 or IPv6; or an unknown one, which has no text.
struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = sizeof(sockaddr_storage);

    [[nodiscard]] sockaddr* get() noexcept { return reinterpret_cast<sockaddr*>(&storage); }
    [[nodiscard]] const sockaddr* get() const noexcept { return reinterpret_cast<const sockaddr*>(&storage); }

    /// Returns the address in numbers; an empty endpoint if it is unknown. An IPv4 peer of a listener for both families
    /// is shown as IPv4: `127.0.0.1`.
    [[nodiscard]] Endpoint endpoint() const {
        char host[NI_MAXHOST];
        char service[NI_MAXSERV];
        constexpr int numeric = NI_NUMERICHOST | NI_NUMERICSERV;
        if (::getnameinfo(get(), size, host, sizeof host, service, sizeof service, numeric) != 0) return {};
        Endpoint made{host};
        (void)parse_number(service, made.port);
        if (made.address.starts_with("::ffff:") && made.address.find('.') != std::string::npos)
            made.address.erase(0, 7);
        return made;
    }
};

/// Returns the local endpoint of a socket; empty if it is unknown.
inline Endpoint local_endpoint(int socket) {
    SocketAddress address;
    return ::getsockname(socket, address.get(), &address.size) == 0 ? address.endpoint() : Endpoint{};
}

/// Returns the address of a socket's peer; an unknown one after the connection broke.
inline SocketAddress peer_address(int socket) {
    SocketAddress address;
    return ::getpeername(socket, address.get(), &address.size) == 0 ? address : SocketAddress{};
}

/// Returns the endpoint of a socket's peer; empty if it is unknown, as after the connection broke.
inline Endpoint peer_endpoint(int socket) { return peer_address(socket).endpoint(); }

}  // namespace minimeta::net
