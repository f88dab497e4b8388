// soak: members of a server come, talk and go for a long time, while the memory and the descriptors of its process are
// looked at. It fails if memory grows, or if a descriptor is left when all have gone.
#include <poll.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "minimeta/base/parse_number.hpp"
#include "minimeta/net/descriptor.hpp"
#include "minimeta/net/process.hpp"
#include "minimeta/net/socket.hpp"
#include "minimeta/time.hpp"

using namespace minimeta;
using namespace std::string_literals;

namespace {

using Clock = std::chrono::steady_clock;

// The server's process, from outside. Linux only.
class Watched {
public:
    explicit Watched(const std::string& process) : folder_("/proc/" + process) {}

    [[nodiscard]] std::size_t resident_kilobytes() const {
        std::ifstream status(folder_ + "/status");
        for (std::string word; status >> word;)
            if (word == "VmRSS:") return status >> word, static_cast<std::size_t>(std::stoull(word));
        return 0;
    }
    [[nodiscard]] std::size_t descriptors() const {
        const std::filesystem::directory_iterator each(folder_ + "/fd");
        return static_cast<std::size_t>(std::distance(begin(each), end(each)));
    }

private:
    std::string folder_;
};

// Whoever may be a member. Knows its token, so that it can resume.
struct Visitor {
    net::Descriptor socket;
    std::string token;
    std::string unread;  // the beginning of a line
    bool reads = true;
};

class Crowd {
public:
    Crowd(std::uint16_t port, std::size_t visitors) : port_(port), visitors_(visitors) {}

    // One thing that somebody does.
    void act() {
        const std::size_t number = random_() % visitors_.size();
        Visitor& visitor = visitors_[number];
        if (!visitor.socket) return come(visitor, number);
        const std::string group = "g" + std::to_string(random_() % 50);
        switch (random_() % 60) {
            case 0: return say(visitor, "/quit\n");
            case 1:
            case 2: return visitor.socket.reset();
            case 3: return reset(visitor);
            case 4: visitor.reads = !visitor.reads; return;
            case 5: return say(visitor, "a line without an end");
            case 6: return say(visitor, "\xFF\xFE\0garbage\r\n"s);
            case 7: return say(visitor, "/history\n/who\n/groups\n/whois v1\n");
            case 8: return say(visitor, "name:v" + std::to_string(number) + (random_() % 2 == 0 ? "\n" : "b\n"));
            case 9: return say(visitor, "hello, everybody\n");
            case 10: return say(visitor, "/away\n");
            case 11:
            case 12: return say(visitor, "hi @v" + std::to_string(random_() % visitors_.size()) + "\n");
            case 13:
            case 14:
            case 15:
            case 16:
            case 17:
            case 18: return say(visitor, "/join #" + group + "\n");
            case 19:
            case 20:
            case 21: return say(visitor, "/leave #" + group + "\n");
            default: return say(visitor, "#" + group + " as always, there is something to be said\n");
        }
    }

    void read() {
        std::vector<pollfd> polled;
        std::vector<Visitor*> whose;
        for (Visitor& each : visitors_)
            if (each.socket && each.reads) polled.push_back({each.socket.value(), POLLIN, 0}), whose.push_back(&each);
        if (::poll(polled.data(), static_cast<nfds_t>(polled.size()), 5) <= 0) return;
        for (std::size_t i = 0; i < polled.size(); ++i)
            if (polled[i].revents != 0) read(*whose[i]);
    }

    void go() {
        for (Visitor& each : visitors_) each.socket.reset();
    }

