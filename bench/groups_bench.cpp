// The cost of groups: of messages in groups compared with messages in the lobby, and of one order across groups.
//
// There are 1,000 members. In a turn, messages of 64 bytes are said in one group after another, `in_a_row` in each, and
// again from the first group on, until there are `messages` of them. So with 1 in a row, members of several groups have
// to be caught up most often. Then every member reads.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "full_room.hpp"
#include "measure.hpp"
#include "minimeta/protocol/protocol_set.hpp"
#include "minimeta/state/registry.hpp"
#include "naive_room.hpp"

namespace {

constexpr std::size_t members = 1000;
const std::string text(64, 'x');

// Calls `say(audience)` `messages` times.
template <class Say>
void take_turns(std::size_t audiences, std::size_t in_a_row, std::size_t messages, Say&& say) {
    for (std::size_t i = 0; i < messages; ++i) say(i / in_a_row % audiences);
}

std::string name_of(std::size_t group) { return "g" + std::to_string(group); }

// ---- All members in each group: as many deliveries as in the lobby alone.

constexpr std::size_t together_messages = 100;
constexpr Work together{together_messages, together_messages*(members - 1)};

void lobby_alone(benchmark::State& state) {
    ReadingRoom full(members);
    measure(state, together, [&] {
        for (std::size_t i = 0; i < together_messages; ++i) (void)full.room.say(full.ids[0], text);
        full.read_all();
    });
}

void same_members(benchmark::State& state) {
    const auto groups = static_cast<std::size_t>(state.range(0)), in_a_row = static_cast<std::size_t>(state.range(1));
    ReadingRoom full(members);
    std::vector<std::string> names;
    for (std::size_t group = 0; group < groups; ++group) {
        names.push_back(name_of(group));
        for (const auto id : full.ids) (void)full.room.join(id, names.back());
        full.read_all();
    }
    measure(state, together, [&] {
        take_turns(groups, in_a_row, together_messages,
                   [&](std::size_t group) { (void)full.room.say(full.ids[0], names[group], text); });
        full.read_all();
    });
}

void naive_same_members(benchmark::State& state) {
    const auto groups = static_cast<std::size_t>(state.range(0)), in_a_row = static_cast<std::size_t>(state.range(1));
    NaiveRoom room(members);
    for (std::size_t group = 0; group < groups; ++group)
        for (std::size_t i = 0; i < members; ++i) room.join(i, group);
    measure(state, together, [&] {
        take_turns(groups, in_a_row, together_messages, [&](std::size_t group) { room.say_in(group, 0, text); });
        for (std::size_t i = 0; i < members; ++i)
            room.read(i, [](std::string_view queue) { benchmark::DoNotOptimize(queue.data()); });
    });
}

// ---- Each member in one group only: as many deliveries as in that many rooms.

constexpr std::size_t messages_per_group = 100;

struct Apart {
    explicit Apart(const benchmark::State& state)
        : groups(static_cast<std::size_t>(state.range(0))),
          in_a_row(static_cast<std::size_t>(state.range(1))),
          size(members / groups),
          messages(groups * messages_per_group) {}

    [[nodiscard]] Work work() const { return {messages, messages * (size - 1)}; }

    std::size_t groups, in_a_row, size, messages;
};

void disjoint_groups(benchmark::State& state) {
    const Apart apart(state);
    ReadingRoom full(members);
    std::vector<std::string> names;
    for (std::size_t group = 0; group < apart.groups; ++group) names.push_back(name_of(group));
    for (std::size_t i = 0; i < members; ++i) (void)full.room.join(full.ids[i], names[i / apart.size]);
    full.read_all();
    measure(state, apart.work(), [&] {
        take_turns(apart.groups, apart.in_a_row, apart.messages,
                   [&](std::size_t group) { (void)full.room.say(full.ids[group * apart.size], names[group], text); });
        full.read_all();
    });
}

void rooms_apart(benchmark::State& state) {
    const Apart apart(state);
    std::deque<ReadingRoom> rooms;
    for (std::size_t i = 0; i < apart.groups; ++i) rooms.emplace_back(apart.size);
    measure(state, apart.work(), [&] {
        take_turns(apart.groups, apart.in_a_row, apart.messages,
                   [&](std::size_t i) { (void)rooms[i].room.say(rooms[i].ids[0], text); });
        for (ReadingRoom& full : rooms) full.read_all();
    });
}

void naive_disjoint_groups(benchmark::State& state) {
    const Apart apart(state);
    NaiveRoom room(members);
    for (std::size_t i = 0; i < members; ++i) room.join(i, i / apart.size);
    measure(state, apart.work(), [&] {
        take_turns(apart.groups, apart.in_a_row, apart.messages,
                   [&](std::size_t group) { room.say_in(group, group * apart.size, text); });
        for (std::size_t i = 0; i < members; ++i)
            room.read(i, [](std::string_view queue) { benchmark::DoNotOptimize(queue.data()); });
    });
}

// ---- A small group beside the lobby: as many deliveries as in a large room and a small one.

struct Beside {
    explicit Beside(const benchmark::State& state)
        : size(static_cast<std::size_t>(state.range(0))), in_a_row(static_cast<std::size_t>(state.range(1))) {}

