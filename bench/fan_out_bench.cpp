// What it costs to say something to everybody: ours, and the naive room beside it.
//
// A round is a turn: one member says `messages` texts of `bytes` bytes, and everybody else reads what they got. Ours also
// checks each text, and skips its speaker. `deliveries/s` counts a message once for each member who gets it;
// `per delivery` and `per member` are the time of a round, shared among these; `new/message` counts calls of operator new.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "allocations.hpp"
#include "minimeta/minimeta.hpp"
#include "naive_room.hpp"

namespace {

using benchmark::Counter;
using minimeta::Bytes;
using minimeta::LoopbackTransport;

struct Load {
    explicit Load(const benchmark::State& state)
        : members(static_cast<std::size_t>(state.range(0))),
          messages(static_cast<std::size_t>(state.range(1))),
          text(static_cast<std::size_t>(state.range(2)), 'x') {}

    std::size_t members, messages;
    std::string text;
};

// Measures `round()`, once it is in its stride.
template <class Round>
void measure(benchmark::State& state, const Load& load, Round&& round) {
    for (int i = 0; i < 8; ++i) round();
    const std::size_t before = allocations();
    for (auto _ : state) round();
    const auto rounds = static_cast<double>(state.iterations());
    const double messages = rounds * static_cast<double>(load.messages);
    const double members = rounds * static_cast<double>(load.members);
    state.counters["deliveries/s"] = Counter(messages * static_cast<double>(load.members - 1), Counter::kIsRate);
    state.counters["per delivery"] =
        Counter(messages * static_cast<double>(load.members - 1), Counter::kIsRate | Counter::kInvert);
    state.counters["per member"] = Counter(members, Counter::kIsRate | Counter::kInvert);
    state.counters["new/message"] = static_cast<double>(allocations() - before) / messages;
}

// A room full of members, over some transport.
template <class Transport>
struct FullRoom {
    explicit FullRoom(std::size_t members) {
        for (std::size_t i = 0; i < members; ++i) join(static_cast<typename Transport::connection_id>(i));
    }
    void join(typename Transport::connection_id id) {
        room.on_open(id);
        (void)room.rename(id, "u" + std::to_string(id));
    }

    static constexpr minimeta::Limits unhurried{.connections = 1'000'000, .messages_per_second = 0};
    Transport transport;
    minimeta::Room<Transport> room{transport, unhurried};
};

// The same with peers who read.
struct ReadingRoom : FullRoom<LoopbackTransport> {
    explicit ReadingRoom(std::size_t members) : FullRoom(0) {
        for (std::size_t i = 0; i < members; ++i) {
            ids.push_back(transport.connect());
            transport.run(room);
            (void)room.rename(ids.back(), "u" + std::to_string(i));
            if (i % 64 == 0) read_all();  // so that nobody is too slow while the others come in
        }
        read_all();
    }
    void read_all() {
        room.flush();
        for (const auto id : ids)
            transport.read(id, [](const Bytes& slice) { benchmark::DoNotOptimize(slice.data()); });
    }

    std::vector<LoopbackTransport::connection_id> ids;
};

// From room.say to slices in everybody's inbox, and out of it.
void say_to_all(benchmark::State& state) {
    const Load load(state);
    ReadingRoom full(load.members);
    measure(state, load, [&] {
        for (std::size_t i = 0; i < load.messages; ++i) (void)full.room.say(full.ids[0], load.text);
        full.read_all();
    });
}

void naive_say_to_all(benchmark::State& state) {
    const Load load(state);
    NaiveRoom room(load.members);
    measure(state, load, [&] {
        for (std::size_t i = 0; i < load.messages; ++i) room.say(0, load.text);
        for (std::size_t i = 0; i < load.members; ++i)
            room.read(i, [](std::string_view queue) { benchmark::DoNotOptimize(queue.data()); });
    });
}

// From the bytes of lines to slices in everybody's inbox, and out of it.
void lines_to_all(benchmark::State& state) {
    const Load load(state);
    ReadingRoom full(load.members);
    std::string lines;
    for (std::size_t i = 0; i < load.messages; ++i) lines += load.text + "\n";
    measure(state, load, [&] {
        full.room.on_receive(full.ids[0], lines);
        full.read_all();
    });
}

// The room's own share: the transport does nothing but count.
struct CountingTransport {
    using connection_id = std::uint32_t;
    void send(connection_id, const Bytes& bytes) { sent_bytes += bytes.size(); }
    void close(connection_id) {}
    std::size_t sent_bytes = 0;
};

void fan_out_alone(benchmark::State& state) {
    const Load load(state);
    FullRoom<CountingTransport> full(load.members);
    full.room.flush();
    measure(state, load, [&] {
        for (std::size_t i = 0; i < load.messages; ++i) (void)full.room.say(0, load.text);
        full.room.flush();
        benchmark::DoNotOptimize(full.transport.sent_bytes);
    });
}

// A turn in which nobody says anything.
void quiet_turn(benchmark::State& state) {
    FullRoom<CountingTransport> full(static_cast<std::size_t>(state.range(0)));
    full.room.flush();
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
