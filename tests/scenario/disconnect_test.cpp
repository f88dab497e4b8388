// Connections that a protocol ends: the member leaves, or keeps its place as if the connection were lost.
#include <string>

#include "catch.hpp"
#include "minimeta/protocol/websocket.hpp"
#include "scenario/scene.hpp"
#include "support/websocket_frames.hpp"

using namespace minimeta;

namespace {

// lily types, and bob comes with a browser.
struct SceneWithBrowser : SceneOf<Text, WebSocket<Text>> {
    SceneWithBrowser() : SceneOf("lily") {
        room.offer_sessions({1, 2});
        connects("bob", room.speaks<WebSocket<Text>>());
        sends("bob",
              "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: "
              "Upgrade\r\nSec-WebSocket-Version: 13\r\n"
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        sends("bob", test::text_frame("name:bob"));
        sends("bob", test::text_frame("/session"));
        forget();
    }
};

}  // namespace

TEST_CASE("who closes a WebSocket properly leaves; a page that is loaded again keeps its place") {
    SceneWithBrowser scene;
    SECTION("1000") {
        scene.sends("bob", test::close_frame(1000));
        CHECK(scene.hears("lily") == "-- bob is gone.\n");
        CHECK(scene.hears("bob") == "\x88\x02\x03\xE8");
    }
    SECTION("1001") {
        scene.sends("bob", test::close_frame(1001));
        CHECK(scene.hears("lily") == "");
        CHECK(scene.room.member_count() == 2);
        scene.passes(seconds(60));
        CHECK(scene.hears("lily") == "-- bob is gone.\n");
    }
    CHECK_FALSE(scene.has("bob"));
    CHECK(scene.room.connection_count() == 1);
}

TEST_CASE("pongs are not held to the rate") {
    SceneWithBrowser scene;
    std::string pings, pongs;
    for (int i = 0; i < 100; ++i) {
        pings += test::ClientFrame{0x89, "x"}.bytes();
        pongs += "\x8A\x01x";
    }
    scene.sends("bob", pings);
    CHECK(scene.hears("bob") == pongs);
}
