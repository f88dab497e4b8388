#include "minimeta/protocol/doors.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "catch.hpp"
#include "minimeta/minimeta.hpp"
#include "minimeta/protocol/http.hpp"
#include "minimeta/protocol/json.hpp"
#include "minimeta/transport/memory.hpp"

using namespace minimeta;

namespace {

using Front = Doors<Http<Json>, Json, Text>;
static_assert(protocol_that_waits<Front> && protocol_with_lanes<Front> && protocol_with_skip<Front>);
static_assert(protocol_that_hears_itself<Front> && protocol_with_clock<Front> && protocol_with_limits<Front>);

const std::string page = "<!DOCTYPE html>";

struct House {
    MemoryTransport transport;
    Room<MemoryTransport, Front> room{transport, Limits{},
                                      Front{Http<Json>{{{"/", "text/html", page}}}, Json{}, Text{}}};
    Time now{};

    House() { room.advance(now); }
    void pass(Duration time) { room.advance(now = now + time); }

    // What somebody reads that sends this, cut after so many bytes; a second later.
    std::string read_after(std::string_view sent, std::size_t cut) {
        const auto id = transport.open(room);
        transport.send_to(room, id, sent.substr(0, cut));
        transport.send_to(room, id, sent.substr(cut));
        room.flush();
        return transport.take(id);
    }
};

const std::string upgrade =
    "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

}  // namespace

TEST_CASE("doors: the first bytes decide what is spoken, in whatever pieces they come") {
    const std::pair<std::string_view, std::string_view> all[] = {
        {"name:lily\n", "-- Hello! "},
        {"\n", "-- Hello! "},
        {"\r\n", "-- Hello! "},
        {"GETTING\n", "-- Hello! "},
        {"/help\n", "-- Hello! "},
        {"\xFF\xFD\x01hi\n", "-- Hello! "},
        {"\x16\x04\n", "-- Hello! "},
        {"{}\n", R"({"type":"greeting",)"},
        {" \t{\"type\":\"who\"}\n", R"({"type":"greeting",)"},
        {"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 200 OK\r\n"},
        {"BREW /pot HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 405 Method Not Allowed\r\n"},
        {"GET HTTP/1.1\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n"},
        {"get / HTTP/1.1\n\n", "HTTP/1.1 400 Bad Request\r\n"},
        {"POST http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\nname:eve\nhello\n",
         "HTTP/1.1 405 Method Not Allowed\r\n"},
        {upgrade, "HTTP/1.1 101 Switching Protocols\r\n"},
        {"\x16\x03\x01\x02", "\x15\x03\x01"},
    };
    House house;
    for (const auto& [sent, read] : all)
        for (std::size_t cut = 0; cut <= sent.size(); ++cut) {
            CAPTURE(sent, cut);
            CHECK(house.read_after(sent, cut).substr(0, read.size()) == read);
        }
}

TEST_CASE("doors: who says nothing is greeted as a person after a second, and nothing later changes that") {
    House house;
    const auto silent = house.transport.open(house.room), begun = house.transport.open(house.room);
    house.transport.send_to(house.room, begun, "G");
    CHECK(house.room.next_deadline() == house.now + seconds(1));
    house.pass(milliseconds(999));
    CHECK(house.transport.take(silent).empty());
    house.pass(milliseconds(1));
    CHECK(house.transport.take(silent).starts_with("-- Hello! "));
    CHECK(house.transport.take(begun).starts_with("-- Hello! "));
    house.transport.send_to(house.room, begun, "us: hi\n");
    CHECK(house.transport.take(begun) == "! You need a name first, for example:  name:lily\n");
    house.transport.send_to(house.room, silent, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    CHECK(house.transport.take(silent).starts_with("! "));
    house.transport.send_to(house.room, silent, "{\"type\":\"who\"}\n");
    CHECK(house.transport.take(silent).starts_with("! "));
    house.pass(seconds(59));
    CHECK(house.transport.take(silent).empty());
    house.pass(seconds(1));
    CHECK(house.transport.take(silent) == "! No name was given within 60 seconds. The connection is closed.\n");
}

TEST_CASE("doors: with decision_seconds of 0, who says nothing has as long as for a name") {
    MemoryTransport transport;
    Room room{transport, Limits{.decision_seconds = 0}, Front{Http<Json>{}, Json{}, Text{}}};
    room.advance(Time{});
    const auto silent = transport.open(room);
    room.advance(Time{} + seconds(59));
    CHECK(transport.take(silent).empty());
    room.advance(Time{} + seconds(60));
    CHECK(transport.take(silent) == "! No name was given within 60 seconds. The connection is closed.\n");
}

TEST_CASE("doors: a full room says so in the words of the last protocol") {
    MemoryTransport transport;
    Room room{transport, Limits{.connections = 0}, Front{Http<Json>{}, Json{}, Text{}}};
    const auto late = transport.open(room);
    CHECK(transport.take(late).starts_with("! "));
}

TEST_CASE("doors: members of all protocols are in one room, and each reads its own form") {
    House house;
    const auto person = house.transport.open(house.room), program = house.transport.open(house.room);
    house.transport.send_to(house.room, person, "name:lily\n/session\n");
    house.transport.send_to(house.room, program,
                            R"({"type":"name","name":"robot"})"
                            "\n");
    house.room.flush();
    (void)house.transport.take(person), (void)house.transport.take(program);
    house.transport.send_to(house.room, program,
                            R"({"type":"say","text":"beep"})"
                            "\n");
    house.transport.send_to(house.room, person, "hi\n");
    house.room.flush();
    CHECK(house.transport.take(person) == "+1-1 0 robot: beep\n");
    const std::string read = house.transport.take(program);
    CHECK(read.find(R"({"type":"sent","text":"beep")") == 0);
    CHECK(read.find(R"({"type":"said","from":"lily","text":"hi")") != read.npos);
}

TEST_CASE("doors: what comes with the first bytes is held to the rate, too") {
    MemoryTransport transport;
    Room room{transport, Limits{.messages_per_second = 1, .burst = 3}, Front{Http<Json>{}, Json{}, Text{}}};
    room.advance(Time{});
    const auto eager = transport.open(room);
    transport.send_to(room, eager, "name:lily\na\nb\nc\nd\ne\n/quit\n");
    room.flush();
    CHECK(room.metrics().said == 2);
    CHECK(transport.take(eager).ends_with("-- Goodbye!\n"));
}
