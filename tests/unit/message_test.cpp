#include "minimeta/message.hpp"

#include <string>
#include <string_view>

#include "catch.hpp"

TEST_CASE("the recipients of a private message are told apart, in their order") {
    const auto recipients = [](std::string_view to) {
        std::string all;
        minimeta::each_recipient({.to = to}, [&](std::string_view name) { all.append("[").append(name).append("]"); });
        return all;
    };
    CHECK(recipients("") == "");  // as of every message that is not private
    CHECK(recipients("bob") == "[bob]");
    CHECK(recipients("bob,莉莉,eve") == "[bob][莉莉][eve]");
}
