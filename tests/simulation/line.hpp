// A line that a peer types, and what it does to the model. A new command is a function here.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "minimeta/error.hpp"
#include "minimeta/message.hpp"
#include "simulation/model/room.hpp"
#include "simulation/model/words.hpp"

struct Line {
    using Id = ModelRoom::Id;
    using Names = ModelRoom::Names;

    /// What it asks for, as the gate is shown it (gatekeeper.hpp); nothing if it does not come so far.
    struct Request {
        std::string kind = {};
        std::string about = {};
        bool needs_name = true;
    };

    std::string text;
    std::function<void(ModelRoom&, Id)> effect = {};  // none if it is blank
    Request request = {};
    bool metered = true;
};

namespace lines {

using minimeta::Errc;
using Id = Line::Id;
using Names = Line::Names;

inline Line takes_name(const std::string& name) {
    const auto effect = [=](ModelRoom& m, Id id) { m.answer(id, m.rename(id, m.allowed(name)), m.allowed(name)); };
    return {"name:" + name, effect, {"name", name, false}};
}
inline Line says(const std::string& text) {
    return {text, [=](ModelRoom& m, Id id) { m.answer(id, m.say(id, "", m.allowed(text))); }, {"say", text}};
}
inline Line acts(const std::string& text) {
    const auto effect = [=](ModelRoom& m, Id id) { m.answer(id, m.say(id, "", m.allowed(text), true)); };
    return {"/me " + text, effect, {"say", text}};
}
inline Line says_in(const std::string& group, const std::string& text, bool action = false) {
    const auto effect = [=](ModelRoom& m, Id id) { m.answer(id, m.say(id, group, m.allowed(text), action), group); };
    return {"#" + group + (action ? " /me " : " ") + text, effect, {"say", text}};
}
/// What looks as if it were for a group.
inline Line says_about(const std::string& group, const std::string& text) {
    const std::string said = "#" + group + " " + text;
    const auto effect = [=](ModelRoom& m, Id id) { m.answer(id, m.say(id, "", m.allowed(said))); };
    return {"#" + said, effect, {"say", said}};
}
inline Line mentions(const Names& to, bool action) {
    std::string text = "psst";
    for (const std::string& name : to) text += " @" + name;
    const auto effect = [=](ModelRoom& m, Id id) { m.answer(id, m.whisper(id, to, m.allowed(text), action)); };
    return {(action ? "/me " : "") + text, effect, {"whisper", text}};
}
inline Line messages(const Names& to, const std::string& text) {
    const auto effect = [=](ModelRoom& m, Id id) { m.answer(id, m.whisper(id, to, m.allowed(text))); };
    return {"/msg " + listed(to, ",") + " " + text, effect, {"whisper", text}};
}
/// What is behind a blank is a key.
inline Line joins(const std::string& name, const std::string& behind = "") {
    const std::string both = name + (behind.empty() ? "" : " " + behind);
    const std::size_t blank = std::min(both.find(' '), both.size());
    const std::string group = both.substr(0, blank), key = both.substr(std::min(blank + 1, both.size()));
    const auto effect = [=](ModelRoom& m, Id id) { m.answer(id, m.join(id, group, key), group); };
    return {"/join #" + both, effect, {"join", group}};
}
inline Line leaves(const std::string& group) {
    return {
        "/leave #" + group, [=](ModelRoom& m, Id id) { m.answer(id, m.leave(id, group), group); }, {"leave", group}};
}
inline Line asks_groups() {
    return {"/groups", [](ModelRoom& m, Id id) { m.list_groups(id); }, {"groups"}};
}
inline Line asks_who(const std::string& group = "") {
    return {group.empty() ? "/who" : "/who #" + group, [=](ModelRoom& m, Id id) { m.who(id, group); }, {"who", group}};
}
inline Line asks_whois(const std::string& name) {
    return {"/whois " + name, [=](ModelRoom& m, Id id) { m.whois(id, name); }, {"whois", name}};
}
inline Line goes_away(const std::string& text) {
    return {
        "/away " + text, [=](ModelRoom& m, Id id) { m.answer(id, m.go_away(id, m.allowed(text))); }, {"away", text}};
}
inline Line comes_back() {
    return {"/back", [](ModelRoom& m, Id id) { m.answer(id, m.come_back(id)); }, {"back"}};
}
inline Line ignores(const std::string& name, bool hidden) {
    const auto effect = [=](ModelRoom& m, Id id) { m.ignores(id, name, hidden); };
    return {(hidden ? "/ignore " : "/unignore ") + name, effect, {"ignore"}};
}
inline Line asks_ignored() {
    return {"/ignore", [](ModelRoom& m, Id id) { m.list_ignored(id); }, {"ignored"}};
}
inline Line befriends(const std::string& name) {
    return {"/friend " + name, [=](ModelRoom& m, Id id) { m.answer(id, m.befriend(id, name), name); }, {"befriend"}};
}
inline Line unfriends(const std::string& name) {
    return {"/unfriend " + name, [=](ModelRoom& m, Id id) { m.answer(id, m.unfriend(id, name), name); }, {"unfriend"}};
}
inline Line asks_friends() {
    return {"/friends", [](ModelRoom& m, Id id) { m.list_friends(id); }, {"friends"}};
}
/// A command that only the program may know.
inline Line custom(const std::string& word, const std::string& rest) {
    const auto effect = [=](ModelRoom& m, Id id) { m.answer(id, Errc::unknown_command, "/" + word); };
    return {"/" + word + " " + rest, effect, {"custom", word, false}};
}

// ---- Moderation, in a group or in the room

using minimeta::Role;
using minimeta::Sanction;
using minimeta::Setting;

/// A command, the group in which it acts, and what is behind that.
inline std::string in_group(const std::string& command, const std::string& group, const std::string& rest = "") {
    return command + (group.empty() ? "" : " #" + group) + (rest.empty() ? "" : " " + rest);
}
inline Line gives_role(const std::string& group, const std::string& name, Role role) {
    const char* word = role == Role::op ? "/op" : role == Role::voice ? "/voice" : "/deop";
    const auto effect = [=](ModelRoom& m, Id id) {
        m.moderates_member(id, group, name, false, [role](auto& moderation, auto self, int where, auto target) {
            return moderation.set_role(self, where, target, role);
        });
    };
    return {in_group(word, group, name), effect, {"role"}};
}
inline Line sets_topic(const std::string& group, const std::string& text) {
    const auto effect = [=](ModelRoom& m, Id id) {
        m.moderates(id, group, group, [text = m.allowed(text)](auto& moderation, auto self, int where) {
            return moderation.set_topic(self, where, text);
        });
    };
    return {in_group("/topic", group, text.empty() ? "-" : text), effect, {"topic", text}};
}
inline Line asks_topic(const std::string& group) {
    return {in_group("/topic", group), [=](ModelRoom& m, Id id) { m.tell_topic(id, group); }, {"topic?"}};
}
inline Line removes(const std::string& group, const std::string& name, const std::string& why) {
    const auto effect = [=](ModelRoom& m, Id id) {
        m.moderates_member(id, group, name, true, [&m, why](auto&, auto self, int where, auto target) {
            return m.expel(self, where, target, m.allowed(why));
        });
    };
    return {in_group("/kick", group, name + (why.empty() ? "" : " " + why)), effect, {"kick", why}};
}
inline Line punishes(const std::string& group, Sanction sanction, const std::string& name, std::uint64_t seconds) {
    const std::string time = seconds == 0 ? "" : " " + std::to_string(seconds) + "s";
    const auto effect = [=](ModelRoom& m, Id id) {
        m.moderates(id, group, name,
                    [&](auto&, auto self, int where) { return m.punish(self, where, sanction, name, seconds); });
    };
    return {in_group(sanction == Sanction::ban ? "/ban" : "/mute", group, name + time), effect, {"punish"}};
}
inline Line pardons(const std::string& group, Sanction sanction, const std::string& name) {
    const auto effect = [=](ModelRoom& m, Id id) {
        m.moderates(id, group, name, [&](auto& moderation, auto self, int where) {
            return moderation.pardon(self, where, sanction, name);
        });
    };
    return {in_group(sanction == Sanction::ban ? "/unban" : "/unmute", group, name), effect, {"pardon"}};
}
inline Line asks_bans(const std::string& group) {
    return {in_group("/bans", group), [=](ModelRoom& m, Id id) { m.list_sanctions(id, group); }, {"bans"}};
}
inline Line configures(const std::string& group, Setting setting, std::uint64_t value) {
    std::string text;
    switch (setting) {
        case Setting::locked: text = in_group(value != 0 ? "/lock" : "/unlock", group); break;
        case Setting::moderated: text = in_group("/moderated", group, value != 0 ? "on" : "off"); break;
        case Setting::hidden: text = in_group("/hide", group, value != 0 ? "on" : "off"); break;
        case Setting::slow_seconds: text = in_group("/slow", group, std::to_string(value)); break;
        case Setting::member_limit: text = in_group("/limit", group, std::to_string(value)); break;
    }
    const auto effect = [=](ModelRoom& m, Id id) {
        m.moderates(id, group, group, [&](auto& moderation, auto self, int where) {
            return moderation.configure(self, where, setting, value);
        });
    };
    return {text, effect, {"configure"}};
}
inline Line sets_key(const std::string& group, const std::string& key) {
    const auto effect = [=](ModelRoom& m, Id id) {
        m.moderates(id, group, group,
                    [&](auto& moderation, auto self, int where) { return moderation.set_key(self, where, key); });
    };
    return {in_group("/key", group, key), effect, {"key"}};
}
inline Line invites(const std::string& group, const std::string& name) {
    const auto effect = [=](ModelRoom& m, Id id) {
        m.moderates_guest(id, group, name, [](auto& moderation, auto self, int where, auto guest) {
            return moderation.invite(self, where, guest);
        });
    };
    return {in_group("/invite", group, name), effect, {"invite"}};
}
inline Line purges(const std::string& group, const std::string& name) {
    const auto effect = [=](ModelRoom& m, Id id) {
        m.moderates(id, group, name, [&](auto&, auto self, int where) { return m.purge(self, where, name); });
    };
    return {in_group("/purge", group, name), effect, {"purge"}};
}

/// An id as it is typed.
inline std::string written(minimeta::MessageId id) {
    return id.epoch != 0 ? minimeta::text_of(id) : std::to_string(id.sequence);
}
/// What was said in a group, or in private with a member; {} and 0 leave out that part of the command.
inline Line asks_history(const std::string& group, const std::string& with, minimeta::MessageId before,
                         std::size_t count) {
    std::string line = "/history";
    if (!group.empty()) line += " #" + group;
    if (!with.empty()) line += " @" + with;
    if (before) line += " before " + written(before);
    if (count != 0) line += " " + std::to_string(count);
    return {line, [=](ModelRoom& m, Id id) { m.recall(id, group, with, before, count); }, {"history"}};
}

inline Line opens_session() {
    return {"/session", [](ModelRoom& m, Id id) { m.open_session(id); }, {"session", "", false}};
}
/// With this token, valid or not.
inline Line resumes(const std::string& token, minimeta::MessageId seen) {
    const auto effect = [=](ModelRoom& m, Id id) { m.resume(id, token, seen); };
    return {"/resume " + token + " " + written(seen), effect, {"resume", "", false}};
}
inline Line quits() {
    return {"/quit", [](ModelRoom& m, Id id) { m.quits(id); }, {"quit", "", false}, false};
}
inline Line blank(const std::string& text = "") { return {text}; }

/// A line that no decoder understands.
inline Line is_malformed(const std::string& text, Errc why, const std::string& subject = "") {
    return {text, [=](ModelRoom& m, Id id) { m.answer(id, why, subject); }};
}
/// A message that may not be shown.
inline Line is_refused(const std::string& text, Errc why) {
    return {text, [=](ModelRoom& m, Id id) { m.answer(id, why); }, {"say", text}};
}

}  // namespace lines
