// A resume token: what a peer with a session shows to resume, as it learned it from the lines that it has read.
#pragma once

#include <algorithm>
#include <cstddef>
#include <sstream>
#include <string>
#include <vector>

#include "minimeta/message.hpp"

/// What it takes to resume; the token is empty if there is no session.
struct ResumeToken {
    std::string token;
    minimeta::MessageId seen;
};

/// Returns what a peer shows that has read these bytes, but not their last `lost` lines nor an incomplete one; `resume` is
/// what it had before.
inline ResumeToken resume_token_after(const std::string& read, std::size_t lost, ResumeToken resume) {
    std::vector<std::string> lines;
    std::istringstream stream(read.substr(0, read.rfind('\n') + 1));
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    lines.resize(lines.size() - std::min(lost, lines.size()));
    for (const std::string& line : lines) {
        if (!line.starts_with('+') || line.starts_with("+nosession") || line.starts_with("+name")) continue;
        std::istringstream words(line);
        std::string first, token, id;
        words >> first;
        if (first == "+session") {
            words >> token >> id;
            resume.token = token;
        } else {
            id = first.substr(1);
        }
        resume.seen = minimeta::message_id_of(id).value();
    }
    return resume;
}
