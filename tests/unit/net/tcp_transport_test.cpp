#include "minimeta/net/tcp_transport.hpp"

#include <pthread.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "descriptors.hpp"
#include "minimeta/chrono.hpp"
#include "recording_room.hpp"
#include "support/peer.hpp"

using namespace minimeta;
using test::Id;
using test::numbered;
using test::Peer;
using test::Record;
using test::Running;

namespace {

using clock_type = std::chrono::steady_clock;

bool closed(Running& running, std::size_t count) {
    return running.room.eventually([&](const Record& r) { return r.closed.size() >= count; });
}

bool opened(Running& running, std::size_t count) {
    return running.room.eventually([&](const Record& r) { return r.opened.size() >= count; });
}

}  // namespace

// ---- Coming and talking

TEST_CASE("what a peer sends reaches the room, and the answer the peer") {
    const std::string host = GENERATE("127.0.0.1", "::1");
    Running running({}, host);
    CHECK(running.where.address == host);
    running.start();
    Peer peer(running.where);
    CHECK(peer.send("hello"));
    CHECK(peer.receive(5) == "hello");
    peer.leave();
    CHECK(closed(running, 1));
    const Record record = running.room.record();
    CHECK(record.opened.size() == 1);
    CHECK(record.opened == record.closed);
    CHECK(record.protocols == std::vector<std::size_t>{7});
    CHECK_FALSE(record.nested);
}

TEST_CASE("each listener has its protocol") {
    Running running;
    auto second = running.transport.listen("::1", 0, {3});
    REQUIRE(second);
    running.start();
    const Peer one(running.where);
    REQUIRE(opened(running, 1));
    const Peer two(*second);
    REQUIRE(opened(running, 2));
    CHECK(running.room.record().protocols == std::vector<std::size_t>{7, 3});
}

TEST_CASE("a listener may be opened while the room runs") {
    Running running;
    running.start();
    std::optional<net::Endpoint> where;
    REQUIRE(running.in_the_room([&] { where = *running.transport.listen("127.0.0.1", 0); }));
    Peer peer(*where);
    CHECK(peer.send("x"));
    CHECK(peer.receive(1) == "x");
}

TEST_CASE("a port that is taken is an error with reason, address and port") {
    Running running;
    test::Transport other;
    auto listening = other.listen("127.0.0.1", running.where.port);
    REQUIRE_FALSE(listening);
    CHECK(listening.error().reason == net::reason_of(EADDRINUSE));
    CHECK(listening.error().where == running.where);
}

TEST_CASE("many peers talk at once, and each is answered") {
    Running running;
    running.start();
    std::vector<std::unique_ptr<Peer>> peers;
    for (int i = 0; i < 200; ++i) peers.push_back(std::make_unique<Peer>(running.where));
    for (std::size_t i = 0; i < peers.size(); ++i) CHECK(peers[i]->send("I am " + std::to_string(1000 + i)));
    for (std::size_t i = 0; i < peers.size(); ++i) CHECK(peers[i]->receive(9) == "I am " + std::to_string(1000 + i));
    CHECK(running.in_the_room([&] { running.room.broadcast = Bytes::copy("news"); }));
    for (const auto& peer : peers) CHECK(peer->receive(4) == "news");
    peers.clear();
    CHECK(closed(running, 200));
}

TEST_CASE("what is sent in a turn arrives in order, and before what is sent in flush") {
    Running running;
    running.room.on_bytes = [&](Id id, std::string_view) {
        for (int i = 0; i < 100; ++i) running.transport.send(id, Bytes::copy(std::to_string(i) + " "));
        running.transport.send(id, Bytes{});
        running.room.broadcast = Bytes::copy("news");
    };
    running.start();
    Peer peer(running.where);
    std::string expected;
    for (int i = 0; i < 100; ++i) expected += std::to_string(i) + " ";
    expected += "news";
    CHECK(peer.send("go"));
    CHECK(peer.receive(expected.size()) == expected);
}

TEST_CASE("a peer that sends much is read a buffer at a time, one a turn") {
    Running running;
    running.room.on_bytes = [](Id, std::string_view) {};
    running.start();
    const std::string much = numbered(3'000'000);
    Peer peer(running.where);
    const Id id = running.id_of(peer);
    CHECK(peer.send(much));
    CHECK(running.room.eventually([&](const Record& r) {
        const auto received = r.received.find(id.descriptor);
        return received != r.received.end() && received->second == much;
    }));
    CHECK(running.room.record().most_received <= 64 * 1024);
    CHECK(running.room.record().most_received_in_turn == 1);
}

