// A small and quiet room, with words and limits of its own.
#include <iostream>

#include "minimeta/minimeta.hpp"

int main() {
    minimeta::Phrases words = minimeta::english;  // or chinese, of text/phrases_zh.hpp
    words.joined = "-- {name} is in.";
    words.left = "-- {name} is out.";
    words.reason(minimeta::Errc::name_taken) = "{subject} is here already.";

    minimeta::Limits limits{.connections = 50, .messages_per_second = 2, .idle_seconds = 1800};
    limits.name_characters = 12;

    minimeta::MemoryTransport transport;
    minimeta::Room room{transport, limits, minimeta::Text{words}};

    const auto lily = transport.open(room), bob = transport.open(room);
    transport.send_to(room, lily, "name:lily\n");
    transport.send_to(room, bob, "name:LILY\nname:the-honourable-bob\nname:bob\n/quit\n");
    transport.settle(room);

    std::cout << "What lily reads:\n" << transport.take(lily) << "\nWhat bob reads:\n" << transport.take(bob);
}
