#include "server_process.hpp"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <utility>

#include "minimeta/minimeta.hpp"
#include "minimeta/net/tcp_transport.hpp"
#include "naive_server.hpp"

#if defined(__linux__)
#include <sys/prctl.h>
#endif

namespace {

using minimeta::Duration;
using minimeta::net::Descriptor;

// Sends the parent the port to connect to. If this fails, the parent is gone or will notice.
void tell(int pipe, std::uint16_t port) { (void)!::write(pipe, &port, sizeof port); }

template <class Poller>
void serve_room(const Options& options, int pipe) {
    const Duration interval = minimeta::milliseconds(static_cast<std::int64_t>(options.flush_milliseconds));
    minimeta::TcpTransport<Poller> transport{{.flush_interval = interval}};
    const minimeta::Limits limits{.connections = options.connections(),
                                  .messages_per_second = static_cast<std::uint32_t>(options.rate),
                                  .name_seconds = 0};
    minimeta::Room room{transport, limits};
    auto listening = transport.listen("127.0.0.1", 0);
    if (!listening) return;
    tell(pipe, listening->port);
    transport.run(room);
}

template <class Poller>
void serve_naively(const Options& options, int pipe) {
    auto listener = minimeta::net::listen("127.0.0.1", 0);
    if (!listener) return;
    const std::uint16_t port = minimeta::net::local_endpoint(listener->value()).port;
    NaiveServer<Poller> server(std::move(*listener), options.fault);
    tell(pipe, port);
    server.run();
}

template <class Poller>
void serve(const Options& options, int pipe) {
    if (options.server == ServerKind::room) serve_room<Poller>(options, pipe);
    else serve_naively<Poller>(options, pipe);
}

// The life of the child.
void serve_until_killed(const Options& options, pid_t parent, int pipe) {
    // However the parent ends, the server is not left behind: on Linux it goes at once, elsewhere some time after the
    // parent would have given up.
#if defined(__linux__)
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) return;
#else
    (void)parent;
#endif
    ::alarm(static_cast<unsigned>(options.seconds) + 30);
    ::signal(SIGPIPE, SIG_IGN);
#if MINIMETA_HAS_EPOLL
    if (options.poller == PollerKind::epoll) return serve<minimeta::EpollPoller>(options, pipe);
#endif
    serve<minimeta::SelectPoller>(options, pipe);
}

}  // namespace

ServerProcess::ServerProcess(const Options& options) {
    int ends[2];
    if (::pipe(ends) != 0) return;
    const Descriptor reading(ends[0]);
    Descriptor writing(ends[1]);
    const pid_t parent = ::getpid();
    process_ = ::fork();
    if (process_ == 0) {
        serve_until_killed(options, parent, writing.value());
        ::_exit(1);
    }
    writing.reset();  // so that a child that dies ends the read
    std::uint16_t port = 0;
    ssize_t got;
    do got = ::read(reading.value(), &port, sizeof port);
    while (got < 0 && errno == EINTR);
    if (got == static_cast<ssize_t>(sizeof port)) port_ = port;
}

std::optional<std::string> ServerProcess::ended() {
    int status = 0;
    if (process_ <= 0 || ::waitpid(process_, &status, WNOHANG) != process_) return std::nullopt;
    process_ = -1;
    if (WIFSIGNALED(status)) return "the server ended with signal " + std::to_string(WTERMSIG(status));
    return "the server ended with status " + std::to_string(WEXITSTATUS(status));
}

std::optional<Duration> ServerProcess::cpu_time() const {
#if defined(_POSIX_CPUTIME) && _POSIX_CPUTIME >= 0
    clockid_t clock{};
    timespec used{};
    if (process_ > 0 && ::clock_getcpuclockid(process_, &clock) == 0 && ::clock_gettime(clock, &used) == 0)
        return Duration{std::int64_t{used.tv_sec} * 1'000'000'000 + used.tv_nsec};
#endif
    return std::nullopt;
}

std::optional<std::size_t> ServerProcess::resident_bytes() const {
    std::size_t pages = 0, resident = 0;
    std::ifstream("/proc/" + std::to_string(process_) + "/statm") >> pages >> resident;
    if (resident == 0) return std::nullopt;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

Duration ServerProcess::stop() {
    if (process_ > 0) {
        ::kill(process_, SIGKILL);
        while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
        }
        process_ = -1;
    }
    rusage used{};
    ::getrusage(RUSAGE_CHILDREN, &used);
    const auto microseconds = [](timeval t) { return std::int64_t{t.tv_sec} * 1'000'000 + t.tv_usec; };
    return {(microseconds(used.ru_utime) + microseconds(used.ru_stime)) * 1000};
}
