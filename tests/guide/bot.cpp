// The program has a voice of its own, and sees everything.
#include <iostream>
#include <string>

#include "minimeta/minimeta.hpp"

int main() {
    minimeta::MemoryTransport transport;
    minimeta::Room room{transport};

    room.on_event([&room](const minimeta::Event& event) {
        if (const auto* joined = minimeta::get_if<minimeta::Joined>(&event)) {
            (void)room.announce("Be kind, " + std::string(joined->name) + ".");
        } else if (const auto* said = minimeta::get_if<minimeta::Said>(&event)) {
            if (said->text.find("buy now") == said->text.npos) return;
            if (const auto connection = room.find(said->from))
                (void)room.kick(*connection, "No advertisements, please.");
        } else if (const auto* left = minimeta::get_if<minimeta::Left>(&event)) {
            std::cout << "log: " << left->name << " left" << (left->why ? ", by force\n" : "\n");
        }
    });

    const auto lily = transport.open(room), bob = transport.open(room);
    transport.send_to(room, lily, "name:lily\n");
    transport.send_to(room, bob, "name:bob\n");
    transport.send_to(room, bob, "buy now!\nand buy again\n");
    if (const auto refused = room.whisper(lily, "bob", "are you still there?"))
        std::cout << "log: refused, " << name_of(*refused) << '\n';
    transport.settle(room);

    std::cout << "\nWhat lily reads:\n" << transport.take(lily) << "\nWhat bob reads:\n" << transport.take(bob);
}
