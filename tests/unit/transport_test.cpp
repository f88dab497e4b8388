// The concept by example: the smallest transport, one that knows its backlog, and what is none.
#include "minimeta/transport.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "catch.hpp"
#include "minimeta/room.hpp"

using namespace minimeta;

namespace {

// The smallest transport: a letter box for each peer, found by its address. Nothing is on its way for longer than the
// call, so there is no backlog to know.
struct LetterBoxes {
    using connection_id = std::string;

    void send(const connection_id& address, const Bytes& bytes) { boxes[address].append(bytes); }
    void close(const connection_id& address) { closed[address] = true; }

    std::string empty(const connection_id& address) { return std::exchange(boxes[address], {}); }

    std::map<std::string, std::string> boxes;
    std::map<std::string, bool> closed;
};

static_assert(transport<LetterBoxes>);
static_assert(!transport_with_backlog<LetterBoxes>);

// With one more function, the room can find slow peers.
struct CountedLetterBoxes : LetterBoxes {
    std::size_t backlog(const connection_id& address) { return boxes[address].size(); }
};

static_assert(transport_with_backlog<CountedLetterBoxes>);

// What cannot be hashed, copied or compared is no id.
struct Unhashable {
    bool operator==(const Unhashable&) const = default;
};
struct ByUnhashable {
    using connection_id = Unhashable;
    void send(const Unhashable&, const Bytes&);
    void close(const Unhashable&);
};
struct WithoutId {
    void send(int, const Bytes&);
    void close(int);
};
struct WithoutClose {
    using connection_id = int;
    void send(int, const Bytes&);
};
struct OfMutableBytes {
    using connection_id = int;
    void send(int, Bytes&);
    void close(int);
};

static_assert(!transport<ByUnhashable>);
static_assert(!transport<WithoutId>);
static_assert(!transport<WithoutClose>);
static_assert(!transport<OfMutableBytes>);

}  // namespace

TEST_CASE("the smallest transport carries a room") {
    LetterBoxes boxes;
    Room room{boxes};
    for (const std::string address : {"lily's house", "bob's flat", "a house without a name"}) room.on_open(address);
    room.on_receive("lily's house", "name:lily\n");
    room.on_receive("bob's flat", "name:bob\n");
    room.flush();
    for (const auto& [address, box] : boxes.boxes) CHECK(box.starts_with("-- Hello!"));
    for (auto& [address, box] : boxes.boxes) box.clear();

    room.on_receive("lily's house", "hello\nand this is for @bob\n");
    room.flush();
    CHECK(boxes.empty("bob's flat") == "lily: hello\n[private] lily: and this is for @bob\n");
    CHECK(boxes.empty("lily's house") == "-- Sent in private to bob; nobody else can read it.\n");
    CHECK(boxes.empty("a house without a name") == "");

    room.on_receive("bob's flat", "/quit\n");
    CHECK(boxes.closed["bob's flat"]);
    room.on_close("bob's flat");
    room.flush();
    CHECK(boxes.empty("lily's house") == "-- bob is gone.\n");
    CHECK(room.connection_count() == 2);
}

TEST_CASE("a slow peer is found out only if the transport knows its backlog") {
    const Limits limits{.backlog_bytes = 1000};
    const auto is_closed_after_much_news = [&](auto& boxes) {
        Room room{boxes, limits};
        for (const char* address : {"reads", "does not"}) {
            room.on_open(address);
            room.on_receive(address, "name:" + std::string(address).substr(0, 4) + "\n");
        }
        for (int i = 0; i < 100; ++i) {
            room.on_receive("reads", "news that fill the boxes of those who do not read them\n");
            room.flush();
            (void)boxes.empty("reads");
        }
        return boxes.closed["does not"];
    };
    LetterBoxes boxes;
    CHECK_FALSE(is_closed_after_much_news(boxes));
    CountedLetterBoxes counted;
    CHECK(is_closed_after_much_news(counted));
}

TEST_CASE("an id that is used again is a new connection, whatever was noted of the last one") {
    CountedLetterBoxes boxes;
    Room room{boxes, Limits{.backlog_bytes = 100}};
    room.on_open("box");
    room.on_receive("box", "name:lily\n/help\n");  // more than it has taken
    boxes.boxes.clear();
    room.on_close("box");
    room.on_open("box");
    room.flush();
    CHECK_FALSE(boxes.closed["box"]);
    CHECK(room.name("box") == "");
}