TEST_CASE("the address of a peer can be asked for as long as it is there") {
    const std::string host = GENERATE("127.0.0.1", "::1");
    Running running({}, host);
    running.start();
    Peer peer(running.where);
    const Id id = running.id_of(peer);
    CHECK(id.descriptor >= 0);  // found by its address
    peer.leave();
    CHECK(closed(running, 1));
    std::string address = "?";
    CHECK(running.in_the_room([&] { address = running.transport.address(id); }));
    CHECK(address.empty());
}

// ---- Peers that do not read

TEST_CASE("a peer that does not read delays no other, and gets everything once it reads") {
    constexpr std::size_t rounds = 32;
    const std::string each = numbered(1 << 20);
    Running running;
    running.start();
    Peer slow(running.where);
    const Id slow_id = running.id_of(slow);
    Peer quick(running.where);
    const Id quick_id = running.id_of(quick);

    std::size_t backlog = 0, quick_backlog = 1;
    for (std::size_t i = 0; i < rounds; ++i) {
        REQUIRE(running.in_the_room([&] { running.room.broadcast = Bytes::copy(each); }));
        REQUIRE(quick.receive(each.size()) == each);
    }
    REQUIRE(running.in_the_room([&] {
        backlog = running.transport.backlog(slow_id);
        quick_backlog = running.transport.backlog(quick_id);
    }));
    CHECK(quick_backlog == 0);
    CHECK(backlog > each.size());
    CHECK(backlog < rounds * each.size());

    // A blocked connection costs no turns.
    const int turns = running.room.record().turns;
    CHECK(quick.hears_nothing(std::chrono::milliseconds(50)));
    CHECK(running.room.record().turns - turns < 10);

    std::size_t wrong = 0;
    for (std::size_t i = 0; i < rounds; ++i) wrong += slow.receive(each.size()) != each ? 1 : 0;
    CHECK(wrong == 0);
    REQUIRE(running.in_the_room([&] { backlog = running.transport.backlog(slow_id); }));
    CHECK(backlog == 0);
    CHECK(slow.send("still here"));
    CHECK(slow.receive(10) == "still here");
}

TEST_CASE("in flush, the backlog is what the kernel did not take") {
    Running running;
    std::size_t before = 0, within = 0;
    running.room.on_bytes = [&](Id id, std::string_view) {
        running.transport.send(id, Bytes::copy("an answer "));
        before = running.transport.backlog(id);
        running.room.on_flush = [&, id] {
            running.transport.send(id, Bytes::copy("news"));
            within = running.transport.backlog(id);
        };
    };
    running.start();
    Peer peer(running.where);
    CHECK(peer.send("x"));
    CHECK(peer.receive(14) == "an answer news");
    running.stop();
    CHECK(before == 10);
    CHECK(within == 0);
}

// ---- Going

TEST_CASE("a peer that resets its connection is gone, and no other") {
    Running running;
    running.start();
    Peer stays(running.where);
    {
        Peer goes(running.where);
        REQUIRE(opened(running, 2));
        goes.reset();
    }
    CHECK(closed(running, 1));
    CHECK(stays.send("x"));
    CHECK(stays.receive(1) == "x");
    CHECK(running.room.record().closed.size() == 1);
}

TEST_CASE("a peer found dead while flushing is reported in the same turn, and the others get what follows from it") {
    Running running;
    std::optional<Peer> goes(running.where);
    std::optional<Peer> stays;
    // Within a turn in which nothing was to be read from it; the loopback tells the other end at once.
    running.room.on_bytes = [&](Id, std::string_view) {
        goes->reset();
        running.room.broadcast = Bytes::copy("news ");
    };
    running.room.on_departure = [&](Id) { running.room.broadcast = Bytes::copy("somebody is gone"); };
    running.start();
    const Id gone = running.id_of(*goes);
    stays.emplace(running.where);
    REQUIRE(opened(running, 2));
    CHECK(stays->send("x"));
    CHECK(stays->receive(21) == "news somebody is gone");
    running.stop();
    const Record record = running.room.record();
    CHECK(record.closed.front() == gone);
    CHECK(record.flushes == record.turns + 2);  // one for the dead, one at the end of the run
    CHECK_FALSE(record.nested);
}

TEST_CASE("a peer from which the room wants nothing is not read, and the others are") {
    Running running;
    running.room.pause = seconds(3600);
    running.start();
    Peer flooder(running.where), other(running.where);
    CHECK(flooder.send("one"));
    CHECK(flooder.receive(3) == "one");
    CHECK(flooder.send("two"));
    CHECK(other.send("x"));
    CHECK(other.receive(1) == "x");
    CHECK(flooder.hears_nothing(std::chrono::milliseconds(20)));
    running.stop();
}

