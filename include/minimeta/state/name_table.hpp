// Who is here: names and whose they are, unique under folding.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "minimeta/base/name.hpp"

namespace minimeta {

/// The names of a room, or of its groups, and whose they are. Names are kept here alone; an entry stays where it is
/// until it is removed, also when it gets another name. What may be a name is checked before (text.hpp).
template <class Owner>
class NameTable {
    using Map = std::unordered_map<std::string, Owner, FoldedHash, FoldedEqual>;

public:
    /// `first` is the name as it was given, `second` whose it is.
    using Entry = typename Map::value_type;
    /// An entry on its way out: as long as this lives, so does what it was.
    using Removed = typename Map::node_type;

    /// Adds a name, whose owner is made of `owner`; null, and nothing happens, if it is taken.
    template <class... Args>
    Entry* add(std::string_view name, Args&&... owner) {
        const auto [place, added] = map_.try_emplace(std::string(name), std::forward<Args>(owner)...);
        return added ? &*place : nullptr;
    }

    /// Gives an entry another name; false, and nothing happens, if somebody else has that name. A change of nothing
    /// but case or width is one's own name still.
    bool rename(const Entry& entry, std::string_view name) {
        const Entry* holder = find(name);
        if (holder != nullptr && holder != &entry) return false;
        std::string wanted(name);  // before anything that `name` may be a view of is gone
        Removed node = remove(entry);
        node.key() = std::move(wanted);
        map_.insert(std::move(node));
        return true;
    }

    [[nodiscard]] Removed remove(const Entry& entry) { return map_.extract(map_.find(entry.first)); }

    /// Who has this name, however it is written; null if nobody.
    [[nodiscard]] Entry* find(std::string_view name) {
        const auto place = map_.find(name);
        return place != map_.end() ? &*place : nullptr;
    }
    [[nodiscard]] const Entry* find(std::string_view name) const {
        const auto place = map_.find(name);
        return place != map_.end() ? &*place : nullptr;
    }

    [[nodiscard]] std::size_t size() const noexcept { return map_.size(); }
    [[nodiscard]] auto begin() noexcept { return map_.begin(); }
    [[nodiscard]] auto end() noexcept { return map_.end(); }
    [[nodiscard]] auto begin() const noexcept { return map_.begin(); }
    [[nodiscard]] auto end() const noexcept { return map_.end(); }

private:
    Map map_;
};

}  // namespace minimeta
