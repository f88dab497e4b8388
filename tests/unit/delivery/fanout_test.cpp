#include "minimeta/delivery/fanout.hpp"

#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"

using minimeta::ByteLog;
using minimeta::Bytes;

namespace {

// Keeps the slices that each connection was sent.
struct Recorder {
    using connection_id = int;
    std::map<int, std::vector<Bytes>> slices;

    void send(int id, const Bytes& bytes) { slices[id].push_back(bytes); }
    void close(int) {}

    std::string take(int id) {
        std::string all;
        for (const Bytes& slice : std::exchange(slices[id], {})) all.append(slice);
        return all;
    }
};

using Fanout = minimeta::Fanout<Recorder, 2>;

// What a protocol makes of a text: the second one shouts.
std::string worded(std::size_t protocol, std::string text) {
    if (protocol == 1)
        for (char& c : text) c = static_cast<char>(c - 'a' + 'A');
    return text;
}

// A fanout, and what it sends.
struct Recorded {
    Recorder recorder;
    std::uint64_t sent = 0;  // bytes
    Fanout fanout{recorder, sent};

    void say(const std::string& text, minimeta::Seat except = {}) {
        fanout.broadcast(except, [&](std::size_t protocol, ByteLog& log) { log.append(worded(protocol, text)); });
    }
    void flush() {
        fanout.flush([](int) {});
    }
};

}  // namespace

TEST_CASE_METHOD(Recorded, "nothing is heard before the flush, and then all of it in one slice") {
    for (int id = 0; id < 3; ++id) (void)fanout.seat(id, 0);
    say("one");
    say("two");
    CHECK(recorder.slices.empty());

    flush();
    for (int id = 0; id < 3; ++id) {
        REQUIRE(recorder.slices[id].size() == 1);
        CHECK(recorder.slices[id][0].view() == "onetwo");
        CHECK(recorder.slices[id][0].data() == recorder.slices[0][0].data());
    }
}

TEST_CASE_METHOD(Recorded, "an excepted member hears all but that, in the order in which it was said") {
    const auto lily = fanout.seat(0, 0), bob = fanout.seat(1, 0);
    (void)fanout.seat(2, 0);
    say("a");
    say("b", lily);
    say("c", bob);
    say("d", bob);
    say("e");
    flush();
    CHECK(recorder.take(0) == "acde");
    CHECK(recorder.take(1) == "abe");
    CHECK(recorder.take(2) == "abcde");
}

TEST_CASE_METHOD(Recorded, "a newly seated member hears nothing from before") {
    (void)fanout.seat(0, 0);
    say("before");
    (void)fanout.seat(1, 0);
    say("after");
    flush();
    CHECK(recorder.take(0) == "beforeafter");
    CHECK(recorder.take(1) == "after");
}

TEST_CASE_METHOD(Recorded, "a member that is caught up has all that was said, and is not given it again") {
    const auto lily = fanout.seat(0, 0);
    (void)fanout.seat(1, 0);
    say("one");
    fanout.catch_up(lily);
    CHECK(recorder.take(0) == "one");
    CHECK(recorder.take(1) == "");
    fanout.catch_up(lily);
    CHECK(recorder.take(0) == "");
    say("two");
    flush();
    CHECK(recorder.take(0) == "two");
    CHECK(recorder.take(1) == "onetwo");
}

TEST_CASE_METHOD(Recorded, "a flush without output asks no connection") {
    (void)fanout.seat(0, 0);
    (void)fanout.seat(1, 1);
    std::vector<int> given;
    const auto note = [&](int id) { given.push_back(id); };
    fanout.flush(note);
    CHECK(given.empty());

    say("news");
    fanout.flush(note);
    CHECK(given == std::vector{0, 1});
    fanout.flush(note);
    CHECK(given.size() == 2);
    CHECK(recorder.slices[0].size() == 1);
}

TEST_CASE_METHOD(Recorded, "an event is encoded once for each protocol in use") {
    const auto encoded_for = [&] {
        std::vector<std::size_t> protocols;
        fanout.broadcast({}, [&](std::size_t protocol, ByteLog&) { protocols.push_back(protocol); });
        return protocols;
    };
    CHECK(encoded_for().empty());
    for (int id = 0; id < 50; ++id) (void)fanout.seat(id, 1);
    CHECK(encoded_for() == std::vector<std::size_t>{1});
    const auto last = fanout.seat(50, 0);
    (void)fanout.seat(51, 1);
    CHECK(encoded_for() == std::vector<std::size_t>{0, 1});
    (void)fanout.unseat(last);
    CHECK(encoded_for() == std::vector<std::size_t>{1});
}

TEST_CASE_METHOD(Recorded, "each member hears its own protocol") {
    (void)fanout.seat(0, 0);
    const auto loud = fanout.seat(1, 1);
    say("one");
    say("two", loud);
    flush();
    CHECK(recorder.take(0) == "onetwo");
    CHECK(recorder.take(1) == "ONE");
}

