// Messages of IRC: `@tags :source COMMAND parameter parameter :last parameter`, read and written.
//
// What a line may hold is that of RFC 1459, section 2.3, as modern clients understand it (modern.ircdocs.horse), with tags
// (IRCv3 message-tags).
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "minimeta/base/utf8.hpp"

namespace minimeta::irc {

/// What one line may have without its end and its tags, and in tags that a client sends (RFC 1459, 2.3; message-tags).
inline constexpr std::size_t most_bytes = 510, most_tag_bytes = 4'094;

/// A line that came in, as views of it.
struct Line {
    static constexpr std::size_t most_parameters = 15;

    std::string_view tags;
    std::string_view command;
    std::array<std::string_view, most_parameters> parameters{};
    std::size_t count = 0;

    /// A parameter; empty if there are not so many.
    [[nodiscard]] std::string_view operator[](std::size_t i) const {
        return i < count ? parameters[i] : std::string_view{};
    }

    /// The value of a tag, as it is written; empty if it is not there or has none.
    [[nodiscard]] std::string_view tag(std::string_view key) const {
        for (std::string_view rest = tags; !rest.empty();) {
            const std::string_view one = rest.substr(0, rest.find(';'));
            rest.remove_prefix(one.size() == rest.size() ? one.size() : one.size() + 1);
            if (one.substr(0, one.find('=')) == key) return one.find('=') == one.npos ? "" : one.substr(key.size() + 1);
        }
        return {};
    }
};

/// Reads a line without its end. A line of blanks has no command.
[[nodiscard]] inline Line read(std::string_view line) {
    Line message;
    const auto skip_blanks = [&line] {
        const std::size_t begin = line.find_first_not_of(' ');
        line.remove_prefix(begin == line.npos ? line.size() : begin);
    };
    const auto take = [&] {
        const std::string_view word = line.substr(0, line.find(' '));
        line.remove_prefix(word.size());
        skip_blanks();
        return word;
    };
    skip_blanks();
    if (line.starts_with('@')) message.tags = take().substr(1);
    if (line.starts_with(':')) (void)take();  // a client's source is what the server says it is
    message.command = take();
    while (!line.empty()) {
        const bool is_last = line.front() == ':' || message.count + 1 == Line::most_parameters;
        if (line.front() == ':') line.remove_prefix(1);
        message.parameters[message.count++] = is_last ? line : take();
        if (is_last) break;
    }
    return message;
}

/// A word in small letters, of ASCII alone.
[[nodiscard]] inline std::string in_small_letters(std::string_view word) {
    std::string in_small(word);
    for (char& c : in_small)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return in_small;
}
[[nodiscard]] inline bool is_same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && in_small_letters(a) == in_small_letters(b);
}

/// Calls `use(item)` for each item of a list with commas.
template <class Use>
void each_item(std::string_view list, Use&& use) {
    while (!list.empty()) {
        const std::string_view item = list.substr(0, list.find(','));
        list.remove_prefix(item.size() == list.size() ? item.size() : item.size() + 1);
        if (!item.empty()) use(item);
    }
}

/// A text without the codes for colours and styles that many clients send (modern.ircdocs.horse/formatting).
[[nodiscard]] inline std::string without_styles(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto is_hex = [&](char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto skip = [&](auto&& is_of, std::size_t most) {
            const std::size_t begin = i + 1;
            while (i + 1 < text.size() && i + 1 - begin < most && is_of(text[i + 1])) ++i;
            return i + 1 != begin;
        };
        const auto skip_colours = [&](auto&& is_of, std::size_t most) {
            if (!skip(is_of, most) || i + 2 >= text.size() || text[i + 1] != ',' || !is_of(text[i + 2])) return;
            ++i;
            (void)skip(is_of, most);
        };
        switch (text[i]) {
            case 0x02:
            case 0x0F:
            case 0x11:
            case 0x16:
            case 0x1D:
            case 0x1E:
            case 0x1F: break;
            case 0x03: skip_colours(is_digit, 2); break;
            case 0x04: skip_colours(is_hex, 6); break;
            default: plain += text[i];
        }
    }
    return plain;
}

/// How much of a text goes into so many bytes, without cutting a character.
[[nodiscard]] inline std::string_view beginning(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    while (most != 0 && (static_cast<unsigned char>(text[most]) & 0xC0u) == 0x80) --most;
    return text.substr(0, most);
}

/// A value of a tag, with what may not stand there escaped (message-tags).
[[nodiscard]] inline std::string escaped_tag(std::string_view value) {
    std::string escaped;
    for (const char c : value) {
        switch (c) {
            case ';': escaped += "\\:"; break;
            case ' ': escaped += "\\s"; break;
            case '\\': escaped += "\\\\"; break;
            default: escaped += c;
        }
    }
    return escaped;
}

}  // namespace minimeta::irc
