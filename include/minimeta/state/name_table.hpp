// A table of what has a name: members by their names, groups by theirs. No two names in it are confusable, and each is found
// by what is the same (base/name.hpp).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "minimeta/base/hash_table.hpp"
#include "minimeta/base/name.hpp"
#include "minimeta/base/siphash.hpp"
#include "minimeta/base/unique_ptr.hpp"

namespace minimeta {

/// The base of what has a name. The name changes through NameTable::rename only.
struct Named : HashNode {
    explicit Named(std::string_view given) : name(given) {}

    std::string name;  ///< as it was given
};

/// Owns items of type T, which derives from Named. An item stays where it is until it is removed, also when it gets
/// another name. What may be a name is checked before (features/validation.hpp).
template <class T>
class NameTable {
public:
    /// Hashes names with this key from now on. If it is secret, nobody can choose names that make the table slow. O(size).
    void rehash(SipKey key) { table_.rehash({{key}}); }

    /// Adds an item, made of the name and `parts`. Returns null, without effect, if the name is taken: if another item has
    /// it, or one that is confusable with it.
    template <class... Parts>
    T* add(std::string_view name, Parts&&... parts) {
        if (holder_of(name) != nullptr) return nullptr;
        return &table_.insert(UniquePtr<T>(new T(name, std::forward<Parts>(parts)...)));
    }

    /// Gives an item another name. Returns false, without effect, if it is taken, as above, by another item.
    bool rename(T& item, std::string_view name) {
        const T* holder = holder_of(name);
        if (holder != nullptr && holder != &item) return false;
        std::string wanted(name);  // before its owner, which may be the item, changes
        UniquePtr<T> moved = table_.remove(item);
        moved->name = std::move(wanted);
        table_.insert(std::move(moved));
        return true;
    }

    /// Removes an item, which lives as long as what is returned.
    [[nodiscard]] UniquePtr<T> remove(T& item) { return table_.remove(item); }

    /// Returns the item with this name, in whatever case or width; null if there is none.
    [[nodiscard]] T* find(std::string_view name) const {
        T* holder = holder_of(name);
        return holder != nullptr && FoldedEqual{}(holder->name, name) ? holder : nullptr;
    }

    [[nodiscard]] std::size_t size() const noexcept { return table_.size(); }
    [[nodiscard]] auto begin() const { return table_.begin(); }
    [[nodiscard]] auto end() const { return table_.end(); }

private:
    struct NameHash {
        SkeletonHash of_name;
        [[nodiscard]] std::size_t operator()(const T& item) const { return of_name(item.name); }
    };

    // The item whose name is this one or confusable with it; null if there is none.
    [[nodiscard]] T* holder_of(std::string_view name) const {
        return table_.find(table_.hash_function().of_name(name),
                           [&](const T& item) { return SkeletonEqual{}(item.name, name); });
    }

    HashTable<T, NameHash, Named> table_;
};

}  // namespace minimeta
