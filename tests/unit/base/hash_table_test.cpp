#include "minimeta/base/hash_table.hpp"

#include <cstddef>
#include <map>
#include <random>
#include <set>

#include "catch.hpp"

using minimeta::HashNode;
using minimeta::UniquePtr;

namespace {

int alive = 0;

struct Item : HashNode {
    explicit Item(std::size_t given) : key(given) { ++alive; }
    Item(const Item&) = delete;
    ~Item() { --alive; }
    [[nodiscard]] std::size_t hash() const { return key % 1'000; }  // so that there are collisions

    std::size_t key;
};

struct Table : minimeta::HashTable<Item> {
    Item& add(std::size_t key) { return insert(UniquePtr<Item>(new Item(key))); }
    [[nodiscard]] Item* at(std::size_t key) const {
        return find(key % 1'000, [&](const Item& item) { return item.key == key; });
    }
    [[nodiscard]] std::multiset<std::size_t> keys() const {
        std::multiset<std::size_t> all;
        for (const Item& item : *this) all.insert(item.key);
        return all;
    }
};

}  // namespace

TEST_CASE("an empty table has nothing in it to find or to go through") {
    const Table table;
    CHECK(table.size() == 0);
    CHECK(table.at(7) == nullptr);
    CHECK(table.keys().empty());
}

TEST_CASE("an item is found by its key, also beside others with the same hash, and stays where it is") {
    Table table;
    Item& first = table.add(7);
    for (std::size_t i = 1; i < 100; ++i) table.add(7 + i * 1'000);
    CHECK(table.at(7) == &first);
    CHECK(table.at(99'007)->key == 99'007);
    CHECK(table.at(100'007) == nullptr);
    CHECK(table.at(8) == nullptr);
}

TEST_CASE("a removed item is not in the table, and lives as long as it is held") {
    Table table;
    table.add(1);
    table.add(1'001);
    {
        const auto removed = table.remove(*table.at(1));
        CHECK(removed->key == 1);
        CHECK(removed->chained == nullptr);
        CHECK(table.at(1) == nullptr);
        CHECK(table.size() == 1);
        CHECK(alive == 2);
    }
    CHECK(alive == 1);
}

TEST_CASE("a table deletes what is left in it") {
    {
        Table table;
        for (std::size_t key = 0; key < 50; ++key) table.add(key * 500);
        CHECK(alive == 50);
    }
    CHECK(alive == 0);
}

TEST_CASE("a table agrees with a map over random insertions and removals") {
    const auto seed = GENERATE(range(1u, 5u));
    INFO("seed " << seed);
    std::mt19937 random(seed);
    Table table;
    std::map<std::size_t, Item*> model;
    for (int i = 0; i < 5'000; ++i) {
        const std::size_t key = random() % 3'000;
        const auto place = model.find(key);
        REQUIRE(table.at(key) == (place != model.end() ? place->second : nullptr));
        if (place == model.end()) {
            model[key] = &table.add(key);
        } else if (random() % 2 == 0) {
            (void)table.remove(*place->second);
            model.erase(place);
        }
        REQUIRE(table.size() == model.size());
    }
    std::multiset<std::size_t> keys;
    for (const auto& [key, item] : model) keys.insert(key);
    CHECK(table.keys() == keys);
}
