#include "minimeta/chain.hpp"

#include <string>
#include <vector>

#include "catch.hpp"

using minimeta::Chain;
using minimeta::Link;

namespace {

struct Guest : Link {
    explicit Guest(char letter) : name(letter) {}
    char name;
};

// Takes everybody out, from the front.
std::string in_order(Chain<Guest>& chain) {
    std::string names;
    while (Guest* guest = chain.front()) {
        names += guest->name;
        Chain<Guest>::remove(*guest);
    }
    return names;
}

}  // namespace

TEST_CASE("a chain keeps the order in which things were appended") {
    Chain<Guest> chain;
    CHECK(chain.front() == nullptr);
    Guest a('a'), b('b'), c('c');
    for (Guest* guest : {&b, &a, &c}) chain.append(*guest);
    CHECK(chain.front() == &b);
    CHECK(in_order(chain) == "bac");
    CHECK(chain.front() == nullptr);
}

TEST_CASE("a thing can be taken out of a chain wherever it is") {
    for (const std::string who : {"a", "b", "c"}) {
        Chain<Guest> chain;
        std::vector<Guest> guests{Guest('a'), Guest('b'), Guest('c')};
        for (Guest& guest : guests) chain.append(guest);
        Chain<Guest>::remove(guests[static_cast<std::size_t>(who[0] - 'a')]);
        std::string rest = "abc";
        rest.erase(rest.find(who), 1);
        CHECK(in_order(chain) == rest);
    }
}

TEST_CASE("what is in no chain can be taken out of it, to no effect") {
    Chain<Guest> chain;
    Guest in('i'), out('o');
    chain.append(in);
    Chain<Guest>::remove(out);
    Chain<Guest>::remove(out);
    CHECK(in_order(chain) == "i");
}

TEST_CASE("a thing moves to the end of this chain or of another") {
    Chain<Guest> here, there;
    Guest a('a'), b('b'), c('c');
    for (Guest* guest : {&a, &b, &c}) here.append(*guest);

    Chain<Guest>::remove(a);
    here.append(a);
    Chain<Guest>::remove(b);
    there.append(b);
    CHECK(in_order(here) == "ca");
    CHECK(in_order(there) == "b");
}
