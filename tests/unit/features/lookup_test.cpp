#include "minimeta/features/lookup.hpp"

#include <string>

#include "catch.hpp"
#include "minimeta/features.hpp"
#include "minimeta/limits.hpp"
#include "unit/described.hpp"
#include "unit/gathering.hpp"

using namespace minimeta;

namespace {

struct Office : Gathering {
    using Gathering::Gathering;

    Features<Context<Types>> lookup{context};

    /// A member is away.
    void leaves(Registry::Member& member) { member.details().away_text.reset(new std::string); }

    /// A member's connection is lost.
    void loses(Registry::Member& member) {
        context.sessions.offer({1, 2});
        (void)context.sessions.open(member.number, member);
        registry.detach(*member.peer);
        (void)context.sessions.lose(member.number, 0, {});
    }

    // As in `bob lily- zoe?`, where lily is away and zoe is lost.
    std::string members_of(const Registry::Group& group) {
        std::string all;
        for (const Presence& each : lookup.members_of(group))
            all.append(all.empty() ? "" : " ")
                .append(each.name)
                .append(each.away ? "-" : "")
                .append(each.lost ? "?" : "");
        return all;
    }
    std::string groups() {
        std::string all;
        for (const GroupSize& each : lookup.groups(100))
            all.append(all.empty() ? "" : " ").append(each.name).append("=").append(std::to_string(each.members));
        return all;
    }
};

}  // namespace

TEST_CASE("the members of the lobby and of a group are listed by name, and marked if away or lost") {
    Office here;
    auto &zoe = here.enters("zoe"), &lily = here.enters("lily");
    here.enters("bob");
    auto& dev = here.joins(zoe, "dev");
    here.joins(lily, "dev");
    CHECK(here.members_of(here.registry.lobby()) == "bob lily zoe");
    CHECK(here.members_of(dev) == "lily zoe");
    here.leaves(lily);
    here.loses(zoe);
    CHECK(here.members_of(here.registry.lobby()) == "bob lily- zoe?");
    CHECK(here.members_of(dev) == "lily- zoe?");
    here.leaves(zoe);
    CHECK(here.members_of(dev) == "lily- zoe-?");
}

TEST_CASE("a lost member is listed in its own groups, and in no others") {
    Office here;
    auto &lily = here.enters("lily"), &bob = here.enters("bob");
    auto &dev = here.joins(lily, "dev"), &tea = here.joins(bob, "tea");
    here.loses(lily);
    CHECK(here.members_of(dev) == "lily?");
    CHECK(here.members_of(tea) == "bob");
}

TEST_CASE("no more are listed than the limit, of the lobby and of a group") {
    Office here{Limits{.listed_names = 2}};
    Gathering::Registry::Group* dev = nullptr;
    for (const char* name : {"a", "b", "c", "d"}) dev = &here.joins(here.enters(name), "dev");
    CHECK(here.lookup.members_of(here.registry.lobby()).size() == 2);
    CHECK(here.lookup.members_of(*dev).size() == 2);
}

TEST_CASE("all groups are listed by name, the lobby first, and lost members count for their sizes") {
    Office here;
    CHECK(here.groups() == "=0");
    auto &lily = here.enters("lily"), &bob = here.enters("bob");
    for (const char* name : {"tea", "Dev", "art"}) here.joins(lily, name);
    here.joins(bob, "tea");
    CHECK(here.groups() == "=2 Dev=1 art=1 tea=2");
    here.loses(bob);
    CHECK(here.groups() == "=2 Dev=1 art=1 tea=2");
}

TEST_CASE("a member's groups are listed in the order in which it joined them") {
    Office here;
    auto& lily = here.enters("lily");
    CHECK(here.lookup.groups_of(lily).empty());
    for (const char* name : {"tea", "dev", "art"}) here.joins(lily, name);
    CHECK(described(here.lookup.groups_of(lily)) == "[tea][dev][art]");
    (void)here.registry.leave(lily, *here.registry.find_group("dev"));
    CHECK(described(here.lookup.groups_of(lily)) == "[tea][art]");
}

TEST_CASE("of the members whose connection is lost, an answer looks at some hundreds") {
    const auto lost_before = GENERATE(499, 500);
    Office here;
    auto& zoe = here.enters("zoe");
    auto& dev = here.joins(zoe, "dev");
    for (int i = 0; i < lost_before; ++i) here.loses(here.enters("guest" + std::to_string(i)));
    here.loses(zoe);
    CHECK(here.members_of(dev) == (lost_before == 499 ? "zoe?" : ""));
    CHECK(dev.members == 1);
}
