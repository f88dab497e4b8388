#include "minimeta/bytes.hpp"

#include <cstddef>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "unit/allocations.hpp"

using minimeta::ByteLog;
using minimeta::Bytes;

namespace {

// Appends one entry and reads it back.
Bytes entry(ByteLog& log, std::string_view content) {
    ByteLog::Position from = log.end();
    log.append(content);
    log.commit();
    return log.read(from);
}

std::string text_of(std::size_t size, char fill) { return std::string(size, fill); }

}  // namespace

TEST_CASE("a slice of nothing is empty") {
    const Bytes none;
    CHECK(none.empty());
    CHECK(none.size() == 0);
    CHECK(none.view() == "");
    CHECK(Bytes::copy("").empty());
}

TEST_CASE("copies of a slice share its storage, and any of them keeps it") {
    Bytes first = Bytes::copy("hello");
    Bytes second = first;
    CHECK(second.data() == first.data());

    Bytes third = std::move(first);
    CHECK(first.empty());  // NOLINT(bugprone-use-after-move): this is what is asked
    second = {};
    CHECK(third.view() == "hello");

    Bytes& itself = third;
    third = itself;
    CHECK(third.view() == "hello");
}

TEST_CASE("Bytes::copy shares nothing with what it copies") {
    std::string original = "hello";
    const Bytes first = Bytes::copy(original);
    const Bytes second = Bytes::copy(first);
    original[0] = 'j';
    CHECK(first.view() == "hello");
    CHECK(second.view() == "hello");
    CHECK(second.data() != first.data());
}

TEST_CASE("a slice outlives its log") {
    std::optional<ByteLog> log(std::in_place);
    const Bytes slice = entry(*log, "last words");
    log.reset();
    CHECK(slice.view() == "last words");
}

TEST_CASE("a prefix can be taken off a slice, up to all of it") {
    const Bytes whole = Bytes::copy("hello");
    Bytes rest = whole;
    rest.remove_prefix(0);
    CHECK(rest.view() == "hello");
    rest.remove_prefix(2);
    CHECK(rest.view() == "llo");
    rest.remove_prefix(3);
    CHECK(rest.empty());
    CHECK(whole.view() == "hello");
}

TEST_CASE("slices join if and only if the second begins where the first ends") {
    ByteLog log;
    const Bytes a = entry(log, "one "), b = entry(log, "two "), c = entry(log, "three");

    Bytes joined = a;
    CHECK(joined.join(b));
    CHECK(joined.join(c));
    CHECK(joined.view() == "one two three");

    Bytes gap = a;
    CHECK_FALSE(gap.join(c));
    CHECK(gap.view() == "one ");
    Bytes backwards = b;
    CHECK_FALSE(backwards.join(a));
    Bytes elsewhere = a;
    CHECK_FALSE(elsewhere.join(Bytes::copy("two ")));
}

TEST_CASE("what is not committed cannot be read") {
    ByteLog log;
    ByteLog::Position from = 0;
    log.append("not yet");
    CHECK(log.end() == 0);
    CHECK(log.read(from).empty());
    log.commit();
    CHECK(log.end() == 7);
    CHECK(log.read(from).view() == "not yet");
    CHECK(from == 7);
    CHECK(log.read(from).empty());
}

TEST_CASE("the parts of an entry follow each other, however many calls append them") {
    ByteLog log;
    ByteLog::Position from = 0;
    log.append("a", std::string("b"), std::string_view("c"));
    log.append("", "d");
    log.append(Bytes::copy("e"));
    log.commit();
    CHECK(log.read(from).view() == "abcde");
}

TEST_CASE("committing nothing changes nothing") {
    ByteLog log;
    log.commit();
    log.append("");
    log.commit();
    CHECK(log.end() == 0);
    CHECK(entry(log, "x").view() == "x");
}

TEST_CASE("a slice reaches from any place to the end") {
    ByteLog log;
    entry(log, "one ");
    const ByteLog::Position middle = log.end();
    entry(log, "two");
    ByteLog::Position all = 0, half = middle;
    const Bytes from_start = log.read(all), from_middle = log.read(half);
    CHECK(from_start.view() == "one two");
    CHECK(from_middle.view() == "two");
    CHECK(from_middle.data() == from_start.data() + 4);
}

TEST_CASE("an entry is never cut, though the turn needs several chunks") {
    ByteLog log;
    const std::string line = text_of(1000, 'x') + "\n";
    for (int i = 0; i < 100; ++i) {
        for (int part = 0; part < 7; ++part) log.append(line.substr(static_cast<std::size_t>(part) * 143, 143));
        log.commit();
    }
    std::string all;
    std::size_t slices = 0;
    for (ByteLog::Position from = 0; from != log.end(); ++slices) {
        const Bytes slice = log.read(from);
        CHECK(slice.size() % line.size() == 0);
        all.append(slice);
    }
    CHECK(all.size() == 100 * line.size());
    CHECK(all.substr(99 * line.size()) == line);
    CHECK(slices > 1);
    CHECK(slices <= 6);  // 4, 8, 16, 32, 64 KiB
}

TEST_CASE("an entry longer than the largest chunk gets a chunk of its own") {
    ByteLog log;
    const std::string novel = text_of(3 * ByteLog::largest_chunk, 'n');
    const Bytes before = entry(log, "before"), slice = entry(log, novel), after = entry(log, "after");
    CHECK((slice.view() == novel));  // in parentheses, so that a failure does not print it
    CHECK(before.view() == "before");
    CHECK(after.view() == "after");
}

TEST_CASE("a chunk without holders is written again from its start") {
    ByteLog log;
    const char* start = entry(log, "first turn").data();
    log.recycle();
    CHECK(entry(log, "second turn").data() == start);
}

