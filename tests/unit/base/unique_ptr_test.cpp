#include "minimeta/base/unique_ptr.hpp"

#include <type_traits>
#include <utility>

#include "catch.hpp"

using minimeta::UniquePtr;

namespace {

int alive = 0;

struct Base {
    Base() { ++alive; }
    Base(const Base&) = delete;
    virtual ~Base() { --alive; }
};

}  // namespace

TEST_CASE("what is owned is deleted with its owner, or when another takes its place") {
    {
        UniquePtr<Base> owner(new Base);
        CHECK(alive == 1);
        owner.reset(new Base);
        CHECK(alive == 1);
        CHECK(owner);
        owner.reset();
        CHECK(alive == 0);
        CHECK_FALSE(owner);
        owner.reset(new Base);
    }
    CHECK(alive == 0);
}

TEST_CASE("ownership moves, and is given up") {
    UniquePtr<Base> first(new Base);
    Base* const owned = first.get();
    UniquePtr<Base> second(std::move(first));
    CHECK(second.get() == owned);
    UniquePtr<Base> third(new Base);
    third = std::move(second);
    CHECK(third.get() == owned);
    CHECK(alive == 1);
    Base* const released = third.release();
    CHECK(released == owned);
    CHECK_FALSE(third);
    CHECK(alive == 1);
    delete released;
}

TEST_CASE("a node of a list can take the place of the one before it") {
    struct Node {
        UniquePtr<Node> next;
        Base value;
    };
    UniquePtr<Node> list(new Node);
    list->next.reset(new Node);
    Node* const second = list->next.get();
    list = std::move(list->next);
    CHECK(list.get() == second);
    CHECK(alive == 1);
}

static_assert(!std::is_copy_constructible_v<UniquePtr<int>>);
