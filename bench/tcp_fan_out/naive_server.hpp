// The baseline: a naive chat server. As soon as a line is read, it is sent to each member, one after the other. What
// the kernel does not take is copied into that member's queue.
//
// It is naive about names and limits, too: any first line is a name, and any other is said. It runs until it is killed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "fault.hpp"
#include "minimeta/net/poller.hpp"
#include "minimeta/net/socket.hpp"

template <minimeta::poller Poller>
class NaiveServer {
public:
    NaiveServer(minimeta::net::Descriptor listener, Fault fault) : listener_(std::move(listener)), fault_(fault) {
        (void)poller_.watch(listener_.value(), {.reading = true});
    }

    [[noreturn]] void run() {
        for (;;) {
            for (const minimeta::Ready& each : poller_.wait(std::nullopt)) {
                if (each.descriptor == listener_.value()) admit();
                else if (const auto found = members_.find(each.descriptor); found != members_.end())
                    serve(found->second, each);
            }
        }
    }

private:
    struct Member {
        minimeta::net::Descriptor socket;
        std::string name;    // none until its first line
        std::string begun;   // a line whose end has not come
        std::string queue;   // what the kernel has not taken
        std::string behind;  // a line that is to come after the next one, which is wrong
    };

    void admit() {
        while (minimeta::net::Descriptor socket = minimeta::net::accept(listener_.value())) {
            const int descriptor = socket.value();
            if (poller_.watch(descriptor, {.reading = true})) members_[descriptor].socket = std::move(socket);
        }
    }

    void serve(Member& member, minimeta::Ready ready) {
        if (ready.writable) drain(member);
        if (!ready.readable) return;
        const auto got = minimeta::net::receive(member.socket.value(), buffer_);
        if (got.outcome == minimeta::net::Moving::not_yet) return;
        if (got.outcome != minimeta::net::Moving::moved) {
            poller_.forget(member.socket.value());
            members_.erase(member.socket.value());
            return;
        }
        member.begun.append(buffer_.data(), got.bytes);
        std::size_t begin = 0;
        for (std::size_t end; (end = member.begun.find('\n', begin)) != member.begun.npos; begin = end + 1)
            handle(member, std::string_view(member.begun).substr(begin, end - begin));
        member.begun.erase(0, begin);
    }

    void handle(Member& member, std::string_view line) {
        if (member.name.empty()) {
            member.name = line.substr(line.find(':') + 1);
            send(member, "-- Welcome, " + member.name + "!\n");
            return;
        }
        line_.assign(member.name).append(": ").append(line).push_back('\n');
        for (auto& [descriptor, each] : members_)
            if (&each != &member && !each.name.empty()) deliver(each);
    }

    // Sends the line to one member, or commits the fault that was requested.
    void deliver(Member& member) {
        const bool wrong = fault_ != Fault::none && ++deliveries_ % deliveries_per_fault == 0;
        if (wrong && fault_ == Fault::lose) return;
        if (wrong && fault_ == Fault::swap && member.behind.empty()) {
            member.behind = line_;
            return;
        }
        if (wrong && fault_ == Fault::damage) {
            std::string damaged = line_;
            damaged[damaged.size() - 3] ^= 1;
            send(member, damaged);
            return;
        }
        send(member, line_);
        if (wrong && fault_ == Fault::duplicate) send(member, line_);
        if (!member.behind.empty()) send(member, std::exchange(member.behind, {}));
    }

    void send(Member& member, std::string_view bytes) {
        if (member.queue.empty()) {
            const auto sent = minimeta::net::send(member.socket.value(), bytes);
            if (sent.outcome == minimeta::net::Moving::moved) bytes.remove_prefix(sent.bytes);
            if (bytes.empty()) return;
            poller_.change(member.socket.value(), {.reading = true, .writing = true});
        }
        member.queue.append(bytes);
    }

    void drain(Member& member) {
        if (member.queue.empty()) return;
        const auto sent = minimeta::net::send(member.socket.value(), member.queue);
        if (sent.outcome == minimeta::net::Moving::moved) member.queue.erase(0, sent.bytes);
        if (member.queue.empty()) poller_.change(member.socket.value(), {.reading = true});
    }

    minimeta::net::Descriptor listener_;
    Fault fault_;
    Poller poller_;
    std::unordered_map<int, Member> members_;
    std::vector<char> buffer_ = std::vector<char>(64 * 1024);
    std::string line_;  // as members read it
    std::uint64_t deliveries_ = 0;
};
