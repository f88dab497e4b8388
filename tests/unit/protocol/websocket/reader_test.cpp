#include "minimeta/protocol/websocket/reader.hpp"

#include <cstddef>
#include <string>
#include <string_view>

#include "catch.hpp"
#include "support/websocket_frames.hpp"

using namespace minimeta::websocket;
using test::ClientFrame;
using test::close_frame;
using test::text_frame;

namespace {

// What is read of bytes that come in pieces of this size, as in `text hi; ping x; close 1000 bye; broken 1002; `.
std::string read(std::string_view bytes, std::size_t piece, std::size_t most) {
    Reader reader;
    std::string all;
    while (!bytes.empty()) {
        std::string_view fed = bytes.substr(0, piece);
        bytes.remove_prefix(fed.size());
        while (const auto message = reader.next(fed, most)) {
            if (message->broken) {
                all += "broken " + std::to_string(static_cast<int>(*message->broken)) + "; ";
                continue;
            }
            switch (message->opcode) {
                case Opcode::text: all += "text "; break;
                case Opcode::binary: all += "binary "; break;
                case Opcode::ping: all += "ping "; break;
                case Opcode::pong: all += "pong "; break;
                case Opcode::close: all += "close " + std::to_string(message->code.value_or(0)) + " "; break;
                case Opcode::continuation: all += "? "; break;
            }
            all.append(message->bytes).append("; ");
        }
        CHECK(fed.empty());
    }
    return all;
}

// The same whole and in pieces, which makes no difference.
std::string read(const std::string& bytes, std::size_t most = 1'000'000) {
    const std::string whole = read(bytes, bytes.size(), most);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{7}})
        CHECK(read(bytes, piece, most) == whole);
    return whole;
}
std::string frame(unsigned first, std::string_view payload = "") { return ClientFrame{first, payload}.bytes(); }

}  // namespace

TEST_CASE("messages, their fragments, and control frames in between are read as they are meant") {
    CHECK(read(text_frame("Hello") + text_frame("") + frame(0x82, "\x01")) == "text Hello; text ; binary \x01; ");
    CHECK(read(frame(0x01, "Hel") + frame(0x89, "x") + frame(0x00, "") + frame(0x8A, "y") + frame(0x80, "lo")) ==
          "ping x; pong y; text Hello; ");
    for (const std::size_t size : {125u, 126u, 127u, 65'535u, 65'536u, 70'000u}) {
        const std::string payload(size, 'x');
        CHECK(read(text_frame(payload)) == "text " + payload + "; ");
    }
    CHECK(read(frame(0x01, "\xE4") + frame(0x00, "\xBD") + frame(0x80, "\xA0")) == "text 你; ");
    CHECK(read(frame(0x82, "\xFF\xFE")) == "binary \xFF\xFE; ");
    CHECK(read(frame(0x89, std::string(125, 'p'))) == "ping " + std::string(125, 'p') + "; ");
}

TEST_CASE("what breaks the rules of frames breaks the connection, and nothing behind it is read") {
    const std::string behind = text_frame("more");
    const std::string broken = "broken 1002; ";
    for (const unsigned reserved : {0x40u, 0x20u, 0x10u}) CHECK(read(frame(0x81u | reserved, "x") + behind) == broken);
    for (const unsigned opcode : {3u, 4u, 5u, 6u, 7u, 11u, 12u, 13u, 14u, 15u})
        CHECK(read(frame(0x80u | opcode, "x") + behind) == broken);
    CHECK(read(ClientFrame{0x81, "x", -1, false}.bytes() + behind) == broken);
    CHECK(read(frame(0x09, "x") + behind) == broken);                                  // a ping in fragments
    CHECK(read(ClientFrame{0x89, std::string(126, 'x')}.bytes() + behind) == broken);  // a ping that is too long
    CHECK(read(frame(0x80, "x") + behind) == broken);                                  // goes on from nothing
    CHECK(read(frame(0x00, "x") + behind) == broken);
    CHECK(read(frame(0x01, "a") + frame(0x81, "b")) == broken);  // begins within another one
    CHECK(read(frame(0x01, "a") + frame(0x82, "b")) == broken);
    CHECK(read(ClientFrame{0x81, "short", 2}.bytes() + behind) == broken);  // not in the shortest form
    CHECK(read(ClientFrame{0x81, std::string(200, 'x'), 8}.bytes() + behind) == broken);
    CHECK(read(std::string("\x81\xFF\x80\x00\x00\x00\x00\x00\x00\x00\x01\x02\x03\x04", 14)) == broken);
}

TEST_CASE("a text that is no UTF-8 breaks the connection with its first wrong byte, also before its end") {
    CHECK(read(text_frame("a\xFF")) == "broken 1007; ");
    CHECK(read(text_frame("\xE4\xBD")) == "broken 1007; ");
    CHECK(read(frame(0x01, "\xE4\xBD") + frame(0x80, "x")) == "broken 1007; ");
    std::string unfinished = ClientFrame{0x01, "ab\xF4\x90 and much more"}.bytes();
    unfinished.resize(6 + 4);
    CHECK(read(unfinished) == "broken 1007; ");
}

TEST_CASE("a message that is too long breaks the connection with its header") {
    CHECK(read(text_frame(std::string(10, 'x')), 10) == "text xxxxxxxxxx; ");
    CHECK(read(text_frame(std::string(11, 'x')).substr(0, 6), 10) == "broken 1009; ");
    CHECK(read(frame(0x01, "12345678") + frame(0x80, "123").substr(0, 6), 10) == "broken 1009; ");
    CHECK(read(frame(0x01, "12345678") + frame(0x89, "ping") + frame(0x80, "12"), 10) ==
          "ping ping; text 1234567812; ");
    CHECK(read(std::string("\x82\xFF\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01\x02\x03\x04", 14)) == "broken 1009; ");
}

TEST_CASE("a close has a code that may be sent and a reason in UTF-8, or neither; then nothing is read") {
    const std::string behind = text_frame("more");
    CHECK(read(frame(0x88) + behind) == "close 0 ; ");
    CHECK(read(close_frame(1000) + behind) == "close 1000 ; ");
    CHECK(read(close_frame(4999, "再见") + behind) == "close 4999 再见; ");
    CHECK(read(close_frame(1001, std::string(123, 'x'))) == "close 1001 " + std::string(123, 'x') + "; ");
    CHECK(read(frame(0x01, "a") + close_frame(1000)) == "close 1000 ; ");
    CHECK(read(frame(0x88, "x") + behind) == "broken 1002; ");
    for (const unsigned code : {0u, 999u, 1004u, 1005u, 1006u, 1015u, 2999u, 5000u, 65'535u})
        CHECK(read(close_frame(code)) == "broken 1002; ");
    CHECK(read(close_frame(1000, "\xFF")) == "broken 1007; ");
    CHECK(read(close_frame(1000, "\xE4\xBD")) == "broken 1007; ");
}
