#include "minimeta/hooks.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "catch.hpp"
#include "unit/described.hpp"

using minimeta::Announced;
using minimeta::Event;
using minimeta::Hook;
using minimeta::Joined;

namespace {

std::string heard_by_function;
void listen(const Event& event) { heard_by_function = described(event); }

}  // namespace

TEST_CASE("no hook is a hook that does nothing") {
    Hook none;
    none(Event{Joined{"lily"}});
}

TEST_CASE("whatever can be called with an event is a hook") {
    SECTION("a lambda, with state of its own") {
        int count = 0;
        Hook hook = [&count, step = 0](const Event&) mutable { count += ++step; };
        hook(Event{Joined{"lily"}});
        hook(Event{Joined{"bob"}});
        CHECK(count == 3);
    }
    SECTION("a function") {
        Hook hook = listen;
        hook(Event{Announced{"hear"}});
        CHECK(heard_by_function == "** hear");
    }
    SECTION("what can only be moved") {
        auto owned = std::make_unique<std::string>("none");
        std::string& heard = *owned;
        Hook hook = [owned = std::move(owned)](const Event& event) { *owned = described(event); };
        hook(Event{Joined{"lily"}});
        CHECK(heard == "lily joined");
    }
    SECTION("what is kept elsewhere is copied") {
        auto sum = std::make_shared<int>(0);
        const auto function = [sum](const Event&) { ++*sum; };
        Hook hook = function;
        CHECK(sum.use_count() == 3);
    }
}

TEST_CASE("a hook can be moved and replaced, and lets go of what it owned") {
    const auto calls = std::make_shared<int>(0);
    Hook first = [calls](const Event&) { ++*calls; };
    Hook second = std::move(first);
    second(Event{Joined{"lily"}});
    CHECK(*calls == 1);

    second = Hook{};
    CHECK(calls.use_count() == 1);
    second(Event{Joined{"lily"}});
    CHECK(*calls == 1);
}

static_assert(!std::is_constructible_v<Hook, int>);
static_assert(!std::is_constructible_v<Hook, void (*)(std::string_view)>);
static_assert(!std::is_copy_constructible_v<Hook>);
