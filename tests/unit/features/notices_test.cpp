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

// Three are a crowd.
struct Newsroom : Gathering {
    Newsroom() : Gathering(Limits{.noticed_members = 2, .summary_seconds = 10}) {}

    Notices<MemoryTransport, Spoken> news{assembly, limits};

    std::string heard_by(const Registry::Entry& entry) {
        flush();
        return read(entry);
    }
};

const std::string anna_joined = "-- anna joined.\n", anna_left = "-- anna is gone.\n";

}  // namespace

TEST_CASE("where few are, news are told as they happen, but to whom they are about") {
    Newsroom here;
    here.news.advance(at(0));
    auto &lily = here.enters("lily"), &bob = here.enters("bob");
    here.news.tell(here.assembly.lobby(), Joined{"anna"}, &MembershipSummary::joined, bob.second.peer);
    CHECK(here.heard_by(lily) == anna_joined);
    CHECK(here.heard_by(bob) == "");
    CHECK_FALSE(here.news.deadline());
}

TEST_CASE("in a crowd they are counted, and the sum is due once, so long after the first") {
    Newsroom here;
    auto& lily = here.enters("lily");
    for (const char* name : {"bob", "eve"}) here.enters(name);
    auto& lobby = here.assembly.lobby();
    here.news.advance(at(100));
    here.news.tell(lobby, Joined{"anna"}, &MembershipSummary::joined);
    here.news.advance(at(105));
    here.news.tell(lobby, Left{"anna", {}}, &MembershipSummary::left);
    here.news.tell(lobby, Joined{"anna"}, &MembershipSummary::joined);
    here.news.tell(lobby, Renamed{"anna", "ann"}, &MembershipSummary::renamed);
    CHECK(here.heard_by(lily) == "");
    CHECK((here.news.deadline() == at(110)));
    CHECK(here.news.overdue(at(110) - Duration{1}) == nullptr);
    REQUIRE(here.news.overdue(at(110)) == &lobby);
    CHECK(described(here.news.take(lobby)) == "2 joined, 1 left, 1 renamed");
    CHECK(here.news.overdue(at(1'000)) == nullptr);
    CHECK_FALSE(here.news.deadline());
    CHECK(described(here.news.take(lobby)) == "0 joined, 0 left, 0 renamed");

    here.news.advance(at(200));
    here.news.tell(lobby, Left{"ann", {}}, &MembershipSummary::left);
    CHECK((here.news.deadline() == at(210)));
}

TEST_CASE("each crowd has a sum of its own") {
    Newsroom here;
    here.news.advance(at(0));
    Gathering::Registry::Group* dev = nullptr;
    for (const char* name : {"lily", "bob", "eve"}) dev = &here.joins(here.enters(name), "dev");
    here.news.tell(*dev, GroupJoined{"anna", "dev"}, &MembershipSummary::joined);
    here.news.advance(at(3));
    here.news.tell(here.assembly.lobby(), Left{"anna", {}}, &MembershipSummary::left);
    REQUIRE(here.news.overdue(at(13)) == dev);
    CHECK(described(here.news.take(*dev)) == "#dev 1 joined, 0 left, 0 renamed");
    REQUIRE(here.news.overdue(at(13)) == &here.assembly.lobby());
    CHECK(described(here.news.take(here.assembly.lobby())) == "0 joined, 1 left, 0 renamed");
}

TEST_CASE("what happens to a member is told once to whoever shares a small group with it, if the lobby is a crowd") {
    Newsroom here;
    here.news.advance(at(0));
    auto &anna = here.enters("anna"), &lily = here.enters("lily"), &bob = here.enters("bob"), &eve = here.enters("eve"),
         &max = here.enters("max");
    for (auto* entry : {&anna, &lily}) here.joins(*entry, "a"), here.joins(*entry, "b");
    for (auto* entry : {&anna, &bob, &eve, &max}) here.joins(*entry, "large");
    here.news.tell_all(anna.second, Renamed{"x", "anna"}, &MembershipSummary::renamed, anna.second.peer);
    CHECK(here.heard_by(lily) == "-- x is now anna.\n");
    CHECK(here.heard_by(bob) == "");
    CHECK(here.heard_by(anna) == "");
    const auto departed = here.assembly.remove(anna);
    here.news.tell_all(departed.entry.mapped(), Left{"anna", {}}, &MembershipSummary::left);
    CHECK(here.heard_by(lily) == anna_left);
    CHECK(here.heard_by(eve) == "");
    CHECK(described(here.news.take(here.assembly.lobby())) == "0 joined, 1 left, 1 renamed");
}

TEST_CASE("what happens to a member is told once to each if all are few") {
    Newsroom here;
    here.news.advance(at(0));
    auto &anna = here.enters("anna"), &lily = here.enters("lily");
    for (auto* entry : {&anna, &lily}) here.joins(*entry, "a"), here.joins(*entry, "b");
    here.news.tell_all(anna.second, Left{"anna", {}}, &MembershipSummary::left, anna.second.peer);
    CHECK(here.heard_by(lily) == anna_left);
}

TEST_CASE("without time nothing is summed up, however many there are") {
    Newsroom here;
    auto& lily = here.enters("lily");
    for (const char* name : {"bob", "eve", "zoe", "max"}) here.enters(name);
    here.news.tell(here.assembly.lobby(), Joined{"anna"}, &MembershipSummary::joined);
    CHECK(here.heard_by(lily) == anna_joined);
    CHECK_FALSE(here.news.deadline());
}
