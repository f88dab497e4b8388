// A guard, who belongs to the program: it answers what is whispered to it, and greets those who enter its group.
#include <iostream>

#include "minimeta/minimeta.hpp"

int main() {
    minimeta::MemoryTransport transport;
    minimeta::Room room{transport};

    const auto guard = room.add_resident("guard");
    if (guard.refused || room.join(guard.number, "castle")) return 1;
    room.on_event([&](const minimeta::Event& event) {
        const auto* joined = minimeta::get_if<minimeta::GroupJoined>(&event);
        if (joined != nullptr && joined->group == "castle") (void)room.say(guard.number, "castle", "Who goes there?");
        const auto* whispered = minimeta::get_if<minimeta::Whispered>(&event);
        if (whispered != nullptr && whispered->number != guard.number)
            (void)room.whisper(guard.number, whispered->from, "I must not talk on duty.");
    });

    const auto lily = transport.open(room);
    transport.send_to(room, lily, "name:lily\n/join #castle\n/msg guard a quiet night?\n/whois guard\n");
    transport.settle(room);
    std::cout << transport.take(lily);
}
