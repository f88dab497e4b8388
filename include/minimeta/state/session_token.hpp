// Session tokens: a peer that presents one goes on as its member. Tokens cannot be guessed and are not stored: a token is
// the member's number, and a proof that this room issued it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "minimeta/base/parse_number.hpp"
#include "minimeta/base/siphash.hpp"
#include "minimeta/message.hpp"

namespace minimeta {

/// Issues tokens and verifies them. The text of a token is the member's number in decimal, a dot, and 128 bits of proof in
/// 32 lowercase hexadecimal digits; there is no other way to write it.
class TokenMint {
public:
    explicit TokenMint(SipKey key) : key_(key) {}

    /// Returns the token of a member, which is always the same.
    [[nodiscard]] std::string token_of(MemberNumber member) const {
        std::string token = std::to_string(member.value) + '.';
        for (const std::uint64_t half : proof_of(member))
            for (int shift = 60; shift >= 0; shift -= 4) token += digits[half >> shift & 0xf];
        return token;
    }

    /// Returns the member whose token this is; nothing if it is not a token of this key. How long that takes does not tell
    /// how much of the proof was right.
    [[nodiscard]] std::optional<MemberNumber> member_of(std::string_view token) const {
        const std::size_t dot = token.find('.');
        if (dot == token.npos) return {};
        MemberNumber member;
        const std::string_view hex = token.substr(dot + 1);
        if (!parse_number(token.substr(0, dot), member.value) || (token[0] == '0' && dot != 1)) return {};
        if (hex.size() != 32 || hex.find_first_not_of(digits) != hex.npos) return {};
        Proof shown{};
        if (!parse_number(hex.substr(0, 16), shown[0], 16) || !parse_number(hex.substr(16), shown[1], 16)) return {};
        const Proof proof = proof_of(member);
        if (((shown[0] ^ proof[0]) | (shown[1] ^ proof[1])) != 0) return {};
        return member;
    }

private:
    using Proof = std::array<std::uint64_t, 2>;

    static constexpr std::string_view digits = "0123456789abcdef";

    // 64 bits would be too few for a lasting secret, hence two hashes, of the number and a byte that tells them apart.
    [[nodiscard]] Proof proof_of(MemberNumber member) const {
        std::array<char, sizeof(member.value) + 1> input{};
        for (std::size_t i = 0; i < sizeof(member.value); ++i)
            input[i] = static_cast<char>(member.value >> 8 * i & 0xff);
        const std::string_view bytes(input.data(), input.size());
        Proof proof{siphash(key_, bytes), 0};
        input.back() = 1;
        proof[1] = siphash(key_, bytes);
        return proof;
    }

    SipKey key_;
};

}  // namespace minimeta
