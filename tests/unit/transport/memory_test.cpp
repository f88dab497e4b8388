#include "minimeta/transport/memory.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "catch.hpp"

using minimeta::Bytes;
using minimeta::MemoryTransport;
using minimeta::ProtocolIndex;

namespace {

// A room that notes its driver's calls, with a hook for flush.
struct Notes {
    std::string text;
    void (*when_flushed)(MemoryTransport&) = nullptr;
    MemoryTransport* transport = nullptr;

    void on_open(std::size_t id, ProtocolIndex protocol) {
        text += "open " + std::to_string(id) +
                (protocol.value != 0 ? " speaking " + std::to_string(protocol.value) : "") + "; ";
    }
    void on_receive(std::size_t id, std::string_view bytes) {
        text += std::to_string(id) + " sent " + std::string(bytes) + "; ";
    }
    void on_close(std::size_t id) { text += "close " + std::to_string(id) + "; "; }
    void flush() {
        text += "flush; ";
        if (auto act = std::exchange(when_flushed, nullptr)) act(*transport);
    }

    std::string take() { return std::exchange(text, {}); }
};

void send(MemoryTransport& transport, std::size_t id, std::string_view words) {
    transport.send(id, Bytes::copy(words));
}

}  // namespace

TEST_CASE("connections are counted from 0, and their bytes arrive at once") {
    MemoryTransport transport;
    Notes room;
    CHECK(transport.open(room) == 0);
    CHECK(transport.open(room, ProtocolIndex{2}) == 1);
    transport.send_to(room, 1, "hi");
    CHECK(room.take() == "open 0; open 1 speaking 2; 1 sent hi; ");
}

TEST_CASE("what is sent can be taken once") {
    MemoryTransport transport;
    Notes room;
    transport.open(room);
    transport.open(room);
    send(transport, 0, "one ");
    send(transport, 0, "two");
    CHECK(transport.take(0) == "one two");
    CHECK(transport.take(0) == "");
    CHECK(transport.take(1) == "");
    CHECK(transport.sends() == 2);
}

TEST_CASE("a closed connection is reported once, later, and what it received can still be taken") {
    MemoryTransport transport;
    Notes room;
    transport.open(room);
    send(transport, 0, "bye");
    transport.close(0);
    transport.close(0);
    CHECK_FALSE(transport.is_open(0));
    CHECK(room.take() == "open 0; ");

    send(transport, 0, " and more");
    transport.send_to(room, 0, "too late");
    transport.settle(room);
    CHECK(room.take() == "flush; close 0; flush; ");
    transport.settle(room);
    CHECK(room.take() == "flush; ");
    CHECK(transport.take(0) == "bye");
}

TEST_CASE("a peer that hangs up is reported at once, and once") {
    MemoryTransport transport;
    Notes room;
    transport.open(room);
    send(transport, 0, "unread");
    transport.hang_up(room, 0);
    CHECK(room.take() == "open 0; close 0; ");
    transport.hang_up(room, 0);
    transport.settle(room);
    CHECK(room.take() == "flush; ");
    CHECK_FALSE(transport.is_open(0));
    CHECK(transport.take(0) == "unread");
}

TEST_CASE("a peer that hangs up on a connection that the room has closed is reported once") {
    MemoryTransport transport;
    Notes room;
    transport.open(room);
    transport.close(0);
    transport.hang_up(room, 0);
    transport.settle(room);
    CHECK(room.take() == "open 0; close 0; flush; ");
}

TEST_CASE("settling goes on until nothing is left to do") {
    MemoryTransport transport;
    Notes room;
    room.transport = &transport;
    for (int i = 0; i < 3; ++i) transport.open(room);
    room.take();
    room.when_flushed = [](MemoryTransport& t) { t.close(2), t.close(0); };
    transport.settle(room);
    CHECK(room.take() == "flush; close 0; close 2; flush; ");
    CHECK(transport.is_open(1));
}

TEST_CASE("what is sent to a peer that does not read is its backlog, until it reads again") {
    MemoryTransport transport;
    Notes room;
    transport.open(room);
    CHECK(transport.backlog(0) == 0);
    transport.stall(0);
    send(transport, 0, "one ");
    send(transport, 0, "two");
    CHECK(transport.backlog(0) == 7);
    CHECK(transport.take(0) == "");

    transport.stall(0, false);
    CHECK(transport.backlog(0) == 0);
    CHECK(transport.take(0) == "one two");
    send(transport, 0, "three");
    CHECK(transport.take(0) == "three");
}

TEST_CASE("a send can be made to fail, and takes its connection with it") {
    MemoryTransport transport;
    Notes room;
    transport.open(room);
    transport.open(room);
    transport.fail_after(1);
    send(transport, 0, "arrives");
    send(transport, 1, "does not");
    send(transport, 1, "nor this");
    send(transport, 0, " as does this");
    CHECK(transport.is_open(0));
    CHECK_FALSE(transport.is_open(1));
    CHECK(transport.sends() == 2);
    room.take();
    transport.settle(room);
    CHECK(room.take() == "flush; close 1; flush; ");
    CHECK(transport.take(0) == "arrives as does this");
    CHECK(transport.take(1) == "");
}

TEST_CASE("a connection that is unknown is ignored") {
    MemoryTransport transport;
    send(transport, 7, "hello?");
    transport.close(7);
    CHECK(transport.backlog(7) == 0);
    CHECK_FALSE(transport.is_open(7));
    CHECK(transport.sends() == 0);
}
