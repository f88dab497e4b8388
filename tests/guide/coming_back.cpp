// What was said outlives the room, and a member outlives its connection.
#include <iostream>
#include <string>
#include <vector>

#include "minimeta/minimeta.hpp"

using Room = minimeta::Room<minimeta::MemoryTransport>;

struct Line {  // of a file, say, or a row of a table
    minimeta::Stamp stamp;
    minimeta::Manner manner;
    std::string from, group, text;
};

// Puts the archive into the histories of a new room, and adds what is said there to the archive.
void connect(Room& room, std::vector<Line>& archive) {
    for (const Line& line : archive) {  // oldest first; a group must exist: see make_permanent
        const auto refused = room.remember(
            line.group, {.stamp = line.stamp, .from = line.from, .text = line.text, .manner = line.manner});
        if (refused) std::cerr << "not restored: " << name_of(*refused) << '\n';
    }
    room.on_event([&archive](const minimeta::Event& event) {
        if (const auto* said = minimeta::get_if<minimeta::Said>(&event)) {
            archive.push_back({said->stamp, said->manner, std::string(said->from), std::string(said->group),
                               std::string(said->text)});
        } else if (const auto* announced = minimeta::get_if<minimeta::Announced>(&event)) {
            archive.push_back({announced->stamp, {}, {}, std::string(announced->group), std::string(announced->text)});
        }
    });
}

int main() {
    std::vector<Line> archive;
    minimeta::MemoryTransport transport;
    {
        Room monday{transport};
        connect(monday, archive);
        monday.advance({}, {1'795'428'000'000'000'000});  // the steady clock, and what time it is
        const auto lily = transport.open(monday);
        transport.send_to(monday, lily, "name:lily\nsee you tomorrow\n");
    }

    Room tuesday{transport};
    connect(tuesday, archive);
    tuesday.offer_sessions({0x5EC2E7, 0xC0FFEE});  // for a repeatable example; yours is secret, see below
    tuesday.advance({}, {1'795'514'400'000'000'000});
    const auto lily = transport.open(tuesday), bob = transport.open(tuesday);
    transport.send_to(tuesday, lily, "name:lily\n");
    transport.send_to(tuesday, bob, "/session\nname:bob\n/history\n");
    transport.send_to(tuesday, lily, "hi bob\n");
    transport.settle(tuesday);
    const std::string read = transport.take(bob);
    std::cout << "bob reads:\n" << read;

    transport.hang_up(tuesday, bob);  // the others are not notified: bob has a minute to resume
    transport.send_to(tuesday, lily, "still there?\n");
    std::string token = read.substr(read.find("+session ") + 9);
    token.resize(token.find(' '));
    const auto again = transport.open(tuesday);
    transport.send_to(tuesday, again, "/resume " + token + " 1795514400-1\n");
    transport.settle(tuesday);
    std::cout << "\nbob, back again, reads:\n" << transport.take(again) << "\nlily reads:\n" << transport.take(lily);
}
