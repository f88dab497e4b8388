#include "minimeta/state/registry.hpp"

#include "catch.hpp"
#include "minimeta/limits.hpp"
#include "unit/gathering.hpp"

using namespace minimeta;

TEST_CASE("a connection is found by its id until it is closing or closed") {
    Gathering here;
    auto& peer = here.connects();
    CHECK(here.assembly.open_peer(peer.id) == &peer);
    CHECK(here.assembly.member(peer.id) == nullptr);
    CHECK(here.assembly.open_peer(99) == nullptr);
    auto* entry = here.assembly.enter(peer, "lily");
    REQUIRE(entry != nullptr);
    CHECK(here.assembly.member(peer.id) == &peer);
    peer.closing = true;
    CHECK(here.assembly.open_peer(peer.id) == nullptr);
    CHECK(here.assembly.member(peer.id) == nullptr);
    (void)here.assembly.remove(*entry);
    here.assembly.close(peer);
    CHECK(here.assembly.peers().empty());
}

TEST_CASE("members have numbers that are never given twice, and names that are one's own") {
    Gathering here;
    auto& lily = here.enters("lily");
    CHECK(lily.second.number == 1);
    CHECK(here.assembly.enter(here.connects(), "LILY") == nullptr);
    auto& bob = here.enters("bob");
    CHECK(bob.second.number == 2);
    CHECK_FALSE(here.assembly.rename(bob, "Lily"));
    (void)here.assembly.remove(bob);
    CHECK(here.enters("bob").second.number == 3);
    CHECK(here.assembly.lobby().members == 2);
}

TEST_CASE("the lobby is found by its name and by none, and is not among the others") {
    Gathering here;
    auto& lily = here.enters("lily");
    for (const char* name : {"", "lobby", "LOBBY", "ｌｏｂｂｙ"})
        CHECK(here.assembly.find_group(name) == &here.assembly.lobby());
    CHECK(here.assembly.group_of(*lily.second.peer, "lobby") == &here.assembly.lobby());
    CHECK(here.assembly.find_group("dev") == nullptr);
    CHECK(here.assembly.groups().size() == 0);
}

TEST_CASE("a group is a member's while it is in it, and exists while anybody is") {
    Gathering here;
    auto &lily = here.enters("lily"), &bob = here.enters("bob");
    auto& dev = here.joins(lily, "Dev");
    CHECK(here.joins(bob, "dev").name == "Dev");
    CHECK(dev.members == 2);
    CHECK(here.assembly.group_of(*lily.second.peer, "DEV") == &dev);
    CHECK_FALSE(here.assembly.leave(*lily.second.peer, dev));
    CHECK(here.assembly.group_of(*lily.second.peer, "dev") == nullptr);
    CHECK(dev.members == 1);
    {
        const auto ended = here.assembly.leave(*bob.second.peer, dev);
        REQUIRE(ended);
        CHECK(dev.name == "Dev");  // as long as that is held
        CHECK(here.assembly.find_group("dev") == nullptr);
    }
    CHECK(here.assembly.groups().size() == 0);
}

TEST_CASE("there are as many groups as there may be, and a permanent one does not end") {
    Gathering here{Limits{.groups = 2}};
    auto* dev = here.assembly.found("dev");
    REQUIRE(dev != nullptr);
    CHECK(here.assembly.found("tea") != nullptr);
    CHECK(here.assembly.found("third") == nullptr);
    dev->permanent = true;
    CHECK_FALSE(here.assembly.end_if_over(*dev));
    dev->permanent = false;
    CHECK(here.assembly.end_if_over(*dev));
    CHECK(here.assembly.found("third") != nullptr);
}

TEST_CASE("a member who is gone is gone from everywhere, and its last groups live until it is forgotten") {
    Gathering here;
    auto &lily = here.enters("lily"), &bob = here.enters("bob");
    auto& own = here.joins(lily, "own");
    auto& shared = here.joins(lily, "shared");
    here.joins(bob, "shared");
    {
        const auto departed = here.assembly.remove(lily);
        CHECK(departed.entry.key() == "lily");
        CHECK(departed.ended.size() == 1);
        CHECK(own.name == "own");
        CHECK(here.assembly.find_group("own") == nullptr);
    }
    CHECK(shared.members == 1);
    CHECK(shared.fanout.size() == 1);
    CHECK(here.assembly.lobby().members == 1);
    CHECK(here.assembly.lobby().fanout.size() == 1);
}

TEST_CASE("a member without a connection is in its groups and hears nothing, until it has another one") {
    Gathering here;
    auto &lily = here.enters("lily"), &bob = here.enters("bob");
    auto& dev = here.joins(lily, "dev");
    here.joins(bob, "dev");
    auto& old = *lily.second.peer;
    here.assembly.detach(old);
    CHECK(lily.second.peer == nullptr);
    CHECK(old.entry == nullptr);
    CHECK(dev.members == 2);
    here.says(dev, "unheard");
    here.says(here.assembly.lobby(), "unheard");
    here.flush();
    CHECK(here.read(old.id) == "");
    CHECK(here.read(bob) == "#dev ** unheard\n** unheard\n");

    auto& fresh = here.connects();
    here.assembly.attach(fresh, lily);
    here.says(dev, "heard");
    here.flush();
    CHECK(here.read(lily) == "#dev ** heard\n");
    CHECK(here.read(old.id) == "");
    CHECK(here.assembly.member(fresh.id) == &fresh);
}

TEST_CASE("whoever leaves a group in the middle of a turn has been given what was said there") {
    Gathering here;
    auto &lily = here.enters("lily"), &bob = here.enters("bob");
    auto& dev = here.joins(lily, "dev");
    here.joins(bob, "dev");
    here.says(dev, "one");
    (void)here.assembly.leave(*lily.second.peer, dev);
    here.says(dev, "two");
    here.flush();
    CHECK(here.read(lily) == "#dev ** one\n");
    CHECK(here.read(bob) == "#dev ** one\n#dev ** two\n");
}

TEST_CASE("whoever wants stamps hears them from then on, everywhere") {
    Gathering here;
    auto& lily = here.enters("lily");
    auto& dev = here.joins(lily, "dev");
    here.says(dev, "one");
    here.assembly.use_stamps(*lily.second.peer);
    here.says(dev, "two");
    here.says(here.assembly.lobby(), "three");
    here.joins(lily, "tea");
    here.says(*here.assembly.find_group("tea"), "four");
    here.flush();
    CHECK(here.read(lily) == "#dev ** one\n+0-0 0 #dev ** two\n+0-0 0 ** three\n+0-0 0 #tea ** four\n");
}
