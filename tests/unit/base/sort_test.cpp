#include "minimeta/base/sort.hpp"

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"

namespace {

const auto less = [](int a, int b) { return a < b; };

}  // namespace

TEST_CASE("nothing, one, and what is sorted already stay as they are") {
    for (const std::vector<int>& sorted : {std::vector<int>{}, {7}, {1, 2}, {1, 1, 2, 3}}) {
        std::vector<int> items = sorted;
        minimeta::sort(items, less);
        CHECK(items == sorted);
    }
}

TEST_CASE("any order is sorted as std::sort does it") {
    std::mt19937 random(7);
    for (std::size_t size = 0; size < 200; ++size) {
        std::vector<int> items;
        for (std::size_t i = 0; i < size; ++i) items.push_back(static_cast<int>(random() % (size + 1)));
        std::vector<int> expected = items;
        std::sort(expected.begin(), expected.end());
        minimeta::sort(items, less);
        REQUIRE(items == expected);
    }
}

TEST_CASE("the order is the one that was asked for, of things that are moved") {
    std::vector<std::string> names{"lily", "bob", "eve", "a name that does not fit in place", ""};
    minimeta::sort(names, [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
    CHECK(names.front() == "a name that does not fit in place");
    CHECK(names[1] == "lily");
    CHECK(names.back().empty());
}
