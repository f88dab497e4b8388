// The program decides about requests, and answers a command of its own.
#include <iostream>
#include <string>

#include "minimeta/minimeta.hpp"

using minimeta::Verdict;

int main() {
    minimeta::MemoryTransport transport;
    minimeta::Room room{transport};
    (void)room.describe_command("/roll", "throws a die");

    room.on_request([&room](const auto& request) {
        if (const auto* said = minimeta::get_if<minimeta::Say>(&request.command))
            if (said->text.find("blast") != said->text.npos) return Verdict::refuse("Mind your words.");
        if (const auto* join = minimeta::get_if<minimeta::Join>(&request.command))
            if (join->group == "staff" && request.account.empty()) return Verdict::refuse();
        if (const auto* custom = minimeta::get_if<minimeta::Custom>(&request.command))
            if (custom->word == "roll") {
                (void)room.announce(std::string(request.name) + " rolls a 4.");  // chosen by a fair die
                return Verdict::done();
            }
        return Verdict::allow();
    });

    const auto lily = transport.open(room), bob = transport.open(room);
    transport.send_to(room, lily, "name:lily\n");
    transport.send_to(room, bob, "name:bob\nblast it!\n/roll\n/join #staff\n/dance\n");
    (void)room.identify(bob, "bob@example.org");
    transport.send_to(room, bob, "/join #staff\n");
    (void)room.tell(bob, "You are one of us.");
    transport.settle(room);

    std::cout << "What lily reads:\n" << transport.take(lily) << "\nWhat bob reads:\n" << transport.take(bob);
}
