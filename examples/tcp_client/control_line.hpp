// Control lines: the lines of a room that are for the client program, not for its user. They begin with a plus:
//
//     +<epoch>-<sequence> <milliseconds since 1970> <line>     a message, with its id and its time
//     +session <token> <epoch>-<sequence> <seconds>            a session; everything up to this id was sent
//     +nosession <line>                                        no session
//     +name <name>                                             the name in the room, from now on
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "minimeta/base/parse_number.hpp"
#include "minimeta/features/validation.hpp"
#include "minimeta/message.hpp"

namespace tcp_client {

/// A message. The user sees `line`.
struct Stamped {
    minimeta::MessageId id;
    std::string_view line;
};

/// A session was opened or resumed.
struct SessionOpened {
    std::string_view token;
    minimeta::MessageId newest;
};

/// No session was opened or resumed.
struct SessionRefused {};

/// The room has confirmed a name.
struct NameConfirmed {
    std::string_view name;
};

/// std::monostate is a line for the user.
using ControlLine = std::variant<std::monostate, Stamped, SessionOpened, SessionRefused, NameConfirmed>;

/// More than any room admits. The client sends names back, too.
inline constexpr std::size_t max_name_characters = 256;

/// Longer than any token that a room issues. The client sends tokens back, so their size must be bounded.
inline constexpr std::size_t max_token_bytes = 256;

/// Takes a word and the blank after it from the front of the line. Returns nothing, and takes nothing, without a blank.
inline std::optional<std::string_view> take_word(std::string_view& line) {
    const std::size_t blank = line.find(' ');
    if (blank == line.npos) return {};
    const std::string_view word = line.substr(0, blank);
    line.remove_prefix(blank + 1);
    return word;
}

/// Whether the text is a number of this type, and nothing else.
template <class Number>
bool is_number(std::string_view digits) {
    Number number{};
    return minimeta::parse_number(digits, number);
}

/// Reads an id. Unlike in ids that users type, both numbers are required.
inline std::optional<minimeta::MessageId> read_message_id(std::string_view word) {
    return word.find('-') != word.npos ? minimeta::message_id_of(word) : std::nullopt;
}

/// Whether the word is visible ASCII of at most max_token_bytes.
inline bool is_token(std::string_view word) {
    const auto is_visible = [](char c) { return c > ' ' && c < '\x7F'; };
    return !word.empty() && word.size() <= max_token_bytes && std::all_of(word.begin(), word.end(), is_visible);
}

/// Reads a line; the result has views into it. A malformed control line is a line for the user: it is shown as it is,
/// and has no effect.
inline ControlLine read_control_line(std::string_view line) {
    if (!line.starts_with('+')) return {};
    std::string_view rest = line.substr(1);
    const auto first = take_word(rest);
    if (!first) return {};
    if (*first == "nosession") return SessionRefused{};
    if (*first == "name")
        return minimeta::check_name(rest, max_name_characters) ? ControlLine() : ControlLine(NameConfirmed{rest});
    if (*first == "session") {
        const auto token = take_word(rest);
        const auto newest = take_word(rest);
        if (!token || !newest || !is_token(*token) || !is_number<std::uint32_t>(rest)) return {};
        const auto id = read_message_id(*newest);
        return id ? ControlLine(SessionOpened{*token, *id}) : ControlLine();
    }
    const auto id = read_message_id(*first);
    const auto time = take_word(rest);
    return id && time && is_number<std::int64_t>(*time) ? ControlLine(Stamped{*id, rest}) : ControlLine();
}

}  // namespace tcp_client
