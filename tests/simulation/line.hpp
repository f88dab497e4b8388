// A line that a peer types, and what it does to the model. A new command is a function here.
#pragma once

#include <cstddef>
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
inline Line joins(const std::string& group) {
    return {"/join #" + group, [=](ModelRoom& m, Id id) { m.answer(id, m.join(id, group), group); }, {"join", group}};
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
/// A command that only the program may know.
inline Line custom(const std::string& word, const std::string& rest) {
    const auto effect = [=](ModelRoom& m, Id id) { m.answer(id, Errc::unknown_command, "/" + word); };
    return {"/" + word + " " + rest, effect, {"custom", word, false}};
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
