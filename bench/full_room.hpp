// A room full of members, for benchmarks: over a transport that only counts, or with peers that read.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "minimeta/minimeta.hpp"
#include "minimeta/transport/loopback.hpp"

/// Takes everything at once, so that what is measured is the room's own share.
struct CountingTransport {
    using connection_id = std::uint32_t;
    void send(connection_id, const minimeta::Bytes& bytes) {
        ++sends;
        sent_bytes += bytes.size();
    }
    void close(connection_id) {}
    std::size_t sends = 0;
    std::size_t sent_bytes = 0;
};

/// No connection is refused, and none is too fast.
inline constexpr minimeta::Limits unhurried{.connections = 1'000'000, .messages_per_second = 0};

/// Members u0, u1 and so on, whose connections are 0, 1 and so on.
template <class Transport>
struct FullRoom {
    explicit FullRoom(std::size_t members, minimeta::Limits limits = unhurried) : room(transport, limits) {
        for (std::size_t i = 0; i < members; ++i) join(static_cast<typename Transport::connection_id>(i));
        room.flush();
    }
    void join(typename Transport::connection_id id) {
        room.on_open(id);
        (void)room.rename(id, "u" + std::to_string(id));
    }

    Transport transport;
    minimeta::Room<Transport> room;
};

/// The same with peers that read.
struct ReadingRoom : FullRoom<minimeta::LoopbackTransport> {
    explicit ReadingRoom(std::size_t members, minimeta::Limits limits = unhurried) : FullRoom(0, limits) {
        for (std::size_t i = 0; i < members; ++i) {
            ids.push_back(transport.connect());
            transport.run(room);
            (void)room.rename(ids.back(), "u" + std::to_string(i));
            if (i % 64 == 0) read_all();  // so that no member is too slow while the others join
        }
        read_all();
    }
    void read_all() {
        room.flush();
        for (const auto id : ids)
            transport.read(id, [](const minimeta::Bytes& slice) { benchmark::DoNotOptimize(slice.data()); });
    }

    std::vector<minimeta::LoopbackTransport::connection_id> ids;
};
