// Members who are a nuisance to a room: some never read, some send as fast as they can. They live in a process of their
// own, so that the others do not wait for them on this side.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>

class Nuisances {
public:
    /// Nobody yet.
    Nuisances() = default;
    ~Nuisances();
    Nuisances(const Nuisances&) = delete;
    Nuisances& operator=(const Nuisances&) = delete;

    /// Lets them into the server at this port, and waits until they are members; false if that fails.
    bool start(std::size_t deaf, std::size_t flooders, std::uint16_t port);

private:
    pid_t process_ = -1;
};
