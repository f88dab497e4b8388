// A chat room in a game: the transport takes a turn in each frame, and never waits. The guard is one of the game's own.
//
//     frame_loop 5000        listens on 127.0.0.1:5000, until Ctrl-C
#include <chrono>
#include <csignal>
#include <iostream>
#include <string>
#include <thread>

#include "connections.hpp"
#include "minimeta/minimeta.hpp"
#include "minimeta/net/tcp_transport.hpp"

namespace {

using std::chrono::steady_clock;

volatile std::sig_atomic_t ended = 0;

// Who stands at the gate, hears what everybody hears, and answers a second later.
class Guard {
public:
    using Room = minimeta::Room<minimeta::SelectTransport>;

    Guard(minimeta::SelectTransport& transport, Room& room)
        : transport_(transport), room_(room), self_(room.add_resident("guard").number) {
        room.on_event([this](const minimeta::Event& event) {
            if (const auto* said = minimeta::get_if<minimeta::Said>(&event))
                if (said->text.find("password") != said->text.npos) answer(said->number);
        });
    }

private:
    void answer(minimeta::MemberNumber whom) {
        const auto in_a_second = now() + minimeta::seconds(1);
        transport_.at(in_a_second, [this, whom] {
            const std::string name(room_.name(whom));  // empty if it has left meanwhile
            if (!name.empty()) (void)room_.say(self_, name + ", everybody could hear that.");
        });
    }

    minimeta::SelectTransport& transport_;
    Room& room_;
    minimeta::MemberNumber self_;
};

void simulate_and_draw() {}  // your game

}  // namespace

int main(int count, char** arguments) {
    minimeta::SelectTransport transport;
    Guard::Room room{transport};
    const Guard guard{transport, room};
    const auto listening = transport.listen("127.0.0.1", port_in(count, arguments));
    if (!listening) {
        std::cerr << "cannot listen on " << listening.error().text() << '\n';
        return 1;
    }
    std::cout << "listening on " << listening->text() << std::endl;
    for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, [](int) { ended = 1; });

    constexpr auto frame = std::chrono::microseconds(16'667);
    for (auto next = steady_clock::now(); !ended; std::this_thread::sleep_until(next += frame)) {
        transport.turn(room, {});  // whatever is ready, without waiting
        simulate_and_draw();
    }
    transport.stop();
    while (transport.turn(room)) continue;  // the last words
}
