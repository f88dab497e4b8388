// Unframed: the text protocol for clients that send no line ends.
//
// The first chat of this kind, like many a first attempt, takes whatever one receive returns for one message. Such a
// client is understood as long as it pauses between its messages: each received piece is a command, and so is each line
// in it. Messages that TCP joins or splits cannot be told apart; new clients should send lines to Text.
//
// Output ends with "\n", since several messages may arrive in one piece on that side as well.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "minimeta/command.hpp"
#include "minimeta/protocol.hpp"
#include "minimeta/protocol/line_assembler.hpp"
#include "minimeta/protocol/text/line_protocol.hpp"
#include "minimeta/protocol/text/phrases.hpp"
#include "minimeta/protocol/text/phrases_en.hpp"

namespace minimeta {

/// The text protocol for commands without line ends.
class Unframed : public LineProtocol {
public:
    /// Keeps nothing of a piece for the next one.
    struct decoder {
        bool greeted = false;
    };

    explicit Unframed(const Phrases& phrases = english) : LineProtocol(phrases) {}

    std::optional<Command> decode(decoder& state, std::string_view& fed) {
        if (!std::exchange(state.greeted, true)) return command<Greet>();
        while (!fed.empty()) {
            const std::size_t end = end_of_line({}, fed);
            const std::string_view line = fed.substr(0, end);
            fed.remove_prefix(end == fed.npos ? fed.size() : end + 1);
            if (auto command = parse_line(line)) return command;
        }
        return {};
    }

    void skip(decoder&, std::string_view& fed) { skip_lines(fed); }
};

static_assert(protocol_with_skip<Unframed>);

}  // namespace minimeta
