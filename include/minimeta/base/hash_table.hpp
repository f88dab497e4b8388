// Hash tables of items that hold their own key: separate chaining, with the chains threaded through the items.
//
// A HashTable owns its items, a HashIndex finds items that something else owns. An item stays where it is in memory until
// it is removed. A key is stored once, in what it names, and an item costs one allocation. Why it is no
// std::unordered_set: docs/decisions/what-including-costs.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "minimeta/base/narrow.hpp"
#include "minimeta/base/unique_ptr.hpp"

namespace minimeta {

/// The base of what can be in a table or an index.
struct HashNode {
    HashNode* chained = nullptr;
};

/// Hashes an item by its own `hash()`.
struct OwnHash {
    template <class T>
    [[nodiscard]] std::size_t operator()(const T& item) const {
        return item.hash();
    }
};

/// Finds items of type T by a key. T derives from `Node`, which derives from HashNode and through which the chains go;
/// `Hash` hashes an item by its key, equal keys equally. Finding, inserting and removing are O(1) on average. The items
/// outlive the index, or are removed from it.
template <class T, class Hash = OwnHash, class Node = HashNode>
class HashIndex {
public:
    HashIndex() = default;
    HashIndex(const HashIndex&) = delete;
    HashIndex& operator=(const HashIndex&) = delete;

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] const Hash& hash_function() const noexcept { return hash_; }

    /// Returns the item with this hash for which `is_it(item)` is true; null if there is none.
    template <class Matches>
    [[nodiscard]] T* find(std::size_t hash, Matches&& is_it) const {
        if (size_ == 0) return nullptr;
        for (HashNode* node = buckets_[bucket_of(hash)]; node != nullptr; node = node->chained)
            if (is_it(std::as_const(item_of(node)))) return &item_of(node);
        return nullptr;
    }

    /// Adds an item, whose key no other item has.
    void insert(T& item) {
        if (size_ == most_chained * buckets_.size()) grow();
        ++size_;
        push(static_cast<Node&>(item), hash_(item));
    }

    /// Removes an item, which is in the index; its key has not changed since it was added.
    void remove(T& item) {
        HashNode* node = &static_cast<Node&>(item);
        HashNode** link = &buckets_[bucket_of(hash_(item))];
        while (*link != node) link = &(*link)->chained;
        *link = std::exchange(node->chained, nullptr);
        --size_;
    }

    /// Forgets all items; calls `use(item)` for each, which may destroy it.
    template <class Use>
    void clear(Use&& use) {
        for (HashNode* head : std::exchange(buckets_, {}))
            while (head != nullptr) use(item_of(std::exchange(head, head->chained)));
        size_ = 0;
    }

    /// Hashes by another function from now on. O(size).
    void rehash(Hash hash) {
        hash_ = hash;
        if (!buckets_.empty()) rebuild(bits_);
    }

    /// Goes through the items in no particular order; none may be added or removed meanwhile.
    class iterator {
    public:
        T& operator*() const { return item_of(node_); }
        iterator& operator++() {
            node_ = node_->chained;
            if (node_ == nullptr) next_bucket();
            return *this;
        }
        friend bool operator==(const iterator&, const iterator&) = default;

    private:
        friend class HashIndex;
        iterator(HashNode* const* bucket, HashNode* const* end) : bucket_(bucket), end_(end) { next_bucket(); }

        void next_bucket() {
            while (node_ == nullptr && bucket_ != end_) node_ = *bucket_++;
        }

        HashNode* const* bucket_;  // the next one to go through
        HashNode* const* end_;
        HashNode* node_ = nullptr;
    };

    [[nodiscard]] iterator begin() const { return {buckets_.data(), buckets_.data() + buckets_.size()}; }
    [[nodiscard]] iterator end() const {
        return {buckets_.data() + buckets_.size(), buckets_.data() + buckets_.size()};
    }

private:
    static constexpr unsigned least_bits = 3;

    [[nodiscard]] static T& item_of(HashNode* node) { return *static_cast<T*>(static_cast<Node*>(node)); }

    // Items in a chain, on average, before the buckets are doubled. A look at one more item costs less than the memory.
    static constexpr std::size_t most_chained = 2;

    // The lower bits choose the bucket, after the upper ones have been folded into them. So consecutive hashes, as of ids
    // that are counted, go to consecutive buckets, and a walk over such ids through the memory in order; and hashes that
    // differ in their upper bits only, as of addresses, do not all go to one.
    [[nodiscard]] std::size_t bucket_of(std::size_t hash) const {
        std::uint64_t folded = hash;
        folded ^= folded >> 32;
        folded ^= folded >> 16;
        folded ^= folded >> bits_;
        return narrow<std::size_t>(folded) & (buckets_.size() - 1);
    }

    void push(HashNode& node, std::size_t hash) {
        HashNode*& head = buckets_[bucket_of(hash)];
        node.chained = std::exchange(head, &node);
    }

    void grow() { rebuild(buckets_.empty() ? least_bits : bits_ + 1); }

    void rebuild(unsigned bits) {
        std::vector<HashNode*> before(std::size_t{1} << bits, nullptr);
        before.swap(buckets_);
        bits_ = bits;
        for (HashNode* node : before)
            while (node != nullptr) {
                HashNode& moved = *std::exchange(node, node->chained);
                push(moved, hash_(std::as_const(item_of(&moved))));
            }
    }

    std::vector<HashNode*> buckets_;
    std::size_t size_ = 0;
    [[no_unique_address]] Hash hash_{};
    unsigned bits_ = 0;  // the logarithm of how many buckets there are, which each look needs
};

/// The same, and owns its items.
template <class T, class Hash = OwnHash, class Node = HashNode>
class HashTable : private HashIndex<T, Hash, Node> {
    using Index = HashIndex<T, Hash, Node>;

public:
    ~HashTable() {
        Index::clear([](T& item) { delete &item; });
    }

    using Index::begin, Index::end, Index::find, Index::hash_function, Index::rehash, Index::size;

    /// Adds an item, whose key no other item has.
    T& insert(UniquePtr<T> item) {
        T& added = *item.release();
        Index::insert(added);
        return added;
    }

    /// Removes an item, which is in the table; its key has not changed since it was added.
    [[nodiscard]] UniquePtr<T> remove(T& item) {
        Index::remove(item);
        return UniquePtr<T>(&item);
    }
};

}  // namespace minimeta
