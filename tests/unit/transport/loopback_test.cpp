#include "minimeta/transport/loopback.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "minimeta/room.hpp"

using namespace minimeta;

namespace {

// A room that notes what its driver calls.
struct Notes {
    std::string text;

    void on_open(std::uint32_t id, ProtocolIndex) { text += "open " + std::to_string(id) + "; "; }
    void on_receive(std::uint32_t id, std::string_view bytes) {
        text += std::to_string(id) + " sent " + std::string(bytes) + "; ";
    }
    void on_close(std::uint32_t id) { text += "close " + std::to_string(id) + "; "; }
    void flush() { text += "flush; "; }

    std::string take() { return std::exchange(text, {}); }
};

// A peer that is connected, and of which the room has heard.
struct Connected {
    LoopbackTransport transport;
    Notes room;
    const std::uint32_t id = transport.connect();

    Connected() {
        transport.turn(room);
        room.take();
    }
};

std::string take(LoopbackTransport& transport, std::uint32_t id) {
    std::string all;
    transport.read(id, [&](const Bytes& slice) { all.append(slice); });
    return all;
}

}  // namespace

TEST_CASE("the room is given a peer in the next turn, and what it wrote") {
    LoopbackTransport transport;
    Notes room;
    const auto id = transport.connect();
    CHECK(transport.is_open(id));
    transport.write(id, "one ");
    transport.write(id, "two");
    CHECK(room.take() == "");
    CHECK(transport.turn(room));
    CHECK(room.take() == "open 0; 0 sent one two; flush; ");
    CHECK_FALSE(transport.turn(room));
    CHECK(room.take() == "flush; ");
}

TEST_CASE_METHOD(Connected, "what a peer writes while it is open arrives before its end") {
    transport.write(id, "last words");
    transport.disconnect(id);
    transport.run(room);
    CHECK(room.take() == "0 sent last words; close 0; flush; flush; ");
    CHECK_FALSE(transport.is_open(id));
}

TEST_CASE("a peer that comes, speaks and goes within a turn is reported") {
    LoopbackTransport transport;
    Notes room;
    const auto id = transport.connect();
    transport.write(id, "just passing");
    transport.disconnect(id);
    transport.run(room);
    CHECK(room.take() == "open 0; 0 sent just passing; close 0; flush; flush; ");
    CHECK(transport.connect() == id);
}

TEST_CASE_METHOD(Connected, "the room's end of a connection is reported in the next turn, once") {
    transport.close(id);
    transport.close(id);
    CHECK_FALSE(transport.is_open(id));
    CHECK(room.take() == "");
    transport.run(room);
    CHECK(room.take() == "close 0; flush; flush; ");
    transport.close(id);
    transport.run(room);
    CHECK(room.take() == "flush; ");
}

TEST_CASE_METHOD(Connected, "both ends hang up in one turn, and the room is given that once") {
    transport.close(id);
    transport.disconnect(id);
    transport.run(room);
    CHECK(room.take() == "close 0; flush; flush; ");
    CHECK(transport.connect() == id);
    CHECK(transport.connect() != id);  // it was let go of only once
}

TEST_CASE_METHOD(Connected, "what the room sent before it closed can still be read") {
    transport.send(id, Bytes::copy("goodbye"));
    transport.close(id);
    transport.send(id, Bytes::copy("too late"));
    transport.run(room);
    CHECK(take(transport, id) == "goodbye");
}

TEST_CASE("a number names another connection only after its peer has let go of it") {
    LoopbackTransport transport;
    Notes room;
    const auto first = transport.connect();
    transport.turn(room);
    transport.send(first, Bytes::copy("for the first one"));
    transport.close(first);
    transport.run(room);
    CHECK(transport.connect() != first);

    transport.disconnect(first);
    CHECK(transport.connect() == first);
    transport.run(room);
    CHECK(transport.is_open(first));
    CHECK(take(transport, first) == "");
}

TEST_CASE_METHOD(Connected, "what has not been read is the backlog, and reading takes the room's own slices") {
    const Bytes sent = Bytes::copy("hello");
    transport.send(id, sent);
    CHECK(transport.backlog(id) == 5);
    std::vector<const char*> read;
    transport.read(id, [&](const Bytes& slice) { read.push_back(slice.data()); });
    CHECK(read == std::vector{sent.data()});
    CHECK(transport.backlog(id) == 0);
}

TEST_CASE("a loopback connection that is unknown is ignored") {
    LoopbackTransport transport;
    transport.send(7, Bytes::copy("hello?"));
    transport.close(7);
    CHECK(transport.backlog(7) == 0);
}

TEST_CASE("a peer may write while it reads, and is answered in the next turn") {
    LoopbackTransport transport;
    Room room{transport};
    const auto lily = transport.connect(), echo = transport.connect();
    transport.write(lily, "name:lily\n");
    transport.write(echo, "name:echo\n");
    transport.run(room);
    (void)take(transport, lily);
    (void)take(transport, echo);

    transport.write(lily, "hello\n");
    transport.turn(room);
    transport.read(echo, [&](const Bytes& slice) {
        CHECK(slice.view() == "lily: hello\n");
        transport.write(echo, "hello yourself\n");
    });
    CHECK(take(transport, lily) == "");
    transport.run(room);
    CHECK(take(transport, lily) == "echo: hello yourself\n");
}

TEST_CASE("a program's hook may connect another peer in the middle of a turn") {
    LoopbackTransport transport;
    Room room{transport};
    room.on_event([&](const Event& event) {
        if (minimeta::holds_alternative<Joined>(event) && room.member_count() < 50)
            transport.write(transport.connect(), "name:bot" + std::to_string(room.member_count()) + "\n");
    });
    transport.write(transport.connect(), "name:lily\n");
    transport.run(room);
    CHECK(room.member_count() == 50);
}