TEST_CASE_METHOD(Recorded,
                 "the last seat of a lane moves to a seat that becomes free, and its connection is returned") {
    const auto lily = fanout.seat(10, 0);
    const auto bob = fanout.seat(11, 0);
    (void)fanout.seat(12, 0);
    (void)fanout.seat(13, 1);

    CHECK(fanout.unseat(lily) == std::optional(12));
    say("x", lily);  // which is the seat of 12 now
    flush();
    CHECK(recorder.take(10) == "");
    CHECK(recorder.take(11) == "x");
    CHECK(recorder.take(12) == "");
    CHECK(recorder.take(13) == "X");
    CHECK_FALSE(fanout.unseat(bob));
}

TEST_CASE_METHOD(Recorded, "a member that leaves before the flush hears nothing more, and keeps no other waiting") {
    const auto lily = fanout.seat(0, 0);
    say("unheard");
    CHECK_FALSE(fanout.unseat(lily));
    flush();
    (void)fanout.seat(1, 0);
    say("heard");
    flush();
    CHECK(recorder.take(0) == "");
    CHECK(recorder.take(1) == "heard");
}

TEST_CASE_METHOD(Recorded, "no seat is a seat that is false") {
    CHECK_FALSE(minimeta::Seat{});
    CHECK(fanout.seat(0, 0));
}

TEST_CASE_METHOD(Recorded, "all seated connections are visited and counted, whatever their protocol") {
    const auto all = [&] {
        std::set<int> ids;
        fanout.each([&](int id) {
            CHECK(ids.insert(id).second);
            return true;
        });
        CHECK(fanout.size() == ids.size());
        return ids;
    };
    CHECK(all().empty());
    const auto lily = fanout.seat(0, 0);
    (void)fanout.seat(1, 1);
    (void)fanout.seat(2, 0);
    CHECK(all() == std::set{0, 1, 2});
    (void)fanout.unseat(lily);
    CHECK(all() == std::set{1, 2});
}

TEST_CASE_METHOD(Recorded, "a fanout agrees with a string for each member") {
    const auto seed = GENERATE(range(1u, 13u));
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };

    std::map<int, minimeta::Seat> seats;
    std::map<int, std::string> model, heard;
    std::set<int> hoarders;  // never let go of a slice
    int next = 0;
    const auto any_seat = [&] { return std::next(seats.begin(), static_cast<std::ptrdiff_t>(below(seats.size()))); };

    for (int step = 0; step < 1500; ++step) {
        const std::size_t dice = below(24);
        if (seats.empty() || dice < 2) {
            seats[next] = fanout.seat(next, below(2));
            if (below(20) == 0) hoarders.insert(next);
            ++next;
        } else if (dice < 3) {
            const auto leaving = any_seat();
            fanout.catch_up(leaving->second);
            if (const auto moved = fanout.unseat(leaving->second)) seats[*moved] = leaving->second;
            seats.erase(leaving);
        } else if (dice < 18) {
            const auto except = below(3) == 0 ? seats.end() : any_seat();
            const std::size_t size = below(100) == 0 ? below(20'000) : below(60);
            const std::string text(size, static_cast<char>('a' + below(26)));
            say(text, except == seats.end() ? minimeta::Seat{} : except->second);
            for (auto member = seats.begin(); member != seats.end(); ++member)
                if (member != except) model[member->first] += worded(member->second.lane, text);
        } else if (dice < 20) {
            const auto member = any_seat();
            fanout.catch_up(member->second);
            recorder.send(member->first, Bytes::copy("(private)"));
            model[member->first] += "(private)";
        } else {
            flush();
            for (int id = 0; id < next; ++id) {
                if (hoarders.count(id) == 1) {
                    heard[id].clear();
                    for (const Bytes& slice : recorder.slices[id]) heard[id].append(slice);
                } else {
                    heard[id] += recorder.take(id);
                }
                REQUIRE((heard[id] == model[id]));
            }
        }
    }
}

TEST_CASE_METHOD(Recorded, "a log that has grown is given up once nothing is said there any more") {
    (void)fanout.seat(0, 0);
    const auto turn = [&](std::size_t bytes) {
        if (bytes != 0) say(std::string(bytes, 'x'));
        flush();
        CHECK(recorder.take(0).size() == bytes);
        fanout.trim();
    };
    turn(1'000);
    CHECK_FALSE(fanout.has_grown());
    turn(100'000);
    CHECK(fanout.has_grown());
    turn(1);
    CHECK(fanout.has_grown());
    turn(0);
    CHECK_FALSE(fanout.has_grown());
    turn(1);
    CHECK_FALSE(fanout.has_grown());
}

TEST_CASE_METHOD(Recorded, "seats of members that have left take no memory") {
    std::vector<minimeta::Seat> seats;
    for (int id = 0; id < 10'000; ++id) seats.push_back(fanout.seat(id, 0));
    const std::size_t full = fanout.seat_bytes();
    for (int id = 9'999; id >= 10; --id) (void)fanout.unseat(seats[static_cast<std::size_t>(id)]);
    CHECK(fanout.size() == 10);
    CHECK(fanout.seat_bytes() < full / 100);
    say("still here");
    flush();
    CHECK(recorder.take(9) == "still here");
}