TEST_CASE("a chunk with a holder is continued behind its last byte") {
    ByteLog log;
    const Bytes held = entry(log, "first turn");
    log.recycle();
    const Bytes next = entry(log, "second turn");
    CHECK(next.data() == held.data() + held.size());
    CHECK(held.view() == "first turn");
    CHECK(next.view() == "second turn");
}

TEST_CASE("a chunk that is held and full is left to its holders") {
    ByteLog log;
    const Bytes held = entry(log, text_of(ByteLog::smallest_chunk, 'a'));
    log.recycle();
    const Bytes next = entry(log, text_of(ByteLog::smallest_chunk, 'b'));
    CHECK(held.view() == text_of(ByteLog::smallest_chunk, 'a'));
    CHECK(next.view() == text_of(ByteLog::smallest_chunk, 'b'));
}

TEST_CASE("a chunk is filled to its last byte before another one follows") {
    ByteLog log;
    const Bytes most = entry(log, text_of(ByteLog::smallest_chunk - 1, 'a'));
    const Bytes last = entry(log, "b");
    const Bytes next = entry(log, "c");
    CHECK(last.data() == most.data() + most.size());
    CHECK(next.data() != last.data() + 1);
}

TEST_CASE("positions grow for ever, also over the turns") {
    ByteLog log;
    for (int turn = 1; turn <= 5; ++turn) {
        entry(log, "ten bytes.");
        CHECK(log.end() == 10u * static_cast<unsigned>(turn));
        log.recycle();
        CHECK(log.end() == 10u * static_cast<unsigned>(turn));
        ByteLog::Position from = log.end();
        CHECK(log.read(from).empty());
    }
}

TEST_CASE("turns of the same size allocate only once, unless a slice of them is held") {
    ByteLog log;
    entry(log, "warm up");
    log.recycle();

    std::size_t before = allocations();
    for (int turn = 0; turn < 10'000; ++turn) {
        entry(log, "a line of some forty bytes, as people say");
        log.recycle();
    }
    CHECK(allocations() - before == 0);

    before = allocations();
    const Bytes held = entry(log, "this one is kept");
    for (int turn = 0; turn < 10'000; ++turn) {
        log.recycle();
        entry(log, "a line of some forty bytes, as people say");
    }
    CHECK(allocations() - before <= 3);  // what is held pins its chunk; the next one is free again
    CHECK(held.view() == "this one is kept");
}

TEST_CASE("a chunk that was made for a very long entry is not kept for what follows, and one of the usual size is") {
    for (const bool very_long : {true, false}) {
        ByteLog log;
        const std::size_t size = ByteLog::largest_chunk + (very_long ? 1 : 0);
        const std::string text = text_of(size, 'x');
        Bytes held = entry(log, text);
        log.recycle();
        CHECK(held.view() == text);
        held = {};
        log.recycle();
        const std::size_t before = allocations();
        held = entry(log, "a little");
        CHECK(allocations() - before == (very_long ? 1 : 0));
        CHECK(held.view() == "a little");
        CHECK(log.end() == size + held.size());
    }
}

TEST_CASE("a log and its slices agree with a string, whatever is done in whatever order") {
    const auto seed = GENERATE(range(1u, 21u));
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };

    struct Held {
        ByteLog::Position begin;
        Bytes slice;
    };
    ByteLog log;
    std::string model, pending;  // committed, and not
    std::vector<ByteLog::Position> readers(3, 0);
    std::vector<Held> held;
    const auto part_of_model = [&](ByteLog::Position from, std::size_t size) {
        return std::string_view(model).substr(static_cast<std::size_t>(from), size);
    };
    const auto all_held_are_intact = [&] {
        for (const Held& h : held)
            if (h.slice.view() != part_of_model(h.begin, h.slice.size())) return false;
        return true;
    };

    for (int step = 0; step < 3000; ++step) {
        const std::size_t dice = below(20);
        if (dice < 9) {
            const std::size_t size = below(200) == 0 ? below(600'000) : below(8) == 0 ? below(9000) : below(80);
            const std::string part = text_of(size, static_cast<char>('a' + below(26)));
            log.append(part);
            pending += part;
        } else if (dice < 13) {
            log.commit();
            model += std::exchange(pending, {});
            REQUIRE(log.end() == model.size());
        } else if (dice < 17) {
            ByteLog::Position& from = readers[below(readers.size())];
            const ByteLog::Position begin = from;
            Bytes slice = log.read(from);
            REQUIRE(slice.empty() == (begin == log.end()));
            REQUIRE((slice.view() == part_of_model(begin, slice.size())));
            REQUIRE(from == begin + slice.size());
            if (below(3) == 0) held.push_back({begin, std::move(slice)});
        } else if (dice < 19) {
            if (!held.empty()) held.erase(held.begin() + static_cast<std::ptrdiff_t>(below(held.size())));
        } else {
            log.commit();
            model += std::exchange(pending, {});
            log.recycle();
            for (ByteLog::Position& from : readers) from = log.end();
            REQUIRE(all_held_are_intact());
        }
    }
    CHECK(all_held_are_intact());
}

TEST_CASE("a long entry that is appended in small parts is not copied with each of them") {
    ByteLog log;
    const std::string line(79, 'x');
    const std::size_t before = allocations();
    for (int i = 0; i < 20'000; ++i) log.append(line, std::string_view("\n"));
    log.commit();
    CHECK(allocations() - before < 30);
    ByteLog::Position from = 0;
    const Bytes entry = log.read(from);
    CHECK(entry.size() == 1'600'000);
    CHECK(entry.storage_bytes() < 2 * entry.size() + 100);
}
