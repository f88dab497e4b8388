#include "minimeta/speaking_order.hpp"

#include <string>

#include "catch.hpp"

namespace {

struct Group {
    char name;
};

// The names of groups, in their order.
template <class Groups>
std::string names(const Groups& groups) {
    std::string all;
    for (const Group* group : groups) all += group->name;
    return all;
}

}  // namespace

TEST_CASE("who has spoken since a group did last is told, in that order") {
    minimeta::SpeakingOrder<Group> order;
    Group a{'a'}, b{'b'}, c{'c'};
    CHECK(names(order.since(a)) == "");
    order.speaks(a);
    CHECK(names(order.since(a)) == "");
    CHECK(names(order.since(b)) == "a");
    order.speaks(b);
    order.speaks(c);
    CHECK(names(order.since(a)) == "bc");
    CHECK(names(order.since(b)) == "c");
    CHECK(names(order.since(c)) == "");
}

TEST_CASE("a group that speaks again is the last one, and there once") {
    minimeta::SpeakingOrder<Group> order;
    Group a{'a'}, b{'b'}, c{'c'};
    for (Group* group : {&a, &a, &b, &c, &a, &b, &b}) order.speaks(*group);
    CHECK(names(order.all()) == "cab");
    CHECK(names(order.since(c)) == "ab");
    CHECK(names(order.since(a)) == "b");
}

TEST_CASE("a group that is forgotten has not spoken, and after a clear none has") {
    minimeta::SpeakingOrder<Group> order;
    Group a{'a'}, b{'b'}, c{'c'};
    for (Group* group : {&a, &b, &c}) order.speaks(*group);
    order.forget(b);
    order.forget(b);
    CHECK(names(order.all()) == "ac");
    CHECK(names(order.since(b)) == "ac");
    order.clear();
    CHECK(names(order.all()) == "");
    CHECK(names(order.since(c)) == "");
}
