#include "minimeta/transport/outbox.hpp"

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "unit/allocations.hpp"

using minimeta::ByteLog;
using minimeta::Bytes;
using minimeta::Outbox;

namespace {

Bytes entry(ByteLog& log, std::string_view content) {
    ByteLog::Position from = log.end();
    log.append(content);
    log.commit();
    return log.read(from);
}

// A slice that is worth its storage.
Bytes page(char letter) { return Bytes::copy(std::string(100, letter)); }

// The slices, with a bar between them; of a page, its letter.
std::string slices(const Outbox& outbox) {
    std::string all;
    outbox.each([&](const Bytes& slice) {
        all.append(all.empty() ? "" : "|").append(slice.size() == 100 ? slice.view().substr(0, 1) : slice.view());
        return true;
    });
    return all;
}

// What the slices keep alive, each storage once, and the memory for the slices themselves.
std::size_t pinned_bytes(const Outbox& outbox) {
    std::size_t all = outbox.capacity() * sizeof(Bytes);
    Bytes last;
    outbox.each([&](const Bytes& slice) {
        if (!slice.shares_storage(last)) all += slice.storage_bytes();
        last = slice;
        return true;
    });
    return all;
}

}  // namespace

TEST_CASE("what is pushed waits in order") {
    Outbox outbox;
    CHECK(outbox.empty());
    for (const char letter : {'a', 'b', 'c'}) outbox.push(page(letter));
    CHECK(slices(outbox) == "a|b|c");
    CHECK(outbox.size_bytes() == 300);
    CHECK_FALSE(outbox.empty());
}

TEST_CASE("neighbours become one slice") {
    ByteLog log;
    const Bytes a = entry(log, "a"), b = entry(log, "b"), c = entry(log, "c"), d = entry(log, "d");
    Outbox outbox;
    for (const Bytes& slice : {a, b, d, c, d}) outbox.push(slice);
    CHECK(slices(outbox) == "ab|d|cd");
}

TEST_CASE("nothing pushed is nothing") {
    Outbox outbox;
    outbox.push({});
    CHECK(outbox.empty());
    CHECK(slices(outbox) == "");
    outbox.push(Bytes::copy("x"));
    outbox.push({});
    CHECK(slices(outbox) == "x");
}

TEST_CASE("what the peer has taken is forgotten, also in the middle of a slice") {
    Outbox outbox;
    for (const char letter : {'a', 'b', 'c'}) outbox.push(page(letter));
    outbox.consume(0);
    CHECK(slices(outbox) == "a|b|c");
    outbox.consume(98);
    CHECK(slices(outbox) == "aa|b|c");
    outbox.consume(2);
    CHECK(slices(outbox) == "b|c");
    outbox.consume(197);
    CHECK(slices(outbox) == "ccc");
    outbox.push(page('d'));
    CHECK(slices(outbox) == "ccc|d");
    CHECK(outbox.size_bytes() == 103);
    outbox.consume(103);
    CHECK(outbox.empty());
    outbox.push(Bytes::copy("again"));
    CHECK(slices(outbox) == "again");
}

TEST_CASE("a slice of which a part is taken still grows by its neighbour") {
    ByteLog log;
    Outbox outbox;
    outbox.push(entry(log, "hello "));
    outbox.consume(2);
    outbox.push(entry(log, "world"));
    CHECK(slices(outbox) == "llo world");
}

TEST_CASE("a reader can stop after any slice") {
    Outbox outbox;
    for (const char letter : {'a', 'b', 'c'}) outbox.push(page(letter));
    for (int wanted = 1; wanted <= 3; ++wanted) {
        int seen = 0;
        outbox.each([&](const Bytes&) { return ++seen < wanted; });
        CHECK(seen == wanted);
    }
}

