#include "minimeta/state/name_table.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.hpp"

namespace {

struct Guest : minimeta::Named {
    Guest(std::string_view given, int given_id) : Named(given), id(given_id) {}
    int id;
};

using NameTable = minimeta::NameTable<Guest>;

std::string everybody(const NameTable& table) {
    std::vector<std::string> names;
    for (const Guest& guest : table) names.push_back(guest.name + "=" + std::to_string(guest.id));
    std::sort(names.begin(), names.end());
    std::string all;
    for (const std::string& name : names) all += name + " ";
    return all;
}

}  // namespace

TEST_CASE("a name is found in whatever case or width it is asked for") {
    NameTable table;
    Guest* bob = table.add("Bob", 7);
    REQUIRE(bob != nullptr);
    for (const std::string_view spelling : {"Bob", "bob", "BOB", "ｂｏｂ", "ＢｏＢ"})
        CHECK(table.find(spelling) == bob);
    CHECK(bob->name == "Bob");
    CHECK(bob->id == 7);
    CHECK(table.find("bo") == nullptr);
    CHECK(table.find("bobb") == nullptr);
    CHECK(table.find("") == nullptr);
}

TEST_CASE("a name that is taken is not added, in no spelling") {
    NameTable table;
    table.add("lily", 1);
    CHECK(table.add("lily", 2) == nullptr);
    CHECK(table.add("ＬＩＬＹ", 2) == nullptr);
    CHECK(everybody(table) == "lily=1 ");
}

TEST_CASE("a renamed item keeps its id") {
    NameTable table;
    Guest* guest = table.add("lily", 1);
    REQUIRE(table.rename(*guest, "rose"));
    CHECK(table.find("rose") == guest);
    CHECK(table.find("lily") == nullptr);
    CHECK(everybody(table) == "rose=1 ");
}

TEST_CASE("a name of another item cannot be had, and nothing changes") {
    NameTable table;
    Guest* lily = table.add("lily", 1);
    table.add("bob", 2);
    CHECK_FALSE(table.rename(*lily, "BOB"));
    CHECK(table.find("lily") == lily);
    CHECK(everybody(table) == "bob=2 lily=1 ");
}

TEST_CASE("an item's own name can change its case or width") {
    NameTable table;
    Guest* guest = table.add("lily", 1);
    REQUIRE(table.rename(*guest, "LILY"));
    CHECK(guest->name == "LILY");
    CHECK(everybody(table) == "LILY=1 ");
}

TEST_CASE("a name can be made of a part of the name that it replaces") {
    NameTable table;
    Guest* guest = table.add("a-name-too-long-to-be-kept-in-place", 1);
    REQUIRE(table.rename(*guest, std::string_view(guest->name).substr(2, 4)));
    CHECK(guest->name == "name");
}

TEST_CASE("an item stays where it is while others come and go") {
    NameTable table;
    Guest* lily = table.add("lily", 0);
    for (int i = 1; i < 1000; ++i) table.add("guest" + std::to_string(i), i);
    for (int i = 1; i < 1000; ++i) (void)table.remove(*table.find("guest" + std::to_string(i)));
    CHECK(table.find("lily") == lily);
    CHECK(table.size() == 1);
}

TEST_CASE("a removed item takes the name along, and it is free at once") {
    NameTable table;
    const auto gone = table.remove(*table.add("lily", 1));
    CHECK(table.size() == 0);
    CHECK(table.add("lily", 2) != nullptr);
    CHECK(gone->name == "lily");
}

TEST_CASE("a table that hashes with another key has the same names") {
    NameTable table;
    table.rehash({1, 2});
    for (int i = 0; i < 1'000; ++i) REQUIRE(table.add("guest" + std::to_string(i), i) != nullptr);
    const std::string before = everybody(table);
    table.rehash({3, 4});
    CHECK(everybody(table) == before);
    for (int i = 0; i < 1'000; ++i) REQUIRE(table.find("GUEST" + std::to_string(i)) != nullptr);
}

TEST_CASE("a name that looks like another's is taken, and finds nobody") {
    NameTable table;
    Guest* bob = table.add("Bob", 1);
    CHECK(table.add("ВОВ", 2) == nullptr);  // Cyrillic
    CHECK(table.find("ВОВ") == nullptr);
    Guest* eve = table.add("eve", 3);
    CHECK_FALSE(table.rename(*eve, "вов"));
    CHECK(table.rename(*bob, "ВОВ"));
    CHECK(table.find("вов") == bob);
    CHECK(table.find("bob") == nullptr);
    CHECK(everybody(table) == "eve=3 ВОВ=1 ");
}
