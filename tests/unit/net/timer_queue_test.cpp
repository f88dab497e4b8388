#include "minimeta/net/timer_queue.hpp"

#include <memory>
#include <string>
#include <utility>

#include "catch.hpp"

using minimeta::Time;
using minimeta::net::TimerQueue;

TEST_CASE("functions are called in order of time, those of one time in order of adding") {
    TimerQueue queue;
    std::string order;
    for (const auto& [time, name] :
         {std::pair{30, "e"}, {10, "a"}, {20, "c"}, {10, "b"}, {20, "d"}, {40, "f"}, {-5, "-"}})
        queue.add(Time{time}, [&order, name = name] { order += name; });
    queue.call_due(Time{30});
    CHECK(order == "-abcde");
    CHECK(queue.size() == 1);
    queue.call_due(Time{40});
    CHECK(order == "-abcdef");
}

TEST_CASE("a function is called once, at its time and not before") {
    TimerQueue queue;
    int calls = 0;
    CHECK_FALSE(queue.next_deadline());
    queue.add(Time{10}, [&] { ++calls; });
    CHECK(queue.next_deadline() == Time{10});
    queue.call_due(Time{9});
    CHECK(calls == 0);
    queue.call_due(Time{10});
    queue.call_due(Time{11});
    CHECK(calls == 1);
    CHECK_FALSE(queue.next_deadline());
}

TEST_CASE("what a function adds is called the next time, even if it is due") {
    TimerQueue queue;
    std::string order;
    queue.add(Time{10}, [&] {
        order += "a";
        queue.add(Time{5}, [&] { order += "c"; });
    });
    queue.add(Time{10}, [&] { order += "b"; });
    queue.call_due(Time{10});
    CHECK(order == "ab");
    CHECK(queue.next_deadline() == Time{5});
    queue.call_due(Time{10});
    CHECK(order == "abc");
}

TEST_CASE("functions that own something are moved, and destroyed with the queue") {
    const auto shared = std::make_shared<int>(0);
    {
        TimerQueue queue;
        for (int i = 100; i > 0; --i) queue.add(Time{i}, [shared] { ++*shared; });
        queue.call_due(Time{40});
        CHECK(*shared == 40);
        CHECK(shared.use_count() == 61);
    }
    CHECK(shared.use_count() == 1);
}