    [[nodiscard]] static Work work_of(std::size_t size) { return {messages, messages / 2 * (members - 1 + size - 1)}; }
    [[nodiscard]] Work work() const { return work_of(size); }

    static constexpr std::size_t messages = 100;
    std::size_t size, in_a_row;
};

void group_beside_lobby(benchmark::State& state) {
    const Beside beside(state);
    ReadingRoom full(members);
    for (std::size_t i = 0; i < beside.size; ++i) (void)full.room.join(full.ids[i], "g");
    full.read_all();
    measure(state, beside.work(), [&] {
        take_turns(2, beside.in_a_row, Beside::messages,
                   [&](std::size_t which) { (void)full.room.say(full.ids[0], which == 0 ? "" : "g", text); });
        full.read_all();
    });
}

void room_beside_room(benchmark::State& state) {
    const Beside beside(state);
    ReadingRoom large(members), small(beside.size);
    measure(state, beside.work(), [&] {
        take_turns(2, beside.in_a_row, Beside::messages, [&](std::size_t which) {
            ReadingRoom& full = which == 0 ? large : small;
            (void)full.room.say(full.ids[0], text);
        });
        large.read_all();
        small.read_all();
    });
}

void naive_group_beside_lobby(benchmark::State& state) {
    const Beside beside(state);
    NaiveRoom room(members);
    for (std::size_t i = 0; i < beside.size; ++i) room.join(i, 0);
    measure(state, beside.work(), [&] {
        take_turns(2, beside.in_a_row, Beside::messages, [&](std::size_t which) {
            if (which == 0) room.say(0, text);
            else room.say_in(0, 0, text);
        });
        for (std::size_t i = 0; i < members; ++i)
            room.read(i, [](std::string_view queue) { benchmark::DoNotOptimize(queue.data()); });
    });
}

// ---- One order: before a message, either the members of its group are caught up (as the room does), or the group that
// spoke before is flushed (the plain way). Without the rules of a room, over a transport that only counts.

struct Audiences {
    using Protocols = minimeta::ProtocolSet<minimeta::Text>;
    using Registry = minimeta::Registry<minimeta::Types<CountingTransport, Protocols>>;
    using Group = Registry::Group;
    using Peer = Registry::Peer;

    Audiences() {
        for (std::uint32_t id = 0; id < members; ++id) {
            Peer& peer = registry.open(id);
            protocols.start(peer.decoder, {});
            registry.enter(peer, "u" + std::to_string(id));
        }
    }

    // Makes a group of `size` members, from `first` on.
    Group& group_of(std::uint32_t first, std::size_t size) {
        Group& group = *registry.create_group(name_of(registry.groups().size()));
        for (std::uint32_t id = first; id < first + size; ++id) registry.join(*registry.member(id)->member, group, {});
        return group;
    }

    void say(Group& group, std::uint32_t from) {
        Peer& peer = *registry.member(from);
        registry.delivery().publish(group, said(group, peer), &peer);
    }
    void flush() {
        registry.delivery().flush([](Peer&) {});
    }

