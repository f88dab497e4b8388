// Session tokens: what a member shows to get its place back. Nobody can guess one, and none is stored: a token is a
// member's number, and a proof that it was this room that gave it away.
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

/// Gives tokens away and knows them again. The text of one is the member's number in decimal, a dot, and 128 bits of
/// proof in 32 lowercase hexadecimal digits; there is no other way to write it.
class TokenMint {
public:
    explicit TokenMint(SipKey secret) : secret_(secret) {}

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
        if (!parse_number(token.substr(0, dot), member) || (token[0] == '0' && dot != 1)) return {};
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

    SipKey secret_;
};

}  // namespace minimeta
