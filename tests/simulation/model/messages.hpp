// A message of the naive model, and what a bounded history keeps of a list of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "minimeta/message.hpp"
#include "minimeta/protocol/text/phrases.hpp"
#include "simulation/model/words.hpp"

struct ModelMessage {
    static constexpr int in_private = -1;

    minimeta::Stamp stamp = {};
    int group = 0;                // by its number, since names are used again; 0 is the lobby
    std::string group_name = {};  // empty for the lobby
    std::string from = {};        // empty for the program
    std::string to = {};          // of what is private, with commas between names
    std::string text = {};
    bool action = false;
    std::uint64_t author = 0;               // by its number; 0 for the program
    std::set<std::uint64_t> audience = {};  // members that may read it again
    std::set<std::string> waits_for = {};   // friends that are not here (friends.hpp)
    bool purged = false;                    // was taken back
    bool forgotten = false;                 // was not kept any more when something was taken back

    /// The line that is sent when it is said.
    [[nodiscard]] std::string line() const {
        const minimeta::Phrases& p = minimeta::english;
        const ModelBlanks blanks{{"name", from}, {"text", text}, {"group", group_name}};
        if (group == in_private) return action ? "[private] * " + from + " " + text : "[private] " + from + ": " + text;
        if (from.empty()) return group_name.empty() ? "** " + text : filled(p.announced_in, blanks);
        if (!group_name.empty()) return filled(action ? p.acted_in : p.said_in, blanks);
        return action ? "* " + from + " " + text : from + ": " + text;
    }

    /// What is in front of the line for peers that can resume.
    [[nodiscard]] std::string stamp_text() const {
        return "+" + minimeta::text_of(stamp.id) + " " + std::to_string(stamp.at.nanoseconds / 1'000'000) + " ";
    }

    /// What the program is told.
    [[nodiscard]] std::string event() const {
        const std::string id = minimeta::text_of(stamp.id);
        if (group == in_private)
            return told({action ? "acted to" : "said to", to, from, text, id, std::to_string(author)});
        if (from.empty()) return told({"announced", group_name, text, id});
        return told({action ? "acted" : "said", from, group_name, text, id, std::to_string(author)});
    }

    [[nodiscard]] std::size_t bytes() const { return from.size() + to.size() + text.size(); }
    [[nodiscard]] bool is_for(std::uint64_t member) const { return audience.count(member) != 0; }
};

/// Messages, oldest first.
using ModelList = std::vector<const ModelMessage*>;

/// The last messages of a list that fit two bounds.
inline ModelList kept(const ModelList& all, std::size_t messages, std::size_t bytes) {
    ModelList end;
    for (auto each = all.rbegin(); each != all.rend(); ++each) {
        if (end.size() == messages || (*each)->bytes() > bytes || (*each)->forgotten) break;
        bytes -= (*each)->bytes();
        end.insert(end.begin(), *each);
    }
    return end;
}

/// The last messages of a list that fit an answer of so many bytes, each with a stamp and the like; or so many, if even
/// these do not fit.
inline ModelList fitting(const ModelList& all, std::size_t messages, std::size_t bytes, std::size_t at_least) {
    ModelList end;
    std::size_t size = 0;
    for (auto each = all.rbegin(); each != all.rend() && end.size() != messages; ++each) {
        size += (*each)->bytes() + 64;
        if (size > bytes && end.size() >= at_least) break;
        end.insert(end.begin(), *each);
    }
    return end;
}

/// The messages of a list that a member may read.
inline ModelList only_for(std::uint64_t member, const ModelList& all) {
    ModelList some;
    for (const ModelMessage* message : all)
        if (message->is_for(member)) some.push_back(message);
    return some;
}

inline bool is_among(const ModelList& list, const ModelMessage* message) {
    return std::find(list.begin(), list.end(), message) != list.end();
}
