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

// Takes everybody out, from the front.
std::string in_order(IntrusiveList<Guest>& chain) {
    std::string names;
    while (Guest* guest = chain.front()) {
        names += guest->name;
        IntrusiveList<Guest>::remove(*guest);
    }
    return names;
}

}  // namespace

TEST_CASE("a chain keeps the order in which things were appended") {
    IntrusiveList<Guest> chain;
    CHECK(chain.front() == nullptr);
    Guest a('a'), b('b'), c('c');
    for (Guest* guest : {&b, &a, &c}) chain.append(*guest);
    CHECK(chain.front() == &b);
    CHECK(in_order(chain) == "bac");
    CHECK(chain.front() == nullptr);
}

TEST_CASE("a thing can be taken out of a chain wherever it is") {
    for (const std::string who : {"a", "b", "c"}) {
        IntrusiveList<Guest> chain;
        std::vector<Guest> guests{Guest('a'), Guest('b'), Guest('c')};
        for (Guest& guest : guests) chain.append(guest);
        IntrusiveList<Guest>::remove(guests[static_cast<std::size_t>(who[0] - 'a')]);
        std::string rest = "abc";
        rest.erase(rest.find(who), 1);
        CHECK(in_order(chain) == rest);
    }
}

TEST_CASE("what is in no chain can be taken out of it, to no effect") {
    IntrusiveList<Guest> chain;
    Guest in('i'), out('o');
    chain.append(in);
    IntrusiveList<Guest>::remove(out);
    IntrusiveList<Guest>::remove(out);
    CHECK(in_order(chain) == "i");
}

TEST_CASE("a thing moves to the end of this chain or of another") {
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
