// The smallest program with a room in it: three peers in memory, and what each of them reads.
#include <iostream>

#include "minimeta/minimeta.hpp"

int main() {
    minimeta::MemoryTransport transport;
    minimeta::Room room{transport};

    const auto lily = transport.open(room), bob = transport.open(room), eve = transport.open(room);
    transport.send_to(room, lily, "name:lily\n");
    transport.send_to(room, bob, "name:bob\n");
    transport.send_to(room, eve, "name:eve\n");
    transport.send_to(room, lily, "hello, everybody\nand this is for @bob\n");
    transport.hang_up(room, eve);
    transport.settle(room);

    std::cout << "What lily reads:\n" << transport.take(lily) << "\nWhat bob reads:\n" << transport.take(bob);
}
