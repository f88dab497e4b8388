// Process: a program that runs beside the test, and never longer than it.
#pragma once

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/prctl.h>
#endif

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "minimeta/net/descriptor.hpp"
#include "minimeta/net/endpoint.hpp"
#include "support/stream.hpp"

extern char** environ;  // POSIX has programs declare it themselves

namespace e2e {

namespace net = minimeta::net;

/// What a program is started with, beside its arguments.
struct Surroundings {
    std::vector<std::string> environment;  ///< as NAME=value
    rlim_t descriptors = 0;                ///< how many it may have; 0 for as many as the test
};

class Process {
public:
    Process() = default;
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process() {
        if (pid_ <= 0 || ended_) return;
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }

    [[nodiscard]] pid_t pid() const { return pid_; }

    /// ThreadSanitizer may keep a signal back until the program makes another call, which it never does if it waits: there,
    /// it is sent twice.
    void signal(int number) const {
        ::kill(pid_, number);
        if (!thread_sanitizer) return;
        test::await(-1, 0, std::chrono::milliseconds(100));
        ::kill(pid_, number);
    }

    /// Waits for its end. Its exit status, or 128 and the number of the signal that ended it; -1 if it does not end.
    int status() {
        const auto deadline = std::chrono::steady_clock::now() + test::longest_wait;
        while (!ended_) {
            int how = 0;
            if (::waitpid(pid_, &how, WNOHANG) == pid_) {
                ended_ = true;
                status_ = WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
            } else if (std::chrono::steady_clock::now() > deadline) {
                return -1;
            } else {
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            }
        }
        return status_;
    }

    /// Asks it to end, and waits until it has.
    int terminate() {
        signal(SIGTERM);
        return status();
    }

protected:
#if defined(__SANITIZE_THREAD__)
    static constexpr bool thread_sanitizer = true;
#elif defined(__has_feature)
    static constexpr bool thread_sanitizer = __has_feature(thread_sanitizer);
#else
    static constexpr bool thread_sanitizer = false;
#endif

    /// Starts a program on these descriptors. With `terminal`, they are one, and it becomes the program's own. What
    /// MINIMETA_TEST_RUNNER says, words with blanks between them, runs it: valgrind and its options, for example.
    void start(const std::string& path, const std::vector<std::string>& arguments, const Surroundings& around,
               std::array<int, 3> streams, bool terminal) {
        const std::vector<std::string> environment = environment_with(around.environment);
        std::vector<std::string> words;
        if (const char* runner = std::getenv("MINIMETA_TEST_RUNNER")) {
            std::istringstream rest(runner);
            words.assign(std::istream_iterator<std::string>(rest), {});
        }
        words.push_back(path);
        words.insert(words.end(), arguments.begin(), arguments.end());
        const std::vector<char*> argv = pointers(words);
        const std::vector<char*> envp = pointers(environment);
        pid_ = ::fork();
        if (pid_ < 0) throw std::runtime_error("cannot fork: " + net::reason_of(errno));
        if (pid_ == 0) become(argv.data(), envp.data(), around, streams, terminal);
    }

private:
    // `own`, and what this process's environment has beside that; but nothing that changes how a program looks.
    static std::vector<std::string> environment_with(std::vector<std::string> own) {
        const auto has = [&own](std::string_view name) {
            return std::any_of(own.begin(), own.end(),
                               [name](const std::string& each) { return each.starts_with(name); });
        };
        if (!has("TERM=")) own.emplace_back("TERM=xterm");
        for (char** each = environ; *each != nullptr; ++each) {
            const std::string_view entry = *each, name = entry.substr(0, entry.find('=') + 1);
            if (name != "NO_COLOR=" && !has(name)) own.emplace_back(entry);
        }
        return own;
    }

    static std::vector<char*> pointers(const std::vector<std::string>& words) {
        std::vector<char*> all;
        for (const std::string& word : words) all.push_back(const_cast<char*>(word.c_str()));
        all.push_back(nullptr);
        return all;
    }

    // In the child, where only what is safe in a signal handler may be done.
    [[noreturn]] static void become(char* const* argv, char* const* envp, const Surroundings& around,
                                    std::array<int, 3> streams, bool terminal) {
#if defined(__linux__)
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // even if the test itself is killed
#endif
        ::signal(SIGPIPE, SIG_DFL);
        if (terminal) {
            ::setsid();
            ::ioctl(streams[0], TIOCSCTTY, 0);
        }
        for (int i = 0; i < 3; ++i) ::dup2(streams[static_cast<std::size_t>(i)], i);
        if (around.descriptors != 0) {
            const rlimit limit{around.descriptors, around.descriptors};
            ::setrlimit(RLIMIT_NOFILE, &limit);
        }
        ::execve(argv[0], argv, envp);
        ::_exit(127);
    }

    pid_t pid_ = -1;
    bool ended_ = false;
    int status_ = 0;
};

/// Writes all bytes. Returns whether the other side took them.
inline bool write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written >= 0) bytes.remove_prefix(static_cast<std::size_t>(written));
        else if (errno == EAGAIN && !test::await(descriptor, POLLOUT, test::longest_wait)) return false;
        else if (errno != EAGAIN && errno != EINTR) return false;
    }
    return true;
}

}  // namespace e2e
