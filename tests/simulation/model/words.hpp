// Format strings of the naive model: phrases whose blanks are filled in, by plain means.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

using ModelBlanks = std::map<std::string, std::string>;

/// A phrase with its blanks filled in. What stands in a value is no blank.
inline std::string filled(std::string_view phrase, const ModelBlanks& blanks) {
    std::string text;
    for (std::size_t at = 0; at < phrase.size(); ++at) {
        const std::size_t end = phrase[at] == '{' ? phrase.find('}', at) : phrase.npos;
        const auto blank =
            end != phrase.npos ? blanks.find(std::string(phrase.substr(at + 1, end - at - 1))) : blanks.end();
        if (blank == blanks.end()) {
            text += phrase[at];
        } else {
            text += blank->second;
            at = end;
        }
    }
    return text;
}

/// These, with something between two.
inline std::string listed(const std::vector<std::string>& names, const std::string& between = ", ") {
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : between) + name;
    return list;
}

/// A line that tells the program what happened.
inline std::string told(std::initializer_list<std::string_view> words) {
    std::string line;
    for (const std::string_view word : words) line.append(word).append("|");
    return line + "\n";
}
