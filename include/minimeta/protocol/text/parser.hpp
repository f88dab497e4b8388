// The grammar of the text protocols: which command a line stands for.
//
// The forms of a line, in the order in which they are tried; blanks in front are ignored, and so are characters that are
// not seen, such as a byte order mark:
//
//     (nothing)              no command; good as a sign of life
//     name:lily              sets or changes the name
//     /word ...              one of the commands below; any other is the program's, or refused
//     #dev text              a message to a group, whose name is as long as it can be
//     anything else          a message to all; of a // in front, or a ##dev, the first sign is removed
//
// The commands are
//
//     /nick name             /me text               /msg name[,name] text
//     /join #dev [key]       /leave #dev            /groups
//     /who [#dev]            /whois name            /away [text]            /back
//     /ignore [name]         /unignore name         /friend name           /unfriend name        /friends
//     /history [#dev|@name] [before id] [count]
//     /session               /resume token id       /help                   /quit
//
// and those of moderation (moderation_parser.hpp). /part, /names and /list are /leave, /who and /groups, as IRC has them.
//
// In commands other than /history, the # of a group and the @ of a name are optional. Whether a group exists is checked
// by the room.
//
// A *mention* is an @ in front of a name, in a message to all. It makes the message private to the members mentioned.
// Behind an ASCII letter, digit, _ or - an @ is text, as in a@b.com, and so it is in a word with a ://, which is an
// address; behind any other letter it is a mention, since Chinese writes no blanks: 你好@bob is for bob. Of several @ in front of a name, one is removed and the rest is text.
//
// A # in front of a line addresses a group only if a name begins directly behind it, so `# heading` and `#!` are text.
// Of several # in front of a name, one is removed and the rest is text. A message to a group has its recipient in
// front, so every @ in it is text. /me is the only command allowed there; others are refused, since they were meant for
// the room and not for the group.
//
// The full-width ：, ／, ＠ and ＃ of Chinese and Japanese keyboards count as :, /, @ and #, a 、 in front as a /, and
// keywords are recognised in either case. So a message that was meant for few is never sent to all because of a keyboard.
// Where it is not clear whether a line is meant for few, it is refused: a character that is not seen, or a slash, is next
// to the name of a recipient, or `\msg` is in front.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/base/name.hpp"
#include "minimeta/base/parse_number.hpp"
#include "minimeta/base/utf8.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/message.hpp"
#include "minimeta/protocol/text/moderation_parser.hpp"
#include "minimeta/protocol/text/scan.hpp"

namespace minimeta {

/// Parses lines. Views in a command point into the line or into this object, and live until the next line.
class TextParser {
public:
    /// Returns the command of a line; nothing if it is blank. The line need not be UTF-8: the room validates texts and
    /// names.
    std::optional<Command> parse(std::string_view line) {
        const std::string_view begun = trim_unseen(line);
        if (begun.empty()) return {};

        std::string_view rest = begun;
        if (take_keyword(rest, "name") && take_sign(rest, ':')) return command<SetName>(rest);

        rest = begun;
        if (take_slash(rest)) {
            const std::string_view behind_slash = rest;
            if (take_sign(rest, '/')) return said(behind_slash, Manner::speech);
            return slash_command(begun, behind_slash);
        }
        if (take_sign(rest, '#')) {
            const std::string_view behind_hash = rest;
            while (take_sign(rest, '#')) continue;
            const bool several = rest.size() != behind_hash.size();
            if (!several && begins_unseen(rest)) return unclear(begun.substr(0, 1));
            if (!take_name(rest).empty()) return several ? said(behind_hash, Manner::speech) : to_group(begun);
        }
        if (is_mistyped_whisper(begun)) return command<Malformed>(Errc::unknown_command, take_to_blank(rest = begun));
        return said(line, Manner::speech);
    }

private:
    // Whether a line begins with the keys beside the slash, and goes on as a private message does.
    static bool is_mistyped_whisper(std::string_view line) {
        const bool is_beside_slash = take_sign(line, '\\') || take_sign(line, '.');
        return is_beside_slash && is_keyword(take_word(line), "msg") && !line.empty();
    }

