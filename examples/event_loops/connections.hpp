// What the programs of this folder share: a transport over a loop's own connections, the clocks, and the port.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <utility>

#include "minimeta/bytes.hpp"
#include "minimeta/chrono.hpp"
#include "minimeta/time.hpp"

using Id = std::uint64_t;

/// The transport of a room. A connection has `write(bytes)`, `close()`, which it does behind what was written, and
/// `backlog()`, the bytes that are on their way. None of them may call the room.
template <class Connection>
class Connections {
public:
    using connection_id = Id;
    using Pointer = std::shared_ptr<Connection>;

    void send(Id id, const minimeta::Bytes& bytes) {
        if (const Pointer connection = find(id)) connection->write(bytes);
    }
    void close(Id id) {
        if (const Pointer connection = find(id)) connection->close();
    }
    [[nodiscard]] std::size_t backlog(Id id) const {
        const Pointer connection = find(id);
        return connection ? connection->backlog() : 0;
    }

    void add(Id id, Pointer connection) { open_[id] = std::move(connection); }
    void remove(Id id) { open_.erase(id); }
    [[nodiscard]] Pointer find(Id id) const {
        const auto found = open_.find(id);
        return found != open_.end() ? found->second : nullptr;
    }
    [[nodiscard]] auto all() const { return open_; }

private:
    std::map<Id, Pointer> open_;
};

inline minimeta::Time now() { return minimeta::time_of(std::chrono::steady_clock::now()); }
inline minimeta::WallTime wall_time() { return minimeta::wall_time_of(std::chrono::system_clock::now()); }

/// For loops that count in milliseconds: rounded up, or they would wake too early.
inline int milliseconds_until(minimeta::Time due) {
    return static_cast<int>(std::clamp<std::int64_t>((due - now()).nanoseconds / 1'000'000 + 1, 0, 3'600'000));
}

inline std::uint16_t port_in(int count, char** arguments) {
    return static_cast<std::uint16_t>(count > 1 ? std::atoi(arguments[1]) : 5000);
}
