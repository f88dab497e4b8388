// The bound of a room's memory, held against what peers can make it take that do their worst: for each term of it, a room in
// which that one is large.
#include "minimeta/memory_bound.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "minimeta/minimeta.hpp"
#include "minimeta/transport/loopback.hpp"
#include "unit/allocations.hpp"

using namespace minimeta;

namespace {

using Deaf = LoopbackTransport;  // as long as nobody reads, it holds what it is sent, in outboxes as TcpTransport does

// A room whose peers read only when they are told to.
struct Crowd {
    explicit Crowd(Limits limits) : before(live_bytes()), room(std::make_unique<Room<Deaf>>(transport, limits)) {
        room->offer_sessions({1, 2});
        room->advance({});
    }

    Deaf::connection_id enters(const std::string& name) {
        const auto id = transport.connect();
        does(id, "/session\nname:" + name + "\n");
        return id;
    }
    void does(Deaf::connection_id id, std::string_view lines) {
        transport.write(id, lines);
        transport.run(*room);
    }
    void reads(Deaf::connection_id id) {
        transport.read(id, [](const Bytes&) {});
    }
    void vanishes(Deaf::connection_id id) {
        transport.disconnect(id);
        transport.run(*room);
    }

    [[nodiscard]] std::uint64_t held() const { return live_bytes() - before; }

    std::size_t before;
    Deaf transport;
    std::unique_ptr<Room<Deaf>> room;
};

// Close enough to the bound that it means something, and not above it.
void check_bound(std::uint64_t held, std::uint64_t bound) {
    CAPTURE(held, bound);
    CHECK(held <= bound);
    CHECK(held >= bound / 8);
}

std::string numbered(std::string_view name, int number) { return std::string(name) + std::to_string(number); }

}  // namespace

