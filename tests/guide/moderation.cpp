// Order kept by some: who makes a group owns it, and the program may do everything.
#include <iostream>

#include "minimeta/minimeta.hpp"

int main() {
    minimeta::MemoryTransport transport;
    minimeta::Room room{transport};

    const auto lily = transport.open(room), bob = transport.open(room);
    transport.send_to(room, lily, "name:lily\n/join #tea\n/topic #tea Green or black?\n");
    transport.send_to(room, bob, "name:bob\n/join #tea\n/topic #tea Coffee!\n");
    transport.send_to(room, lily, "/mute #tea bob 10m\n");
    transport.send_to(room, bob, "#tea Coffee!\n");
    if (room.set_role("", lily, minimeta::Role::op)) return 1;  // of the whole room
    transport.send_to(room, lily, "/kick bob Tea only.\n");
    transport.settle(room);

    std::cout << "What bob reads:\n" << transport.take(bob);
    for (const auto& each : room.sanctions("tea"))
        std::cout << "\nlog: " << each.name << " is muted for " << each.seconds << " seconds\n";
}
