#include "minimeta/protocol/http/origin_policy.hpp"

#include <string>

#include "catch.hpp"

using minimeta::http::OriginPolicy;
using minimeta::http::RequestHead;

namespace {

bool admits(const std::string& host, const std::string& origin = "", const OriginPolicy& policy = {}) {
    const std::string text =
        "GET / HTTP/1.1\r\nHost: " + host + "\r\n" + (origin.empty() ? "" : "Origin: " + origin + "\r\n") + "\r\n";
    RequestHead head;
    REQUIRE(head.parse(text));
    return policy.admits(head);
}

}  // namespace

TEST_CASE("a program without an origin is admitted, to an address, to localhost, and to a name of the server") {
    for (const char* host : {"127.0.0.1", "127.0.0.1:5000", "localhost", "LocalHost:80", "[::1]", "[::1]:5000"})
        CHECK(admits(host));
    for (const char* host :
         {"example.org", "example.org:5000", "127.0.0.1.example.org", "localhost.example.org", "", ":5000", "[::1"})
        CHECK_FALSE(admits(host));
    const OriginPolicy named{.host_names = {"chat.example.org"}};
    CHECK(admits("Chat.Example.org:5000", "", named));
    CHECK_FALSE(admits("evil.example.org", "", named));
}

TEST_CASE("a page is admitted if it is of this server, or on the list") {
    CHECK(admits("localhost:5000", "http://localhost:5000"));
    CHECK(admits("localhost:5000", "https://localhost:5000"));
    for (const char* origin :
         {"http://localhost", "http://localhost:5001", "http://127.0.0.1:5000", "http://evil.example", "null",
          "localhost:5000", "http://localhost:5000.evil.example", "ftp://localhost:5000"})
        CHECK_FALSE(admits("localhost:5000", origin));
    const OriginPolicy listed{.origins = {"https://example.org"}};
    CHECK(admits("localhost:5000", "https://Example.org", listed));
    CHECK_FALSE(admits("localhost:5000", "http://example.org", listed));
    CHECK_FALSE(admits("localhost", "http://localhost\r\nOrigin: http://localhost"));
}

TEST_CASE("a name that somebody lets point to this machine is not admitted, though its page is of the same host") {
    CHECK_FALSE(admits("evil.example:5000", "http://evil.example:5000"));
}
