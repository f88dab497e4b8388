// LineProtocol: what the text protocols share, which is everything but where a line ends.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "minimeta/bytes.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/protocol/text/parser.hpp"
#include "minimeta/protocol/text/phrases.hpp"
#include "minimeta/protocol/text/reply_encoder.hpp"
#include "minimeta/reply.hpp"

namespace minimeta {

/// The base of the text protocols: parses lines, and encodes events and replies. The derived protocol splits its input
/// into lines.
class LineProtocol {
public:
    void use(const Limits& limits) { line_bytes_ = limits.line_bytes; }

    void encode(ByteLog& log, const Event& event) { encoder_.encode(log, event); }
    void encode_stamped(ByteLog& log, const Event& event) { encoder_.encode_stamped(log, event); }
    void encode(ByteLog& log, const Reply& reply, std::string_view name) { encoder_.encode(log, reply, name); }

protected:
    explicit LineProtocol(const Phrases& phrases) : encoder_(phrases) {}

    /// Parses a line without its "\n"; a "\r" at its end is ignored. Returns nothing for a blank line.
    std::optional<Command> parse_line(std::string_view line) {
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.size() > line_bytes_) return command<Malformed>(Errc::line_too_long);
        return parser_.parse(line);
    }

    /// Drops all lines that have an end but the last one of them. Returns whether it dropped any.
    static bool skip_lines(std::string_view& fed) {
        const std::size_t end = fed.rfind('\n');
        if (end == fed.npos || end == 0) return false;
        const std::size_t before = fed.rfind('\n', end - 1);
        if (before == fed.npos) return false;
        fed.remove_prefix(before + 1);
        return true;
    }

    [[nodiscard]] std::size_t line_bytes() const noexcept { return line_bytes_; }

private:
    TextParser parser_;
    TextReplyEncoder encoder_;
    std::size_t line_bytes_ = Limits{}.line_bytes;
};

}  // namespace minimeta
