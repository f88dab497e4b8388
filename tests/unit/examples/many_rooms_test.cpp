// The door of many_rooms: how a first line names a room, and how long it may take.
#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "../../../examples/many_rooms/door.hpp"
#include "catch.hpp"
#include "minimeta/chrono.hpp"
#include "support/peer.hpp"

using minimeta::seconds;
using minimeta::Time;
using namespace many_rooms;

TEST_CASE("a first line asks for a room in one of three ways") {
    CHECK(room_in("room:tea") == "tea");
    CHECK(room_in("room: tea \r") == "tea");
    CHECK(room_in("room：茶") == "茶");
    CHECK(room_in("/join tea") == "tea");
    for (const std::string_view bad :
         {"", "tea", "room", "room:", "room:a b", "room:a@b", "room:\xE8", "/join", "name:tea"})
        CHECK(room_in(bad) == std::nullopt);
}

TEST_CASE("at the door, a connection has some seconds for its first line, and is then refused") {
    test::Door house;
    test::Peer late(house.where());
    test::Peer later(house.where());
    Transport transport;
    std::deque<Rooms> threads(1);
    Door door(transport, threads);

    transport.post([&] {
        const Time begin = minimeta::time_of(std::chrono::steady_clock::now());
        const auto allowed = seconds(Door::first_line_seconds);
        door.advance(begin);
        CHECK(door.next_deadline() == std::nullopt);
        door.on_open(*transport.adopt(house.accept()), {});
        CHECK(door.next_deadline() == begin + allowed);
        door.advance(begin + seconds(5));
        const auto second = *transport.adopt(house.accept());
        door.on_open(second, {});
        door.on_receive(second, "room:t");
        door.advance(begin + seconds(10));
        door.on_receive(second, "e");  // a letter now and then gains no time
        door.advance(begin + allowed);
        CHECK(door.next_deadline() == begin + seconds(5) + allowed);
    });
    transport.stop();
    transport.run(door);
    const std::string question = "-- Which room? For example:  room:tea\n";
    const std::string last_words = "! You have not said which room in time.\n";
    CHECK(late.receive_all() == question + last_words);
    CHECK(later.receive_all() == question);
    CHECK(door.next_deadline() == std::nullopt);
}
