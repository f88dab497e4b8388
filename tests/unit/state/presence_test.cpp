#include "minimeta/state/presence.hpp"

#include <optional>
#include <string>
#include <string_view>

#include "catch.hpp"

using minimeta::PresenceBoard;

TEST_CASE("nobody is away who has not left") {
    PresenceBoard board;
    CHECK_FALSE(board.text(1));
    CHECK_FALSE(board.come_back(1));
}

TEST_CASE("who is away has said with which words, or none, and the last ones count") {
    PresenceBoard board;
    std::string words = "lunch";
    board.leave(1, words);
    words = "gone!";  // which are its own by then
    board.leave(2, "");
    CHECK(board.text(1) == std::optional<std::string_view>("lunch"));
    CHECK(board.text(2) == std::optional<std::string_view>(""));
    CHECK_FALSE(board.text(3));
    board.leave(1, "dinner");
    CHECK(board.text(1) == std::optional<std::string_view>("dinner"));
}

TEST_CASE("who comes back is not away any more, and nobody else comes back") {
    PresenceBoard board;
    board.leave(1, "lunch");
    board.leave(2, "asleep");
    CHECK(board.come_back(1));
    CHECK_FALSE(board.come_back(1));
    CHECK_FALSE(board.text(1));
    CHECK(board.text(2) == std::optional<std::string_view>("asleep"));
}
