#include "minimeta/net/outbox_pool.hpp"

#include <string>

#include "catch.hpp"

using minimeta::Bytes;
using minimeta::net::OutboxPool;

TEST_CASE("an outbox that was long once is given to the next connection without that memory") {
    OutboxPool pool;
    OutboxPool::Index index = OutboxPool::none;
    for (int i = 0; i < 1'000; ++i) pool.push(index, Bytes::copy(std::string(100, 'x')));
    const OutboxPool::Index first = index;
    pool.consume(index, pool.size_bytes(index));
    REQUIRE(index == OutboxPool::none);
    pool.push(index, Bytes::copy("x"));
    REQUIRE(index == first);
    CHECK(pool[index].capacity() < 100);
}
