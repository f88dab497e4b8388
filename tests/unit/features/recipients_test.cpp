#include "minimeta/features/recipients.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "minimeta/state/name_table.hpp"
#include "unit/described.hpp"

using namespace minimeta;

namespace {

struct Guest : Named {
    using Named::Named;
};

// Of mia, who is a friend that is not here, and of those that are here.
struct Directory {
    const NameTable<Guest>& guests;
    Person& mia;

    Guest* find(std::string_view name) const { return guests.find(name); }
    Person* find_absent(std::string_view name) const { return FoldedEqual{}(name, mia.account) ? &mia : nullptr; }
};

// Looks names up for lily, among bob, Eve and zoe. Returns the recipients, or the refusal.
std::string looked_up(const std::vector<std::string_view>& to, std::size_t most = 9) {
    NameTable<Guest> table;
    auto* lily = table.add("lily");
    for (const char* name : {"bob", "Eve", "zoe"}) table.add(name);
    Person mia;
    mia.account = "Mia@home";
    const auto found = Recipients<Guest>::look_up(Directory{table, mia}, to, *lily, most);
    if (found.refused) return described(found.refused) + " " + described(found.absent);
    REQUIRE(found.all.size() == found.names.size());
    for (std::size_t i = 0; i < found.names.size(); ++i) {
        const auto [member, absent_friend] = found.all[i];
        CHECK((member != nullptr ? member->name : absent_friend->account) == found.names[i]);
    }
    CHECK(found.absent.empty());
    return described(found.names);
}

}  // namespace

TEST_CASE("recipients are found in any spelling, in the order in which they are named, each once") {
    CHECK(looked_up({"bob"}) == "[bob]");
    CHECK(looked_up({"ＺＯＥ", "EVE", "zoe", "eve", "bob"}) == "[zoe][Eve][bob]");
}

TEST_CASE("the sender is no recipient, and alone is refused") {
    CHECK(looked_up({"lily", "bob", "LILY"}) == "[bob]");
    CHECK(looked_up({"lily"}).starts_with("to_yourself"));
    CHECK(looked_up({}).starts_with("to_yourself"));
}

TEST_CASE("if one recipient is absent none is reached, and all absent ones are named, each once") {
    CHECK(looked_up({"bob", "max", "zoe", "mia", "max"}) == "absent [max][mia]");
    CHECK(looked_up({"lily", "max"}) == "absent [max]");
}

TEST_CASE(
    "one recipient too many is refused, whether it is here or not, and names that count twice or not at all are not") {
    CHECK(looked_up({"bob", "lily", "eve", "bob", "Bob"}, 2) == "[bob][Eve]");
    CHECK(looked_up({"bob", "eve", "zoe"}, 2).starts_with("too_many_recipients"));
    CHECK(looked_up({"bob", "max", "mia"}, 2).starts_with("too_many_recipients"));
    CHECK(looked_up({"max", "mia", "max"}, 2) == "absent [max][mia]");
}

TEST_CASE("a friend that is not here counts as one that is, by its account") {
    CHECK(looked_up({"bob", "mia@HOME", "zoe", "MIA@home"}) == "[bob][Mia@home][zoe]");
    CHECK(looked_up({"mia@home", "max"}) == "absent [max]");
    CHECK(looked_up({"mia@home", "bob"}, 1).starts_with("too_many_recipients"));
}