TEST_CASE("a peer from which the room wants nothing for a while is read after that, as it is when it is gone") {
    Running running;
    running.room.pause = milliseconds(20);
    running.start();
    Peer peer(running.where);
    for (const std::string_view word : {"one", "two", "three"}) {
        CHECK(peer.send(word));
        CHECK(peer.receive(word.size()) == word);
    }
    SECTION("by a close") { peer.close(); }
    SECTION("by a reset") { peer.reset(); }
    CHECK(closed(running, 1));
    running.stop();
    CHECK(running.room.record().turns < 100);  // the loop does not spin meanwhile
}

TEST_CASE("the end of a peer that is closed while nothing is read from it is noticed at once") {
    Running running({.linger = seconds(3600)});
    running.room.pause = seconds(3600);
    running.start();
    Peer peer(running.where);
    CHECK(peer.send("x"));
    CHECK(peer.receive(1) == "x");
    const Id id = running.id_of(peer);
    CHECK(running.in_the_room([&] { running.transport.close(id); }));
    CHECK(peer.receive_all().empty());
    peer.close();
    CHECK(closed(running, 1));
    running.stop();
}

TEST_CASE("a closed peer that goes on sending costs few turns until its linger time is over") {
    Running running({.linger = milliseconds(200)});
    running.room.on_bytes = [&](Id id, std::string_view) { running.transport.close(id); };
    running.start();
    Peer peer(running.where);
    while (peer.send(std::string(100, 'x'))) continue;  // until the connection is dropped
    CHECK(closed(running, 1));
    running.stop();
    CHECK(running.room.record().turns < 100);
}

TEST_CASE("a peer that half-closes gets the answers to its last commands") {
    Running running;
    running.start();
    Peer peer(running.where);
    CHECK(peer.send("one two three"));
    peer.end_sending();
    CHECK(peer.receive_all() == "one two three");
    CHECK(closed(running, 1));
    running.stop();
    CHECK(running.room.record().closed.size() == 1);
}

TEST_CASE("long answers to a peer that has half-closed are written to the end") {
    const std::string answer = numbered(16 << 20);
    Running running;
    running.room.on_bytes = [&](Id id, std::string_view) { running.transport.send(id, Bytes::copy(answer)); };
    running.start();
    Peer peer(running.where);
    CHECK(peer.send("x"));
    peer.end_sending();
    CHECK(closed(running, 1));  // the room does not wait until it is written
    Peer quiet(running.where);
    const int turns = running.room.record().turns;
    CHECK(quiet.hears_nothing(std::chrono::milliseconds(50)));
    CHECK(running.room.record().turns - turns < 10);  // the end of its bytes is not read again and again
    CHECK(peer.receive_all() == answer);
}

TEST_CASE("last words reach a peer that goes on sending") {
    Running running;
    running.room.on_bytes = [&](Id id, std::string_view) {
        running.transport.send(id, Bytes::copy("no more of that"));
        running.transport.close(id);
        running.transport.send(id, Bytes::copy(" and this is too late"));
    };
    running.start();
    Peer peer(running.where);
    const Id id = running.id_of(peer);
    CHECK(peer.send(std::string(4 << 20, 'x')));  // all of it is taken, and thrown away
    CHECK(peer.receive_all() == "no more of that");
    CHECK_FALSE(peer.was_reset());
    CHECK(running.room.record().received[id.descriptor].size() <= 64 * 1024);
    CHECK(running.room.record().closed.empty());
    peer.leave();
    CHECK(closed(running, 1));
    running.stop();
    CHECK(running.room.record().closed == std::vector<Id>{id});
}

TEST_CASE("a visitor may be sent something and closed as soon as it is there") {
    Running running;
    running.room.on_arrival = [&](Id id) {
        running.transport.send(id, Bytes::copy("full"));
        running.transport.close(id);
        running.transport.close(id);
    };
    running.start();
    for (int i = 0; i < 20; ++i) CHECK(Peer(running.where).receive_all() == "full");
    CHECK(closed(running, 20));
}

