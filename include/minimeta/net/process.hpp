// What a program does for its process before it opens connections. For main(); the library calls none of it.
#pragma once

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace minimeta::net {

/// Lets standard streams that were closed before the program began lead nowhere. Else the next descriptors, such as a
/// socket's, get their numbers, and what is printed goes there. Before any descriptor is opened.
inline void open_standard_streams() noexcept {
    int opened;
    do opened = ::open("/dev/null", O_RDWR);
    while (opened >= 0 && opened <= STDERR_FILENO);
    if (opened >= 0) ::close(opened);
}

/// Lets this process have as many descriptors as it may, since each connection takes one. The usual 1,024 are meant for
/// programs that use select().
inline void raise_descriptor_limit() noexcept {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    (void)::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace minimeta::net
