// The examples in other event loops, each run as its user would run it: members chat, leave in every way, and send too fast.
#ifdef MINIMETA_ENET_LOOP_PATH
#include <enet/enet.h>
#endif

#include <chrono>
#include <string>
#include <string_view>

#include "catch.hpp"
#include "program.hpp"
#include "support/peer.hpp"

using e2e::Program;
using test::Peer;
namespace net = minimeta::net;

namespace {

// Those that were built.
const char* const loops[] = {
#ifdef MINIMETA_ASIO_LOOP_PATH
    MINIMETA_ASIO_LOOP_PATH,
#endif
#ifdef MINIMETA_LIBUV_LOOP_PATH
    MINIMETA_LIBUV_LOOP_PATH,
#endif
#ifdef MINIMETA_QT_LOOP_PATH
    MINIMETA_QT_LOOP_PATH,
#endif
    MINIMETA_FRAME_LOOP_PATH,
};

struct Loop {
    explicit Loop(const std::string& path) : program(path, {"0"}), where(e2e::place_in(program.out.receive_line())) {
        INFO(path);
    }

    Program program;
    net::Endpoint where;
};

}  // namespace

TEST_CASE("in each event loop members chat, in the room, in groups and in private, and one order is kept") {
    const std::string path = GENERATE(from_range(std::begin(loops), std::end(loops)));
    INFO(path);
    Loop loop(path);
    Peer lily = e2e::join(loop.where, "lily"), bob = e2e::join(loop.where, "bob");
    CHECK(lily.reads("-- bob joined.\n"));
    lily.send("hello\n/join #dev\n");
    lily.receive_up_to("-- You are in #dev.");
    lily.receive_line();
    bob.send("/join #dev\n");
    CHECK(lily.reads("-- bob joined #dev.\n"));
    bob.receive_up_to("-- You are in #dev.");
    bob.receive_line();
    lily.send("one\n#dev two\n/msg bob three\nfour\n");
    CHECK(bob.reads("lily: one\n#dev lily: two\n[private] lily: three\nlily: four\n"));
    CHECK(loop.program.terminate() == 0);
    CHECK(lily.receive_all().find("-- Sent in private to bob") != std::string::npos);
}

TEST_CASE(
    "in each event loop members that leave, vanish or send all they have and close are gone, and others read on") {
    const std::string path = GENERATE(from_range(std::begin(loops), std::end(loops)));
    INFO(path);
    Loop loop(path);
    Peer lily = e2e::join(loop.where, "lily");
    {
        Peer bob = e2e::join(loop.where, "bob");
        CHECK(lily.reads("-- bob joined.\n"));
        bob.send("bye\n/quit\n");
        CHECK(lily.reads("bob: bye\n-- bob is gone.\n"));
        CHECK(bob.receive_all() == "-- Goodbye!\n");
    }
    Peer eve = e2e::join(loop.where, "eve");
    eve.reset();
    CHECK(lily.reads("-- eve joined.\n-- eve is gone.\n"));
    Peer zoe(loop.where);  // as `printf … | nc -N` does
    zoe.send("name:zoe\nhello from a pipe\n/who\n");
    zoe.end_sending();
    CHECK(lily.reads("-- zoe joined.\nzoe: hello from a pipe\n-- zoe is gone.\n"));
    CHECK(zoe.receive_all().find("lily, zoe\n") != std::string::npos);
    CHECK(loop.program.terminate() == 0);
}