TEST_CASE("a peer that does not leave after being closed is dropped when the linger time is over") {
    const bool reads = GENERATE(true, false);
    Running running({.linger = milliseconds(60)});
    clock_type::time_point begin;
    running.room.on_bytes = [&](Id id, std::string_view) {
        begin = clock_type::now();
        if (!reads) running.transport.send(id, Bytes::copy(std::string(32 << 20, 'x')));
        running.transport.close(id);
    };
    running.start();
    Peer peer(running.where);
    CHECK(peer.send("x"));
    CHECK(closed(running, 1));
    CHECK(clock_type::now() - begin >= std::chrono::milliseconds(50));  // the turn began before on_bytes
    running.stop();
    CHECK(running.room.record().closed.size() == 1);
}

TEST_CASE("last words arrive also where nothing has happened for longer than the linger time") {
    Running running({.linger = milliseconds(50)});
    running.room.on_bytes = [&](Id id, std::string_view) {
        running.room.deadline = net::monotonic_time() + milliseconds(150);
        running.room.on_deadline = [&running, id] {
            running.transport.send(id, Bytes::copy("silent for too long"));
            running.transport.close(id);
        };
    };
    running.start();
    Peer peer(running.where);
    CHECK(peer.send("x"));
    CHECK(peer.receive_all() == "silent for too long");
    running.stop();
}

TEST_CASE("a peer that half-closes and does not read is dropped when the linger time is over") {
    Running running({.linger = milliseconds(60)});
    running.room.on_bytes = [&](Id id, std::string_view) {
        running.transport.send(id, Bytes::copy(std::string(32 << 20, 'x')));
    };
    running.start();
    Peer peer(running.where);
    const Id id = running.id_of(peer);
    CHECK(peer.send("x"));
    peer.end_sending();
    CHECK(closed(running, 1));
    std::size_t backlog = 1;
    const auto give_up = clock_type::now() + test::longest_wait;
    while (backlog != 0 && clock_type::now() < give_up)
        REQUIRE(running.in_the_room([&] { backlog = running.transport.backlog(id); }));
    CHECK(backlog == 0);
    CHECK(running.room.record().closed.size() == 1);
}

