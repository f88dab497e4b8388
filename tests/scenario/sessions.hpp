// A scene in a room that offers sessions, and what members with a session read.
#pragma once

#include <cstddef>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "as_text.hpp"
#include "scene.hpp"

/// Some of its members have a session; the reply to the request is forgotten, too.
template <minimeta::protocol... Protocols>
class SceneWithSessionsOf : public SceneOf<Protocols...> {
public:
    SceneWithSessionsOf(const std::string& names, const std::string& with_session, minimeta::Limits limits = {})
        : SceneOf<Protocols...>(names, limits) {
        this->room.offer_sessions({1, 2});
        std::istringstream each(with_session);
        for (std::string name; each >> name;) this->has_session(name);
        this->forget();
    }

    /// The reply to a peer that opens or resumes a session, when this message is the newest one; its name is another
    /// one than the scene's if it is given.
    [[nodiscard]] std::string session(std::string_view who, minimeta::MessageId newest,
                                      std::string_view name = {}) const {
        return as_text(minimeta::CurrentName{name.empty() ? who : name}) +
               as_text(minimeta::Session{this->token(who), newest, this->room.limits().resume_seconds});
    }
};

using SceneWithSessions = SceneWithSessionsOf<minimeta::Text>;

/// The words above so many missed messages, and above a gap.
inline std::string welcome_back(std::string_view name, std::size_t missed, minimeta::MessageId gap_begin = {},
                                minimeta::MessageId gap_end = {}) {
    const std::vector<minimeta::Message> lines(missed, minimeta::Message{.from = "x", .text = "x"});
    std::string words = as_text(minimeta::CaughtUp{name, lines, gap_begin, gap_end});
    for (; missed != 0; --missed) words.erase(words.rfind('\n', words.size() - 2) + 1);
    return words;
}
