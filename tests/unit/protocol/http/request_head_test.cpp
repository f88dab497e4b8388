#include "minimeta/protocol/http/request_head.hpp"

#include <string>
#include <string_view>

#include "catch.hpp"

using minimeta::http::RequestHead;

namespace {

bool parses(const std::string& head) { return RequestHead().parse(head); }

// A request with these lines behind a good Host.
bool parses_with(const std::string& lines) { return parses("GET / HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n"); }

}  // namespace

TEST_CASE("a head has a method, a target, a version, and fields in whatever case, without the blanks around") {
    const std::string text =
        "GET /page?a=b HTTP/1.1\r\nHOST:localhost:5000\r\nupgrade: \t websocket \t\r\nConnection: keep-alive, "
        "Upgrade\r\n"
        "X-Empty:\r\nX-Obs: caf\xE9\r\n\r\n";
    RequestHead head;
    REQUIRE(head.parse(text));
    CHECK(head.method() == "GET");
    CHECK(head.target() == "/page?a=b");
    CHECK(head.minor_version() == 1);
    CHECK(head.find("Host") == "localhost:5000");
    CHECK(head.find("Upgrade") == "websocket");
    CHECK(head.find("x-empty") == "");
    CHECK_FALSE(head.find("Cookie"));
    CHECK(head.lists("connection", "upgrade"));
    CHECK(head.lists("Connection", "Keep-Alive"));
    CHECK_FALSE(head.lists("Connection", "close"));
    CHECK(head.content_length() == 0);
    CHECK(parses("POST /x HTTP/1.0\r\n\r\n"));
    CHECK(parses_with("Content-Length: 12\r\n"));
}

TEST_CASE("what servers read in different ways is refused") {
    for (const char* lines : {" folded: line\r\n",
                              "X: a\r\n b\r\n",
                              "X: a\r\n\tb\r\n",
                              "X : a\r\n",
                              "X\t: a\r\n",
                              ": a\r\n",
                              "no colon\r\n",
                              "X(: a\r\n",
                              "X: a\rb\r\n",
                              "X: a\nb: c\r\n",
                              "X: \x01\r\n",
                              "X: \x7f\r\n",
                              "Host: b\r\n",
                              "host: a\r\n",
                              "Transfer-Encoding: chunked\r\n",
                              "Transfer-Encoding: identity\r\n",
                              "transfer-encoding:\r\n",
                              "Content-Length: 1\r\nContent-Length: 1\r\n",
                              "Content-Length: 1\r\nContent-Length: 2\r\n",
                              "Content-Length: 1, 1\r\n",
                              "Content-Length: +1\r\n",
                              "Content-Length: -1\r\n",
                              "Content-Length: 0x1\r\n",
                              "Content-Length:\r\n",
                              "Content-Length: 99999999999999999999\r\n",
                              "Content-Length: 1 1\r\n"}) {
        INFO(lines);
        CHECK_FALSE(parses_with(lines));
    }
    CHECK_FALSE(parses_with(std::string("X: a\0b\r\n", 8)));
}

TEST_CASE("a first line is a method, a target and a version with one blank between, and nothing else") {
    for (const char* line :
         {"GET  / HTTP/1.1", "GET /  HTTP/1.1", "GET / HTTP/1.1 ", " GET / HTTP/1.1", "GET /", "GET", "",
          "GET / HTTP/2", "GET / HTTP/1.1.1", "GET / HTTP/x.1", "GET / http/1.1", "GET / HTTP/01.1", "G(T / HTTP/1.1",
          "GET /a b HTTP/1.1", "GET /\t HTTP/1.1", "GET /\x7f HTTP/1.1", "GET /\xC3\xA9 HTTP/1.1", "GET\t/ HTTP/1.1"}) {
        INFO(line);
        CHECK_FALSE(parses(std::string(line) + "\r\nHost: a\r\n\r\n"));
    }
    RequestHead later, unknown;
    CHECK((later.parse("GET / HTTP/1.2\r\nHost: a\r\n\r\n") && later.minor_version() == 1));
    CHECK((unknown.parse("GET / HTTP/2.0\r\nHost: a\r\n\r\n") && unknown.version_is_unknown()));
    CHECK_FALSE(parses("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    CHECK_FALSE(parses("GET / HTTP/1.1\nHost: a\n\n"));
    CHECK_FALSE(parses("GET / HTTP/1.1\r\nHost: a\r\n"));
    CHECK_FALSE(parses("GET / HTTP/1.1\r\n\r\n"));  // of HTTP/1.1 a Host is required
}

TEST_CASE("more fields than a head may have are refused") {
    std::string lines;
    for (std::size_t i = 1; i < RequestHead::most_fields; ++i) lines += "X: a\r\n";
    CHECK(parses_with(lines));
    CHECK_FALSE(parses_with(lines + "X: a\r\n"));
}
