// LineAssembler: lines out of bytes that come in any pieces, for protocols of lines.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace minimeta {

/// Drops all lines that have an end but the last one of them. Returns whether it dropped any.
inline bool skip_lines(std::string_view& fed) {
    const std::size_t end = fed.rfind('\n');
    if (end == fed.npos || end == 0) return false;
    const std::size_t before = fed.rfind('\n', end - 1);
    if (before == fed.npos) return false;
    fed.remove_prefix(before + 1);
    return true;
}

/// Serves any number of connections, each of which has a Begun line. What it keeps of one is bounded.
class LineAssembler {
public:
    /// The beginning of a line that has not ended: at most as many bytes as a line may have, and a "\r".
    struct Begun {
        std::string bytes;
        bool skips = false;  // discards the rest of a line that was too long
    };

    struct Line {
        std::string_view text;  // without its end; lives until the next one
        bool too_long = false;  // and the rest of it is not told
    };

    /// Takes the next line off `fed`; nothing if none ends there, and then all of it is taken. A line is too long if it has
    /// more than `most` bytes and has not ended. `end_of_line(begun, fed)` returns where the first line of `fed` ends, which
    /// goes on from `begun`, or npos.
    template <class EndOfLine>
    std::optional<Line> next(Begun& begun, std::string_view& fed, std::size_t most, EndOfLine&& end_of_line) {
        while (!fed.empty()) {
            const std::size_t end = end_of_line(begun.bytes, fed);
            if (end == fed.npos) return keep(begun, std::exchange(fed, {}), most);
            std::string_view line = fed.substr(0, end);
            fed.remove_prefix(end + 1);
            if (std::exchange(begun.skips, false)) {
                begun.bytes = {};
                continue;
            }
            if (!begun.bytes.empty()) {
                line_ = std::exchange(begun.bytes, {}).append(line);
                line = line_;
            }
            return Line{line};
        }
        return {};
    }

    /// Skips with skip_lines.
    static void skip(Begun& begun, std::string_view& fed) {
        if (skip_lines(fed)) begun = {};
    }

private:
    // Keeps the beginning of a line, unless it is too long already.
    static std::optional<Line> keep(Begun& begun, std::string_view part, std::size_t most) {
        const bool may_end = part.ends_with('\r');
        if (!begun.skips && begun.bytes.size() + part.size() <= most + (may_end ? 1 : 0)) {
            begun.bytes.append(part);
            return {};
        }
        begun.bytes = may_end ? "\r" : "";  // as much as it takes to find the end
        if (std::exchange(begun.skips, true)) return {};
        return Line{{}, true};
    }

    std::string line_;  // scratch: one that arrived in pieces
};

}  // namespace minimeta
