#include "minimeta/state/registry.hpp"

#include "catch.hpp"
#include "minimeta/limits.hpp"
#include "unit/gathering.hpp"

using namespace minimeta;

TEST_CASE("a connection is found by its id until it is closing or closed") {
    Gathering here;
    auto& peer = here.connects();
    CHECK(here.registry.open_peer(peer.id) == &peer);
    CHECK(here.registry.member(peer.id) == nullptr);
    CHECK(here.registry.open_peer(99) == nullptr);
    auto* member = here.registry.enter(peer, "lily");
    REQUIRE(member != nullptr);
    CHECK(here.registry.member(peer.id) == &peer);
    peer.closing = true;
    CHECK(here.registry.open_peer(peer.id) == nullptr);
    CHECK(here.registry.member(peer.id) == nullptr);
    (void)here.registry.remove(*member);
    here.registry.close(peer);
    CHECK(here.registry.peers().size() == 0);
}

TEST_CASE("members have numbers that are never given twice, and names that are unique") {
    Gathering here;
    auto& lily = here.enters("lily");
    CHECK((lily.number == MemberNumber{1}));
    CHECK(here.registry.enter(here.connects(), "LILY") == nullptr);
    auto& bob = here.enters("bob");
    CHECK((bob.number == MemberNumber{2}));
    CHECK_FALSE(here.registry.rename(bob, "Lily"));
    (void)here.registry.remove(bob);
    CHECK((here.enters("bob").number == MemberNumber{3}));
    CHECK(here.registry.lobby().members == 2);
}

TEST_CASE("the lobby is found by its name and by none, and is not among the others") {
    Gathering here;
    auto& lily = here.enters("lily");
    for (const char* name : {"", "lobby", "LOBBY", "ｌｏｂｂｙ"})
        CHECK(here.registry.find_group(name) == &here.registry.lobby());
    CHECK(here.registry.group_of(lily, "lobby") == &here.registry.lobby());
    CHECK(here.registry.find_group("dev") == nullptr);
    CHECK(here.registry.groups().size() == 0);
}

TEST_CASE("a group is a member's while it is in it, and exists while it has a member") {
    Gathering here;
    auto &lily = here.enters("lily"), &bob = here.enters("bob");
    auto& dev = here.joins(lily, "Dev");
    CHECK(here.joins(bob, "dev").name == "Dev");
    CHECK(dev.members == 2);
    CHECK(here.registry.group_of(lily, "DEV") == &dev);
    CHECK_FALSE(here.registry.leave(lily, dev));
    CHECK(here.registry.group_of(lily, "dev") == nullptr);
    CHECK(dev.members == 1);
    {
        const auto ended = here.registry.leave(bob, dev);
        REQUIRE(ended);
        CHECK(dev.name == "Dev");  // as long as that is held
        CHECK(here.registry.find_group("dev") == nullptr);
    }
    CHECK(here.registry.groups().size() == 0);
}

TEST_CASE("there are as many groups as there may be, and a permanent one does not end") {
    Gathering here{Limits{.groups = 2}};
    auto* dev = here.registry.create_group("dev");
    REQUIRE(dev != nullptr);
    CHECK(here.registry.create_group("tea") != nullptr);
    CHECK(here.registry.create_group("third") == nullptr);
    dev->permanent = true;
    CHECK_FALSE(here.registry.remove_if_empty(*dev));
    dev->permanent = false;
    CHECK(here.registry.remove_if_empty(*dev));
    CHECK(here.registry.create_group("third") != nullptr);
}

TEST_CASE("a removed member is gone from everywhere, and its last groups live as long as it is held") {
    Gathering here;
    auto &lily = here.enters("lily"), &bob = here.enters("bob");
    auto& own = here.joins(lily, "own");
    auto& shared = here.joins(lily, "shared");
    here.joins(bob, "shared");
    {
        const auto departed = here.registry.remove(lily);
        CHECK(departed.member->name == "lily");
        CHECK(departed.ended.size() == 1);
        CHECK(own.name == "own");
        CHECK(here.registry.find_group("own") == nullptr);
    }
    CHECK(shared.members == 1);
    CHECK(shared.fanout.size() == 1);
    CHECK(here.registry.lobby().members == 1);
    CHECK(here.registry.lobby().fanout.size() == 1);
}

TEST_CASE("a member without a connection is in its groups and hears nothing, until it has another one") {
    Gathering here;
    auto &lily = here.enters("lily"), &bob = here.enters("bob");
    auto& dev = here.joins(lily, "dev");
    here.joins(bob, "dev");
    auto& old = *lily.peer;
    here.registry.detach(old);
    CHECK(lily.peer == nullptr);
    CHECK(old.member == nullptr);
    CHECK(dev.members == 2);
    here.says(dev, "unheard");
    here.says(here.registry.lobby(), "unheard");
    here.flush();
    CHECK(here.read(old.id) == "");
    CHECK(here.read(bob) == "#dev ** unheard\n** unheard\n");

    auto& fresh = here.connects();
    here.registry.attach(fresh, lily);
    here.says(dev, "heard");
    here.flush();
    CHECK(here.read(lily) == "#dev ** heard\n");
    CHECK(here.read(old.id) == "");
    CHECK(here.registry.member(fresh.id) == &fresh);
}

TEST_CASE("a member that leaves a group in the middle of a turn has been given what was said there") {
    Gathering here;
    auto &lily = here.enters("lily"), &bob = here.enters("bob");
    auto& dev = here.joins(lily, "dev");
    here.joins(bob, "dev");
    here.says(dev, "one");
    (void)here.registry.leave(lily, dev);
    here.says(dev, "two");
    here.flush();
    CHECK(here.read(lily) == "#dev ** one\n");
    CHECK(here.read(bob) == "#dev ** one\n#dev ** two\n");
}

TEST_CASE("a peer that uses stamps hears them from then on, everywhere") {
    Gathering here;
    auto& lily = here.enters("lily");
    auto& dev = here.joins(lily, "dev");
    here.says(dev, "one");
    here.registry.use_stamps(*lily.peer);
    here.says(dev, "two");
    here.says(here.registry.lobby(), "three");
    here.joins(lily, "tea");
    here.says(*here.registry.find_group("tea"), "four");
    here.flush();
    CHECK(here.read(lily) == "#dev ** one\n+0-0 0 #dev ** two\n+0-0 0 ** three\n+0-0 0 #tea ** four\n");
}
