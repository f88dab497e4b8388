// Process setup, before a program opens connections: standard streams and the descriptor limit. For main(); the library
// calls none of it.
#pragma once

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace minimeta::net {

/// Opens standard streams that were closed before the program began, as /dev/null. Otherwise the next descriptors, such
/// as a socket's, would get their numbers and receive what is printed. Call it before any descriptor is opened.
inline void open_standard_streams() noexcept {
    int opened;
    do opened = ::open("/dev/null", O_RDWR);
    while (opened >= 0 && opened <= STDERR_FILENO);
    if (opened >= 0) ::close(opened);
}

/// Raises the descriptor limit of this process as far as it may, since each connection takes a descriptor. The usual
/// 1,024 are meant for programs that use select().
inline void raise_descriptor_limit() noexcept {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    (void)::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace minimeta::net
