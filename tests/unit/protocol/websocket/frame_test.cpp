#include "minimeta/protocol/websocket/frame.hpp"

#include <cstdint>
#include <string>
#include <string_view>

#include "catch.hpp"

using namespace minimeta::websocket;

namespace {

std::string header(Opcode opcode, std::uint64_t payload) { return std::string(FrameHeader(opcode, payload).view()); }

}  // namespace

TEST_CASE("a frame has the shortest form for its length, as in the examples of RFC 6455") {
    using namespace std::string_literals;
    CHECK(header(Opcode::text, 5) == "\x81\x05"s);
    CHECK(header(Opcode::pong, 0) == "\x8A\x00"s);
    CHECK(header(Opcode::text, 125) == "\x81\x7D"s);
    CHECK(header(Opcode::text, 126) == "\x81\x7E\x00\x7E"s);
    CHECK(header(Opcode::binary, 256) == "\x82\x7E\x01\x00"s);
    CHECK(header(Opcode::text, 65'535) == "\x81\x7E\xFF\xFF"s);
    CHECK(header(Opcode::binary, 65'536) == "\x82\x7F\x00\x00\x00\x00\x00\x01\x00\x00"s);
}

TEST_CASE("the codes that may go over the wire are those of the RFC and the registry, and what is left to programs") {
    for (const unsigned code : {1000u, 1001u, 1002u, 1003u, 1007u, 1011u, 1014u, 3000u, 3999u, 4000u, 4999u})
        CHECK(is_valid_close_code(code));
    for (const unsigned code : {0u, 999u, 1004u, 1005u, 1006u, 1015u, 1016u, 1100u, 2000u, 2999u, 5000u, 65'535u})
        CHECK_FALSE(is_valid_close_code(code));
}
