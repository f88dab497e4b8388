// Measurement of a round, and the counters that are reported.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <utility>

#include "allocations.hpp"
#include "minimeta/limits.hpp"

/// What is done in one round, which is a turn unless the benchmark says otherwise.
struct Work {
    std::size_t messages;
    std::size_t deliveries;  // a message counts once for each member that receives it
};

/// Kept apart, so that the rounds that are measured are compiled as if they were alone.
template <class Round>
[[gnu::noinline]] void warm_up(Round& round) {
    round();
}

/// Measures `round()`, once it is in its stride: that takes some rounds, and more messages than a history keeps.
/// `deliveries/s` and `per delivery` are what they say, `new/message` counts calls of operator new.
template <class Round>
void measure(benchmark::State& state, Work work, Round&& round) {
    using benchmark::Counter;
    constexpr std::size_t full_history = minimeta::Limits{}.history_messages;
    for (std::size_t i = 0; i < 8 || i * work.messages <= full_history; ++i) warm_up(round);
    const std::size_t before = allocations();
    for (auto _ : state) round();
    const auto rounds = static_cast<double>(state.iterations());
    const double deliveries = rounds * static_cast<double>(work.deliveries);
    state.counters["deliveries/s"] = Counter(deliveries, Counter::kIsRate);
    state.counters["per delivery"] = Counter(deliveries, Counter::kIsRate | Counter::kInvert);
    state.counters["new/message"] =
        static_cast<double>(allocations() - before) / (rounds * static_cast<double>(work.messages));
}
