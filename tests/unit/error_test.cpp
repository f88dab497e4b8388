#include "minimeta/error.hpp"

#include <cstddef>
#include <set>
#include <string_view>

#include "catch.hpp"

using minimeta::Errc;

TEST_CASE("every reason has a name of its own") {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < minimeta::errc_count; ++i) names.insert(name_of(static_cast<Errc>(i)));
    CHECK(names.size() == minimeta::errc_count);
    CHECK(names.count("unknown") == 0);
    CHECK(names.count("name_taken") == 1);
}

TEST_CASE("a number that is no reason is called unknown") {
    CHECK(name_of(static_cast<Errc>(minimeta::errc_count)) == "unknown");
}

TEST_CASE("a refusal reads as a question") {
    const auto open_to = [](int age) -> minimeta::Refusal {
        if (age < 3) return Errc::room_full;
        return {};
    };
    CHECK_FALSE(open_to(30));
    if (auto refused = open_to(2)) CHECK(name_of(*refused) == "room_full");
    else FAIL("refused nobody");
}