TEST_CASE("connections hold no more than the bound, though they do not read and pin what they can") {
    const Limits limits{.connections = 16,
                        .residents = 0,
                        .line_bytes = 4'096,
                        .backlog_bytes = 65'536,
                        .messages_per_second = 0,
                        .groups = 1,
                        .history_messages = 0};
    Crowd crowd(limits);
    const auto talker = crowd.enters("talker");
    std::vector<Deaf::connection_id> deaf;
    for (int i = 0; i < 15; ++i) deaf.push_back(crowd.enters(numbered("deaf", i)));
    crowd.reads(talker);
    crowd.does(talker, "/join #dev\n");
    // Each reads a line here and there, so that what waits for it lies in as many chunks as there can be.
    const std::string long_line(4'000, 'x');
    for (int round = 0; round < 60; ++round) {
        for (const auto id : deaf) {
            crowd.does(id, "/join #dev\n");
            crowd.does(talker, "#dev hi\n");
            crowd.does(id, "/leave #dev\n");
        }
        for (int i = 0; i < 8; ++i) crowd.does(talker, "#dev " + long_line + "\n");
        crowd.reads(talker);
    }
    for (const auto id : deaf) crowd.does(id, std::string(4'000, 'y'));  // a line without end
    for (int i = 0; i < 14; ++i) crowd.does(talker, "hello, " + long_line + "\n");
    REQUIRE(crowd.transport.is_open(deaf.front()));
    CHECK(crowd.held() <= memory_bound(limits).total());
    CHECK(crowd.held() >= memory_bound(limits).connections / 40);
}

TEST_CASE("members hold no more than the bound, in all groups and with the longest of everything") {
    const Limits limits{.connections = 20,
                        .residents = 0,
                        .line_bytes = 4'096,
                        .messages_per_second = 0,
                        .groups = 16,
                        .groups_per_member = 16,
                        .history_messages = 0,
                        .noticed_members = 0,  // nothing is said in the groups
                        .summary_seconds = 0};
    Crowd crowd(limits);
    for (int group = 0; group < 16; ++group) (void)crowd.room->make_permanent(numbered("g", group));
    const std::uint64_t empty = crowd.held();
    for (int i = 0; i < 40; ++i) {
        std::string name = numbered("m", 10 + i);
        while (name.size() < 3 + 29 * 4) name += "\U00020000";
        const auto id = crowd.enters(name);
        for (int group = 0; group < 16; ++group) crowd.does(id, "/join #" + numbered("g", group) + "\n");
        crowd.does(id, "/away " + std::string(4'000, 'x') + "\n");
        crowd.reads(id);
        if (i < 20) crowd.vanishes(id);
    }
    CHECK(crowd.room->member_count() == 40);
    const std::uint64_t held = crowd.held() - empty, bound = memory_bound(limits).members;
    check_bound(held, bound);
}

TEST_CASE("private histories hold no more than the bound") {
    const Limits limits{.connections = 20,
                        .residents = 0,
                        .messages_per_second = 0,
                        .groups = 0,
                        .history_messages = 0,
                        .private_history_messages = 500,
                        .private_history_bytes = 65'536};
    Crowd crowd(limits);
    std::vector<Deaf::connection_id> all;
    for (int i = 0; i < 20; ++i) all.push_back(crowd.enters(numbered("m", i)));
    for (int round = 0; round < 600; ++round)
        for (int i = 0; i < 20; ++i) {
            crowd.does(all[static_cast<std::size_t>(i)],
                       "/msg " + numbered("m", (i + 1) % 20) + " " + std::string(100, 'x') + "\n");
            crowd.reads(all[static_cast<std::size_t>(i)]);
        }
    for (const auto id : all) crowd.reads(id);
    CHECK(crowd.held() <= memory_bound(limits).total());
    check_bound(crowd.held(), 2 * memory_bound(limits).private_histories);  // half of the members can be lost ones
}

TEST_CASE("friends hold no more than the bound, when each friendship is between accounts of its own") {
    const Limits limits{.connections = 2,
                        .residents = 0,
                        .messages_per_second = 0,
                        .groups = 0,
                        .friendships = 1'000,
                        .history_messages = 0,
                        .private_history_messages = 20,
                        .private_history_bytes = 4'096};
    Crowd crowd(limits);
    const auto writer = crowd.enters("writer");
    crowd.reads(writer);
    const auto account = [](int i) { return std::string(28, 'x') + std::to_string(1'000 + i); };
    for (int i = 0; i < 1'000; ++i) {
        REQUIRE_FALSE(crowd.room->remember_friendship({account(2 * i), account(2 * i + 1)}));
        for (const int self : {0, 1}) {
            REQUIRE_FALSE(crowd.room->identify(writer, account(2 * i + self)));
            for (int line = 0; line < 30; ++line)
                crowd.does(writer, "/msg " + account(2 * i + 1 - self) + " " + std::string(100, 'x') + "\n");
            crowd.reads(writer);
        }
    }
    REQUIRE_FALSE(crowd.room->identify(writer, ""));
    crowd.reads(writer);
    check_bound(crowd.held(), memory_bound(limits).friends);
}

TEST_CASE("groups hold no more than the bound, when all that was said there is kept, and their logs have grown") {
    const Limits limits{.connections = 4,
                        .residents = 0,
                        .messages_per_second = 0,
                        .groups = 20,
                        .groups_per_member = 20,
                        .history_messages = 500,
                        .history_bytes = 65'536};
    Crowd crowd(limits);
    const auto talker = crowd.enters("talker"), listener = crowd.enters("listener");
    for (int group = 0; group < 20; ++group) {
        const std::string name = numbered("g", group);
        for (const auto id : {talker, listener}) crowd.does(id, "/join #" + name + "\n");
        for (int i = 0; i < 1'200; ++i) {
            crowd.does(talker, "#" + name + " " + std::string(static_cast<std::size_t>(60 + i % 100), 'x') + "\n");
            crowd.reads(listener);
        }
    }
    for (const auto id : {talker, listener}) crowd.reads(id);
    check_bound(crowd.held(), memory_bound(limits).groups + 4 * 4'096);
}

TEST_CASE("with the default limits the bound is that of the documentation") {
    constexpr MemoryBound bound = memory_bound(Limits{});
    CHECK(bound.connections / Limits{}.connections / 1'024 == 2'572);  // KiB each
    CHECK(bound.groups / (Limits{}.groups + 1) / 1'024 == 281);
    CHECK(bound.private_histories == 0);
}
