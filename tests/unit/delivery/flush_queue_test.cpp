#include "minimeta/delivery/flush_queue.hpp"

#include <string>
#include <string_view>

#include "catch.hpp"

namespace {

struct Group {
    char name;
};

using Order = minimeta::FlushQueue<Group>;

// The names of all groups that have spoken, in order.
std::string all(const Order& order) {
    std::string names;
    for (const Group* group : order.all()) names += group->name;
    return names;
}

// The names of the groups that have spoken since this one did last; those in `settled` have nothing left.
std::string since(Order& order, const Group& group, std::string_view settled = "") {
    std::string names;
    order.settle(group, [&](const Group& other) {
        names += other.name;
        return settled.find(other.name) != settled.npos;
    });
    return names;
}

}  // namespace

TEST_CASE("settling visits the groups that spoke since, in that order") {
    Order order;
    Group a{'a'}, b{'b'}, c{'c'};
    CHECK(since(order, a) == "");
    order.move_to_back(a);
    CHECK(since(order, a) == "");
    CHECK(since(order, b) == "a");
    order.move_to_back(b);
    order.move_to_back(c);
    CHECK(since(order, a) == "bc");
    CHECK(since(order, b) == "c");
    CHECK(since(order, c) == "");
}

TEST_CASE("a group that speaks again is the last one, and there once") {
    Order order;
    Group a{'a'}, b{'b'}, c{'c'};
    for (Group* group : {&a, &a, &b, &c, &a, &b, &b}) order.move_to_back(*group);
    CHECK(all(order) == "cab");
    CHECK(since(order, c) == "ab");
    CHECK(since(order, a) == "b");
}

TEST_CASE("a group that is forgotten has not spoken, and after a clear none has") {
    Order order;
    Group a{'a'}, b{'b'}, c{'c'};
    for (Group* group : {&a, &b, &c}) order.move_to_back(*group);
    order.remove(b);
    order.remove(b);
    CHECK(all(order) == "ac");
    CHECK(since(order, b) == "ac");
    order.clear();
    CHECK(all(order) == "");
    CHECK(since(order, c) == "");
}

TEST_CASE("groups that have nothing left are not asked about again, and their order is kept") {
    Order order;
    Group a{'a'}, b{'b'}, c{'c'}, d{'d'};
    for (Group* group : {&a, &b, &c, &d}) order.move_to_back(*group);
    CHECK(since(order, a, "c") == "bcd");
    CHECK(all(order) == "abd");
    CHECK(since(order, a, "bd") == "bd");
    CHECK(all(order) == "a");
    order.move_to_back(b);
    CHECK(since(order, b, "a") == "");  // who spoke before is not looked at
    CHECK(all(order) == "ab");
}
