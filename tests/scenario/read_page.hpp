// A page of history as a member reads it: `[id time] line` for each message, and the command for older ones.
#pragma once

#include <sstream>
#include <string>
#include <vector>

struct ReadPage {
    std::string id;     ///< of the oldest message
    std::string times;  ///< when each was said, separated by bars; empty if unknown
    std::string lines;  ///< what was said
    std::string older;  ///< the command, if there is more

    explicit ReadPage(const std::string& answer) {
        std::istringstream all(answer);
        for (std::string line; std::getline(all, line);) {
            if (const auto command = line.find("/history "); line.starts_with("--") && command != line.npos)
                older = line.substr(command);
            const auto end = line.find("] ");
            if (!line.starts_with('[') || end == line.npos) continue;
            const std::string stamp = line.substr(1, end - 1);
            const auto blank = stamp.find(' ');
            if (lines.empty()) id = stamp.substr(0, blank);
            if (blank != stamp.npos) times += (times.empty() ? "" : "|") + stamp.substr(blank + 1);
            lines += line.substr(end + 2) + "\n";
        }
    }
};
