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

// The slices, with a bar between them.
std::string slices(const Outbox& outbox) {
    std::string all;
    outbox.each([&](const Bytes& slice) {
        all.append(all.empty() ? "" : "|").append(slice);
        return true;
    });
    return all;
}

}  // namespace

TEST_CASE("what is pushed waits in order") {
    Outbox outbox;
    CHECK(outbox.empty());
    for (const std::string_view word : {"one", "two", "three"}) outbox.push(Bytes::copy(word));
    CHECK(slices(outbox) == "one|two|three");
    CHECK(outbox.size_bytes() == 11);
    CHECK_FALSE(outbox.empty());
}

TEST_CASE("neighbours become one slice") {
    ByteLog log;
    const Bytes a = entry(log, "a"), b = entry(log, "b"), c = entry(log, "c"), d = entry(log, "d");
    Outbox outbox;
    for (const Bytes& slice : {a, b, d, Bytes::copy("x"), c, d}) outbox.push(slice);
    CHECK(slices(outbox) == "ab|d|x|cd");
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
    for (const std::string_view word : {"one", "two", "three"}) outbox.push(Bytes::copy(word));
    outbox.consume(0);
    CHECK(slices(outbox) == "one|two|three");
    outbox.consume(2);
    CHECK(slices(outbox) == "e|two|three");
    outbox.consume(1);
    CHECK(slices(outbox) == "two|three");
    outbox.consume(4);
    CHECK(slices(outbox) == "hree");
    outbox.push(Bytes::copy("four"));
    CHECK(slices(outbox) == "hree|four");
    CHECK(outbox.size_bytes() == 8);
    outbox.consume(8);
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
    for (const std::string_view word : {"one", "two", "three"}) outbox.push(Bytes::copy(word));
    for (int wanted = 1; wanted <= 3; ++wanted) {
        int seen = 0;
        outbox.each([&](const Bytes&) { return ++seen < wanted; });
        CHECK(seen == wanted);
    }
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

TEST_CASE("a turn's output in one slice needs no allocation") {
    ByteLog log;
    Outbox outbox;
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
    ByteLog log;
    std::string model;
    for (int step = 0; step < 5000; ++step) {
        const std::size_t dice = below(100);
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
    }
}
