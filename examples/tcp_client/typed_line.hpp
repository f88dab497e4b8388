// Typed lines: a parser that tells chat from commands to the client itself.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/base/utf8.hpp"

namespace tcp_client {

inline constexpr std::string_view help_text =
    "  :start     connect\n"
    "  :stop      disconnect\n"
    "  :quit      disconnect and end (also Ctrl-C or Ctrl-D on an empty line)\n"
    "  :help      show this\n"
    "Every other line is said in the room. First give your name: name:lily\n"
    "A colon and a letter begin a command, so :) and :-D are just said; ::text says \":text\".";

struct TypedLine {
    enum class Meaning : std::uint8_t { chat, start, stop, quit, help, mistyped };
    Meaning meaning = Meaning::chat;
    std::string_view text;  ///< the chat, or the mistyped command without its colon
};

inline constexpr std::array<std::pair<std::string_view, TypedLine::Meaning>, 4> commands = {{
    {"start", TypedLine::Meaning::start},
    {"stop", TypedLine::Meaning::stop},
    {"quit", TypedLine::Meaning::quit},
    {"help", TypedLine::Meaning::help},
}};

/// Returns the line without the colon at its front, of either width; the whole line if there is none.
inline std::string_view without_colon(std::string_view line) {
    for (const std::string_view colon : {":", "："})
        if (line.starts_with(colon)) return line.substr(colon.size());
    return line;
}

/// Reads a line; the result has a view into it.
inline TypedLine read_typed_line(std::string_view line) {
    const std::string_view rest = without_colon(line);
    if (rest.size() == line.size() || rest.empty()) return {TypedLine::Meaning::chat, line};
    if (without_colon(rest).size() != rest.size()) return {TypedLine::Meaning::chat, rest};

    const char first = rest.front();
    if (!(first >= 'a' && first <= 'z') && !(first >= 'A' && first <= 'Z')) return {TypedLine::Meaning::chat, line};
    const std::string_view word = minimeta::trim(rest);
    for (const auto& [name, meaning] : commands)
        if (word == name) return {meaning, {}};
    return {TypedLine::Meaning::mistyped, word.substr(0, word.find_first_of(" \t"))};
}

/// Returns the Levenshtein distance: the number of bytes to change, insert or delete to turn one word into the other.
inline std::size_t distance_between(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({changed, row[j] + 1, row[j - 1] + 1}));
        }
    }
    return row[b.size()];
}

/// Returns the warning for a mistyped command, given without its colon.
inline std::string advice_on(std::string_view mistyped) {
    const auto nearer = [&](const auto& a, const auto& b) {
        return distance_between(mistyped, a.first) < distance_between(mistyped, b.first);
    };
    const std::string_view nearest = std::min_element(commands.begin(), commands.end(), nearer)->first;
    const std::size_t distance = distance_between(mistyped, nearest);
    const std::string word = ":" + std::string(mistyped);
    if (distance == 0) return "not done, and not said: " + word + " stands alone on its line";
    std::string advice = "not said: " + word + " is not a command.";
    advice += distance <= 2 ? " Did you mean :" + std::string(nearest) + "?" : " See :help.";
    return advice + " To say it, write :" + word;
}

}  // namespace tcp_client