    // Parses a command; `line` begins with the slash, `rest` behind it.
    std::optional<Command> slash_command(std::string_view line, std::string_view rest) {
        const std::string_view word = take_to_blank(rest);
        const std::string_view slash_and_word = typed_before(rest, line);
        rest = trim_front(rest);
        const auto is = [&](std::string_view keyword) { return is_keyword(word, keyword); };
        if (is("help")) return command<Help>();
        if (is("quit")) return command<Quit>();
        if (is("nick")) return command<SetName>(rest);
        if (is("who") || is("names")) return command<Who>(behind_sign('#', rest));
        if (is("groups") || is("list")) return command<ListGroups>();
        if (is("away")) return command<Away>(trim(rest));
        if (is("back")) return command<Back>();
        if (is("history")) return history(rest);
        if (is("session")) return command<OpenSession>();
        if (is("ignore") && rest.empty()) return command<ListIgnored>();
        if (is("friends") || (is("friend") && rest.empty())) return command<ListFriends>();
        if (is("resume")) return resume(slash_and_word, rest);

        if (is("me") && !rest.empty()) return said(rest, Manner::action);
        if (is("msg")) {
            names_.clear();
            const auto begins_with_comma = [](std::string_view text) { return take_sign(text, ','); };
            bool more = true;
            while (more) {
                more = take_names(take_to_blank(rest));
                rest = trim_front(rest);
                more = more || begins_with_comma(rest);
            }
            if (!names_.empty() && !rest.empty()) return command<Whisper>(names_, rest);
        }
        if (std::string_view group = behind_sign('#', rest); !group.empty()) {
            if (is("leave") || is("part")) return command<Leave>(group);
            if (is("join")) {
                std::string_view key = group;
                group = take_word(key);
                return command<Join>(group, key);
            }
        }
        if (const std::string_view name = behind_sign('@', rest); !name.empty()) {
            if (is("whois")) return command<Whois>(name);
            if (is("ignore")) return command<Ignore>(name);
            if (is("unignore")) return command<Ignore>(name, false);
            if (is("friend")) return command<Befriend>(name);
            if (is("unfriend")) return command<Unfriend>(name);
        }
        for (const std::string_view needy :
             {"me", "msg", "join", "leave", "part", "whois", "unignore", "friend", "unfriend"})
            if (is(needy)) return command<Malformed>(Errc::missing_argument, slash_and_word);
        if (auto moderation = ModerationParser::parse(word, rest, slash_and_word)) return moderation;
        if (word.empty()) return command<Malformed>(Errc::unknown_command, slash_and_word);
        return command<Custom>(word, rest, slash_and_word);
    }

    // Parses a message to a group; `line` begins with a # and a name.
    static Command to_group(std::string_view line) {
        std::string_view rest = line;
        take_sign(rest, '#');
        const std::string_view group = take_name(rest);
        const std::string_view hash_and_name = typed_before(rest, line);
        if (begins_unseen(rest)) return unclear(hash_and_name);
        const std::string_view text = rest = trim_front(rest);
        if (text.empty()) return command<Malformed>(Errc::missing_argument, hash_and_name);
        if (!take_sign(rest, '/')) return command<Say>(text, Manner::speech, group);

        const std::string_view behind_slash = rest;
        if (take_sign(rest, '/')) return command<Say>(behind_slash, Manner::speech, group);
        const std::string_view word = take_to_blank(rest);
        const std::string_view slash_and_word = typed_before(rest, text);
        rest = trim_front(rest);
        if (!is_keyword(word, "me")) return command<Malformed>(Errc::unknown_command, slash_and_word);
        if (rest.empty()) return command<Malformed>(Errc::missing_argument, slash_and_word);
        return command<Say>(rest, Manner::action, group);
    }

    // Parses what is behind /history.
    static Command history(std::string_view rest) {
        Recall asked;
        std::string_view word = take_word(rest);
        if (std::string_view group = word; take_sign(group, '#') && !group.empty()) {
            asked.group = group;
            word = take_word(rest);
        } else if (std::string_view name = word; take_sign(name, '@') && !name.empty()) {
            asked.with = name;
            word = take_word(rest);
        }
        if (is_keyword(word, "before")) {
            const std::string_view before = std::exchange(word, take_word(rest));
            if (word.empty()) return command<Malformed>(Errc::missing_argument, before);
            const std::optional<MessageId> id = message_id_of(word);
            if (!id || !*id) return command<Malformed>(Errc::invalid_argument, word);
            asked.before = *id;
            word = take_word(rest);
        }
        if (!word.empty()) {
            if (!parse_number(word, asked.count) || asked.count == 0)
                return command<Malformed>(Errc::invalid_argument, word);
            word = take_word(rest);
        }
        if (!word.empty()) return command<Malformed>(Errc::invalid_argument, word);
        return command<Recall>(asked);
    }

