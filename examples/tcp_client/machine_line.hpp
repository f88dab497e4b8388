// What the lines of a room mean that are for programs and not for people. They begin with a plus:
//
//     +<epoch>-<sequence> <milliseconds since 1970> <line>     a message, with its id and when it was said
//     +session <token> <epoch>-<sequence> <seconds>            one may come back; everything up to this id was sent
//     +nosession <line>                                        one may not
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "minimeta/base/parse_number.hpp"
#include "minimeta/message.hpp"

namespace tcp_client {

/// A message. The line is what a person is to see.
struct Stamped {
    minimeta::MessageId id;
    std::string_view line;
};

/// There is a session.
struct SessionOpened {
    std::string_view token;
    minimeta::MessageId newest;
};

/// There is none, whichever way it was asked for.
struct SessionRefused {};

/// std::monostate is a line for people.
using MachineLine = std::variant<std::monostate, Stamped, SessionOpened, SessionRefused>;

/// Longer than any token that a room gives. It goes back over the wire, so there is an end to it.
inline constexpr std::size_t most_token_bytes = 256;

/// Takes a word off the front of the line, and the one blank behind it; nothing if no blank is behind it.
inline std::optional<std::string_view> take_word(std::string_view& line) {
    const std::size_t blank = line.find(' ');
    if (blank == line.npos) return {};
    const std::string_view word = line.substr(0, blank);
    line.remove_prefix(blank + 1);
    return word;
}

/// Whether these are a number of this type, and nothing else.
template <class Number>
bool is_number(std::string_view digits) {
    Number number{};
    return minimeta::parse_number(digits, number);
}

/// Both numbers must be there, which those who type an id may do without.
inline std::optional<minimeta::MessageId> read_message_id(std::string_view word) {
    return word.find('-') != word.npos ? minimeta::message_id_of(word) : std::nullopt;
}

/// A word of visible ASCII that is not too long.
inline bool is_token(std::string_view word) {
    const auto is_visible = [](char c) { return c > ' ' && c < '\x7F'; };
    return !word.empty() && word.size() <= most_token_bytes && std::all_of(word.begin(), word.end(), is_visible);
}

/// Reads a line, which the result points into. Whatever is not exactly as it should be is a line for people: then they
/// see what the room has sent, and nothing is done.
inline MachineLine read_machine_line(std::string_view line) {
    if (!line.starts_with('+')) return {};
    std::string_view rest = line.substr(1);
    const auto first = take_word(rest);
    if (!first) return {};
    if (*first == "nosession") return SessionRefused{};
    if (*first == "session") {
        const auto token = take_word(rest);
        const auto newest = take_word(rest);
        if (!token || !newest || !is_token(*token) || !is_number<std::uint32_t>(rest)) return {};
        const auto id = read_message_id(*newest);
        return id ? MachineLine(SessionOpened{*token, *id}) : MachineLine();
    }
    const auto id = read_message_id(*first);
    const auto time = take_word(rest);
    return id && time && is_number<std::int64_t>(*time) ? MachineLine(Stamped{*id, rest}) : MachineLine();
}

}  // namespace tcp_client
