#include "minimeta/net/connection_id.hpp"

#include <concepts>
#include <cstdint>
#include <set>
#include <unordered_set>

#include "catch.hpp"

using minimeta::TcpConnectionId;

static_assert(std::regular<TcpConnectionId>);

TEST_CASE("ten thousand ids have ten thousand hashes, also when only a few bits of them are used") {
    const std::hash<TcpConnectionId> hash;
    std::unordered_set<std::size_t> all;
    std::set<std::size_t> low;
    std::set<std::size_t> high;
    for (int descriptor = 0; descriptor < 5000; ++descriptor) {
        for (const std::uint32_t generation : {0U, 1U}) {
            const std::size_t each = hash({descriptor, generation});
            all.insert(each);
            low.insert(each & 0xffff);
            high.insert(each >> (8 * sizeof each - 16));
        }
    }
    CHECK(all.size() == 10000);
    // 10,000 throws of a die with 65,536 faces show 9,274 different ones on average.
    CHECK(low.size() > 9000);
    CHECK(high.size() > 9000);
}

TEST_CASE("an id differs from that of its descriptor's previous connection") {
    CHECK(TcpConnectionId{4, 0} == TcpConnectionId{4, 0});
    CHECK(TcpConnectionId{4, 0} != TcpConnectionId{4, 1});
    CHECK(TcpConnectionId{4, 0} != TcpConnectionId{5, 0});
}
