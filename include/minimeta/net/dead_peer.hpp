// Dead peer detection: a peer that vanished without a word (a cable, a flat battery) acknowledges nothing any more.
//
// While a connection is silent, TCP's keep-alive finds that out (socket.hpp). While output is under way, there is no
// keep-alive, but retransmission, which Linux gives up after a quarter of an hour. TCP_USER_TIMEOUT would shorten that,
// but ends the connection of a live peer, too, that has not read for as long: its kernel answers each probe of the full
// window, and these answers do not count there. So the kernel is asked when it last received an acknowledgement.
#pragma once

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#if defined(__linux__)
#include <linux/sockios.h>  // SIOCOUTQ
#endif

#include <cstddef>
#include <cstdint>
#include <optional>

#include "minimeta/time.hpp"

namespace minimeta::net {

/// How long a peer may leave output unacknowledged. More than the longest pause between two probes of a full window, which
/// is two minutes (RFC 6298, 2.5 allows 60 seconds and more; Linux: TCP_RTO_MAX).
inline constexpr Duration dead_peer_timeout = seconds(240);

/// What the kernel knows of a connection's output.
enum class Acknowledged : std::uint8_t { all, not_yet, not_within_timeout };

/// Returns how many bytes the kernel has taken for a connection that the peer has not acknowledged, also after the connection
/// broke. Always 0 where the system does not tell: everywhere but on Linux.
inline std::size_t unacknowledged_bytes(int socket) noexcept {
#if defined(__linux__)
    int bytes = 0;
    return ::ioctl(socket, SIOCOUTQ, &bytes) == 0 && bytes > 0 ? static_cast<std::size_t>(bytes) : 0;
#else
    return (void)socket, 0;
#endif
}

/// Returns whether the peer has acknowledged what was sent to it, or has left that undone for `timeout`. Always `all` where
/// the system does not tell: everywhere but on Linux.
inline Acknowledged acknowledged(int socket, Duration timeout) noexcept {
#if defined(__linux__)
    if (unacknowledged_bytes(socket) == 0) return Acknowledged::all;
    tcp_info info{};
    socklen_t size = sizeof info;
    if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return Acknowledged::all;
    // Between two probes of a full window, nothing is expected; and a single one may be ignored (tcp_invalid_ratelimit).
    const bool expected = info.tcpi_unacked != 0 || info.tcpi_probes > 1;
    const bool late = milliseconds(info.tcpi_last_ack_recv) >= timeout;
    return expected && late ? Acknowledged::not_within_timeout : Acknowledged::not_yet;
#else
    (void)socket, (void)timeout;
    return Acknowledged::all;
#endif
}

/// Looks for dead peers among many connections, a few of them a turn, as long as any output may be unacknowledged. It keeps
/// nothing for each connection.
class DeadPeerDetector {
public:
    /// 0 disables it.
    explicit DeadPeerDetector(Duration timeout) noexcept : timeout_(timeout) {}

    /// Something was sent.
    void expect_acknowledgement(Time now) noexcept {
        if (next_ || timeout_ == Duration{}) return;
        next_ = now + pause();
    }

    /// When `look` is due; nothing if nothing was sent.
    [[nodiscard]] std::optional<Time> deadline() const noexcept { return next_; }

    /// If that is due, looks at the next of the descriptors below `end` for which `connections.contains(descriptor)`, and
    /// calls `connections.finish(descriptor)` for each whose peer is dead.
    template <class Connections>
    void look(Time now, int end, Connections& connections) {
        if (!next_ || now < *next_) return;
        for (int looks = 0; at_ < end && looks < looks_a_turn; ++at_) {
            if (!connections.contains(at_)) continue;
            ++looks;
            const Acknowledged what = acknowledged(at_, timeout_);
            if (what == Acknowledged::not_yet) again_ = true;
            else if (what == Acknowledged::not_within_timeout) connections.finish(at_);
        }
        if (at_ < end) return;
        next_ = again_ ? std::optional(now + pause()) : std::nullopt;
        at_ = 0;
        again_ = false;
    }

private:
    // Each is a system call, of less than a microsecond.
    static constexpr int looks_a_turn = 64;

    [[nodiscard]] Duration pause() const noexcept { return {timeout_.nanoseconds / 8}; }

    Duration timeout_;
    std::optional<Time> next_;
    int at_ = 0;          // the descriptor to go on with
    bool again_ = false;  // some output was not acknowledged yet
};

}  // namespace minimeta::net
