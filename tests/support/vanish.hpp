// Vanish: makes a socket behave as if its machine had lost its power, or its cable. Linux only.
#pragma once

#if defined(__linux__)

#include <linux/filter.h>
#include <sys/socket.h>

#include <stdexcept>

namespace test {

/// From now on, the kernel drops whatever arrives for this socket, and so acknowledges nothing.
inline void vanish(int socket) {
    sock_filter drop_everything = BPF_STMT(BPF_RET | BPF_K, 0);
    const sock_fprog program{1, &drop_everything};
    if (::setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) != 0)
        throw std::runtime_error("cannot attach a filter to the socket");
}

}  // namespace test

#endif
