#include "minimeta/base/function.hpp"

#include <string>
#include <utility>

#include "catch.hpp"

using minimeta::Function;

TEST_CASE("a function without arguments is called, as often as wanted") {
    int count = 0;
    Function<void()> function = [&count] { ++count; };
    function();
    function();
    CHECK(count == 2);
}

TEST_CASE("arguments reach the function, references as such") {
    Function<void(std::string&, int)> function = [](std::string& text, int number) { text += std::to_string(number); };
    std::string text = "n=";
    function(text, 7);
    CHECK(text == "n=7");
}

TEST_CASE("what is moved from, and what was never set, does nothing") {
    int count = 0;
    Function<void()> first = [&count] { ++count; };
    Function<void()> second = std::move(first);
    first();
    Function<void()>()();
    CHECK(count == 0);
    second();
    CHECK(count == 1);
}
