// Operators: members that prove who they are with a secret, `/login secret`, and become operators of the room.
//
// The file has a line for each: the account, a colon, and the hash of the secret as crypt(3) makes it, for example by
// `openssl passwd -6` or `mkpasswd`. What is behind another colon is ignored, as is a line with a # in front.
//
// To hash takes long, on purpose, so a thread of its own does it; after a secret that is wrong it pauses. Secrets are kept as
// long as they wait, and appear in no log.
#pragma once

#ifdef MINIMETA_HAS_CRYPT
#include <crypt.h>
#endif

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <fstream>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "minimeta/message.hpp"

namespace tcp_server {

class Operators {
public:
#ifdef MINIMETA_HAS_CRYPT
    static constexpr bool available = true;
#else
    static constexpr bool available = false;  // this system has no crypt(3)
#endif

    /// Is called, in the thread of Operators, with the account that was proved; an empty one if none was.
    using Proved = std::function<void(minimeta::MemberNumber, const std::string& account)>;

    explicit Operators(Proved proved) : proved_(std::move(proved)) {}
    Operators(const Operators&) = delete;
    Operators& operator=(const Operators&) = delete;
    ~Operators() {
        if (!thread_.joinable()) return;
        {
            const std::lock_guard lock(mutex_);
            stops_ = true;
        }
        wakes_.notify_one();
        thread_.join();
    }

    /// Reads the file. Returns false if it cannot be read, or has nobody in it.
    bool read(const std::string& path) {
        std::ifstream file(path);
        for (std::string line; std::getline(file, line);) {
            const std::size_t colon = line.find(':');
            if (line.starts_with('#') || colon == line.npos) continue;
            hashes_[line.substr(0, colon)] = line.substr(colon + 1, line.find(':', colon + 1) - colon - 1);
        }
        if (hashes_.empty()) return false;
        thread_ = std::thread([this] { run(); });
        return true;
    }

    /// Looks whose secret this is, later. Returns false if too many wait already.
    bool prove(minimeta::MemberNumber number, std::string_view secret) {
        {
            const std::lock_guard lock(mutex_);
            if (waiting_.size() == most_waiting) return false;
            waiting_.push_back({number, std::string(secret)});
        }
        wakes_.notify_one();
        return true;
    }

private:
    static constexpr std::size_t most_waiting = 16;
    static constexpr std::chrono::seconds pause{1};

    struct Attempt {
        minimeta::MemberNumber number;
        std::string secret;
    };

    void run() {
        std::unique_lock lock(mutex_);
        for (;;) {
            wakes_.wait(lock, [this] { return stops_ || !waiting_.empty(); });
            if (stops_) return;
            const Attempt attempt = std::move(waiting_.front());
            waiting_.pop_front();
            lock.unlock();
            const std::string account = account_of(attempt.secret);
            proved_(attempt.number, account);
            lock.lock();
            if (account.empty()) wakes_.wait_for(lock, pause, [this] { return stops_; });
        }
    }

    [[nodiscard]] std::string account_of([[maybe_unused]] const std::string& secret) const {
        for ([[maybe_unused]] const auto& [account, hash] : hashes_) {
#ifdef MINIMETA_HAS_CRYPT
            crypt_data scratch{};
            const char* hashed = ::crypt_r(secret.c_str(), hash.c_str(), &scratch);
            if (hashed != nullptr && hash == hashed) return account;
#endif
        }
        return {};
    }

    Proved proved_;
    std::map<std::string, std::string> hashes_;  // by account
    std::mutex mutex_;
    std::condition_variable wakes_;
    std::deque<Attempt> waiting_;
    bool stops_ = false;
    std::thread thread_;
};

}  // namespace tcp_server
