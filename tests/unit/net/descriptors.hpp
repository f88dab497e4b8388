// The process's limit of descriptors, and using them up; for tests of what happens then.
#pragma once

#include <fcntl.h>
#include <sys/resource.h>

#include <cerrno>
#include <vector>

#include "minimeta/net/descriptor.hpp"

namespace test {

/// The limit as it was comes back at the end of the scope.
class DescriptorLimit {
public:
    DescriptorLimit() { ::getrlimit(RLIMIT_NOFILE, &before_); }
    ~DescriptorLimit() { restore(); }
    DescriptorLimit(const DescriptorLimit&) = delete;
    DescriptorLimit& operator=(const DescriptorLimit&) = delete;

    /// True if the process may have that many.
    [[nodiscard]] bool set(rlim_t count) const {
        rlimit limit = before_;
        limit.rlim_cur = count;
        return ::setrlimit(RLIMIT_NOFILE, &limit) == 0;
    }
    void restore() const { ::setrlimit(RLIMIT_NOFILE, &before_); }

private:
    rlimit before_{};
};

/// Takes all descriptors below `end`. Returns errno: EMFILE if the limit came first.
inline int take_descriptors(std::vector<minimeta::net::Descriptor>& taken, int end) {
    for (;;) {
        minimeta::net::Descriptor made(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        if (!made) return errno;
        if (made.value() >= end) return 0;
        taken.push_back(std::move(made));
    }
}

}  // namespace test
