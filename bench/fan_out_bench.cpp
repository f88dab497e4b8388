// The cost of a broadcast: ours, and the naive room beside it.
//
// A round is a turn: one member says `messages` texts of `bytes` bytes, and all other members read. Ours also validates
// each text, and skips its speaker. `deliveries/s` counts a message once for each member that receives it;
// `per delivery` and `per member` divide the time of a round by these; `new/message` counts calls of operator new.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "full_room.hpp"
#include "measure.hpp"
#include "naive_room.hpp"

namespace {

struct Load {
    explicit Load(const benchmark::State& state)
        : members(static_cast<std::size_t>(state.range(0))),
          messages(static_cast<std::size_t>(state.range(1))),
          text(static_cast<std::size_t>(state.range(2)), 'x') {}

    [[nodiscard]] Work work() const { return {messages, messages * (members - 1)}; }

    std::size_t members, messages;
    std::string text;
};

// From room.say to slices in the inbox of each member, and out of it.
void say_to_all(benchmark::State& state) {
    const Load load(state);
    ReadingRoom full(load.members);
    measure(state, load.work(), [&] {
        for (std::size_t i = 0; i < load.messages; ++i) (void)full.room.say(full.ids[0], load.text);
        full.read_all();
    });
}

void naive_say_to_all(benchmark::State& state) {
    const Load load(state);
    NaiveRoom room(load.members);
    measure(state, load.work(), [&] {
        for (std::size_t i = 0; i < load.messages; ++i) room.say(0, load.text);
        for (std::size_t i = 0; i < load.members; ++i)
            room.read(i, [](std::string_view queue) { benchmark::DoNotOptimize(queue.data()); });
    });
}

// From the bytes of lines to slices in the inbox of each member, and out of it.
void lines_to_all(benchmark::State& state) {
    const Load load(state);
    ReadingRoom full(load.members);
    std::string lines;
    for (std::size_t i = 0; i < load.messages; ++i) lines += load.text + "\n";
    measure(state, load.work(), [&] {
        full.room.on_receive(full.ids[0], lines);
        full.read_all();
    });
}

// Takes what it is sent. A second number to count would cost more than the walk that is measured.
struct SumOfBytes {
    using connection_id = std::uint32_t;
    void send(connection_id, const minimeta::Bytes& bytes) { sent_bytes += bytes.size(); }
    void close(connection_id) {}
    std::size_t sent_bytes = 0;
};

// The room's own share: the transport does nothing but count.
void fan_out_alone(benchmark::State& state) {
    const Load load(state);
    FullRoom<SumOfBytes> full(load.members);
    measure(state, load.work(), [&] {
        for (std::size_t i = 0; i < load.messages; ++i) (void)full.room.say(0, load.text);
        full.room.flush();
        benchmark::DoNotOptimize(full.transport.sent_bytes);
    });
}

// A turn without messages.
void quiet_turn(benchmark::State& state) {
    FullRoom<SumOfBytes> full(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) full.room.flush();
}

void loads(benchmark::internal::Benchmark* benchmark) {
    benchmark->ArgNames({"members", "messages", "bytes"});
    for (const std::int64_t bytes : {64, 1024})
        for (const std::int64_t members : {2, 10, 100, 1000, 10'000})
            for (const std::int64_t messages : {1, 8, 64}) benchmark->Args({members, messages, bytes});
}

void few_loads(benchmark::internal::Benchmark* benchmark) {
    benchmark->ArgNames({"members", "messages", "bytes"});
    for (const std::int64_t members : {2, 1000, 10'000})
        for (const std::int64_t messages : {1, 64}) benchmark->Args({members, messages, 64});
}

BENCHMARK(say_to_all)->Apply(loads);
BENCHMARK(naive_say_to_all)->Apply(loads);
BENCHMARK(lines_to_all)->Apply(few_loads);
BENCHMARK(fan_out_alone)->Apply(few_loads);
BENCHMARK(quiet_turn)->ArgName("members")->Arg(10)->Arg(10'000);

}  // namespace
