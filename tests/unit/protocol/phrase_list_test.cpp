#include "minimeta/protocol/phrase_list.hpp"

#include <string_view>

#include "catch.hpp"

using minimeta::PhraseList;

TEST_CASE("a list has a comma between two phrases, and none around them") {
    PhraseList list("、");
    CHECK(list.empty());
    list.add("{count} joined", {{"count", "3"}});
    CHECK(std::string_view(list) == "3 joined");
    list.add("{count} left", {{"count", "1"}});
    CHECK(std::string_view(list) == "3 joined、1 left");
    list.clear();
    CHECK(list.empty());
}

TEST_CASE("a list of names takes them as they are, and the place of what was there") {
    PhraseList list(", ");
    list.add("gone", {});
    constexpr std::string_view names[] = {"bob", "{name}", "eve"};
    CHECK(list.of(names) == "bob, {name}, eve");
    CHECK(list.of({}) == "");
}
