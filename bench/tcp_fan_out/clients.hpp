// The members' side of the connections: many sockets in one thread, which speak in lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/net/epoll_poller.hpp"
#include "minimeta/net/select_poller.hpp"
#include "minimeta/net/socket.hpp"
#include "minimeta/time.hpp"

#if MINIMETA_HAS_EPOLL
using CrowdPoller = minimeta::EpollPoller;
#else
using CrowdPoller = minimeta::SelectPoller;
#endif

class Crowd {
public:
    std::size_t size() const { return members_.size(); }

    /// How many the server has closed.
    std::size_t gone() const { return gone_; }

    /// How many times bytes have come, by a call each.
    std::uint64_t receives() const { return receives_; }

    /// One more member, numbered from 0; or why not.
    std::optional<std::string> connect(std::uint16_t port) {
        auto socket = minimeta::net::connect("127.0.0.1", port, minimeta::seconds(5));
        if (!socket) return socket.error().text();
        const int descriptor = socket->value();
        if (!poller_.watch(descriptor, {.reading = true})) return "too many connections for this program to watch";
        if (members_of_.size() <= static_cast<std::size_t>(descriptor))
            members_of_.resize(static_cast<std::size_t>(descriptor) + 1);
        members_of_[static_cast<std::size_t>(descriptor)] = members_.size();
        members_.push_back({std::move(*socket), {}, {}, false});
        return std::nullopt;
    }

    /// Sends a line, which is given without its end. What the kernel does not take follows during listen().
    void say(std::size_t member, std::string_view line) {
        Member& speaker = members_[member];
        speaker.unsent.append(line).push_back('\n');
        write(speaker);
    }

    /// Waits at most so long, and calls `heard(member, line)` for each line that has come meanwhile.
    template <class F>
    void listen(minimeta::Duration patience, F&& heard) {
        for (const minimeta::Ready& each : poller_.wait(patience)) {
            const std::size_t member = members_of_[static_cast<std::size_t>(each.descriptor)];
            if (each.writable) write(members_[member]);
            if (each.readable) read(member, heard);
        }
    }

private:
    struct Member {
        minimeta::net::Descriptor socket;
        std::string begun;   // a line whose end has not come
        std::string unsent;  // what the kernel has not taken
        bool waits = false;  // until it takes more
    };

    void write(Member& member) {
        if (!member.socket || member.unsent.empty()) return;
        const auto sent = minimeta::net::send(member.socket.value(), member.unsent);
        if (sent.outcome == minimeta::net::Moving::moved) member.unsent.erase(0, sent.bytes);
        if (member.waits == member.unsent.empty()) {
            member.waits = !member.waits;
            poller_.change(member.socket.value(), {.reading = true, .writing = member.waits});
        }
    }

    template <class F>
    void read(std::size_t number, F& heard) {
        Member& member = members_[number];
        const auto got = minimeta::net::receive(member.socket.value(), buffer_);
        if (got.outcome == minimeta::net::Moving::not_yet) return;
        if (got.outcome != minimeta::net::Moving::moved) {
            poller_.forget(member.socket.value());
            member.socket.reset();
            ++gone_;
            return;
        }
        ++receives_;
        std::string_view bytes(buffer_.data(), got.bytes);
        for (std::size_t end; (end = bytes.find('\n')) != bytes.npos; bytes.remove_prefix(end + 1)) {
            const std::string_view line = bytes.substr(0, end);
            if (member.begun.empty()) {
                heard(number, line);
            } else {
                heard(number, std::string_view(member.begun.append(line)));
                member.begun.clear();
            }
        }
        member.begun.append(bytes);
    }

    CrowdPoller poller_;
    std::vector<Member> members_;
    std::vector<std::size_t> members_of_;  // by descriptor
    std::vector<char> buffer_ = std::vector<char>(256 * 1024);
    std::size_t gone_ = 0;
    std::uint64_t receives_ = 0;
};
