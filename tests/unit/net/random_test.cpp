#include "minimeta/net/random.hpp"

#include "catch.hpp"

TEST_CASE("a random key is another one each time, in both of its halves") {
    const auto first = minimeta::net::random_key(), second = minimeta::net::random_key();
    CHECK(first.a != second.a);
    CHECK(first.b != second.b);
    CHECK(first.a != first.b);
}
