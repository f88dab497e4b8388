// Who is here: names to connections, unique under folding.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "minimeta/text.hpp"

namespace minimeta {

/// The names of a room and whose they are. Names are kept here alone; an entry stays where it is until it is removed
/// or renamed. What may be a name is checked before (text.hpp).
template <class ConnectionId>
class Roster {
    using Map = std::unordered_map<std::string, ConnectionId, FoldedHash, FoldedEqual>;

public:
    /// `first` is the name as its owner writes it, `second` the connection.
    using Entry = typename Map::value_type;
    /// A name on its way out: as long as this lives, views of the name do too.
    using Removed = typename Map::node_type;

    /// Adds a name; null, and nothing happens, if it is taken.
    const Entry* add(std::string_view name, const ConnectionId& connection) {
        const auto [place, added] = map_.try_emplace(std::string(name), connection);
        return added ? &*place : nullptr;
    }

    /// Gives an entry another name, and returns where it is now; null, and nothing happens, if somebody else has that
    /// name. A change of nothing but case or width is one's own name still.
    const Entry* rename(const Entry& entry, std::string_view name) {
        const Entry* holder = find(name);
        if (holder != nullptr && holder != &entry) return nullptr;
        std::string wanted(name);  // before anything that `name` may be a view of is gone
        Removed node = remove(entry);
        node.key() = std::move(wanted);
        return &*map_.insert(std::move(node)).position;
    }

    Removed remove(const Entry& entry) { return map_.extract(map_.find(entry.first)); }

    /// Who has this name, however it is written; null if nobody.
    [[nodiscard]] const Entry* find(std::string_view name) const {
        const auto place = map_.find(name);
        return place != map_.end() ? &*place : nullptr;
    }

    [[nodiscard]] std::size_t size() const noexcept { return map_.size(); }
    [[nodiscard]] auto begin() const noexcept { return map_.begin(); }
    [[nodiscard]] auto end() const noexcept { return map_.end(); }

private:
    Map map_;
};

}  // namespace minimeta
