// RecordingRoom: the least that a driver can drive. It records the driver's calls, sends a broadcast with each flush, and
// leaves the rest to a test's hooks. Running: a transport that runs it in a thread.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "minimeta/bytes.hpp"
#include "minimeta/error.hpp"
#include "minimeta/net/tcp_transport.hpp"
#include "minimeta/protocol.hpp"
#include "minimeta/time.hpp"
#include "support/peer.hpp"

namespace test {

using minimeta::Bytes;
#if defined(MINIMETA_TEST_EPOLL)  // the same tests are a program for each transport
using Transport = minimeta::EpollTransport;
#else
using Transport = minimeta::SelectTransport;
#endif
using Id = minimeta::TcpConnectionId;

/// The calls of the driver so far.
struct Record {
    std::vector<Id> opened;
    std::vector<std::size_t> protocols;  // of the opened
    std::map<std::string, Id> by_address;
    std::vector<Id> closed;
    std::map<int, std::string> received;  // by descriptor
    std::size_t most_received = 0;        // in one call
    int most_received_in_turn = 0;        // calls for one connection
    int turns = 0;
    int flushes = 0;
    std::vector<int> closed_in_turn;
    std::vector<minimeta::Time> advanced;
    bool nested = false;  // a call came from within another
};

class RecordingRoom {
public:
    explicit RecordingRoom(Transport& transport) : transport_(transport) {}

    // ---- For the test. What changes here is changed before the run, or in the thread of the run.

    /// For how long the driver is asked to pause a connection from which something was received.
    std::optional<minimeta::Duration> pause;

    /// Called for what is received; echoes it, unless a test has something else in mind.
    std::function<void(Id, std::string_view)> on_bytes = [this](Id id, std::string_view bytes) {
        transport_.send(id, Bytes::copy(bytes));
    };
    std::function<void(Id)> on_arrival = [](Id) {};
    std::function<void(Id)> on_departure = [](Id) {};
    std::function<void()> on_flush = [] {};
    std::optional<minimeta::Time> deadline;
    std::function<void()> on_deadline = [] {};
    Bytes broadcast;  // for all members, with the next flush

    /// Waits until the record is as claimed. Returns false if that takes too long.
    template <class Claim>
    bool eventually(Claim claim) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, longest_wait, [&] { return claim(std::as_const(record_)); });
    }

    [[nodiscard]] Record record() {
        const std::lock_guard lock(mutex_);
        return record_;
    }

    // ---- For the driver

    void advance(minimeta::Time now, minimeta::WallTime) {
        const Call call(*this);
        note([&](Record& r) {
            ++r.turns;
            r.advanced.push_back(now);
        });
        received_in_turn_.clear();
        if (!deadline || *deadline > now) return;
        deadline.reset();
        on_deadline();
    }
    void on_open(Id id, minimeta::ProtocolIndex protocol) {
        const Call call(*this);
        members_.push_back(id);
        on_arrival(id);
        const std::string address = transport_.address(id);
        note([&](Record& r) {
            r.by_address[address] = id;
            r.opened.push_back(id);
            r.protocols.push_back(protocol.value);
        });
    }
    std::optional<minimeta::Time> on_receive(Id id, std::string_view bytes) {
        const Call call(*this);
        on_bytes(id, bytes);
        note([&](Record& r) {
            r.received[id.descriptor].append(bytes);
            r.most_received = std::max(r.most_received, bytes.size());
            r.most_received_in_turn = std::max(r.most_received_in_turn, ++received_in_turn_[id.descriptor]);
        });
        if (!pause) return {};
        return minimeta::net::monotonic_time() + *pause;
    }
    void on_close(Id id) {
        const Call call(*this);
        std::erase(members_, id);
        on_departure(id);
        note([&](Record& r) {
            r.closed.push_back(id);
            r.closed_in_turn.push_back(r.turns);
        });
    }
    void flush() {
        const Call call(*this);
        on_flush();
        for (const Id& each : members_) transport_.send(each, broadcast);
        broadcast = {};
        note([](Record& r) { ++r.flushes; });
    }
    [[nodiscard]] std::optional<minimeta::Time> next_deadline() { return deadline; }
    [[nodiscard]] Bytes refusal(minimeta::Errc errc, minimeta::ProtocolIndex protocol) {
        return Bytes::copy(std::string(minimeta::name_of(errc)) + " in protocol " + std::to_string(protocol.value) +
                           "\n");
    }

private:
    // Notices a driver that calls the room from within a call of the room.
    struct Call {
        explicit Call(RecordingRoom& room) : room_(room) {
            if (std::exchange(room_.called_, true)) room_.note([](Record& r) { r.nested = true; });
        }
        ~Call() { room_.called_ = false; }
        RecordingRoom& room_;
    };

    template <class F>
    void note(F change) {
        {
            const std::lock_guard lock(mutex_);
            change(record_);
        }
        changed_.notify_all();
    }

    Transport& transport_;
    std::vector<Id> members_;
    std::map<int, int> received_in_turn_;
    bool called_ = false;
    std::mutex mutex_;
    std::condition_variable changed_;
    Record record_;
};

/// A room on a transport that listens at a free port, and runs it in a thread until `stop`, or the end of the test.
class Running {
public:
    explicit Running(minimeta::TcpOptions options = {}, const std::string& host = "127.0.0.1")
        : transport(options), room(transport) {
        auto listening = transport.listen(host, 0, {7});
        if (!listening) throw std::runtime_error(listening.error().text());
        where = *listening;
    }
    ~Running() { stop(); }

    Running& start() {
        thread_ = std::thread([this] { transport.run(room); });
        return *this;
    }
    void stop() {
        if (!thread_.joinable()) return;
        transport.stop();
        thread_.join();
    }

    /// Waits for the end of a run that is stopped in another way.
    void join() { thread_.join(); }

    /// Does something in the thread of the run, and waits until it is done.
    template <class F>
    bool in_the_room(F function) {
        bool done = false;
        std::mutex mutex;
        std::condition_variable changed;
        transport.post([&] {
            function();
            const std::lock_guard lock(mutex);
            done = true;
            changed.notify_all();
        });
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, longest_wait, [&] { return done; });
    }

    /// The connection of a peer that has connected.
    Id id_of(const Peer& peer) {
        Id found;
        room.eventually([&](const Record& record) {
            const auto at = record.by_address.find(peer.address());
            if (at != record.by_address.end()) found = at->second;
            return at != record.by_address.end();
        });
        return found;
    }

    Transport transport;
    RecordingRoom room;
    net::Endpoint where;

private:
    std::thread thread_;
};

/// `count` bytes that do not repeat soon, so that one lost or moved is seen.
inline std::string numbered(std::size_t count) {
    std::string made;
    for (std::size_t i = 0; made.size() < count; ++i) made += std::to_string(i) + " ";
    made.resize(count);
    return made;
}

}  // namespace test
