#include "minimeta/features/notices.hpp"

#include <cstdint>
#include <string>

#include "catch.hpp"
#include "minimeta/event.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/time.hpp"
#include "unit/described.hpp"
#include "unit/gathering.hpp"

using namespace minimeta;

namespace {

constexpr Time at(std::int64_t second) { return Time{} + seconds(second); }

// Three members are a large group.
struct Office : Gathering {
    Office() : Gathering(Limits{.noticed_members = 2, .summary_seconds = 10}) {}

    Notices<Types> notices{registry, limits};

    std::string heard_by(const Registry::Member& member) {
        flush();
        return read(member);
    }
};

const std::string anna_joined = "-- anna joined.\n", anna_left = "-- anna is gone.\n";

}  // namespace

TEST_CASE("in a small group changes are announced as they happen, except to their member") {
    Office here;
    here.notices.advance(at(0));
    auto &lily = here.enters("lily"), &bob = here.enters("bob");
    here.notices.announce(here.registry.lobby(), Joined{"anna"}, &MembershipSummary::joined, bob.peer);
    CHECK(here.heard_by(lily) == anna_joined);
    CHECK(here.heard_by(bob) == "");
    CHECK_FALSE(here.notices.deadline());
}

TEST_CASE("in a large group they are counted, and a summary is due once, so long after the first") {
    Office here;
    auto& lily = here.enters("lily");
    for (const char* name : {"bob", "eve"}) here.enters(name);
    auto& lobby = here.registry.lobby();
    here.notices.advance(at(100));
    here.notices.announce(lobby, Joined{"anna"}, &MembershipSummary::joined);
    here.notices.advance(at(105));
    here.notices.announce(lobby, Left{"anna", {}}, &MembershipSummary::left);
    here.notices.announce(lobby, Joined{"anna"}, &MembershipSummary::joined);
    here.notices.announce(lobby, Renamed{"anna", "ann"}, &MembershipSummary::renamed);
    CHECK(here.heard_by(lily) == "");
    CHECK((here.notices.deadline() == at(110)));
    CHECK(here.notices.due(at(110) - Duration{1}) == nullptr);
    REQUIRE(here.notices.due(at(110)) == &lobby);
    CHECK(described(here.notices.take(lobby)) == "2 joined, 1 left, 1 renamed");
    CHECK(here.notices.due(at(1'000)) == nullptr);
    CHECK_FALSE(here.notices.deadline());
    CHECK(described(here.notices.take(lobby)) == "0 joined, 0 left, 0 renamed");

    here.notices.advance(at(200));
    here.notices.announce(lobby, Left{"ann", {}}, &MembershipSummary::left);
    CHECK((here.notices.deadline() == at(210)));
}

TEST_CASE("each large group has a summary of its own") {
    Office here;
    here.notices.advance(at(0));
    Gathering::Registry::Group* dev = nullptr;
    for (const char* name : {"lily", "bob", "eve"}) dev = &here.joins(here.enters(name), "dev");
    here.notices.announce(*dev, GroupJoined{"anna", "dev"}, &MembershipSummary::joined);
    here.notices.advance(at(3));
    here.notices.announce(here.registry.lobby(), Left{"anna", {}}, &MembershipSummary::left);
    REQUIRE(here.notices.due(at(13)) == dev);
    CHECK(described(here.notices.take(*dev)) == "#dev 1 joined, 0 left, 0 renamed");
    REQUIRE(here.notices.due(at(13)) == &here.registry.lobby());
    CHECK(described(here.notices.take(here.registry.lobby())) == "0 joined, 1 left, 0 renamed");
}

TEST_CASE("a change of a member is announced once to each that shares a small group with it, if the lobby is large") {
    Office here;
    here.notices.advance(at(0));
    auto &anna = here.enters("anna"), &lily = here.enters("lily"), &bob = here.enters("bob"), &eve = here.enters("eve"),
         &max = here.enters("max");
    for (auto* member : {&anna, &lily}) here.joins(*member, "a"), here.joins(*member, "b");
    for (auto* member : {&anna, &bob, &eve, &max}) here.joins(*member, "large");
    here.notices.announce(anna, Renamed{"x", "anna"}, &MembershipSummary::renamed, anna.peer);
    CHECK(here.heard_by(lily) == "-- x is now anna.\n");
    CHECK(here.heard_by(bob) == "");
    CHECK(here.heard_by(anna) == "");
    const auto departed = here.registry.remove(anna);
    here.notices.announce(*departed.member, Left{"anna", {}}, &MembershipSummary::left);
    CHECK(here.heard_by(lily) == anna_left);
    CHECK(here.heard_by(eve) == "");
    CHECK(described(here.notices.take(here.registry.lobby())) == "0 joined, 1 left, 1 renamed");
}

TEST_CASE("a change of a member is announced once to each if no group is large") {
    Office here;
    here.notices.advance(at(0));
    auto &anna = here.enters("anna"), &lily = here.enters("lily");
    for (auto* member : {&anna, &lily}) here.joins(*member, "a"), here.joins(*member, "b");
    here.notices.announce(anna, Left{"anna", {}}, &MembershipSummary::left, anna.peer);
    CHECK(here.heard_by(lily) == anna_left);
}

TEST_CASE("without time nothing is summed up, however many there are") {
    Office here;
    auto& lily = here.enters("lily");
    for (const char* name : {"bob", "eve", "zoe", "max"}) here.enters(name);
    here.notices.announce(here.registry.lobby(), Joined{"anna"}, &MembershipSummary::joined);
    CHECK(here.heard_by(lily) == anna_joined);
    CHECK_FALSE(here.notices.deadline());
}
