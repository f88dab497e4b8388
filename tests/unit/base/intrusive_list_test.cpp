#include "minimeta/base/intrusive_list.hpp"

#include <string>
#include <vector>

#include "catch.hpp"

using minimeta::IntrusiveList;
using minimeta::ListNode;

namespace {

struct Guest : ListNode {
    explicit Guest(char letter) : name(letter) {}
    char name;
};

// Removes all items, from the front.
std::string in_order(IntrusiveList<Guest>& list) {
    std::string names;
    while (Guest* guest = list.front()) {
        names += guest->name;
        IntrusiveList<Guest>::remove(*guest);
    }
    return names;
}

}  // namespace

TEST_CASE("a list keeps the order in which items were appended") {
    IntrusiveList<Guest> list;
    CHECK(list.front() == nullptr);
    Guest a('a'), b('b'), c('c');
    for (Guest* guest : {&b, &a, &c}) list.append(*guest);
    CHECK(list.front() == &b);
    CHECK(in_order(list) == "bac");
    CHECK(list.front() == nullptr);
}

TEST_CASE("an item can be removed from a list wherever it is") {
    for (const std::string who : {"a", "b", "c"}) {
        IntrusiveList<Guest> list;
        std::vector<Guest> guests{Guest('a'), Guest('b'), Guest('c')};
        for (Guest& guest : guests) list.append(guest);
        IntrusiveList<Guest>::remove(guests[static_cast<std::size_t>(who[0] - 'a')]);
        std::string rest = "abc";
        rest.erase(rest.find(who), 1);
        CHECK(in_order(list) == rest);
    }
}

TEST_CASE("an item that is in no list can be removed, to no effect") {
    IntrusiveList<Guest> list;
    Guest in('i'), out('o');
    list.append(in);
    IntrusiveList<Guest>::remove(out);
    IntrusiveList<Guest>::remove(out);
    CHECK(in_order(list) == "i");
}

TEST_CASE("an item moves to the end of this list or of another") {
    IntrusiveList<Guest> here, there;
    Guest a('a'), b('b'), c('c');
    for (Guest* guest : {&a, &b, &c}) here.append(*guest);

    IntrusiveList<Guest>::remove(a);
    here.append(a);
    IntrusiveList<Guest>::remove(b);
    there.append(b);
    CHECK(in_order(here) == "ca");
    CHECK(in_order(there) == "b");
}
