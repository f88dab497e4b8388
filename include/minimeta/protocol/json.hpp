// Json: a protocol for programs, one flat object a line (RFC 8259). docs/json.md is its reference.
//
//     {"type":"say","text":"hello","request":7}
//     {"type":"sent","text":"hello","id":"1795442602-12","at":1795442602250,"request":7}
//
// An object has the members of a struct of the library: a command's, an event's or a reply's. What a program does not know, in
// types and in members, it ignores; so does the room, and both can grow.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "minimeta/bytes.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/protocol.hpp"
#include "minimeta/protocol/json/command_reader.hpp"
#include "minimeta/protocol/json/event_writer.hpp"
#include "minimeta/protocol/json/reply_writer.hpp"
#include "minimeta/protocol/line_assembler.hpp"
#include "minimeta/reply.hpp"

namespace minimeta {

/// The protocol of lines of JSON. A line has at most Limits::line_bytes, as it is written.
class Json {
public:
    struct decoder : LineAssembler::Begun {
        bool greeted = false;
    };

    [[nodiscard]] static bool hears_itself(const decoder&) { return true; }

    /// An object.
    [[nodiscard]] static Match recognise(std::string_view first) {
        const std::size_t begin = first.find_first_not_of(" \t");
        if (begin == first.npos) return Match::partly;
        return first[begin] == '{' ? Match::surely : Match::no;
    }

    void use(const Limits& limits) {
        line_bytes_ = limits.line_bytes;
        replies_.use(limits);
    }

    std::optional<Command> decode(decoder& state, std::string_view& fed) {
        asking_ = nullptr;
        if (!std::exchange(state.greeted, true)) return command<Greet>();
        const auto end_of_line = [](std::string_view, std::string_view bytes) { return bytes.find('\n'); };
        while (const auto line = lines_.next(state, fed, line_bytes_, end_of_line)) {
            if (line->too_long || line->text.size() > line_bytes_) return command<Malformed>(Errc::line_too_long);
            if (JsonScanner(line->text).at_end()) continue;  // blank, and good as a sign of life
            asking_ = &state;
            return commands_.read(line->text);
        }
        return {};
    }
    void skip(decoder& state, std::string_view& fed) { LineAssembler::skip(state, fed); }

    void encode(ByteLog& log, const Event& event) { JsonEventWriter::write(log, event); }
    void encode(ByteLog& log, const Reply& reply, std::string_view) { replies_.write(log, reply, {}); }
    void encode(ByteLog& log, const Reply& reply, std::string_view, decoder& state) {
        replies_.write(log, reply, asking_ == &state ? commands_.request() : std::nullopt);
    }

private:
    LineAssembler lines_;
    JsonCommandReader commands_;
    const decoder* asking_ = nullptr;  // whose request is being carried out, until the next decode
    JsonReplyWriter replies_;
    std::size_t line_bytes_ = Limits{}.line_bytes;
};

static_assert(protocol_with_skip<Json> && protocol_with_replies_by_state<Json> && protocol_that_hears_itself<Json>);

}  // namespace minimeta
