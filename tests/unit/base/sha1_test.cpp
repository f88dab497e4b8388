#include "minimeta/base/sha1.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "catch.hpp"

namespace {

std::string hex(std::string_view message) {
    std::string text;
    for (const unsigned byte : minimeta::sha1(message)) {
        text += "0123456789abcdef"[byte / 16];
        text += "0123456789abcdef"[byte % 16];
    }
    return text;
}

}  // namespace

TEST_CASE("SHA-1 of the vectors of RFC 3174 and FIPS 180") {
    CHECK(hex("abc") == "a9993e364706816aba3e25717850c26c9cd0d89d");
    CHECK(hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
    CHECK(hex(std::string(1'000'000, 'a')) == "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
    CHECK(hex("") == "da39a3ee5e6b4b0d3255bfef95601890afd80709");
}

TEST_CASE("SHA-1 is right where the padding takes another block") {
    const std::pair<std::size_t, std::string_view> all[] = {
        {55, "c1c8bbdc22796e28c0e15163d20899b65621d65a"},
        {56, "c2db330f6083854c99d4b5bfb6e8f29f201be699"},
        {63, "03f09f5b158a7a8cdad920bddc29b81c18a551f5"},
        {64, "0098ba824b5c16427bd7a1122a5a442a25ec644d"},
    };
    for (const auto& [size, digest] : all) CHECK(hex(std::string(size, 'a')) == digest);
}