TEST_CASE("a few bytes in each of many chunks do not pin these chunks") {
    const std::size_t part = GENERATE(std::size_t{1}, std::size_t{20}, ByteLog::largest_chunk / 8);
    Outbox outbox;
    ByteLog log;
    std::string model;
    for (int i = 0; i < 100; ++i) {
        const Bytes slice = entry(log, std::string(part, static_cast<char>('a' + i % 26)));
        outbox.push(slice);
        model.append(slice);
        (void)entry(log, std::string(ByteLog::largest_chunk - part, '-'));  // which others read
        log.recycle();
    }
    CHECK(pinned_bytes(outbox) <= 2 * outbox.size_bytes() + 2 * ByteLog::largest_chunk);
    std::string all;
    outbox.each([&](const Bytes& bytes) { return all.append(bytes), true; });
    CHECK(all == model);
}

TEST_CASE("slices of two logs in turn do not pin more than what they are worth") {
    Outbox outbox;
    ByteLog logs[2];
    for (int i = 0; i < 100'000; ++i) outbox.push(entry(logs[i % 2], "a line\n"));
    CHECK(pinned_bytes(outbox) <= 2 * outbox.size_bytes() + 2 * ByteLog::largest_chunk);
}

TEST_CASE("a few bytes between long pieces do not pin more than what they are worth") {
    Outbox outbox;
    ByteLog small;
    std::vector<Bytes> others;  // which share the long pieces
    for (int i = 0; i < 1'000; ++i) {
        outbox.push(entry(small, "a line\n"));
        others.push_back(Bytes::copy(std::string(2'200, 'x'), ByteLog::smallest_chunk));  // more than half of a chunk
        outbox.push(others.back());
    }
    CHECK(pinned_bytes(outbox) <= 2 * outbox.size_bytes() + 2 * ByteLog::largest_chunk);
}

TEST_CASE("long pieces of a log are shared, not copied") {
    Outbox outbox;
    ByteLog log;
    std::vector<const char*> pushed, kept;
    for (int i = 0; i < 20; ++i) {
        const Bytes slice = entry(log, std::string(ByteLog::largest_chunk, 'x'));
        pushed.push_back(slice.data());
        outbox.push(slice);
    }
    outbox.each([&](const Bytes& slice) { return kept.push_back(slice.data()), true; });
    CHECK(kept == pushed);
}

TEST_CASE("clearing lets go of every slice") {
    ByteLog log;
    Outbox outbox;
    const char* start = nullptr;
    {
        const Bytes slice = entry(log, "held");
        start = slice.data();
        outbox.push(slice);
    }
    outbox.clear();
    CHECK(outbox.empty());
    log.recycle();
    CHECK(entry(log, "x").data() == start);
}

TEST_CASE("once an outbox has had a slice, a turn's output needs no allocation") {
    ByteLog log;
    Outbox outbox;
    outbox.push(Bytes::copy("before"));
    outbox.consume(outbox.size_bytes());
    const Bytes a = entry(log, "first of two neighbours, "), b = entry(log, "and the second");
    const std::size_t before = allocations();
    outbox.push(a);
    outbox.push(b);
    outbox.consume(outbox.size_bytes());
    CHECK(allocations() - before == 0);
}

TEST_CASE("an outbox agrees with a string") {
    const auto seed = GENERATE(range(1u, 21u));
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };

    Outbox outbox;
    ByteLog logs[3];
    std::string model;
    for (int step = 0; step < 5000; ++step) {
        const std::size_t dice = below(100);
        ByteLog& log = logs[below(3)];
        if (dice < 50) {
            const Bytes slice = entry(log, std::string(below(40), static_cast<char>('a' + below(26))));
            if (below(10) != 0) {  // or it is another outbox's, so that the next one is no neighbour
                outbox.push(slice);
                model.append(slice);
            }
        } else if (dice < 95) {
            const std::size_t count = below(std::min<std::size_t>(model.size(), 100) + 1);
            outbox.consume(count);
            model.erase(0, count);
        } else if (dice < 99) {
            log.recycle();
        } else {
            outbox.consume(model.size());
            model.clear();
        }
        std::string all;
        outbox.each([&](const Bytes& slice) {
            CHECK_FALSE(slice.empty());
            return all.append(slice), true;
        });
        REQUIRE(all == model);
        REQUIRE(outbox.size_bytes() == model.size());
        REQUIRE(outbox.empty() == model.empty());
        REQUIRE(pinned_bytes(outbox) <= 2 * model.size() + ByteLog::largest_chunk);
    }
}