TEST_CASE("in each event loop who sends too fast is slowed down, and loses nothing of others") {
    const std::string path = GENERATE(from_range(std::begin(loops), std::end(loops)));
    INFO(path);
    Loop loop(path);
    Peer lily = e2e::join(loop.where, "lily"), bob = e2e::join(loop.where, "bob");
    lily.receive_up_to("-- bob joined.\n");
    std::string flood;
    for (int i = 0; i < 3'000; ++i) flood += "on and on and on and on\n";
    bob.send(flood);
    bob.receive_up_to("! ");  // it is told
    lily.send("hello, bob\n");
    bob.receive_up_to("lily: hello, bob\n");
    bob.reset();
    lily.receive_up_to("-- bob is gone.\n");
    CHECK(loop.program.terminate() == 0);
}

TEST_CASE("each event loop says so when its port is taken") {
    const std::string path = GENERATE(from_range(std::begin(loops), std::end(loops)));
    INFO(path);
    Loop first(path);
    Program second(path, {std::to_string(first.where.port)});
    CHECK(second.err.receive_line().starts_with("cannot listen"));
    CHECK(second.status() == 1);
    second.err.receive_all();
    CHECK(first.program.terminate() == 0);
}

TEST_CASE("in the frame loop the guard answers what it hears, a second later") {
    Loop loop(MINIMETA_FRAME_LOOP_PATH);
    Peer lily = e2e::join(loop.where, "lily");
    lily.send("the password is swordfish\n/who\n");
    CHECK(lily.reads("-- Here now (2): guard, lily\n"));
    CHECK(lily.reads("guard: lily, everybody could hear that.\n"));
    CHECK(loop.program.terminate() == 0);
}

#ifdef MINIMETA_ENET_LOOP_PATH
namespace {

// A player, over ENet's own client.
class Player {
public:
    Player(const net::Endpoint& where, std::string_view name) : host_(enet_host_create(nullptr, 1, 1, 0, 0)) {
        REQUIRE(host_ != nullptr);
        const ENetAddress address{ENET_HOST_TO_NET_32(INADDR_LOOPBACK), where.port};
        server_ = enet_host_connect(host_, &address, 1, 0);
        REQUIRE(reads("-- Hello!"));
        send("name:" + std::string(name) + "\n");
        REQUIRE(reads("-- Welcome, " + std::string(name)));
    }
    ~Player() { enet_host_destroy(host_); }

    void send(std::string_view bytes) {
        enet_peer_send(server_, 0, enet_packet_create(bytes.data(), bytes.size(), ENET_PACKET_FLAG_RELIABLE));
        enet_host_flush(host_);
    }
    // Reads up to a text; false if it does not come, or the connection has ended.
    bool reads(std::string_view text) {
        const auto late = std::chrono::steady_clock::now() + test::longest_wait;
        while (read_.find(text) == read_.npos && !gone_ && std::chrono::steady_clock::now() < late) serve();
        const std::size_t at = read_.find(text);
        if (at == read_.npos) return false;
        read_.erase(0, at + text.size());
        return true;
    }
    bool is_disconnected() {
        const auto late = std::chrono::steady_clock::now() + test::longest_wait;
        while (!gone_ && std::chrono::steady_clock::now() < late) serve();
        return gone_;
    }

private:
    void serve() {
        ENetEvent event;
        if (enet_host_service(host_, &event, 10) <= 0) return;
        if (event.type == ENET_EVENT_TYPE_DISCONNECT) gone_ = true;
        if (event.type != ENET_EVENT_TYPE_RECEIVE) return;
        read_.append(reinterpret_cast<const char*>(event.packet->data), event.packet->dataLength);
        enet_packet_destroy(event.packet);
    }

    ENetHost* host_;
    ENetPeer* server_ = nullptr;
    std::string read_;
    bool gone_ = false;
};

}  // namespace

TEST_CASE("over ENet players chat, and are disconnected behind the last words") {
    Loop loop(MINIMETA_ENET_LOOP_PATH);
    Player lily(loop.where, "lily"), bob(loop.where, "bob");
    CHECK(lily.reads("-- bob joined.\n"));
    for (int i = 0; i < 10; ++i) lily.send("line " + std::to_string(i) + "\n");
    for (int i = 0; i < 10; ++i) CHECK(bob.reads("lily: line " + std::to_string(i) + "\n"));
    bob.send("/msg lily ps");
    bob.send("st\n/quit\n");
    CHECK(lily.reads("[private] bob: psst\n-- bob is gone.\n"));
    CHECK(bob.reads("-- Goodbye!\n"));
    CHECK(bob.is_disconnected());
    CHECK(loop.program.terminate() == 0);
    CHECK(lily.is_disconnected());
}
#endif
