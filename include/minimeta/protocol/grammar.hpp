// The grammar of the text protocols: what one line asks for.
//
// In the order in which it is looked at, blanks in front not counting:
//
//     (nothing)              asks for nothing; good as a sign of life
//     name:lily              gives or changes the name
//     /word ...              a command: /help /who /quit /nick name /msg name[,name] text /me text; no other is known
//     anything else          is said; a line that begins with // is said without the first slash
//
// A *mention* in what is said is an @ in front of a name. With a mention the line is private to all whom it mentions.
// Behind an ASCII letter, digit, _ or - an @ is text, as in a@b.com; behind any other letter it is not, since Chinese
// writes no blanks: 你好@bob is for bob. More than one @ in front of a name are text, with one of them taken off.
//
// The full-width ：, ／ and ＠ that Chinese and Japanese keyboards give count as : / and @; the commands' own words are
// known in either case. So what was meant for few is never said to all for the sake of a key.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/text.hpp"

namespace minimeta {

/// Parses lines. The views in a command point into the line or into this object, and live until the next line.
class Grammar {
public:
    /// What a line asks for, if anything. The line need not be valid UTF-8: the room checks what is said and named.
    std::optional<Command> parse(std::string_view line) {
        const std::string_view begun = trim_front(line);
        if (begun.empty()) return {};

        std::string_view rest = begun;
        if (take_keyword(rest, "name") && take_sign(rest, ':')) return SetName{rest};

        rest = begun;
        if (!take_sign(rest, '/')) return said(line, Manner::speech);
        const std::string_view behind_slash = rest;
        if (take_sign(rest, '/')) return said(behind_slash, Manner::speech);
        return slash_command(begun, rest);
    }

private:
    // `line` begins with the slash, `rest` behind it.
    std::optional<Command> slash_command(std::string_view line, std::string_view rest) {
        const std::string_view word = take_to_blank(rest);
        const std::string_view slash_and_word = line.substr(0, line.size() - rest.size());
        rest = trim_front(rest);
        const auto is = [&](std::string_view keyword) {
            std::string_view w = word;
            return take_keyword(w, keyword) && w.empty();
        };
        if (is("help")) return Help{};
        if (is("who")) return Who{};
        if (is("quit")) return Quit{};
        if (is("nick")) return SetName{rest};
        if (is("me") && !rest.empty()) return said(rest, Manner::action);
        if (is("msg")) {
            names_.clear();
            while (take_names(take_to_blank(rest))) rest = trim_front(rest);
            rest = trim_front(rest);
            if (!names_.empty() && !rest.empty()) return Whisper{names_, rest};
        }
        if (is("me") || is("msg")) return Malformed{Errc::missing_argument, slash_and_word};
        return Malformed{Errc::unknown_command, slash_and_word};
    }

    // Something said: to all, or to those whom it mentions.
    Command said(std::string_view text, Manner manner) {
        if (text.find('@') == text.npos && text.find("\xEF\xBC\xA0") == text.npos) return Say{text, manner};
        names_.clear();
        unescaped_.clear();
        std::size_t copied = 0;  // bytes of the text that are in unescaped_, or left out of it
        bool in_word = false;    // behind an ASCII name character that is no part of a mention
        for (std::string_view rest = text; !rest.empty();) {
            const std::size_t at = text.size() - rest.size();
            if (!take_sign(rest, '@')) {
                const char32_t c = take_code_point(rest);
                in_word = c < 0x80 && is_name_character(c);
                continue;
            }
            const std::size_t behind_first = text.size() - rest.size();
            bool several = false;
            while (take_sign(rest, '@')) several = true;
            std::string_view behind_name = rest;
            const std::string_view name = take_name(behind_name);
            if (!in_word && !name.empty() && several) {
                unescaped_.append(text, copied, at - copied);
                copied = behind_first;
            } else if (!in_word && !name.empty()) {
                names_.push_back(name);
                rest = behind_name;
            }
            in_word = false;
        }
        if (copied != 0) text = unescaped_.append(text, copied);
        if (names_.empty()) return Say{text, manner};
        return Whisper{names_, text, manner};
    }

    // Takes names with commas between them, each with an @ or without; true if a comma ends them, and so more follow.
    bool take_names(std::string_view list) {
        bool more = false;
        while (!list.empty()) {
            take_sign(list, '@');
            const std::string_view name = take_while(list, [](char32_t c) { return c != ',' && c != 0xFF0C; });
            if (!name.empty()) names_.push_back(name);
            more = take_sign(list, ',');
        }
        return more;
    }

    static std::string_view take_to_blank(std::string_view& text) {
        return take_while(text, [](char32_t c) { return !is_blank(c); });
    }
    static std::string_view take_name(std::string_view& text) { return take_while(text, is_name_character); }

    template <class Wanted>
    static std::string_view take_while(std::string_view& text, Wanted&& wanted) {
        const std::string_view begun = text;
        for (std::string_view next = text; !next.empty() && wanted(take_code_point(next));) text = next;
        return begun.substr(0, begun.size() - text.size());
    }

    // Takes a word of small ASCII letters, in either case.
    static bool take_keyword(std::string_view& text, std::string_view keyword) {
        if (!FoldedEqual{}(text.substr(0, keyword.size()), keyword)) return false;
        text.remove_prefix(keyword.size());
        return true;
    }

    // Takes an ASCII sign, or its full-width twin (Unicode block Halfwidth and Fullwidth Forms).
    static bool take_sign(std::string_view& text, char sign) {
        if (text.empty()) return false;
        std::string_view rest = text;
        const char32_t c = take_code_point(rest);
        if (c != static_cast<char32_t>(sign) && c != static_cast<char32_t>(sign) + 0xFEE0) return false;
        text = rest;
        return true;
    }

    std::vector<std::string_view> names_;  // scratch
    std::string unescaped_;                // scratch
};

}  // namespace minimeta
