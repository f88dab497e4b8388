#include "minimeta/base/utf8.hpp"

#include <cstddef>
#include <string>
#include <string_view>

#include "catch.hpp"
#include "unit/reference_utf8.hpp"

using minimeta::invalid_code_point;
using minimeta::take_code_point;

TEST_CASE("every code point but the surrogates is decoded from its own bytes") {
    for (char32_t c = 0; c <= 0x11'0000; ++c) {
        const std::string bytes = utf8(c);
        std::string_view rest = bytes;
        const char32_t decoded = take_code_point(rest);
        const bool valid = c <= 0x10'FFFF && (c < 0xD800 || c > 0xDFFF);
        const std::size_t left = valid ? 0 : bytes.size() - 1;
        if (decoded == (valid ? c : invalid_code_point) && rest.size() == left) continue;
        FAIL("U+" << std::hex << static_cast<std::uint32_t>(c));
    }
}

TEST_CASE("every code point but the surrogates is encoded as its own bytes") {
    for (char32_t c = 0; c <= 0x10'FFFF; ++c) {
        if (c == 0xD800) c = 0xE000;
        std::string bytes = "x";
        minimeta::append_code_point(bytes, c);
        if (bytes == "x" + utf8(c)) continue;
        FAIL("U+" << std::hex << static_cast<std::uint32_t>(c));
    }
}

TEST_CASE("any four bytes are decoded as RFC 3629 has it") {
    // The ends of all its ranges, and their neighbours.
    const unsigned edges[] = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF,
                              0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};
    for (const unsigned a : edges)
        for (const unsigned b : edges)
            for (const unsigned c : edges)
                for (const unsigned d : edges) {
                    std::string four;
                    for (const unsigned byte : {a, b, c, d})
                        four += static_cast<char>(static_cast<unsigned char>(byte));
                    for (std::string_view text = four; !text.empty(); text.remove_suffix(1)) {
                        const std::size_t size = reference_size(text);
                        std::string_view rest = text;
                        const bool valid = take_code_point(rest) != invalid_code_point;
                        const std::size_t taken = text.size() - rest.size();
                        if (valid == (size != 0) && taken == (size != 0 ? size : 1)) continue;
                        FAIL(std::hex << a << ' ' << b << ' ' << c << ' ' << d << ", of which " << text.size());
                    }
                }
}

TEST_CASE("what acts on a terminal or on the order of a text is not shown") {
    using minimeta::is_shown;
    for (const char32_t c : {U'\0', U'\n', U'\r', U'\x1B', U'\x1F', U'\x7F'}) CHECK_FALSE(is_shown(c));
    for (char32_t c = 0x80; c < 0xA0; ++c) CHECK_FALSE(is_shown(c));
    for (char32_t c = 0x2028; c <= 0x202E; ++c) CHECK_FALSE(is_shown(c));
    for (char32_t c = 0x2066; c <= 0x2069; ++c) CHECK_FALSE(is_shown(c));
    CHECK_FALSE(is_shown(0x11'0000));
    CHECK_FALSE(is_shown(invalid_code_point));

    for (const char32_t c : {U'\t', U' ', U'~', U'\u00A0', U'é', U'你', U'\u202F', U'\u2065', U'\u206A', U'😀'})
        CHECK(is_shown(c));
}

TEST_CASE("blanks of any width are trimmed, at the ends only") {
    using minimeta::trim;
    CHECK(trim("  lily\t ") == "lily");
    CHECK(trim("\u3000你 好\u3000\u00A0") == "你 好");
    CHECK(trim(" \u2003\u3000\t") == "");
    CHECK(trim("") == "");
    CHECK(trim("x") == "x");
    CHECK(trim(" \xFF ") == "\xFF");
    CHECK(minimeta::trim_front(" \u3000x ") == "x ");
    CHECK(minimeta::trim_front(" \u3000") == "");
}

TEST_CASE("as much of a text is quoted as can be shown, up to a number of characters") {
    using minimeta::shown_beginning;
    CHECK(shown_beginning("hello", 32) == "hello");
    CHECK(shown_beginning("hello", 4) == "hell");
    CHECK(shown_beginning("你好吗", 2) == "你好");
    CHECK(shown_beginning("hello", 0) == "");
    CHECK(shown_beginning("ab\x1b[31m", 32) == "ab");
    CHECK(shown_beginning("ab\xFF", 32) == "ab");
    CHECK(shown_beginning("\xFF", 32) == "");
}

// All of this can be asked of constants, too.
static_assert(minimeta::trim(" x ") == "x");
