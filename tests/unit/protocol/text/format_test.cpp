#include "minimeta/protocol/text/format.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

#include "catch.hpp"
#include "unit/described.hpp"

using namespace minimeta;

namespace {

std::string filled(std::string_view phrase, std::initializer_list<Blank> blanks) {
    std::string text;
    fill_in(text, phrase, blanks);
    return text;
}

}  // namespace

TEST_CASE("blanks are filled in, in any order, again, or not at all") {
    CHECK(filled("{b} and {a}, {b}", {{"a", "1"}, {"b", "2"}, {"c", "3"}}) == "2 and 1, 2");
    CHECK(filled("nothing", {{"a", "1"}}) == "nothing");
    CHECK(filled("", {{"a", "1"}}).empty());
}

TEST_CASE("what is filled in is not looked at again") {
    CHECK(filled("{a}{b}", {{"a", "{b}"}, {"b", "{a}"}}) == "{b}{a}");
}

TEST_CASE("an unknown blank, and a brace alone, stay") {
    CHECK(filled("{x} {} {a} } {a", {{"a", "1"}}) == "{x} {} 1 } {a");
}

TEST_CASE("a line is a phrase and a line's end") {
    CHECK(appended([](ByteLog& log) { fill_in_line(log, "{a}!", {{"a", "1"}}); }) == "1!\n");
    CHECK(appended([](ByteLog& log) { fill_in_line(log, "", {}); }) == "\n");
    CHECK(appended([](ByteLog& log) { fill_in(log, "{a}!", {{"a", "1"}}); }) == "1!");
}

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
