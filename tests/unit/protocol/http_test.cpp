#include "minimeta/protocol/http.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "catch.hpp"
#include "minimeta/protocol/json.hpp"
#include "support/websocket_frames.hpp"
#include "unit/described.hpp"

using namespace minimeta;

namespace {

const std::string page = "<style>p{}</style><p>hi</p><script>1</script>";

struct Wire {
    Http<Json> protocol{{{"/", "text/html", page}, {"/style.css", "text/css", "p{}"}}, {{}, {"chat.example.org"}}};
    Http<Json>::decoder decoder;

    // The bytes that are answered before the connection is closed; empty if it is not.
    std::string answer(std::string_view bytes) {
        const auto command = protocol.decode(decoder, bytes);
        if (!command) return {};
        const auto* closed = get_if<Disconnect>(&*command);
        return closed != nullptr ? std::string(closed->bytes) : "goes on";
    }
};

// The status of the answer to a request with these lines behind the first one.
std::string status(const std::string& first, const std::string& lines = "Host: localhost:5000\r\n") {
    Wire wire;
    const std::string answer = wire.answer(first + "\r\n" + lines + "\r\n");
    return answer.substr(answer.find(' ') + 1, 3);
}

}  // namespace

TEST_CASE("HTTP: GET and HEAD of a file that is there") {
    Wire wire;
    wire.protocol.advance(WallTime{784'111'777'000'000'000});
    const std::string answer = wire.answer("GET /?lang=en HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const std::string head = answer.substr(0, answer.find("\r\n\r\n") + 4);
    CHECK(answer == head + page);
    CHECK(head.starts_with("HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: text/html\r\n"));
    for (const char* field :
         {"Content-Length: 45", "Connection: close", "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer",
          "Content-Security-Policy: default-src 'none'; "
          "script-src 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='; "
          "style-src 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='; "})
        CHECK(head.find("\r\n" + std::string(field)) != head.npos);
    CHECK(head.find("frame-ancestors 'none'\r\n") != head.npos);
    CHECK(head.find("Cookie") == head.npos);
    Wire again;
    again.protocol.advance(WallTime{784'111'777'000'000'000});
    CHECK(again.answer("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n") == head);
    CHECK(Wire().answer("GET /style.css HTTP/1.0\r\n\r\n").ends_with("\r\n\r\np{}"));
}

TEST_CASE("HTTP: each request has the answer that it deserves") {
    const std::string good = "Host: localhost\r\n";
    CHECK(status("GET / HTTP/1.1") == "200");
    CHECK(status("GET / HTTP/1.9") == "200");
    CHECK(status("GET / HTTP/1.0", "") == "200");
    CHECK(status("GET http://localhost/ HTTP/1.1") == "200");
    CHECK(status("GET HTTP://chat.example.org?x HTTP/1.1", "Host: whatever\r\n") == "200");
    CHECK(status("GET http://evil.example/ HTTP/1.1") == "403");
    CHECK(status("GET / HTTP/1.1", "Host: evil.example\r\n") == "403");
    CHECK(status("GET / HTTP/1.1", good + "Origin: http://evil.example\r\n") == "403");
    CHECK(status("GET / HTTP/1.1", good + "Origin: http://localhost\r\n") == "200");
    CHECK(status("GET / HTTP/1.1", "") == "400");
    CHECK(status("GET /index HTTP/1.1") == "404");
    CHECK(status("GET /../ HTTP/1.1") == "404");
    CHECK(status("GET // HTTP/1.1") == "404");
    CHECK(status("POST / HTTP/1.1", good + "Content-Length: 3\r\n") == "405");
    CHECK(status("OPTIONS * HTTP/1.1") == "405");
    CHECK(status("CONNECT localhost:80 HTTP/1.1") == "405");
    CHECK(status("GET * HTTP/1.1") == "400");
    CHECK(status("GET page HTTP/1.1") == "400");
    CHECK(status("GET /#a HTTP/1.1") == "400");
    CHECK(status("GET http:///x HTTP/1.1") == "400");
    CHECK(status("GET http://a@localhost/ HTTP/1.1") == "400");
    CHECK(status("GET / HTTP/2.0") == "505");
    CHECK(status("GET / HTTP/11") == "400");
    CHECK(status("GET  / HTTP/1.1") == "400");
    CHECK(status("GET / HTTP/1.1", good + "Transfer-Encoding: chunked\r\n") == "400");
    CHECK(status("GET / HTTP/1.1", good + "X: " + std::string(9'000, 'x') + "\r\n") == "431");
}

TEST_CASE("HTTP: a head is refused as soon as it cannot be good any more") {
    for (const char* begun : {"GET / HTTP/1.1\n", "GET / HTTP/1.1\r\nHost: a\n", "GET / HTTP/1.1\rX", "\nGET",
                              "GET / HTTP/1.1\r\n a", "GET / HTTP/1.1\r\nX: a\r\n\tb"}) {
        CAPTURE(begun);
        CHECK(Wire().answer(begun).starts_with("HTTP/1.1 400 "));
    }
    CHECK(Wire().answer("GET / HTTP/1.1\r\nX: a") == "");
}

TEST_CASE("HTTP: a page goes on as a WebSocket, and who is let in is told by the policy") {
    const std::string upgrade =
        "GET /room HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    for (std::size_t cut = 0; cut <= upgrade.size(); ++cut) {
        Wire wire;
        CHECK(wire.answer(std::string_view(upgrade).substr(0, cut)) == "");
        CHECK(wire.answer(upgrade.substr(cut) + "\r\n") == "goes on");
        std::string_view nothing;
        CHECK(holds_alternative<Greet>(*wire.protocol.decode(wire.decoder, nothing)));
        const std::string frame = test::text_frame(R"({"type":"who"})");
        std::string_view fed = frame;
        CHECK(holds_alternative<Who>(*wire.protocol.decode(wire.decoder, fed)));
        CHECK(Http<Json>::hears_itself(wire.decoder));
        CHECK(appended([&](ByteLog& log) { wire.protocol.encode(log, Reply{Farewell{}}, "bob", wire.decoder); }) ==
              "\x81\x13{\"type\":\"farewell\"}\x88\x02\x03\xE8");
    }
    CHECK(Wire().answer(upgrade + "Origin: http://evil.example\r\n\r\n").starts_with("HTTP/1.1 403 "));
    Http<Json> empty;
    Http<Json>::decoder decoder;
    const std::string whole = upgrade + "\r\n";
    std::string_view fed = whole;
    const auto command = empty.decode(decoder, fed);
    CHECK(get_if<Disconnect>(&*command)->bytes.starts_with("HTTP/1.1 404 "));
}

TEST_CASE("HTTP: who is too slow with a request, or comes to a full room, is told in HTTP") {
    Wire wire;
    CHECK(wire.answer("GET / HT") == "");
    const auto told = [&](Errc why) {
        return appended([&](ByteLog& log) { wire.protocol.encode(log, Reply{Removed{why}}, "", wire.decoder); });
    };
    CHECK(told(Errc::no_name_in_time).starts_with("HTTP/1.1 408 Request Timeout\r\n"));
    CHECK(told(Errc::room_full).starts_with("HTTP/1.1 503 Service Unavailable\r\n"));
}
