#include "minimeta/delivery/delivery.hpp"

#include <cstddef>
#include <string>
#include <string_view>

#include "catch.hpp"
#include "minimeta/event.hpp"
#include "minimeta/limits.hpp"
#include "unit/gathering.hpp"

using namespace minimeta;

namespace {

using TextPeer = Gathering::Registry::Peer;

// Ends the turn, and closes slow members. Returns their names.
std::string slow(Gathering& here) {
    std::string names;
    here.registry.delivery().flush([&](TextPeer& peer) {
        names.append(peer.name()).append(" ");
        peer.closing = true;
        here.registry.detach(peer);
    });
    return names;
}

// What an announcement of this text takes on the wire.
std::size_t wire_bytes(std::string_view text) { return text.size() + std::string_view("** \n").size(); }

}  // namespace

TEST_CASE("what two groups say by turns is delivered in that order to members of both, and to the others their part") {
    for (const bool crowded : {false, true}) {  // groups of a few in a large lobby, and groups of nearly all
        CAPTURE(crowded);
        Gathering here;
        auto &both = here.enters("both"), &one = here.enters("one"), &two = here.enters("two");
        auto &a = here.joins(both, "a"), &b = here.joins(both, "b");
        here.joins(one, "a");
        here.joins(two, "b");
        for (int i = 0; i < 20; ++i) {
            auto& other = here.enters("m" + std::to_string(i));
            if (crowded) here.joins(other, "a"), here.joins(other, "b");
        }
        here.says(a, "1");
        here.says(b, "2");
        here.says(a, "3");
        here.says(here.registry.lobby(), "4");
        here.says(b, "5", &both);
        here.says(a, "6");
        here.flush();
        CHECK(here.read(both) == "#a ** 1\n#b ** 2\n#a ** 3\n** 4\n#a ** 6\n");
        CHECK(here.read(one) == "#a ** 1\n#a ** 3\n** 4\n#a ** 6\n");
        CHECK(here.read(two) == "#b ** 2\n** 4\n#b ** 5\n");
    }
}

TEST_CASE("what three groups say by turns is delivered in that order to members of all of them") {
    for (const bool of_all : {true, false}) {
        CAPTURE(of_all);
        Gathering here;
        auto& lily = here.enters("lily");
        auto &a = here.joins(lily, "a"), &b = here.joins(lily, "b"), &c = here.joins(lily, "c");
        for (const char* name : {"bob", "eve", "zoe"}) {
            auto& other = here.enters(name);
            if (of_all) here.joins(other, "a"), here.joins(other, "b"), here.joins(other, "c");
        }
        std::string said;
        for (auto* group : {&a, &b, &c, &b, &a, &c, &a, &b, &here.registry.lobby(), &c, &b, &a}) {
            const std::string text = std::to_string(said.size());
            here.says(*group, text);
            said += (group->name.empty() ? "** " : "#" + std::string(group->name) + " ** ") + text + "\n";
        }
        here.flush();
        CHECK(here.read(lily) == said);
    }
}

TEST_CASE("a group that talks alone sends nothing before the turn ends") {
    Gathering here;
    auto& lily = here.enters("lily");
    auto& bob = here.enters("bob");
    auto& dev = here.joins(lily, "dev");
    here.joins(bob, "dev");
    const std::size_t before = here.transport.sends();
    for (int i = 0; i < 10; ++i) here.says(dev, "hello");
    CHECK(here.transport.sends() == before);
    here.flush();
    CHECK(here.transport.sends() == before + 2);
    here.flush();
    CHECK(here.transport.sends() == before + 2);
}

TEST_CASE("what is sent to one member comes after all that it should have heard, and no other hears it") {
    Gathering here;
    auto &lily = here.enters("lily"), &bob = here.enters("bob");
    auto& dev = here.joins(lily, "dev");
    here.joins(bob, "dev");
    here.says(here.registry.lobby(), "1");
    here.says(dev, "2");
    here.registry.delivery().tell(*lily.peer, Farewell{});
    here.registry.delivery().send_back(*lily.peer, "3\n");
    CHECK(here.read(lily) == "** 1\n#dev ** 2\n-- Goodbye!\n3\n");
    here.flush();
    CHECK(here.read(lily) == "");
    CHECK(here.read(bob) == "** 1\n#dev ** 2\n");
}

