// Text: the default protocol, one command a line, to be typed and read by people. `nc` is a client.
//
// A line is UTF-8 and ends with "\n" or "\r\n". Its grammar is in protocol/text/parser.hpp, the words of the answers
// are in protocol/text/phrases.hpp. A last line without an end is not carried out, since it may have been cut.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/protocol.hpp"
#include "minimeta/protocol/line_assembler.hpp"
#include "minimeta/protocol/text/line_protocol.hpp"
#include "minimeta/protocol/text/phrases.hpp"
#include "minimeta/protocol/text/phrases_en.hpp"

namespace minimeta {

/// The text protocol for lines. `Room room{transport, limits, Text{chinese}}` answers in Chinese.
class Text : public LineProtocol {
public:
    struct decoder : LineAssembler::Begun {
        bool greeted = false;
    };

    explicit Text(const Phrases& phrases = english) : LineProtocol(phrases) {}

    std::optional<Command> decode(decoder& state, std::string_view& fed) {
        if (!std::exchange(state.greeted, true)) return command<Greet>();
        while (const auto line = lines_.next(state, fed, line_bytes(), end_of_line)) {
            if (line->too_long) return command<Malformed>(Errc::line_too_long);
            if (auto command = parse_line(line->text)) return command;
        }
        return {};
    }

    void skip(decoder& state, std::string_view& fed) { LineAssembler::skip(state, fed); }

private:
    LineAssembler lines_;
};

static_assert(protocol_with_skip<Text>);

}  // namespace minimeta
