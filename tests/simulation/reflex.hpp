// Reflexes: what the program does from within its hook. The same to the room and to the model, so that both must agree in
// which order things happen that are nested.
#pragma once

#include <string>
#include <string_view>

/// Acts on an event (event_text.hpp), in a room or in the model of one.
template <class Room>
void react(Room& room, std::string_view event) {
    const auto word = [&event] {
        const std::string_view first = event.substr(0, event.find('|'));
        event.remove_prefix(first.size() + 1);
        return std::string(first);
    };
    const std::string kind = word(), name = word();
    if (kind == "joined" || kind == "lost" || kind == "resumed") (void)room.announce("", kind + ": " + name);
    if (kind == "group left") (void)room.announce(word(), name + " left you");
    if (kind == "left") (void)room.kick(room.number_of("p1"), "");
    if (kind == "joined" && name == "zoe") (void)room.identify(room.number_of("zoe"), "zoe@home");
    if (kind == "connection" && name == "limited") (void)room.announce("", "not so fast");
    const auto connection = room.find(name);
    if (!connection) return;
    if (kind == "renamed") (void)room.say(*connection, "", "I was " + name);
    if (kind == "away" && name == "p2") (void)room.come_back(*connection);
    if (kind == "said" && name == "p3") (void)room.kick(*connection, "quiet, please");
    if (kind != "group joined") return;
    const std::string group = word();
    if (group == "attic") (void)room.kick(*connection, "");
    if (group == "dev") (void)room.leave(*connection, group);
    if (group == "tea") (void)room.join(*connection, "attic");
}