TEST_CASE("an id of the past names no connection, though its descriptor is used again") {
    Running running;
    running.start();
    Id before;
    {
        Peer first(running.where);
        before = running.id_of(first);
    }
    CHECK(closed(running, 1));
    Peer second(running.where);
    const Id now = running.id_of(second);
    CHECK(now.descriptor == before.descriptor);
    CHECK(now != before);
    bool known = false;
    CHECK(running.in_the_room([&] {
        for (const Id& id : {before, Id{}, Id{100'000, 0}, Id{0, 0}}) {
            running.transport.send(id, Bytes::copy("not for you"));
            known = known || running.transport.backlog(id) != 0 || !running.transport.address(id).empty();
            running.transport.close(id);
        }
    }));
    CHECK_FALSE(known);
    CHECK(second.send("x"));
    CHECK(second.receive(1) == "x");
    CHECK(running.room.record().closed.size() == 1);
}

// ---- Moving to another transport

TEST_CASE("a connection can be released by one transport and adopted by another, in another thread") {
    Running from, to;
    net::Descriptor refused;
    from.room.on_bytes = [&](Id id, std::string_view) {
        from.transport.send(id, Bytes::copy("moving "));  // queued, and written before the descriptor is given away
        const auto socket = std::make_shared<net::Descriptor>(from.transport.release(id));
        refused = from.transport.release(id);
        from.transport.send(id, Bytes::copy("not for you"));
        from.transport.close(id);
        to.transport.post([&to, socket] {
            if (const auto adopted = to.transport.adopt(std::move(*socket))) to.room.on_open(*adopted, {9});
        });
    };
    from.start();
    to.start();
    for (std::size_t i = 1; i <= 3; ++i) {  // the same descriptor each time, but never the same id
        Peer peer(from.where);
        CHECK(peer.send("take me there"));
        CHECK(peer.receive(7) == "moving ");
        REQUIRE(opened(to, i));
        CHECK(peer.send("hello"));
        CHECK(peer.receive(5) == "hello");
        peer.end_sending();
        CHECK(peer.receive_all().empty());
        CHECK(closed(to, i));
    }
    from.stop();
    to.stop();
    CHECK_FALSE(refused);
    CHECK(to.room.record().opened == to.room.record().closed);
    CHECK(to.room.record().protocols == std::vector<std::size_t>{9, 9, 9});
    CHECK(from.room.record().opened.size() == 3);
    CHECK(from.room.record().closed.empty());
}

TEST_CASE("what a peer has sent before it was adopted is read then, also its end") {
    Running running;
    test::Door door;
    Peer peer(door.where());
    CHECK(peer.send("early"));
    peer.end_sending();
    net::Descriptor socket = door.accept();
    running.start();
    CHECK(running.in_the_room([&] {
        if (const auto id = running.transport.adopt(std::move(socket))) running.room.on_open(*id, {});
    }));
    CHECK(peer.receive_all() == "early");
    CHECK(closed(running, 1));
}

TEST_CASE("a connection that has not taken what it was sent is not released, and stays") {
    Running running;
    bool released = true;
    running.start();
    Peer peer(running.where);
    const Id id = running.id_of(peer);
    const std::string much(32 << 20, 'x');
    REQUIRE(running.in_the_room([&] {
        running.transport.send(id, Bytes::copy(much));
        released = static_cast<bool>(running.transport.release(id));
    }));
    CHECK_FALSE(released);
    CHECK(peer.receive(much.size()) == much);
    CHECK(peer.send("still here"));
    CHECK(peer.receive(10) == "still here");
}

TEST_CASE("a connection that is unknown, closing or gone cannot be released") {
    Running running;
    std::vector<bool> released;
    const auto try_release = [&](Id id) { released.push_back(static_cast<bool>(running.transport.release(id))); };
    running.room.on_bytes = [&](Id id, std::string_view) {
        running.transport.close(id);
        try_release(id);
    };
    running.room.on_departure = try_release;
    running.start();
    Peer peer(running.where);
    CHECK(running.in_the_room([&] { try_release(Id{}); }));
    CHECK(peer.send("x"));
    CHECK(peer.receive_all().empty());
    peer.leave();
    CHECK(closed(running, 1));
    running.stop();
    CHECK(released == std::vector<bool>{false, false, false});
    CHECK(running.room.record().closed.size() == 1);
}

#if !defined(MINIMETA_TEST_EPOLL)

TEST_CASE("a socket whose descriptor does not fit select is not adopted, but closed") {
    const test::DescriptorLimit limit;
    if (!limit.set(FD_SETSIZE + 100)) {
        WARN("this process may not have so many descriptors");
        return;
    }
    Running running;
    running.start();
    std::vector<net::Descriptor> taken;
    test::Door door;
    REQUIRE(test::take_descriptors(taken, FD_SETSIZE) == 0);
    Peer peer(door.where());
    net::Descriptor socket = door.accept();
    REQUIRE(socket.value() >= FD_SETSIZE);
    bool adopted = true;
    CHECK(running.in_the_room([&] { adopted = running.transport.adopt(std::move(socket)).has_value(); }));
    CHECK_FALSE(adopted);
    CHECK(peer.receive_all().empty());
}

#endif

// ---- Too many

// While there are no descriptors, these tests claim nothing: a sanitizer needs one to look at what Catch does.

TEST_CASE("without descriptors, visitors are refused, members are served, and nothing spins") {
    Running running;
    running.start();
    Peer member(running.where);
    REQUIRE(opened(running, 1));
    std::vector<net::Descriptor> sockets;
    for (int i = 0; i < 5; ++i) sockets.emplace_back(::socket(AF_INET, SOCK_STREAM, 0));
    std::vector<std::unique_ptr<Peer>> visitors;  // kept, so that none of them frees a descriptor
    std::vector<std::string> told;

    const int turns = running.room.record().turns;
    const test::DescriptorLimit limit;
    REQUIRE(limit.set(static_cast<rlim_t>(sockets.back().value() + 20)));
    std::vector<net::Descriptor> taken;
    const int reason = test::take_descriptors(taken, 1 << 20);
    for (net::Descriptor& each : sockets) {
        visitors.push_back(std::make_unique<Peer>(std::move(each), running.where));
        told.push_back(visitors.back()->receive_all());
    }
    member.send("x");
    const std::string answer = member.receive(1);
    const bool silent = member.hears_nothing(std::chrono::milliseconds(50));
    taken.clear();

    CHECK(reason == EMFILE);
    CHECK(told == std::vector<std::string>(5, "room_full in protocol 7\n"));
    CHECK(answer == "x");
    CHECK(silent);
    CHECK(running.room.record().turns - turns < 20);
    CHECK(running.room.record().opened.size() == 1);
    Peer late(running.where);
    CHECK(late.send("x"));
    CHECK(late.receive(1) == "x");
}

TEST_CASE("when not even the spare descriptor helps, visitors wait, members are served, and nothing spins") {
    Running running;
    running.start();
    Peer member(running.where);
    REQUIRE(opened(running, 1));
    net::Descriptor socket(::socket(AF_INET, SOCK_STREAM, 0));

    const int turns = running.room.record().turns;
    const test::DescriptorLimit limit;
    REQUIRE(limit.set(3));  // below everything, so that what is closed makes no place
    Peer visitor(std::move(socket), running.where);
    visitor.send("let me in");
    member.send("x");
    const std::string answer = member.receive(1);
    const bool silent = visitor.hears_nothing(std::chrono::milliseconds(350));  // some of the pauses
    const int turns_later = running.room.record().turns;
    limit.restore();

    CHECK(answer == "x");
    CHECK(silent);
    CHECK(turns_later - turns < 20);
    CHECK(visitor.receive(9) == "let me in");
}

#if !defined(MINIMETA_TEST_EPOLL)  // for which every descriptor fits

TEST_CASE("a visitor whose descriptor does not fit select is refused, and members are served") {
    const test::DescriptorLimit limit;
    if (!limit.set(FD_SETSIZE + 100)) {
        WARN("this process may not have so many descriptors");
        return;
    }
    Running running;
    running.start();
    Peer member(running.where);
    REQUIRE(opened(running, 1));
    std::vector<net::Descriptor> taken;
    REQUIRE(test::take_descriptors(taken, FD_SETSIZE) == 0);
    for (int i = 0; i < 5; ++i) {
        Peer visitor(running.where);
        REQUIRE(visitor.descriptor() >= FD_SETSIZE);
        CHECK(visitor.receive_all() == "room_full in protocol 7\n");
    }
    CHECK(member.send("x"));
    CHECK(member.receive(1) == "x");
    CHECK(running.room.record().opened.size() == 1);

    SelectTransport beyond;
    auto listening = beyond.listen("127.0.0.1", 0);
    REQUIRE_FALSE(listening);
    CHECK(listening.error().reason == net::reason_of(EMFILE));
    taken.clear();
    CHECK_FALSE(running.room.record().nested);
}

#endif

// ---- Time, threads and signals

TEST_CASE("the room is advanced when it asked for it, and not all the time") {
    Running running;
    const Time begin = time_of(clock_type::now());
    running.room.deadline = begin + milliseconds(30);
    running.start();
    CHECK(running.room.eventually(
        [&](const Record& r) { return !r.advanced.empty() && r.advanced.back() >= begin + milliseconds(30); }));
    CHECK(running.room.record().turns < 10);
}

TEST_CASE(
    "with a flush interval the output of several turns goes out at once, and what is for one peer does not wait") {
    Running running({.flush_interval = seconds(3600)});
    running.room.on_bytes = [&running](Id id, std::string_view bytes) {
        running.transport.send(id, Bytes::copy("you said " + std::string(bytes)));
        running.room.broadcast = Bytes::copy("somebody spoke");
    };
    running.start();
    Peer peer(running.where);
    REQUIRE(opened(running, 1));  // which was flushed, since nothing was before
    for (const std::string said : {"one", "two", "three"}) {
        CHECK(peer.send(said));
        CHECK(peer.receive(9 + said.size()) == "you said " + said);
    }
    CHECK(running.room.record().flushes == 1);
    running.stop();  // does not wait for the interval
    CHECK(peer.receive_all() == "somebody spoke");
}

TEST_CASE("with a flush interval output goes out when it is over, although nothing else happens") {
    Running running({.flush_interval = milliseconds(30)});
    running.room.on_bytes = [&running](Id, std::string_view bytes) { running.room.broadcast = Bytes::copy(bytes); };
    running.start();
    Peer peer(running.where);
    for (int i = 0; i < 3; ++i) {
        CHECK(peer.send("x"));
        CHECK(peer.receive(1) == "x");
    }
}

TEST_CASE("stop wakes a room where nothing happens") {
    Running running;
    running.start();
    CHECK(running.in_the_room([] {}));
    const auto before = clock_type::now();
    running.stop();
    CHECK(clock_type::now() - before < std::chrono::seconds(2));
}

TEST_CASE("a function posted from another thread is called in the room's") {
    Running running;
    running.start();
    std::thread::id called_in;
    CHECK(running.in_the_room([&] { called_in = std::this_thread::get_id(); }));
    CHECK(called_in != std::this_thread::get_id());
}

TEST_CASE("what was posted before a stop is done, and members get what it sends") {
    Running running;
    running.start();
    Peer peer(running.where);
    REQUIRE(opened(running, 1));
    running.transport.post([&] {
        // Both in the next turn, and it is the last one.
        running.transport.post([&] {
            running.room.broadcast = Bytes::copy("the house burns down");
            running.room.on_flush = [&] {
                peer.send("nobody will read this");
                running.room.on_flush = [] {};
            };
        });
        running.transport.stop();
    });
    running.join();
    CHECK(peer.receive_all() == "the house burns down");
    CHECK_FALSE(peer.was_reset());
    CHECK(running.room.record().closed.size() == 1);
    CHECK_FALSE(running.room.record().nested);
}

TEST_CASE("a posted function may stop the run") {
    Running running;
    std::thread thread([&] { running.transport.run(running.room); });
    running.transport.post([&] { running.transport.stop(); });
    thread.join();
    CHECK(running.room.record().turns <= 3);
}

TEST_CASE("after stop every connection is closed, once, and the same port can be listened at again") {
    Running running;
    for (std::size_t round = 1; round <= 3; ++round) {
        running.start();
        Peer peer(running.where);
        CHECK(peer.send("x"));
        CHECK(peer.receive(1) == "x");
        running.stop();
        CHECK(peer.receive_all().empty());
        CHECK(running.room.record().opened.size() == round);
        CHECK(running.room.record().closed == running.room.record().opened);
        auto listening = running.transport.listen("127.0.0.1", running.where.port);
        REQUIRE(listening);
        CHECK(*listening == running.where);
    }
}

TEST_CASE("a peer that does not read does not delay the stop") {
    Running running({.linger = seconds(3600)});
    running.start();
    Peer peer(running.where);
    REQUIRE(opened(running, 1));
    REQUIRE(running.in_the_room([&] { running.room.broadcast = Bytes::copy(std::string(32 << 20, 'x')); }));
    running.stop();
    CHECK(running.room.record().closed.size() == 1);
}

TEST_CASE("a stop before the run is not lost, and a stop that comes twice stops one run") {
    Running running;
    running.transport.stop();
    running.transport.run(running.room);
    CHECK(running.room.record().turns == 1);

    REQUIRE(running.transport.listen("127.0.0.1", running.where.port));
    running.room.on_departure = [&](Id) { running.transport.stop(); };  // during the stop
    running.start();
    {
        Peer peer(running.where);
        REQUIRE(opened(running, 1));
        running.transport.post([&] {
            running.transport.stop();
            running.transport.stop();
        });
        running.join();
    }
    REQUIRE(running.transport.listen("127.0.0.1", running.where.port));
    running.start();
    Peer peer(running.where);
    CHECK(peer.send("x"));
    CHECK(peer.receive(1) == "x");
}

TEST_CASE("thousands of posts before the run neither block nor get lost") {
    Running running;
    int calls = 0;
    for (int i = 0; i < 100'000; ++i) running.transport.post([&] { ++calls; });
    running.transport.stop();
    running.transport.run(running.room);
    CHECK(calls == 100'000);
}

TEST_CASE("several threads post while peers talk") {
    Running running;
    running.start();
    std::atomic<int> calls = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 3; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 1000; ++i) running.transport.post([&] { ++calls; });
        });
    Peer peer(running.where);
    for (int i = 0; i < 200; ++i) {
        REQUIRE(peer.send("hello"));
        REQUIRE(peer.receive(5) == "hello");
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(running.in_the_room([] {}));
    CHECK(calls == 3000);
}

TEST_CASE("signals do no harm, and a signal handler may stop the run") {
    static test::Transport* stopped_by_signal;
    struct sigaction quiet {};
    struct sigaction stopping {};
    struct sigaction before_quiet {};
    struct sigaction before_stopping {};
    quiet.sa_handler = [](int) {};
    stopping.sa_handler = [](int) { stopped_by_signal->stop(); };
    REQUIRE(::sigaction(SIGUSR1, &quiet, &before_quiet) == 0);
    REQUIRE(::sigaction(SIGUSR2, &stopping, &before_stopping) == 0);

    Running running;
    stopped_by_signal = &running.transport;
    std::thread thread([&] { running.transport.run(running.room); });
    Peer peer(running.where);
    for (int i = 0; i < 200; ++i) {
        ::pthread_kill(thread.native_handle(), SIGUSR1);
        REQUIRE(peer.send("hello"));
        ::pthread_kill(thread.native_handle(), SIGUSR1);
        REQUIRE(peer.receive(5) == "hello");
    }
    ::pthread_kill(thread.native_handle(), SIGUSR2);
    thread.join();
    CHECK(peer.receive_all().empty());
    ::sigaction(SIGUSR1, &before_quiet, nullptr);
    ::sigaction(SIGUSR2, &before_stopping, nullptr);
}

// ---- A loop of the program's own

TEST_CASE("turns without run() serve peers, and do not wait if they are not to") {
    Running running;
    Peer peer(running.where);
    CHECK(peer.send("hello"));
    const auto deadline = clock_type::now() + test::longest_wait;
    while (running.room.record().received.empty() && clock_type::now() < deadline)
        CHECK(running.transport.turn(running.room, {}));
    CHECK(peer.receive(5) == "hello");

    const int turns = running.room.record().turns;
    const auto begin = clock_type::now();
    for (int i = 0; i < 100; ++i) CHECK(running.transport.turn(running.room, Duration{}));
    CHECK(clock_type::now() - begin < std::chrono::seconds(5));
    CHECK(running.room.record().turns == turns + 100);
    CHECK_FALSE(running.room.record().nested);
}

TEST_CASE("a turn waits as long as it may, if nothing is to be done") {
    Running running;
    const auto begin = clock_type::now();
    CHECK(running.transport.turn(running.room, milliseconds(30)));
    CHECK(clock_type::now() - begin >= std::chrono::milliseconds(30));
    running.room.deadline = net::monotonic_time() + seconds(3600);
    CHECK(running.transport.turn(running.room, milliseconds(1)));
    CHECK(running.room.deadline);
}

TEST_CASE("a turn does not wait beyond what is due, however long ago the last one was") {
    Running running;
    CHECK(running.transport.turn(running.room, Duration{}));
    running.room.deadline = net::monotonic_time() + milliseconds(20);
    while (net::monotonic_time() < *running.room.deadline) test::await(-1, 0, std::chrono::milliseconds(1));
    const auto begin = clock_type::now();
    CHECK(running.transport.turn(running.room));
    CHECK(clock_type::now() - begin < std::chrono::seconds(5));
    CHECK_FALSE(running.room.deadline);
}

TEST_CASE("the turn after a stop is the last one, and shuts down") {
    Running running;
    Peer peer(running.where);
    const auto deadline = clock_type::now() + test::longest_wait;
    while (running.room.record().opened.empty() && clock_type::now() < deadline)
        CHECK(running.transport.turn(running.room, milliseconds(10)));
    running.transport.stop();
    running.transport.stop();
    CHECK_FALSE(running.transport.turn(running.room));
    CHECK(running.room.record().closed.size() == 1);
    CHECK(peer.receive_all().empty());

    auto again = running.transport.listen("127.0.0.1", running.where.port);
    REQUIRE(again);
    CHECK(running.transport.turn(running.room, Duration{}));  // both stops are past
}

// ---- Functions at a time

TEST_CASE("functions are called at their time, in order of time") {
    Running running;
    std::string order;
    const Time begin = net::monotonic_time();
    std::vector<Time> called;
    const auto note = [&](const char* name) {
        return [&order, &called, name] {
            order += name;
            called.push_back(net::monotonic_time());
        };
    };
    running.transport.at(begin + milliseconds(40), note("c"));
    running.transport.at(begin + milliseconds(20), note("b"));
    running.transport.at(begin, note("a"));
    running.transport.at(begin + milliseconds(60), [&] { running.transport.stop(); });
    running.transport.run(running.room);
    CHECK(order == "abc");
    REQUIRE(called.size() == 3);
    CHECK(called[1] >= begin + milliseconds(20));
    CHECK(called[2] >= begin + milliseconds(40));
    CHECK(running.room.record().turns < 30);  // it slept in between
}

TEST_CASE("a function that calls itself again at once does not hold up the room") {
    Running running;
    int calls = 0;
    std::function<void()> again = [&] {
        if (++calls < 1000) running.transport.at(Time{}, [&] { again(); });
        else running.transport.stop();
    };
    running.transport.at(Time{}, [&] { again(); });
    running.transport.run(running.room);
    CHECK(calls == 1000);
    CHECK(running.room.record().turns >= 1000);
}

TEST_CASE("what a function at a time sends is delivered in its turn; a hook may ask for one") {
    Running running;
    running.room.on_bytes = [&](Id, std::string_view) {
        running.transport.at(net::monotonic_time(), [&] { running.room.broadcast = Bytes::copy("due"); });
    };
    running.start();
    Peer peer(running.where);
    CHECK(peer.send("x"));
    CHECK(peer.receive(3) == "due");
}

TEST_CASE("what is not due at a stop waits for the next run") {
    Running running;
    int calls = 0;
    running.transport.at(net::monotonic_time() + milliseconds(50), [&] {
        ++calls;
        running.transport.stop();
    });
    running.transport.stop();
    running.transport.run(running.room);
    CHECK(calls == 0);
    running.transport.run(running.room);
    CHECK(calls == 1);
}
