// Line splitter: turns a stream of bytes into lines, in bounded memory.
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
    /// Bytes kept of a line; the rest of a longer line is dropped. A room admits far fewer, so a longer line would be
    /// refused there, or does not come from a room.
    static constexpr std::size_t max_line_bytes = 65'536;

    void feed(std::string_view bytes) {
        while (!bytes.empty()) {
            const std::size_t size = std::min(bytes.find('\n'), bytes.size());
            begun_.append(bytes.substr(0, std::min(size, max_line_bytes - begun_.size())));
            if (size == bytes.size()) return;
            bytes.remove_prefix(size + 1);
            end_line();
        }
    }

    /// Ends the stream: the rest, if any, becomes a line.
    void finish() {
        if (!begun_.empty()) end_line();
    }

    /// Removes and returns the next whole line, without its end. Nothing if there is none.
    std::optional<std::string> next() {
        if (lines_.empty()) return {};
        std::optional<std::string> line = std::move(lines_.front());
        lines_.pop_front();
        return line;
    }

    /// Whether next() would return nothing.
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
