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

    std::string text;
    std::function<void(ModelRoom&, Id)> effect = {};  // none if it is blank
    bool metered = true;
};

namespace lines {

using minimeta::Errc;
using Id = Line::Id;
using Names = Line::Names;

inline Line takes_name(const std::string& name) {
    return {"name:" + name, [=](ModelRoom& m, Id id) { m.answer(id, m.set_name(id, name), name); }};
}
inline Line says(const std::string& text) {
    return {text, [=](ModelRoom& m, Id id) { m.answer(id, m.say(id, "", text)); }};
}
inline Line acts(const std::string& text) {
    return {"/me " + text, [=](ModelRoom& m, Id id) { m.answer(id, m.say(id, "", text, true)); }};
}
inline Line says_in(const std::string& group, const std::string& text, bool action = false) {
    return {"#" + group + (action ? " /me " : " ") + text,
            [=](ModelRoom& m, Id id) { m.answer(id, m.say(id, group, text, action), group); }};
}
/// What looks as if it were for a group.
inline Line says_about(const std::string& group, const std::string& text) {
    return {"##" + group + " " + text,
            [=](ModelRoom& m, Id id) { m.answer(id, m.say(id, "", "#" + group + " " + text)); }};
}
inline Line mentions(const Names& to, bool action) {
    std::string text = "psst";
    for (const std::string& name : to) text += " @" + name;
    return {(action ? "/me " : "") + text, [=](ModelRoom& m, Id id) { m.answer(id, m.whisper(id, to, text, action)); }};
}
inline Line messages(const Names& to, const std::string& text) {
    return {"/msg " + listed(to, ",") + " " + text,
            [=](ModelRoom& m, Id id) { m.answer(id, m.whisper(id, to, text)); }};
}
inline Line joins(const std::string& group) {
    return {"/join #" + group, [=](ModelRoom& m, Id id) { m.answer(id, m.join(id, group), group); }};
}
inline Line leaves(const std::string& group) {
    return {"/leave #" + group, [=](ModelRoom& m, Id id) { m.answer(id, m.leave(id, group), group); }};
}
inline Line asks_groups() {
    return {"/groups", [](ModelRoom& m, Id id) { m.list_groups(id); }};
}
inline Line asks_who(const std::string& group = "") {
    return {group.empty() ? "/who" : "/who #" + group, [=](ModelRoom& m, Id id) { m.who(id, group); }};
}
inline Line asks_whois(const std::string& name) {
    return {"/whois " + name, [=](ModelRoom& m, Id id) { m.whois(id, name); }};
}
inline Line goes_away(const std::string& text) {
    return {"/away " + text, [=](ModelRoom& m, Id id) { m.answer(id, m.go_away(id, text)); }};
}
inline Line comes_back() {
    return {"/back", [](ModelRoom& m, Id id) { m.answer(id, m.come_back(id)); }};
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
    return {line, [=](ModelRoom& m, Id id) { m.recall(id, group, with, before, count); }};
}

inline Line opens_session() {
    return {"/session", [](ModelRoom& m, Id id) { m.open_session(id); }};
}
/// With this token, valid or not.
inline Line resumes(const std::string& token, minimeta::MessageId seen) {
    return {"/resume " + token + " " + written(seen), [=](ModelRoom& m, Id id) { m.resume(id, token, seen); }};
}
inline Line quits() {
    return {"/quit", [](ModelRoom& m, Id id) { m.quits(id); }, false};
}
inline Line blank(const std::string& text = "") { return {text}; }

/// A line that no decoder understands.
inline Line is_malformed(const std::string& text, Errc why, const std::string& subject = "") {
    return {text, [=](ModelRoom& m, Id id) { m.answer(id, why, subject); }};
}
/// A line that only a member may send, and that is refused.
inline Line is_refused(const std::string& text, Errc why, const std::string& subject = "") {
    return {text, [=](ModelRoom& m, Id id) { m.answer(id, m.is_member(id) ? why : Errc::not_a_member, subject); }};
}

}  // namespace lines