    // Parses what is behind /resume, which is `slash_and_word` as it was typed.
    static Command resume(std::string_view slash_and_word, std::string_view rest) {
        const std::string_view token = take_word(rest);
        const std::string_view last = take_word(rest);
        if (last.empty()) return command<Malformed>(Errc::missing_argument, slash_and_word);
        const std::optional<MessageId> seen = message_id_of(last);
        if (!seen) return command<Malformed>(Errc::invalid_argument, last);
        if (!rest.empty()) return command<Malformed>(Errc::invalid_argument, take_word(rest));
        return command<Resume>(token, *seen);
    }

    // A message to all, or to the members that it mentions.
    Command said(std::string_view text, Manner manner) {
        if (text.find('@') == text.npos && text.find("\xEF\xBC\xA0") == text.npos) return command<Say>(text, manner);
        names_.clear();
        unescaped_.clear();
        std::size_t copied = 0;   // bytes of the text that are in unescaped_ or were left out
        bool in_word = false;     // behind an ASCII name character that is not part of a mention
        bool in_address = false;  // in a word, behind its ://
        bool in_path = false;     // behind a / within a word, but not behind a mention: @bob/@eve
        bool in_text = false;     // in a word, and not right behind a mention
        for (std::string_view rest = text; !rest.empty();) {
            const std::size_t at = text.size() - rest.size();
            if (!take_sign(rest, '@')) {
                const char32_t c = take_code_point(rest);
                in_word = unicode::half_width(c) < 0x80 && is_name_character(c);
                in_path = std::exchange(in_text, !is_blank(c)) && c == '/';
                if (c == ':' && rest.starts_with("//")) in_address = true;
                else if (is_blank(c)) in_address = false;
                continue;
            }
            const std::size_t behind_first = text.size() - rest.size();
            bool several = false;
            while (take_sign(rest, '@')) several = true;
            std::string_view behind_name = rest;
            const std::string_view name = take_name(behind_name);
            if (in_word || in_address) {
                in_word = false;
                continue;
            }
            if (!several && !name.empty() && std::exchange(in_path, false))
                return unclear(typed_before(behind_name, text).substr(at));
            if (!several && begins_unseen(behind_name)) return unclear(typed_before(behind_name, text).substr(at));
            if (!name.empty() && several) {
                unescaped_.append(text, copied, at - copied);
                copied = behind_first;
            } else if (!name.empty()) {
                names_.push_back(name);
                rest = behind_name;
                in_text = false;
            }
        }
        if (copied != 0) text = unescaped_.append(text, copied);
        if (names_.empty()) return command<Say>(text, manner);
        return command<Whisper>(names_, text, manner);
    }

    // Takes names separated by commas, each with or without an @. Returns true if they end with a comma: more follow.
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

    static Command unclear(std::string_view what) { return command<Malformed>(Errc::unclear_recipient, what); }

    // A slash, or the sign that the same key writes on a Chinese keyboard.
    static bool take_slash(std::string_view& text) {
        constexpr std::string_view ideographic_comma = "\xE3\x80\x81";
        if (!text.starts_with(ideographic_comma)) return take_sign(text, '/');
        text.remove_prefix(ideographic_comma.size());
        return true;
    }

    // `text` without the blanks around it, and without the sign in front if there is one.
    static std::string_view behind_sign(char sign, std::string_view text) {
        text = trim(text);
        take_sign(text, sign);
        return text;
    }

    // The part of `line` in front of `rest`, which is the end of it.
    static std::string_view typed_before(std::string_view rest, std::string_view line) {
        return line.substr(0, line.size() - rest.size());
    }

    std::vector<std::string_view> names_;  // scratch
    std::string unescaped_;                // scratch
};

}  // namespace minimeta
