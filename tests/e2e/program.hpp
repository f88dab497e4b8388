// Program: one of ours, run on pipes; and Server, the one that most tests talk to.
#pragma once

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/net/descriptor.hpp"
#include "minimeta/net/endpoint.hpp"
#include "minimeta/net/socket.hpp"
#include "process.hpp"
#include "support/peer.hpp"
#include "support/stream.hpp"

namespace e2e {

using test::Peer;

/// Our end of it does not wait; the program's is an ordinary one, as a shell would give it.
struct Pipe {
    explicit Pipe(int our_end) {
        int ends[2];
        if (::pipe(ends) != 0) throw std::runtime_error("no pipe: " + net::reason_of(errno));
        for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
        ::fcntl(ends[our_end], F_SETFL, O_NONBLOCK);
        ours.reset(ends[our_end]);
        theirs.reset(ends[1 - our_end]);
    }
    net::Descriptor ours, theirs;
};

class Program : public Process {
public:
    explicit Program(const std::string& path, const std::vector<std::string>& arguments = {},
                     const Surroundings& around = {})
        : Program(path, arguments, around, Pipe(1), Pipe(0), Pipe(0)) {}

    /// What it has complained about and no test looked at, is shown, so that nothing is lost of why a test failed.
    ~Program() {
        const std::string rest = err.receive_available();
        if (!rest.empty()) std::cerr << name_ << " on standard error:\n" << rest;
    }

    /// What it prints on standard output and on standard error.
    test::Stream out, err;

    bool writes(std::string_view bytes) { return write_all(in_.value(), bytes); }
    void types(std::string_view line) { writes(std::string(line) + '\n'); }
    void end_input() { in_.reset(); }

    /// Whether this is exactly what it prints next.
    bool prints(std::string_view text) { return out.reads(text); }
    bool complains(std::string_view text) { return err.reads(text); }

private:
    Program(const std::string& path, const std::vector<std::string>& arguments, const Surroundings& around, Pipe in,
            Pipe output, Pipe complaints)
        : out(std::move(output.ours)),
          err(std::move(complaints.ours)),
          name_(path.substr(path.rfind('/') + 1)),
          in_(std::move(in.ours)) {
        ::signal(SIGPIPE, SIG_IGN);
        start(path, arguments, around, {in.theirs.value(), output.theirs.value(), complaints.theirs.value()}, false);
    }

    std::string name_;
    net::Descriptor in_;
};

/// Where `listening on 127.0.0.1:5000` says; throws for anything else.
inline net::Endpoint place_in(std::string_view line) {
    constexpr std::string_view begin = "listening on ";
    const std::size_t colon = line.rfind(':');
    net::Endpoint where;
    if (!line.starts_with(begin) || colon == line.npos) throw std::runtime_error("not a place: " + std::string(line));
    where.address = line.substr(begin.size(), colon - begin.size());
    if (where.address.starts_with('[')) where.address = where.address.substr(1, where.address.size() - 2);
    std::from_chars(line.data() + colon + 1, line.data() + line.size(), where.port);
    return where;
}

inline constexpr std::string_view greeting = "-- Hello! Tell us your name to come in, for example:  name:lily\n";

/// Comes in under a name; throws if that is not possible.
inline Peer join(const net::Endpoint& where, const std::string& name) {
    Peer peer(where);
    peer.send("name:" + name + "\n");
    peer.receive_up_to("-- Welcome, " + name + "!");
    peer.receive_line();
    return peer;
}

/// A tcp_server that serves at a port of its own.
class Server : public Program {
public:
    explicit Server(std::vector<std::string> options = {}, const Surroundings& around = {})
        : Program(MINIMETA_TCP_SERVER_PATH, with_defaults(options), around),
          serves_pages(std::find(options.begin(), options.end(), "--no-web") == options.end()),
          where(place_in(out.receive_line())) {
        if (serves_pages) out.receive_line();  // where a browser finds it
    }

    const bool serves_pages;
    const net::Endpoint where;

    [[nodiscard]] Peer connect() const { return Peer(where); }

    /// The peer's side holds as little as the system allows, so that the server soon feels it when the peer does not
    /// read.
    [[nodiscard]] Peer connect_with_small_buffer() const {
        net::Descriptor socket(::socket(AF_INET, SOCK_STREAM, 0));
        net::make_nonblocking_and_private(socket.value());
        net::set_option(socket.value(), SOL_SOCKET, SO_RCVBUF, 4096);
        return Peer(std::move(socket), where);
    }

    /// Connects a member with this name, and waits until the log mentions it.
    Peer join(const std::string& name) {
        Peer peer = e2e::join(where, name);
        out.receive_up_to(name + " joined from " + peer.address() + "\n");
        return peer;
    }

private:
    static std::vector<std::string> with_defaults(std::vector<std::string> options) {
        options.insert(options.begin(), {"--serve", "--port", "0"});
        return options;
    }
};

}  // namespace e2e
