#include "minimeta/features/away.hpp"

#include <string>

#include "catch.hpp"
#include "minimeta/error.hpp"
#include "minimeta/features.hpp"
#include "unit/described.hpp"
#include "unit/gathering.hpp"

using namespace minimeta;

namespace {

struct Office : Gathering {
    Features<Context<Types>> away{context};

    // What a member said on going away, in brackets; empty if it attends.
    static std::string text(const Registry::Member& member) {
        return member.details().away_text ? "[" + *member.details().away_text + "]" : "";
    }
};

}  // namespace

TEST_CASE("a member is not away before it goes away") {
    Office here;
    auto& lily = here.enters("lily");
    CHECK(here.text(lily) == "");
    CHECK(described(here.away.come_back(lily)) == "not_away");
}

TEST_CASE("an away member has a text, or none, and the last one counts") {
    Office here;
    auto &lily = here.enters("lily"), &bob = here.enters("bob"), &eve = here.enters("eve");
    std::string words = "lunch";
    CHECK(described(here.away.go_away(lily, words)) == "done");
    words = "gone!";  // which are its own by then
    CHECK(described(here.away.go_away(bob, "")) == "done");
    CHECK(here.text(lily) == "[lunch]");
    CHECK(here.text(bob) == "[]");
    CHECK(here.text(eve) == "");
    CHECK(described(here.away.go_away(lily, "dinner")) == "done");
    CHECK(here.text(lily) == "[dinner]");
}

TEST_CASE("a member that comes back is not away any more, and no other comes back") {
    Office here;
    auto &lily = here.enters("lily"), &bob = here.enters("bob");
    (void)here.away.go_away(lily, "lunch");
    (void)here.away.go_away(bob, "asleep");
    CHECK(described(here.away.come_back(lily)) == "done");
    CHECK(described(here.away.come_back(lily)) == "not_away");
    CHECK(here.text(lily) == "");
    CHECK(here.text(bob) == "[asleep]");
}