TEST_CASE("what is published to a few is heard by each of them, with stamps if it uses them") {
    Gathering here;
    auto &lily = here.enters("lily"), &bob = here.enters("bob"), &eve = here.enters("eve");
    here.registry.use_stamps(*bob.peer);
    here.says(here.registry.lobby(), "before");
    TextPeer* const few[] = {lily.peer, bob.peer};
    here.registry.delivery().publish(few, Announced{"few", {}, {{7, 1}, {}}});
    here.flush();
    CHECK(here.read(lily) == "** before\n** few\n");
    CHECK(here.read(bob) == "+0-0 0 ** before\n+7-1 0 ** few\n");
    CHECK(here.read(eve) == "** before\n");
}

TEST_CASE("a member seated in several groups keeps its seats when its neighbours leave") {
    Gathering here;
    auto& first = here.enters("first");
    auto& lily = here.enters("lily");
    auto &a = here.joins(first, "a"), &b = here.joins(lily, "b");
    here.joins(lily, "a");
    here.joins(first, "b");
    auto& last = here.enters("last");
    here.joins(last, "a");
    here.joins(last, "b");
    (void)here.registry.remove(first);  // others move into its seats
    here.says(a, "1", &lily);
    here.says(b, "2", &last);
    here.says(here.registry.lobby(), "3", &lily);
    here.flush();
    CHECK(here.read(lily) == "#b ** 2\n");
    CHECK(here.read(last) == "#a ** 1\n** 3\n");
}

TEST_CASE("a group without members can be spoken to, and forgotten") {
    Gathering here;
    auto& lily = here.enters("lily");
    auto* empty = here.registry.create_group("empty");
    REQUIRE(empty != nullptr);
    here.says(*empty, "unheard");
    here.registry.delivery().forget(*empty);
    here.says(here.registry.lobby(), "heard");
    here.flush();
    CHECK(here.read(lily) == "** heard\n");
}

TEST_CASE("a peer that takes nothing is reported at the end of the turn, once it is behind by more than the limit") {
    const std::string text(46, 'x');
    REQUIRE(wire_bytes(text) == 50);
    Gathering here{Limits{.backlog_bytes = 100}};
    auto &lily = here.enters("lily"), &bob = here.enters("bob");
    const auto id = bob.peer->id;
    here.transport.stall(id);
    for (int i = 0; i < 2; ++i) here.says(here.registry.lobby(), text);
    CHECK(slow(here) == "");
    SECTION("by what is said to all") { here.says(here.registry.lobby(), ""); }
    SECTION("by what is sent to it alone") { here.registry.delivery().send_back(*bob.peer, "x"); }
    SECTION("but not by what it says itself") {
        here.says(here.registry.lobby(), "", &bob);
        CHECK(slow(here) == "");
        return;
    }
    SECTION("and not as soon as it reads again") {
        here.transport.stall(id, false);
        here.says(here.registry.lobby(), text);
        CHECK(slow(here) == "");
        return;
    }
    here.says(here.registry.lobby(), "");
    CHECK(slow(here) == "bob ");
    CHECK(slow(here) == "");
    here.says(here.registry.lobby(), "on we go");
    CHECK(slow(here) == "");
    CHECK(here.read(lily).ends_with("** on we go\n"));
}

TEST_CASE("the removal of a slow peer may be announced, and that is heard in the same turn") {
    Gathering here{Limits{.backlog_bytes = 10}};
    auto &lily = here.enters("lily"), &bob = here.enters("bob"), &eve = here.enters("eve");
    auto& dev = here.joins(lily, "dev");
    here.joins(bob, "dev");
    for (const auto* slow : {&bob, &eve}) here.transport.stall(slow->peer->id);
    here.says(here.registry.lobby(), "hello, hello");
    here.registry.delivery().flush([&](TextPeer& peer) {
        peer.closing = true;
        here.registry.detach(peer);
        here.says(dev, "one is gone");
    });
    CHECK(here.read(lily) == "** hello, hello\n#dev ** one is gone\n#dev ** one is gone\n");
}

TEST_CASE("a group that has been very busy gives its memory back once it is silent, however busy others are") {
    Gathering here;
    auto& lily = here.enters("lily");
    auto& dev = here.joins(lily, "dev");
    here.says(dev, std::string(100'000, 'x'));
    here.flush();
    CHECK(dev.fanout.has_grown());
    here.says(here.registry.lobby(), "hello");
    here.flush();
    CHECK_FALSE(dev.fanout.has_grown());
    here.says(dev, "again");
    here.flush();
    CHECK(here.read(lily).ends_with("#dev ** again\n"));
}
