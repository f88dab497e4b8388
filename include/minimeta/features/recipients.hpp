// Recipients: whom a private message is for, found by their names; or why nobody gets it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "minimeta/error.hpp"

namespace minimeta {

/// The recipients of one private message. An `Entry` is a name and the member who has it.
template <class Entry>
struct Recipients {
    std::vector<const Entry*> entries;
    std::vector<std::string_view> names;   // theirs, as they write them
    std::vector<std::string_view> absent;  // not here
    Refusal refused;

    /// Looks names up in a roster. Each counts once, and the sender itself, whose entry is given, not at all. Refused:
    /// too_many_recipients if there are more than `most`, absent, to_yourself if nobody is left.
    template <class NameTable>
    [[nodiscard]] static Recipients look_up(const NameTable& roster, std::span<const std::string_view> to,
                                            const Entry& sender, std::size_t most) {
        Recipients found;
        for (const std::string_view name : to) {
            const Entry* entry = roster.find(name);
            if (entry == &sender) continue;
            std::vector<std::string_view>& list = entry != nullptr ? found.names : found.absent;
            const std::string_view listed = entry != nullptr ? std::string_view(entry->first) : name;
            if (std::find(list.begin(), list.end(), listed) != list.end()) continue;
            if (found.names.size() + found.absent.size() == most) {
                found.refused = Errc::too_many_recipients;
                return found;
            }
            list.push_back(listed);
            if (entry != nullptr) found.entries.push_back(entry);
        }
        if (!found.absent.empty()) found.refused = Errc::absent;
        else if (found.names.empty()) found.refused = Errc::to_yourself;
        return found;
    }
};

}  // namespace minimeta
