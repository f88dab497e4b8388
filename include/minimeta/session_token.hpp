// Session tokens: what a member shows to get its place back. Nobody can guess one, and none is stored: a token is a
// member's number, and a proof that it was this room that gave it away.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "minimeta/message.hpp"
#include "minimeta/number.hpp"

namespace minimeta {

/// 128 bits that nobody else knows, from the system's randomness; they make tokens unguessable.
struct Secret {
    std::uint64_t a = 0;
    std::uint64_t b = 0;
};

/// SipHash-2-4 of some bytes (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012): who does not know the
/// key cannot tell its values from random ones. Two rounds a word, four in the end.
constexpr std::uint64_t siphash(Secret key, std::string_view bytes) {
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

/// Gives tokens away and knows them again. The text of one is the member's number in decimal, a dot, and 128 bits of
/// proof in 32 lowercase hexadecimal digits; there is no other way to write it.
class TokenMint {
public:
    explicit TokenMint(Secret secret) : secret_(secret) {}

    /// The one token of this member.
    [[nodiscard]] std::string token_of(MemberNumber member) const {
        std::string token = std::to_string(member) + '.';
        for (const std::uint64_t half : proof_of(member))
            for (int shift = 60; shift >= 0; shift -= 4) token += digits[half >> shift & 0xf];
        return token;
    }

    /// Whose token this is; nothing, if it is nobody's. How long that takes does not tell how much of it was right.
    [[nodiscard]] std::optional<MemberNumber> member_of(std::string_view token) const {
        const std::size_t dot = token.find('.');
        if (dot == token.npos) return {};
        MemberNumber member = 0;
        const std::string_view hex = token.substr(dot + 1);
        if (!read_number(token.substr(0, dot), member) || (token[0] == '0' && dot != 1)) return {};
        if (hex.size() != 32 || hex.find_first_not_of(digits) != hex.npos) return {};
        Proof shown{};
        if (!read_number(hex.substr(0, 16), shown[0], 16) || !read_number(hex.substr(16), shown[1], 16)) return {};
        const Proof proof = proof_of(member);
        if (((shown[0] ^ proof[0]) | (shown[1] ^ proof[1])) != 0) return {};
        return member;
    }

private:
    using Proof = std::array<std::uint64_t, 2>;

    static constexpr std::string_view digits = "0123456789abcdef";

    // A 64-bit hash would be too few bits for a lasting secret, hence two, of the number with a byte that tells them
    // apart.
    [[nodiscard]] Proof proof_of(MemberNumber member) const {
        std::array<char, sizeof(member) + 1> input{};
        for (std::size_t i = 0; i < sizeof(member); ++i) input[i] = static_cast<char>(member >> 8 * i & 0xff);
        const std::string_view bytes(input.data(), input.size());
        Proof proof{siphash(secret_, bytes), 0};
        input.back() = 1;
        proof[1] = siphash(secret_, bytes);
        return proof;
    }

    Secret secret_;
};

}  // namespace minimeta
