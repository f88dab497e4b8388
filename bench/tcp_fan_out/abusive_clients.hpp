// Abusive clients: members that never read, and members that send as fast as they can. They live in a process of their
// own, so that the measuring process does not share its time with them.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>

class AbusiveClients {
public:
    /// None; start() begins.
    AbusiveClients() = default;
    ~AbusiveClients();
    AbusiveClients(const AbusiveClients&) = delete;
    AbusiveClients& operator=(const AbusiveClients&) = delete;

    /// Connects them to the server at this port, and waits until all are members. Returns false if that fails.
    bool start(std::size_t deaf, std::size_t flooders, std::uint16_t port);

private:
    pid_t process_ = -1;
};
