#include "minimeta/base/siphash.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "catch.hpp"

using minimeta::siphash;
using minimeta::SipKey;

namespace {

// The key of the paper, and as many bytes of its message as wanted: both count up from 0.
constexpr SipKey paper_key{0x0706050403020100, 0x0f0e0d0c0b0a0908};
std::string counting(std::size_t size) {
    std::string bytes;
    while (bytes.size() < size) bytes += static_cast<char>(bytes.size());
    return bytes;
}

}  // namespace

TEST_CASE("SipHash of the paper's example is what the paper says") {
    CHECK(siphash(paper_key, counting(15)) == 0xa129ca6149be45e5);
}

TEST_CASE("SipHash depends on every bit of the key and of the bytes, and on how many these are") {
    std::set<std::uint64_t> values;
    std::size_t hashed = 0;
    const auto hash = [&](SipKey key, std::string_view bytes) {
        values.insert(siphash(key, bytes));
        ++hashed;
    };
    for (std::size_t size = 0; size <= 40; ++size) hash(paper_key, std::string(size, '\0'));
    for (int bit = 0; bit < 64; ++bit) {
        const std::uint64_t flipped = std::uint64_t{1} << bit;
        hash({paper_key.a ^ flipped, paper_key.b}, counting(15));
        hash({paper_key.a, paper_key.b ^ flipped}, counting(15));
    }
    for (std::size_t at = 0; at < 23; ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string bytes = counting(23);
            bytes[at] = static_cast<char>(bytes[at] ^ 1 << bit);
            hash(paper_key, bytes);
        }
    }
    CHECK(values.size() == hashed);
    static_assert(siphash(paper_key, "") != siphash({}, ""));
}
