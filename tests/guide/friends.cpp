// Friendships outlive the members, and what was written meanwhile waits for them.
#include <iostream>
#include <set>
#include <string>
#include <utility>

#include "minimeta/minimeta.hpp"

using minimeta::Relationship;

int main() {
    minimeta::MemoryTransport transport;
    minimeta::Room room{transport, {.private_history_messages = 100}};

    // Kept from the last time, and to be saved when something changes.
    std::set<std::pair<std::string, std::string>> saved{{"lily@home", "eve@home"}};
    for (const auto& [one, other] : saved) (void)room.remember_friendship({one, other});
    room.on_event([&](const minimeta::Event& event) {
        if (!minimeta::get_if<minimeta::FriendshipChanged>(&event)) return;
        saved.clear();
        for (const auto& each : room.friendships())
            if (each.relationship == Relationship::friends) saved.emplace(each.account, each.other);
    });

    const auto lily = transport.open(room), bob = transport.open(room);
    transport.send_to(room, lily, "name:lily\n");
    transport.send_to(room, bob, "name:bob\n");
    (void)room.identify(lily, "lily@home");  // they have shown that they are
    (void)room.identify(bob, "bob@home");
    transport.send_to(room, lily, "/friend bob\n");
    transport.send_to(room, bob, "/friend lily\n/quit\n");
    transport.settle(room);
    transport.send_to(room, lily, "/friends\n/msg bob@home see you at eight\n");

    const auto later = transport.open(room);
    transport.send_to(room, later, "name:rob\n");
    (void)room.identify(later, "bob@home");
    transport.settle(room);

    std::cout << "What lily reads:\n" << transport.take(lily) << "\nWhat rob reads:\n" << transport.take(later);
    std::cout << "\nSaved:\n";
    for (const auto& [one, other] : saved) std::cout << one << " and " << other << '\n';
}
