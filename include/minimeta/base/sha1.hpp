// SHA-1 (RFC 3174), for the handshake of WebSocket, which wants no secrecy of it. For nothing else: it is broken.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace minimeta {

/// Returns the 20 bytes of the digest.
[[nodiscard]] constexpr std::array<unsigned char, 20> sha1(std::string_view message) {
    std::array<std::uint32_t, 5> h{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    const std::uint64_t bits = std::uint64_t{message.size()} * 8;
    // The message, a 1, as many 0s as it takes, and how many bits the message has (section 4).
    const std::size_t padded = (message.size() + 1 + 8 + 63) / 64 * 64;
    const auto byte = [&](std::size_t i) -> std::uint32_t {
        if (i < message.size()) return static_cast<unsigned char>(message[i]);
        if (i == message.size()) return 0x80;
        if (i < padded - 8) return 0;
        return static_cast<std::uint32_t>(bits >> 8 * (padded - 1 - i) & 0xFF);
    };
    for (std::size_t block = 0; block < padded; block += 64) {
        std::array<std::uint32_t, 80> w{};
        for (std::size_t t = 0; t < 16; ++t)
            for (std::size_t i = 0; i < 4; ++i) w[t] = w[t] << 8 | byte(block + 4 * t + i);
        for (std::size_t t = 16; t < 80; ++t) w[t] = std::rotl(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
        auto [a, b, c, d, e] = h;
        for (std::size_t t = 0; t < 80; ++t) {  // sections 5 and 6.1
            std::uint32_t f = b ^ c ^ d, k = 0x6ED9EBA1;
            if (t < 20) f = (b & c) | (~b & d), k = 0x5A827999;
            else if (t >= 60) k = 0xCA62C1D6;
            else if (t >= 40) f = (b & c) | (b & d) | (c & d), k = 0x8F1BBCDC;
            const std::uint32_t next = std::rotl(a, 5) + f + e + w[t] + k;
            e = d;
            d = c;
            c = std::rotl(b, 30);
            b = a;
            a = next;
        }
        h = {h[0] + a, h[1] + b, h[2] + c, h[3] + d, h[4] + e};
    }
    std::array<unsigned char, 20> digest{};
    for (std::size_t i = 0; i < digest.size(); ++i)
        digest[i] = static_cast<unsigned char>(h[i / 4] >> 8 * (3 - i % 4) & 0xFF);
    return digest;
}

}  // namespace minimeta
