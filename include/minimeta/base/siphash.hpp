// SipHash: a keyed hash (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012). Without the key its values
// cannot be told from random ones.
#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

namespace minimeta {

/// A key of 128 secret bits; take it from the system's randomness.
struct SipKey {
    std::uint64_t a = 0;
    std::uint64_t b = 0;
};

/// Hashes bytes as they come, with `word_rounds` rounds a word and `last_rounds` at the end.
template <int word_rounds, int last_rounds>
class SipHasher {
public:
    // The initial state is the key twice, and "somepseudorandomlygeneratedbytes".
    constexpr explicit SipHasher(SipKey key)
        : v0_(key.a ^ 0x736f6d6570736575),
          v1_(key.b ^ 0x646f72616e646f6d),
          v2_(key.a ^ 0x6c7967656e657261),
          v3_(key.b ^ 0x7465646279746573) {}

    constexpr void add(unsigned char byte) {
        word_ |= std::uint64_t{byte} << 8 * (size_ % 8);  // words are little-endian
        if (++size_ % 8 != 0) return;
        absorb(word_);
        word_ = 0;
    }

    /// The hash; nothing can be added after it.
    [[nodiscard]] constexpr std::uint64_t finish() {
        absorb(word_ | size_ << 56);  // the last word ends with the length, of which there is room for the lowest byte
        v2_ ^= 0xff;
        rounds(last_rounds);
        return v0_ ^ v1_ ^ v2_ ^ v3_;
    }

private:
    constexpr void absorb(std::uint64_t word) {
        v3_ ^= word;
        rounds(word_rounds);
        v0_ ^= word;
    }

    constexpr void rounds(int count) {
        for (; count != 0; --count) {
            v0_ += v1_;
            v1_ = std::rotl(v1_, 13) ^ v0_;
            v0_ = std::rotl(v0_, 32);
            v2_ += v3_;
            v3_ = std::rotl(v3_, 16) ^ v2_;
            v0_ += v3_;
            v3_ = std::rotl(v3_, 21) ^ v0_;
            v2_ += v1_;
            v1_ = std::rotl(v1_, 17) ^ v2_;
            v2_ = std::rotl(v2_, 32);
        }
    }

    std::uint64_t v0_, v1_, v2_, v3_;
    std::uint64_t word_ = 0;  // the bytes since the last full one
    std::uint64_t size_ = 0;
};

/// Hashes some bytes with SipHash-2-4, for what an attacker sees the hash of.
constexpr std::uint64_t siphash(SipKey key, std::string_view bytes) {
    SipHasher<2, 4> hasher(key);
    for (const char byte : bytes) hasher.add(static_cast<unsigned char>(byte));
    return hasher.finish();
}

/// The same for a number, of eight bytes, the lowest one first.
constexpr std::uint64_t siphash(SipKey key, std::uint64_t number) {
    SipHasher<2, 4> hasher(key);
    for (int shift = 0; shift < 64; shift += 8) hasher.add(static_cast<unsigned char>(number >> shift & 0xFF));
    return hasher.finish();
}

}  // namespace minimeta