    [[nodiscard]] std::size_t present() const {
        return static_cast<std::size_t>(
            std::count_if(visitors_.begin(), visitors_.end(), [](const Visitor& each) { return bool(each.socket); }));
    }
    std::uint64_t connections = 0, lines_said = 0, lines_read = 0;

private:
    void come(Visitor& visitor, std::size_t number) {
        auto made = net::connect("127.0.0.1", port_, seconds(5));
        if (!made) return;
        ++connections;
        visitor = {std::move(*made), std::move(visitor.token), {}, true};
        if (!visitor.token.empty() && random_() % 2 == 0) return say(visitor, "/resume " + visitor.token + " 0\n");
        say(visitor, "/session\nname:v" + std::to_string(number) + "\n");
    }
    // A line that the kernel does not take is cut, and the rest of it is another line: a room must bear that.
    void say(Visitor& visitor, const std::string& lines) {
        ++lines_said;
        if (net::send(visitor.socket.value(), lines).outcome == net::Moving::broken) visitor.socket.reset();
    }
    static void reset(Visitor& visitor) {
        const linger none{1, 0};
        (void)::setsockopt(visitor.socket.value(), SOL_SOCKET, SO_LINGER, &none, sizeof none);
        visitor.socket.reset();
    }
    void read(Visitor& visitor) {
        const net::Moved got = net::receive(visitor.socket.value(), buffer_);
        if (got.outcome == net::Moving::not_yet) return;
        if (got.outcome != net::Moving::moved) return visitor.socket.reset();
        visitor.unread.append(buffer_.data(), got.bytes);
        std::size_t begin = 0;
        for (std::size_t end; (end = visitor.unread.find('\n', begin)) != std::string::npos; begin = end + 1) {
            ++lines_read;
            constexpr std::string_view session = "+session ";
            if (visitor.unread.compare(begin, session.size(), session) != 0) continue;
            const std::size_t token = begin + session.size();
            visitor.token = visitor.unread.substr(token, visitor.unread.find(' ', token) - token);
        }
        visitor.unread.erase(0, begin);
    }

    std::uint16_t port_;
    std::vector<Visitor> visitors_;
    std::vector<char> buffer_ = std::vector<char>(64 * 1024);
    std::mt19937_64 random_{std::random_device{}()};
};

double mean(const std::vector<std::size_t>& samples, double from, double to) {
    const auto at = [&](double part) {
        return static_cast<std::ptrdiff_t>(part * static_cast<double>(samples.size()));
    };
    double sum = 0;
    for (auto each = samples.begin() + at(from); each != samples.begin() + at(to); ++each)
        sum += static_cast<double>(*each);
    return sum / static_cast<double>(std::max<std::ptrdiff_t>(1, at(to) - at(from)));
}

}  // namespace

int main(int count, char** words) {
    std::uint16_t port = 0;
    std::size_t visitors = 0;
    std::uint32_t for_seconds = 0;
    if (count != 5 || !parse_number(words[1], port) || !parse_number(words[3], visitors) ||
        !parse_number(words[4], for_seconds)) {
        std::fputs("usage: soak PORT PROCESS MEMBERS SECONDS\n", stderr);
        return 2;
    }
    net::raise_descriptor_limit();
    const Watched server(words[2]);
    const std::size_t descriptors_before = server.descriptors();
    Crowd crowd(port, visitors);
    std::vector<std::size_t> resident, members;
    const auto begin = Clock::now();
    const auto passed = [&] { return std::chrono::duration<double>(Clock::now() - begin).count(); };
    // Somebody does something so often that each does it twice a second; at first, until all have come, as fast as may be.
    std::uint64_t done = 0;
    while (passed() < for_seconds) {
        const auto due = static_cast<std::uint64_t>(passed() * 2 * static_cast<double>(visitors));
        for (; done < due; ++done) crowd.act();
        crowd.read();
        if (static_cast<double>(resident.size()) > passed()) continue;
        resident.push_back(server.resident_kilobytes());
        members.push_back(crowd.present());
    }
    crowd.go();
    std::size_t left = 0;
    for (int i = 0; i < 300 && (left = server.descriptors()) > descriptors_before; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(100));

    // What was allocated when all were there for the first time is kept for the next ones, and histories fill. So the first
    // half does not count.
    const double early = mean(resident, 0.5, 0.65), late = mean(resident, 0.85, 1);
    const bool flat = late <= early * 1.05 + 512, closed = left <= descriptors_before;
    std::printf("%.0f members at a time, %llu connections, %llu lines said, %llu read, in %.0f s\n",
                mean(members, 0.5, 1), static_cast<unsigned long long>(crowd.connections),
                static_cast<unsigned long long>(crowd.lines_said), static_cast<unsigned long long>(crowd.lines_read),
                passed());
    std::printf("resident memory: %.1f MB in the middle, %.1f MB at the end: %s\n", early / 1'024, late / 1'024,
                flat ? "flat" : "GROWS");
    std::printf("  tenth by tenth:");
    for (int tenth = 0; tenth < 10; ++tenth)
        std::printf(" %.1f", mean(resident, tenth / 10.0, (tenth + 1) / 10.0) / 1'024);
    std::printf("\ndescriptors: %zu before, %zu when all had gone: %s\n", descriptors_before, left,
                closed ? "none is left" : "some are LEFT");
    return flat && closed && crowd.lines_read > 0 ? 0 : 1;
}
