// SipHash-2-4: a keyed hash (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012). Without the key its values
// cannot be told from random ones.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace minimeta {

/// A key of 128 secret bits; take it from the system's randomness.
struct SipKey {
    std::uint64_t a = 0;
    std::uint64_t b = 0;
};

/// Hashes some bytes; two rounds a word, four at the end.
constexpr std::uint64_t siphash(SipKey key, std::string_view bytes) {
    // The initial state is the key twice, and "somepseudorandomlygeneratedbytes".
    std::uint64_t v0 = key.a ^ 0x736f6d6570736575, v1 = key.b ^ 0x646f72616e646f6d;
    std::uint64_t v2 = key.a ^ 0x6c7967656e657261, v3 = key.b ^ 0x7465646279746573;

    const auto rounds = [&](int count) {
        for (; count != 0; --count) {
            v0 += v1;
            v1 = std::rotl(v1, 13) ^ v0;
            v0 = std::rotl(v0, 32);
            v2 += v3;
            v3 = std::rotl(v3, 16) ^ v2;
            v0 += v3;
            v3 = std::rotl(v3, 21) ^ v0;
            v2 += v1;
            v1 = std::rotl(v1, 17) ^ v2;
            v2 = std::rotl(v2, 32);
        }
    };
    const auto absorb = [&](std::uint64_t word) {
        v3 ^= word;
        rounds(2);
        v0 ^= word;
    };

    // Words are little-endian; the last one ends with the length, of which there is room for the lowest byte.
    const std::uint64_t length = bytes.size();
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << 8 * (i % 8);
        if (i % 8 != 7) continue;
        absorb(word);
        word = 0;
    }
    absorb(word | length << 56);

    v2 ^= 0xff;
    rounds(4);
    return v0 ^ v1 ^ v2 ^ v3;
}

}  // namespace minimeta
