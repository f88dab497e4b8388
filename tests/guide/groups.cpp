// Groups and their history, as members use them and as the program does.
#include <cstddef>
#include <iostream>

#include "minimeta/minimeta.hpp"

int main() {
    minimeta::Limits limits;
    limits.recent_messages = 2;  // messages that a new member of a group is sent

    minimeta::MemoryTransport transport;
    minimeta::Room room{transport, limits};
    (void)room.make_permanent("dev");  // others end with their last member

    const auto lily = transport.open(room), bob = transport.open(room), eve = transport.open(room);
    transport.send_to(room, lily, "name:lily\n/join #dev\n#dev are the tests green?\n");
    transport.send_to(room, eve, "name:eve\n#dev what tests?\n");
    transport.send_to(room, bob, "name:bob\n");
    (void)room.join(bob, "dev");  // what members can do, the program can do for them
    (void)room.say(bob, "dev", "all of them");
    (void)room.announce("dev", "Build 12 is out.");
    (void)room.leave(lily, "dev");
    transport.settle(room);

    for (const auto id : {lily, bob, eve}) std::cout << room.name(id) << " reads:\n" << transport.take(id) << '\n';
    std::cout << "People in dev: " << room.groups()[1].members << ". What is remembered of it:\n";
    const minimeta::History& history = *room.history("dev");
    for (std::size_t i = 0; i < history.size(); ++i)
        std::cout << history[i].stamp.id.sequence << ' ' << history[i].from << ": " << history[i].text << '\n';
}