    // The plain way.
    void plainly_say(Group& group, std::uint32_t from) {
        if (last != &group) plainly_flush();
        last = &group;
        Peer& peer = *registry.member(from);
        const minimeta::Event event = said(group, peer);
        group.fanout.broadcast(peer.member->memberships.find(group)->seat,
                               [&](std::size_t lane, minimeta::ByteLog& log) { protocols.encode(lane, log, event); });
    }
    void plainly_flush() {
        if (last != nullptr) last->fanout.flush([](std::uint32_t) {});
    }

    static minimeta::Event said(const Group& group, const Peer& peer) {
        return minimeta::Said{peer.name(), text, minimeta::Manner::speech, group.name};
    }

    minimeta::Limits limits = unhurried;
    CountingTransport transport;
    Protocols protocols;
    minimeta::Metrics metrics;
    Registry registry{transport, protocols, limits, metrics};
    Group* last = nullptr;
};

template <class Turn>
void measure_order(benchmark::State& state, Work work, Audiences& audiences, Turn&& turn) {
    measure(state, work, turn);
    const std::size_t before = audiences.transport.sends;
    turn();
    state.counters["sends/member"] = static_cast<double>(audiences.transport.sends - before) / members;
}

// The benchmarks of this kind end with whether it is the plain way.
template <class Speak>
void keep_order(benchmark::State& state, Work work, Audiences& audiences, Speak&& speak) {
    if (state.range(2) != 0) {
        measure_order(state, work, audiences, [&] {
            speak([&](Audiences::Group& group, std::uint32_t from) { audiences.plainly_say(group, from); });
            audiences.plainly_flush();
        });
    } else {
        measure_order(state, work, audiences, [&] {
            speak([&](Audiences::Group& group, std::uint32_t from) { audiences.say(group, from); });
            audiences.flush();
        });
    }
}

void order_of_disjoint_groups(benchmark::State& state) {
    const Apart apart(state);
    Audiences audiences;
    std::vector<Audiences::Group*> groups;
    for (std::size_t group = 0; group < apart.groups; ++group)
        groups.push_back(&audiences.group_of(static_cast<std::uint32_t>(group * apart.size), apart.size));
    keep_order(state, apart.work(), audiences, [&](auto&& say) {
        take_turns(apart.groups, apart.in_a_row, apart.messages,
                   [&](std::size_t group) { say(*groups[group], static_cast<std::uint32_t>(group * apart.size)); });
    });
}

void order_of_group_and_lobby(benchmark::State& state) {
    const Beside beside(state);
    Audiences audiences;
    Audiences::Group& group = audiences.group_of(0, beside.size);
    keep_order(state, beside.work(), audiences, [&](auto&& say) {
        take_turns(2, beside.in_a_row, Beside::messages,
                   [&](std::size_t which) { say(which == 0 ? audiences.registry.lobby() : group, 0); });
    });
}

void same_loads(benchmark::internal::Benchmark* benchmark) {
    benchmark->ArgNames({"groups", "in_a_row"})->Args({1, 100})->Args({10, 10})->Args({10, 1})->Args({100, 1});
}
void disjoint_loads(benchmark::internal::Benchmark* benchmark) {
    benchmark->ArgNames({"groups", "in_a_row"})->ArgsProduct({{10, 100}, {100, 1}});
}
void beside_loads(benchmark::internal::Benchmark* benchmark) {
    benchmark->ArgNames({"size", "in_a_row"})->ArgsProduct({{10, 100}, {50, 1}});
}

BENCHMARK(lobby_alone);
BENCHMARK(same_members)->Apply(same_loads);
BENCHMARK(naive_same_members)->Apply(same_loads);
BENCHMARK(disjoint_groups)->Apply(disjoint_loads);
BENCHMARK(rooms_apart)->Apply(disjoint_loads);
BENCHMARK(naive_disjoint_groups)->Apply(disjoint_loads);
BENCHMARK(group_beside_lobby)->Apply(beside_loads);
BENCHMARK(room_beside_room)->Apply(beside_loads);
BENCHMARK(naive_group_beside_lobby)->Apply(beside_loads);
BENCHMARK(order_of_disjoint_groups)
    ->ArgNames({"groups", "in_a_row", "plain"})
    ->ArgsProduct({{10, 100}, {100, 1}, {0, 1}});
BENCHMARK(order_of_group_and_lobby)->ArgNames({"size", "in_a_row", "plain"})->ArgsProduct({{10, 100}, {50, 1}, {0, 1}});

}  // namespace
