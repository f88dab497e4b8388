// LineProtocol: what the text protocols share, which is everything but where a line ends.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "minimeta/bytes.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/protocol/text/parser.hpp"
#include "minimeta/protocol/text/phrases.hpp"
#include "minimeta/protocol/text/reply_encoder.hpp"
#include "minimeta/protocol/text/telnet.hpp"
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

    /// Returns where the first line of `fed` ends, which goes on from `begun`: at a "\n", or at the "\0" behind a "\r" that
    /// a telnet client sends for Return (RFC 854); npos if it does not end.
    static std::size_t end_of_line(std::string_view begun, std::string_view fed) {
        constexpr std::string_view telnet_return("\r\0", 2);
        if (begun.ends_with('\r') && fed.starts_with('\0')) return 0;
        const std::size_t end = fed.find('\n');
        const std::size_t at = fed.substr(0, end).find(telnet_return);
        return at == fed.npos ? end : at + 1;
    }

    /// Parses a line without its end; a "\r" before it is ignored. Returns nothing for a blank line.
    std::optional<Command> parse_line(std::string_view line) {
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.size() > line_bytes_) return command<Malformed>(Errc::line_too_long);
        return parser_.parse(without_telnet(line, without_telnet_));
    }

    [[nodiscard]] std::size_t line_bytes() const noexcept { return line_bytes_; }

private:
    TextParser parser_;
    std::string without_telnet_;  // scratch
    TextReplyEncoder encoder_;
    std::size_t line_bytes_ = Limits{}.line_bytes;
};

}  // namespace minimeta
