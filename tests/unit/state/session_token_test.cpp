#include "minimeta/state/session_token.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"

using minimeta::MemberNumber;
using minimeta::siphash;
using minimeta::SipKey;
using minimeta::TokenMint;

namespace {

// The key of the example in SipHash's paper.
constexpr SipKey paper_key{0x0706050403020100, 0x0f0e0d0c0b0a0908};

constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();

}  // namespace

TEST_CASE("a token leads back to its member") {
    const TokenMint mint({1, 2});
    for (const std::uint64_t number : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{10}, std::uint64_t{123'456},
                                       std::uint64_t{1} << 32, most - 1, most}) {
        const MemberNumber member{number};
        const std::string token = mint.token_of(member);
        INFO(token);
        CHECK(mint.member_of(token) == member);
        CHECK(token.size() == std::to_string(member.value).size() + 33);
        CHECK(mint.token_of(member) == token);
    }
}

TEST_CASE("a token is the number, a dot, and 32 lowercase hexadecimal digits") {
    // Both halves are SipHash of the number in eight bytes, lowest first, and of one that is 0 or 1.
    const std::string input = std::string("\x39\x30", 2) + std::string(6, '\0');
    std::string expected = "12345.";
    for (const char half : {'\0', '\1'}) {
        std::uint64_t hash = siphash(paper_key, input + half);
        std::string hex;
        for (; hex.size() < 16; hash /= 16) hex.insert(hex.begin(), "0123456789abcdef"[hash % 16]);
        expected += hex;
    }
    CHECK(TokenMint(paper_key).token_of({12'345}) == expected);
}

TEST_CASE("the halves of a proof are unlike, and so are the tokens of neighbours") {
    const TokenMint mint({1, 2});
    std::set<std::string> halves;
    for (std::uint64_t member = 0; member < 1'000; ++member) {
        const std::string token = mint.token_of({member});
        halves.insert(token.substr(token.size() - 32, 16));
        halves.insert(token.substr(token.size() - 16));
    }
    CHECK(halves.size() == 2'000);
}

TEST_CASE("a token with any character changed is nobody's") {
    const TokenMint mint({3, 4});
    const std::string token = mint.token_of({905});
    for (std::size_t at = 0; at < token.size(); ++at) {
        for (int value = 0; value < 256; ++value) {
            std::string changed = token;
            changed[at] = static_cast<char>(value);
            INFO(changed);
            CHECK(mint.member_of(changed).has_value() == (changed == token));
        }
    }
}

TEST_CASE("a token with a character too many or too few is nobody's") {
    const TokenMint mint({3, 4});
    const std::string token = mint.token_of({905});
    for (std::size_t at = 0; at <= token.size(); ++at) {
        for (const char more : {'0', '9', 'a', '.', ' ', '-', '\0'}) {
            INFO(at << " " << more);
            CHECK_FALSE(mint.member_of(std::string(token).insert(at, 1, more)));
        }
        if (at == token.size()) continue;
        CHECK_FALSE(mint.member_of(std::string(token).erase(at, 1)));
        CHECK_FALSE(mint.member_of(token.substr(0, at)));
    }
}

TEST_CASE("the proof of one member is no proof of another") {
    const TokenMint mint({3, 4});
    const std::string token = mint.token_of({905});
    const std::string proof = token.substr(3);
    for (int bit = 0; bit < 64; ++bit)
        CHECK_FALSE(mint.member_of(std::to_string(905 ^ std::uint64_t{1} << bit) + proof));
    CHECK_FALSE(mint.member_of("0" + proof));
    CHECK_FALSE(mint.member_of("905." + proof.substr(17) + proof.substr(1, 16)));  // its halves the other way round
}

TEST_CASE("half a proof is none") {
    const TokenMint mint({3, 4});
    const std::string token = mint.token_of({905}), other = mint.token_of({906});
    CHECK_FALSE(mint.member_of(token.substr(0, 20) + other.substr(20)));
    CHECK_FALSE(mint.member_of(token.substr(0, 4) + other.substr(4, 16) + token.substr(20)));
}

TEST_CASE("a room does not know the tokens of another one") {
    const std::string token = TokenMint({5, 6}).token_of({1});
    CHECK(TokenMint({5, 6}).member_of(token) == MemberNumber{1});
    CHECK_FALSE(TokenMint({5, 7}).member_of(token));
    CHECK_FALSE(TokenMint({4, 6}).member_of(token));
    CHECK_FALSE(TokenMint({6, 5}).member_of(token));
    CHECK_FALSE(TokenMint({}).member_of(token));
}

TEST_CASE("what is not written like a token is nobody's") {
    const TokenMint mint({3, 4});
    const std::string proof_of_0 = mint.token_of({0}).substr(1), proof_of_7 = mint.token_of({7}).substr(1);
    std::string shouted = mint.token_of({7});
    for (char& c : shouted)
        if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
    REQUIRE(shouted != mint.token_of({7}));

    const std::vector<std::string> malformed{
        "", ".", "7", "7.", proof_of_7, proof_of_0,
        // numbers that are written otherwise
        "07" + proof_of_7, "00" + proof_of_0, std::string(1'000, '0') + "7" + proof_of_7, "+7" + proof_of_7,
        "-7" + proof_of_7, " 7" + proof_of_7, "7 " + proof_of_7, "0x7" + proof_of_7,
        // 2 to the 64, and 7 more
        "18446744073709551616" + proof_of_0, "18446744073709551623" + proof_of_7, std::string(100'000, '1'),
        // proofs that are
        shouted, "7" + proof_of_7 + "\n", "7." + proof_of_7, "7." + std::string(32, '0'), "7." + std::string(32, 'g')};
    for (const std::string& token : malformed) {
        INFO(token.substr(0, 100));
        CHECK_FALSE(mint.member_of(token));
    }
}
