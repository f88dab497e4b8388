// The cost of all members joining at once, and of all leaving: with summaries in a large room, which is the default,
// and with each join and leave broadcast.
//
// 10,000 members join (or leave) within so many turns, a tenth of a second each; then ten more seconds pass, so that
// the summaries have been sent. There are no messages. The transport only counts: `bytes/member` is what each member is
// sent, the greeting and all answers included, `sends/member` in how many slices.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "allocations.hpp"
#include "full_room.hpp"

namespace {

using benchmark::Counter;

constexpr std::uint32_t members = 10'000;

struct Storm {
    explicit Storm(const benchmark::State& state)
        : turns(static_cast<std::uint32_t>(state.range(0))), room(transport, limits_of(state.range(1) != 0)) {
        for (std::uint32_t id = 0; id < members; ++id) lines.push_back("name:u" + std::to_string(id) + "\n");
    }

    static minimeta::Limits limits_of(bool summed_up) {
        minimeta::Limits limits = unhurried;
        if (!summed_up) limits.noticed_members = std::numeric_limits<std::size_t>::max();
        return limits;
    }

    // Calls `happen(id)` for each member.
    template <class Happen>
    void pass(Happen&& happen) {
        for (std::uint32_t id = 0; id < members; ++id) {
            if (id % (members / turns) == 0) room.advance(now = now + minimeta::milliseconds(100));
            happen(id);
            if ((id + 1) % (members / turns) == 0) room.flush();
        }
        room.advance(now = now + minimeta::seconds(10));
        room.flush();
    }
    void come() {
        pass([this](std::uint32_t id) {
            room.on_open(id);
            room.on_receive(id, lines[id]);
        });
    }
    void go() {
        pass([this](std::uint32_t id) { room.on_close(id); });
    }

    std::uint32_t turns;
    std::vector<std::string> lines;
    CountingTransport transport;
    minimeta::Room<CountingTransport> room;
    minimeta::Time now{};
};

// Measures `storm()`, and lets `calm()` bring the room back to where it was before.
template <class StormIt, class Calm>
void measure_storm(benchmark::State& state, Storm& at, StormIt&& storm, Calm&& calm) {
    storm();  // once, so that memory is there
    calm();
    std::size_t allocated = 0, bytes = 0, sends = 0;
    for (auto _ : state) {
        const std::size_t allocated_before = allocations();
        at.transport = {};
        storm();
        state.PauseTiming();
        allocated += allocations() - allocated_before;
        bytes += at.transport.sent_bytes;
        sends += at.transport.sends;
        calm();
        state.ResumeTiming();
    }
    const double all = static_cast<double>(state.iterations()) * members;
    state.counters["per member"] = Counter(all, Counter::kIsRate | Counter::kInvert);
    state.counters["bytes/member"] = static_cast<double>(bytes) / all;
    state.counters["sends/member"] = static_cast<double>(sends) / all;
    state.counters["new/member"] = static_cast<double>(allocated) / all;
}

void everybody_comes(benchmark::State& state) {
    Storm storm(state);
    measure_storm(
        state, storm, [&] { storm.come(); }, [&] { storm.go(); });
}

void everybody_goes(benchmark::State& state) {
    Storm storm(state);
    storm.come();
    measure_storm(
        state, storm, [&] { storm.go(); }, [&] { storm.come(); });
}

void loads(benchmark::internal::Benchmark* benchmark) {
    benchmark->ArgNames({"turns", "summed_up"})->ArgsProduct({{1, 100}, {0, 1}});
    benchmark->Unit(benchmark::kMillisecond);
}

BENCHMARK(everybody_comes)->Apply(loads);
BENCHMARK(everybody_goes)->Apply(loads);

}  // namespace
