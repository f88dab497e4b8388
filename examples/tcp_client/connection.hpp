// TCP connection of the client: sends lines and receives bytes, without blocking; and knows which of its lines did not
// arrive.
#pragma once

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/net/dead_peer.hpp"
#include "minimeta/net/descriptor.hpp"
#include "minimeta/net/socket.hpp"

namespace tcp_client {

namespace net = minimeta::net;

class Connection {
public:
    void open(net::Descriptor socket) {
        close();
        socket_ = std::move(socket);
    }

    explicit operator bool() const { return static_cast<bool>(socket_); }
    [[nodiscard]] int descriptor() const { return socket_.value(); }

    void send_line(std::string_view line) { unsent_.append(line).append("\n"); }

    /// Shuts the connection down for sending after everything is sent. Receiving is not affected.
    void end_sending() { ending_ = true; }

    [[nodiscard]] std::size_t unsent_bytes() const { return unsent_.size(); }

    /// Sends what the system takes now. Returns true if it took any. If the connection is broken, the rest stays
    /// unsent, and receive() returns why.
    bool flush() {
        if (!socket_ || broken_) return false;
        std::size_t sent = 0;
        while (sent < unsent_.size()) {
            const net::Moved moved = net::send(socket_.value(), std::string_view(unsent_).substr(sent));
            sent += moved.bytes;
            broken_ = moved.outcome == net::Moving::broken;
            if (moved.outcome != net::Moving::moved) break;
        }
        sent_.append(unsent_, 0, sent);
        if (sent_.size() > 2 * max_sent_bytes) sent_.erase(0, sent_.size() - max_sent_bytes);
        unsent_.erase(0, sent);
        if (unsent_.empty() && std::exchange(ending_, false)) ::shutdown(socket_.value(), SHUT_WR);
        return sent > 0;
    }

    /// Returns the lines that the other side has not acknowledged, in order; of a line in two parts, it has not got the end.
    /// What it acknowledged it has read, or it was about to. All that was sent counts as acknowledged where the system does
    /// not tell: everywhere but on Linux.
    [[nodiscard]] std::vector<std::string> lines_not_arrived() const {
        const std::size_t bytes = socket_ ? net::unacknowledged_bytes(socket_.value()) : 0;
        const std::size_t from = sent_.size() - std::min(bytes, sent_.size());
        const std::string stream = sent_ + unsent_;
        std::vector<std::string> lines;
        std::size_t begin = from == 0 ? 0 : stream.rfind('\n', from - 1) + 1;  // npos + 1 is 0
        for (std::size_t end; (end = stream.find('\n', begin)) != stream.npos; begin = end + 1)
            lines.push_back(stream.substr(begin, end - begin));
        return lines;
    }

    /// Whether to call flush() when the socket is writable.
    [[nodiscard]] bool wants_to_send() const { return !unsent_.empty() && !broken_; }

    /// Receives once. The view is valid until the next call, and empty with Moving::not_yet, ended or broken; after
    /// broken, errno says why.
    std::pair<net::Moving, std::string_view> receive() {
        const net::Moved moved = net::receive(socket_.value(), buffer_);
        return {moved.outcome, std::string_view(buffer_.data(), moved.bytes)};
    }

    /// Closes at once, in a way that does not destroy what was sent before.
    void part() {
        if (!socket_) return;
        flush();
        net::part(socket_.value(), buffer_);
        close();
    }

    void close() {
        socket_.reset();
        unsent_.clear();
        sent_.clear();
        ending_ = broken_ = false;
    }

private:
    static constexpr std::size_t max_sent_bytes = 65'536;  // remembered of what was sent

    net::Descriptor socket_;
    std::string unsent_;
    std::string sent_;  // the end of it
    bool ending_ = false;
    bool broken_ = false;
    std::array<char, 16'384> buffer_;
};

}  // namespace tcp_client
