// A chat server over TCP: a room, a log of joins and leaves, and dice. Copy it to start a program of your own.
//
//     chat_server 5000       listens on 127.0.0.1:5000, until Ctrl-C
//     nc 127.0.0.1 5000      in other terminals: type  name:lily  then talk, or type  !roll
#include <csignal>
#include <cstdint>
#include <iostream>
#include <random>
#include <string>

#include "minimeta/base/parse_number.hpp"
#include "minimeta/minimeta.hpp"
#include "minimeta/net/tcp_transport.hpp"

int main(int count, char** arguments) {
    std::uint16_t port = 5000;
    if (count > 2 || (count == 2 && !minimeta::parse_number(arguments[1], port))) {
        std::cerr << "usage: chat_server [port]\n";
        return 2;
    }

    // The transport owns the sockets and the event loop. The room holds the members and the rules of the chat, and does
    // no I/O: bytes come from the transport, and go to it. Its second argument, if any, is minimeta::Limits.
    static minimeta::SelectTransport transport;  // static, so that the signal handlers below can use it
    minimeta::Room room{transport};

    // The hook sees every event, after the room has changed, and may call the room. Names and texts in an event are
    // views that are valid during the call.
    std::mt19937 random{std::random_device{}()};
    std::uniform_int_distribution<int> die{1, 6};
    room.on_event([&](const minimeta::Event& event) {
        if (const auto* joined = minimeta::get_if<minimeta::Joined>(&event)) {
            std::cout << joined->name << " joined" << std::endl;
        } else if (const auto* left = minimeta::get_if<minimeta::Left>(&event)) {
            std::cout << left->name << " left";
            if (left->why) std::cout << " (" << name_of(*left->why) << ")";  // the room closed its connection
            std::cout << std::endl;
        } else if (const auto* said = minimeta::get_if<minimeta::Said>(&event);
                   said != nullptr && said->text == "!roll") {
            const std::string result = std::string(said->from) + " rolls a " + std::to_string(die(random)) + ".";
            if (const auto refused = room.announce(said->group, result))  // as every operation, returns why not
                std::cerr << "cannot announce: " << name_of(*refused) << '\n';
        }
    });

    // Everything happens within run(), in this thread. stop(), which is safe in a signal handler, makes it close all
    // connections (the hook sees the members leave) and return.
    std::signal(SIGINT, [](int) { transport.stop(); });
    std::signal(SIGTERM, [](int) { transport.stop(); });
    std::signal(SIGPIPE, SIG_IGN);  // a log that is read no longer is no reason to end

    // Port 0 takes a free port; the host "" listens on all addresses of this machine.
    auto listening = transport.listen("127.0.0.1", port);
    if (!listening) {
        std::cerr << "cannot listen on " << listening.error().text() << '\n';
        return 1;
    }
    std::cout << "listening on " << listening->text() << std::endl;
    transport.run(room);
    std::cout << "stopped" << std::endl;
}
