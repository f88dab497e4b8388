// The server that is measured, in a process of its own, so that its cost is separate from that of its clients.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "minimeta/time.hpp"
#include "options.hpp"

class ServerProcess {
public:
    /// Starts it; it listens at 127.0.0.1 once this returns. Call it while the program has one thread.
    explicit ServerProcess(const Options& options);

    /// Ends it, whatever it is doing.
    ~ServerProcess() { stop(); }
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    /// Where it listens; 0 if it could not be started.
    std::uint16_t port() const { return port_; }

    /// How it ended, if it did so by itself; it should not.
    std::optional<std::string> ended();

    /// CPU time used so far; nothing if the system reports only on processes that have ended.
    std::optional<minimeta::Duration> cpu_time() const;

    /// Memory that it occupies; nothing if the system does not report it.
    std::optional<std::size_t> resident_bytes() const;

    /// Ends it. Returns the CPU time of its whole life.
    minimeta::Duration stop();

private:
    pid_t process_ = -1;
    std::uint16_t port_ = 0;
};
