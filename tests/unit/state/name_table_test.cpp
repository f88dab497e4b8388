#include "minimeta/state/name_table.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.hpp"

using NameTable = minimeta::NameTable<int>;

namespace {

std::string everybody(const NameTable& roster) {
    std::vector<std::string> names;
    for (const auto& [name, id] : roster) names.push_back(name + "=" + std::to_string(id));
    std::sort(names.begin(), names.end());
    std::string all;
    for (const std::string& name : names) all += name + " ";
    return all;
}

}  // namespace

TEST_CASE("a name is found in whatever case or width it is asked for") {
    NameTable roster;
    const NameTable::Entry* bob = roster.add("Bob", 7);
    REQUIRE(bob != nullptr);
    for (const std::string_view spelling : {"Bob", "bob", "BOB", "ｂｏｂ", "ＢｏＢ"})
        CHECK(roster.find(spelling) == bob);
    CHECK(bob->first == "Bob");
    CHECK(bob->second == 7);
    CHECK(roster.find("bo") == nullptr);
    CHECK(roster.find("bobb") == nullptr);
    CHECK(roster.find("") == nullptr);
}

TEST_CASE("a name that is taken is not added, in no spelling") {
    NameTable roster;
    roster.add("lily", 1);
    CHECK(roster.add("lily", 2) == nullptr);
    CHECK(roster.add("ＬＩＬＹ", 2) == nullptr);
    CHECK(everybody(roster) == "lily=1 ");
}

TEST_CASE("an entry gets another name, and keeps its connection") {
    NameTable roster;
    const NameTable::Entry* entry = roster.add("lily", 1);
    REQUIRE(roster.rename(*entry, "rose"));
    CHECK(roster.find("rose") == entry);
    CHECK(roster.find("lily") == nullptr);
    CHECK(everybody(roster) == "rose=1 ");
}

TEST_CASE("a name of somebody else's cannot be had, and nothing changes") {
    NameTable roster;
    const NameTable::Entry* lily = roster.add("lily", 1);
    roster.add("bob", 2);
    CHECK_FALSE(roster.rename(*lily, "BOB"));
    CHECK(roster.find("lily") == lily);
    CHECK(everybody(roster) == "bob=2 lily=1 ");
}

TEST_CASE("one's own name can change its case or width") {
    NameTable roster;
    const NameTable::Entry* entry = roster.add("lily", 1);
    REQUIRE(roster.rename(*entry, "LILY"));
    CHECK(entry->first == "LILY");
    CHECK(everybody(roster) == "LILY=1 ");
}

TEST_CASE("a name can be made of a part of the name that it replaces") {
    NameTable roster;
    const NameTable::Entry* entry = roster.add("a-name-too-long-to-be-kept-in-place", 1);
    REQUIRE(roster.rename(*entry, std::string_view(entry->first).substr(2, 4)));
    CHECK(entry->first == "name");
}

TEST_CASE("an entry stays where it is while others come and go") {
    NameTable roster;
    const NameTable::Entry* lily = roster.add("lily", 0);
    for (int i = 1; i < 1000; ++i) roster.add("guest" + std::to_string(i), i);
    for (int i = 1; i < 1000; ++i) (void)roster.remove(*roster.find("guest" + std::to_string(i)));
    CHECK(roster.find("lily") == lily);
    CHECK(roster.size() == 1);
}

TEST_CASE("who leaves takes the name along, and it is free at once") {
    NameTable roster;
    const NameTable::Removed gone = roster.remove(*roster.add("lily", 1));
    CHECK(roster.size() == 0);
    CHECK(roster.add("lily", 2) != nullptr);
    CHECK(gone.key() == "lily");
}
