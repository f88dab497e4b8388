// Cuts a stream of bytes into lines.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tcp_client {

class LineSplitter {
public:
    /// Bytes kept of a line; the rest of a longer one is dropped. Many times what a room admits, so it is either
    /// refused there, or came from something that is no room.
    static constexpr std::size_t most_bytes = 65'536;

    void feed(std::string_view bytes) {
        while (!bytes.empty()) {
            const std::size_t size = std::min(bytes.find('\n'), bytes.size());
            begun_.append(bytes.substr(0, std::min(size, most_bytes - begun_.size())));
            if (size == bytes.size()) return;
            bytes.remove_prefix(size + 1);
            end_line();
        }
    }

    /// Nothing more comes: what is left is a line too.
    void finish() {
        if (!begun_.empty()) end_line();
    }

    /// The next whole line, without its end.
    std::optional<std::string> next() {
        if (lines_.empty()) return {};
        std::optional<std::string> line = std::move(lines_.front());
        lines_.pop_front();
        return line;
    }

    /// Whether there is no whole line.
    [[nodiscard]] bool empty() const { return lines_.empty(); }

private:
    void end_line() {
        if (begun_.ends_with('\r')) begun_.pop_back();
        lines_.push_back(std::exchange(begun_, {}));
    }

    std::deque<std::string> lines_;
    std::string begun_;
};

}  // namespace tcp_client
