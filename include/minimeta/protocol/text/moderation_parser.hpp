// The commands of moderation. With the name of a group in front, as in `/kick #dev bob rude`, they act there, otherwise in
// the room.
//
//     /op name              /deop name            /voice name           /devoice name
//     /topic [text]         (a text of - is none) /kick name [reason]   /purge name
//     /ban name [time]      /unban name           /mute name [time]     /unmute name          /bans
//     /lock                 /unlock               /moderated [on|off]   /slow seconds
//     /invite #dev name     /key #dev [word]      /limit #dev number    /hide #dev [on|off]
//
// A time is a number and its unit: 30s, 10m, 2h, 7d.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "minimeta/base/name.hpp"
#include "minimeta/base/parse_duration.hpp"
#include "minimeta/base/parse_number.hpp"
#include "minimeta/base/utf8.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/protocol/text/scan.hpp"
#include "minimeta/role.hpp"

namespace minimeta {

/// Parses one command of moderation.
class ModerationParser {
public:
    /// Returns the command with this word, with `rest` behind it; nothing if it is another one. `typed` is the word as it was
    /// typed, with its slash.
    static std::optional<Command> parse(std::string_view word, std::string_view rest, std::string_view typed) {
        return ModerationParser(rest, typed).parse(word);
    }

private:
    ModerationParser(std::string_view rest, std::string_view typed) : rest_(rest), typed_(typed) {
        group_ = take_group();
    }

    std::optional<Command> parse(std::string_view word) {
        const auto is = [&](std::string_view keyword) { return is_keyword(word, keyword); };
        if (is("op")) return role(Role::op);
        if (is("voice")) return role(Role::voice);
        if (is("deop") || is("devoice")) return role(Role::member);
        if (is("topic")) return topic();
        if (is("kick")) return kick();
        if (is("purge")) return named([&](std::string_view name) { return command<Purge>(name, group_); });
        if (is("ban")) return punish(Sanction::ban);
        if (is("mute")) return punish(Sanction::mute);
        if (is("unban")) return pardon(Sanction::ban);
        if (is("unmute")) return pardon(Sanction::mute);
        if (is("bans")) return rest_.empty() ? command<ListSanctions>(group_) : invalid(take_word(rest_));
        if (is("lock")) return rest_.empty() ? setting(Setting::locked, 1) : invalid(take_word(rest_));
        if (is("unlock")) return rest_.empty() ? setting(Setting::locked, 0) : invalid(take_word(rest_));
        if (is("moderated")) return on_or_off(Setting::moderated);
        if (is("hide")) return on_or_off(Setting::hidden);
        if (is("slow")) return number(Setting::slow_seconds);
        if (is("limit")) return number(Setting::member_limit);
        if (is("invite")) return invite();
        if (is("key")) return key();
        return {};
    }

    Command missing() const { return command<Malformed>(Errc::missing_argument, typed_); }
    static Command invalid(std::string_view what) { return command<Malformed>(Errc::invalid_argument, what); }

    // Takes the name of a group, with its #; empty if there is none.
    std::string_view take_group() {
        std::string_view rest = rest_;
        if (!take_sign(rest, '#')) return {};
        const std::string_view group = take_to_blank(rest);
        if (!group.empty()) rest_ = trim_front(rest);
        return group;
    }
    // Takes the name of a member, with or without an @; empty if there is none.
    std::string_view take_member() {
        std::string_view name = take_word(rest_);
        take_sign(name, '@');
        return name;
    }

    // A command that needs a name, and nothing behind it.
    template <class Make>
    Command named(Make&& make) {
        const std::string_view name = take_member();
        if (name.empty()) return missing();
        return rest_.empty() ? make(name) : invalid(take_word(rest_));
    }

    Command role(Role role) {
        return named([&](std::string_view name) { return command<SetRole>(name, role, group_); });
    }
    Command topic() const {
        const std::string_view text = trim(rest_);
        if (text.empty()) return command<GetTopic>(group_);
        return command<SetTopic>(text == "-" ? std::string_view{} : text, group_);
    }
    Command kick() {
        const std::string_view name = take_member();
        return name.empty() ? missing() : command<Kick>(name, trim(rest_), group_);
    }
    Command punish(Sanction sanction) {
        const std::string_view name = take_member(), time = take_word(rest_);
        if (name.empty()) return missing();
        std::uint64_t seconds = 0;
        if (!time.empty() && !parse_duration(time, seconds)) return invalid(time);
        return rest_.empty() ? command<Punish>(sanction, name, seconds, group_) : invalid(take_word(rest_));
    }
    Command pardon(Sanction sanction) {
        return named([&](std::string_view name) { return command<Pardon>(sanction, name, group_); });
    }
    Command setting(Setting which, std::uint64_t value) const { return command<Configure>(which, value, group_); }
    Command on_or_off(Setting which) {
        const std::string_view word = take_word(rest_);
        if (!rest_.empty()) return invalid(take_word(rest_));
        if (word.empty() || is_keyword(word, "on")) return setting(which, 1);
        return is_keyword(word, "off") ? setting(which, 0) : invalid(word);
    }
    Command number(Setting which) {
        const std::string_view word = take_word(rest_);
        std::uint64_t value = 0;
        if (word.empty()) return missing();
        if (!parse_number(word, value)) return invalid(word);
        return rest_.empty() ? setting(which, value) : invalid(take_word(rest_));
    }
    // The group may be behind the name, as an IRC user would write it.
    Command invite() {
        const std::string_view name = take_member();
        if (group_.empty()) group_ = take_group();
        if (name.empty() || group_.empty()) return missing();
        return rest_.empty() ? command<Invite>(name, group_) : invalid(take_word(rest_));
    }
    Command key() {
        const std::string_view word = take_word(rest_);
        if (group_.empty()) return missing();
        return rest_.empty() ? command<SetKey>(word, group_) : invalid(take_word(rest_));
    }

    std::string_view rest_;
    std::string_view typed_;
    std::string_view group_;
};

}  // namespace minimeta
