// Stream: what comes out of a socket, a pipe or a terminal, for tests; it waits for everything with a deadline.
#pragma once

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "catch.hpp"
#include "minimeta/net/descriptor.hpp"

namespace test {

namespace net = minimeta::net;

/// Longer than anything here takes on a busy machine.
inline constexpr std::chrono::seconds longest_wait{20};

/// Waits until `descriptor` is ready for `what`; false if it is not within that time.
inline bool await(int descriptor, short what, std::chrono::milliseconds time) {
    pollfd waiting{descriptor, what, 0};
    return ::poll(&waiting, 1, static_cast<int>(time.count())) > 0;
}

class Stream {
public:
    explicit Stream(net::Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

    [[nodiscard]] int descriptor() const { return descriptor_.value(); }
    void close() { descriptor_.reset(); }

    /// Whether this is exactly what comes next. If it is not, the test's report shows what came.
    bool reads(std::string_view expected) {
        while (begins_like(expected) && unread().size() < expected.size() && receive_some(chunk)) {
        }
        if (unread().starts_with(expected)) {
            take(expected.size());
            return true;
        }
        UNSCOPED_INFO("read instead:\n" << unread().substr(0, 2000) << ending_);
        return false;
    }

    /// Takes what comes up to the end of the first such text, and throws if that does not come: then there is no test.
    std::string receive_up_to(std::string_view text) {
        for (std::size_t from = 0;;) {
            if (const std::size_t at = unread().find(text, from); at != std::string_view::npos)
                return take(at + text.size());
            from = unread().size() - std::min(unread().size(), text.size());
            if (!receive_some(chunk))
                throw std::runtime_error("waited in vain for \"" + std::string(text) + "\" and got:\n" +
                                         std::string(unread().substr(0, 2000)) + ending_);
        }
    }

    /// The next line, with its end.
    std::string receive_line() { return receive_up_to("\n"); }

    /// Reads until `count` bytes are there, or nothing more comes.
    std::string receive(std::size_t count) {
        while (unread().size() < count && receive_some(count - unread().size())) {
        }
        return take(std::min(count, unread().size()));
    }

    /// Reads to the end; a reset is put into words behind what came before it, as is a wait in vain.
    std::string receive_all() {
        while (receive_some(chunk)) {
        }
        return take(unread().size()) + ending_;
    }

    /// What is there by now, without waiting.
    std::string receive_available() {
        while (await(descriptor(), POLLIN, std::chrono::milliseconds(0)) && receive_some(chunk)) {
        }
        return take(unread().size());
    }

    /// Whether nothing comes for so long.
    bool hears_nothing(std::chrono::milliseconds time) {
        return unread().empty() && !await(descriptor(), POLLIN, time);
    }

private:
    static constexpr std::size_t chunk = std::size_t{64} * 1024;

    [[nodiscard]] std::string_view unread() const { return std::string_view(received_).substr(taken_); }

    [[nodiscard]] bool begins_like(std::string_view expected) const {
        const std::size_t both = std::min(expected.size(), unread().size());
        return expected.substr(0, both) == unread().substr(0, both);
    }

    std::string take(std::size_t count) {
        std::string taken(unread().substr(0, count));
        taken_ += count;
        if (taken_ > received_.size() / 2) {
            received_.erase(0, taken_);
            taken_ = 0;
        }
        return taken;
    }

    // False at the end, of whatever kind.
    bool receive_some(std::size_t at_most) {
        static std::array<char, chunk> buffer;
        if (ended_) return false;
        if (!await(descriptor(), POLLIN, longest_wait)) {
            ending_ = "<nothing comes>";
            return false;
        }
        const ssize_t got = ::read(descriptor(), buffer.data(), std::min(at_most, buffer.size()));
        if (got < 0 && (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK)) return true;
        if (got < 0 && errno == ECONNRESET) ending_ = "<reset>";
        ended_ = got <= 0;  // EIO is how a terminal ends on Linux
        if (!ended_) received_.append(buffer.data(), static_cast<std::size_t>(got));
        return !ended_;
    }

    net::Descriptor descriptor_;
    std::string received_;
    std::size_t taken_ = 0;
    bool ended_ = false;
    std::string ending_;
};

}  // namespace test
