#include "minimeta/base/variant.hpp"

#include <string>
#include <string_view>
#include <type_traits>

#include "catch.hpp"

using minimeta::get_if;
using minimeta::holds_alternative;

namespace {

struct Empty {};
struct Named {
    std::string_view name;
};
struct Large {
    long long numbers[5];
};

using Thing = minimeta::Variant<Empty, Named, Large>;

}  // namespace

TEST_CASE("a variant holds what it was made of, and nothing else") {
    const Thing thing = Named{"lily"};
    CHECK(thing.index() == 1);
    CHECK(holds_alternative<Named>(thing));
    CHECK_FALSE(holds_alternative<Empty>(thing));
    REQUIRE(get_if<Named>(&thing) != nullptr);
    CHECK(get_if<Named>(&thing)->name == "lily");
    CHECK(get_if<Large>(&thing) == nullptr);
    CHECK(get_if<Named>(static_cast<const Thing*>(nullptr)) == nullptr);
}

TEST_CASE("a variant is copied and assigned with its value") {
    Thing thing = Large{{1, 2, 3, 4, 5}};
    Thing copy = thing;
    thing = Named{"bob"};
    REQUIRE(get_if<Large>(&copy) != nullptr);
    CHECK(get_if<Large>(&copy)->numbers[4] == 5);
    copy = thing;
    CHECK(get_if<Named>(&copy)->name == "bob");
}

TEST_CASE("a visit calls the function once, with the value, and returns its result") {
    struct {
        int operator()(const Empty&) const { return 0; }
        int operator()(const Named& named) const { return static_cast<int>(named.name.size()); }
        int operator()(const Large& large) const { return static_cast<int>(large.numbers[0]); }
    } const size;
    CHECK(visit(size, Thing(Empty{})) == 0);
    CHECK(visit(size, Thing(Named{"lily"})) == 4);
    CHECK(visit(size, Thing(Large{{9}})) == 9);

    std::string visited;
    const auto note = [&](const auto& value) { visited += std::to_string(sizeof(value)) + " "; };
    visit(note, Thing(Large{}));
    CHECK(visited == std::to_string(sizeof(Large)) + " ");
}

static_assert(std::is_trivially_copyable_v<Thing>);
static_assert(!std::is_constructible_v<Thing, int>);
static_assert(minimeta::largest_size<char, Large, Named> == sizeof(Large));
