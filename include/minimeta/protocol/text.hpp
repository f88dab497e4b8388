// Text: the default protocol, one command a line, to be typed and read by people. `nc` is a client.
//
// A line is UTF-8 and ends with "\n" or "\r\n". Its grammar is in protocol/text/parser.hpp, the words of the answers
// are in protocol/text/phrases.hpp. A last line without an end is not carried out, since it may have been cut.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/protocol.hpp"
#include "minimeta/protocol/text/line_protocol.hpp"
#include "minimeta/protocol/text/phrases.hpp"
#include "minimeta/protocol/text/phrases_en.hpp"

namespace minimeta {

/// The text protocol for lines. `Room room{transport, limits, Text{chinese}}` answers in Chinese.
class Text : public LineProtocol {
public:
    /// The beginning of an incomplete line: at most Limits::line_bytes, and a "\r".
    struct decoder {
        std::string begun;
        bool greeted = false;
        bool skips = false;  // discards the rest of a line that was too long
    };

    explicit Text(const Phrases& phrases = english) : LineProtocol(phrases) {}

    std::optional<Command> decode(decoder& state, std::string_view& fed) {
        if (!std::exchange(state.greeted, true)) return command<Greet>();
        while (!fed.empty()) {
            const std::size_t end = end_of_line(state.begun, fed);
            if (end == fed.npos) return keep(state, std::exchange(fed, {}));
            std::string_view line = fed.substr(0, end);
            fed.remove_prefix(end + 1);
            if (std::exchange(state.skips, false)) {
                state.begun = {};
                continue;
            }
            if (!state.begun.empty()) {
                line_ = std::exchange(state.begun, {}).append(line);
                line = line_;
            }
            if (auto command = parse_line(line)) return command;
        }
        return {};
    }

    void skip(decoder& state, std::string_view& fed) {
        if (!skip_lines(fed)) return;
        state.begun = {};
        state.skips = false;
    }

private:
    // Keeps the beginning of a line, unless it is too long already.
    std::optional<Command> keep(decoder& state, std::string_view part) {
        const bool may_end = part.ends_with('\r');
        if (!state.skips && state.begun.size() + part.size() <= line_bytes() + (may_end ? 1 : 0)) {
            state.begun.append(part);
            return {};
        }
        state.begun = may_end ? "\r" : "";  // as much as it takes to find the end
        if (std::exchange(state.skips, true)) return {};
        return command<Malformed>(Errc::line_too_long);
    }

    std::string line_;  // scratch: a line that arrived in pieces
};

static_assert(protocol_with_skip<Text>);

}  // namespace minimeta
