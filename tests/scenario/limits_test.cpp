// Every bound of the system: at the bound all is well, one more is refused with a clear answer, and no other member loses
// anything.
#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "catch.hpp"
#include "scene.hpp"

using namespace minimeta;

namespace {

TEST_CASE("connections: a full room turns further ones away and stays as it is") {
    Scene scene{"lily", Limits{.connections = 3}};
    scene.enters("bob");
    scene.connects("someone");
    CHECK(scene.room.connection_count() == 3);
    scene.forget();

    scene.connects("one more");
    CHECK(scene.hears("one more") == "! The room is full. The connection is closed.\n");
    CHECK_FALSE(scene.has("one more"));
    CHECK(scene.room.connection_count() == 3);

    scene.says("lily", "hello");
    CHECK(scene.hears("bob") == "lily: hello\n");
    CHECK(scene.hears("lily") == "");
    CHECK(scene.has("someone"));
}

TEST_CASE("connections: a peer that leaves makes room for another") {
    Scene scene{"lily bob", Limits{.connections = 2}};
    scene.says("bob", "/quit");
    scene.settle();
    scene.enters("eve");
    CHECK(scene.hears("lily") == "-- bob is gone.\n-- eve joined.\n");
}

const std::string too_long = "! That line was too long and nobody got it; a line has at most 10 bytes.\n";

TEST_CASE("line_bytes: a line of just that length is said, a byte more is refused, and the next line works") {
    for (const std::string end : {"\n", "\r\n"}) {
        Scene scene{"lily bob", Limits{.line_bytes = 10}};
        scene.sends("lily", "0123456789" + end);
        CHECK(scene.hears("bob") == "lily: 0123456789\n");
        CHECK(scene.hears("lily") == "");
        scene.sends("lily", "01234567890" + end + "next" + end);
        CHECK(scene.hears("bob") == "lily: next\n");
        CHECK(scene.hears("lily") == too_long);
    }
}

TEST_CASE("line_bytes: it makes no difference where the line is cut") {
    const std::string fits = "0123456789\r\n", exceeds = "01234567890\r\n";
    for (std::size_t at = 1; at < exceeds.size(); ++at) {
        INFO("cut at " << at);
        Scene scene{"lily bob", Limits{.line_bytes = 10}};
        scene.sends("lily", fits.substr(0, at));
        scene.sends("lily", fits.substr(std::min(at, fits.size())));
        CHECK(scene.hears("bob") == "lily: 0123456789\n");
        scene.sends("lily", exceeds.substr(0, at));
        scene.sends("lily", exceeds.substr(at) + "next\n");
        CHECK(scene.hears("bob") == "lily: next\n");
        CHECK(scene.hears("lily") == too_long);
    }
}

TEST_CASE("line_bytes: a line without an end is refused once, as soon as it is too long") {
    Scene scene{"lily bob", Limits{.line_bytes = 10}};
    for (int i = 0; i < 1000; ++i) scene.sends("lily", "endless...");
    CHECK(scene.hears("lily") == too_long);
    scene.sends("lily", "\nnext\n");
    CHECK(scene.hears("lily") == "");
    CHECK(scene.hears("bob") == "lily: next\n");
}

TEST_CASE("line_bytes: the program's own texts are held to it") {
    Scene scene{"lily bob", Limits{.line_bytes = 10}};
    CHECK_FALSE(scene.room.announce("0123456789"));
    CHECK_FALSE(scene.room.say(scene["lily"], "0123456789"));
    CHECK(scene.room.announce("01234567890") == Errc::line_too_long);
    CHECK(scene.room.say(scene["lily"], "01234567890") == Errc::line_too_long);
    CHECK(scene.room.whisper(scene["lily"], "bob", "01234567890") == Errc::line_too_long);
    CHECK(scene.hears("bob") == "** 0123456789\nlily: 0123456789\n");
}

TEST_CASE("name_characters: characters are counted, not bytes") {
    Scene scene{"bob", Limits{.name_characters = 5}};
    scene.connects("lily");
    scene.says("lily", "name:12345");
    scene.says("lily", "name:一二三四五");
    CHECK(scene.hears("bob") == "-- 12345 joined.\n-- 12345 is now 一二三四五.\n");
    scene.forget();
    scene.says("lily", "name:123456");
    scene.says("lily", "name:一二三四五六");
    CHECK(scene.hears("lily") == "! A name has at most 5 characters.\n! A name has at most 5 characters.\n");
    CHECK(scene.room.rename(scene["lily"], "123456") == Errc::name_too_long);
    CHECK(scene.hears("bob") == "");
}

TEST_CASE("recipients: a private line to that many is sent, to one more it reaches none") {
    Scene scene{"lily bob eve zoe", Limits{.recipients = 2}};
    const std::string refused = "! A private line goes to at most 2 people; nobody got it.\n";
    scene.says("lily", "@bob @eve @bob @lily hi");  // neither repeated names nor the sender count
    CHECK(scene.hears("lily") == "-- Sent in private to bob, eve; nobody else can read it.\n");
    scene.forget();
    for (const char* line :
         {"@bob @eve @zoe hi", "/msg bob,eve,zoe hi", "/me hugs @bob @eve @zoe", "@bob @eve @max hi"}) {
        scene.says("lily", line);
        CHECK(scene.hears("lily") == refused);
    }
    const std::array<std::string_view, 3> to{"bob", "eve", "zoe"};
    CHECK(scene.room.whisper(scene["lily"], to, "hi") == Errc::too_many_recipients);
    CHECK(scene.hears("bob") == "");
    CHECK(scene.hears("eve") == "");
    CHECK(scene.hears("zoe") == "");
}

TEST_CASE("listed_names: that many are listed, the rest is a number") {
    Scene scene{"lily bob", Limits{.listed_names = 2}};
    scene.says("bob", "/who");
    CHECK(scene.hears("bob") == "-- Here now (2): bob, lily\n");
    scene.enters("eve");
    scene.forget();
    scene.says("bob", "/who");
    const std::string heard = scene.hears("bob");
    CHECK((heard == "-- Here now (3): bob, lily and 1 more\n" || heard == "-- Here now (3): bob, eve and 1 more\n" ||
           heard == "-- Here now (3): eve, lily and 1 more\n"));
}

TEST_CASE("backlog_bytes: a peer that stops reading may have so much waiting, and is closed for a byte more") {
    const std::string line = "lily: 0123\n";
    Scene scene{"lily bob eve", Limits{.backlog_bytes = 2 * line.size(), .messages_per_second = 0}};
    scene.stalls("bob");
    scene.says("lily", "0123");
    scene.settle();
    scene.says("lily", "0123");
    CHECK(scene.has("bob"));
    scene.resumes("bob");
    CHECK(scene.hears("bob") == line + line);
    scene.forget();

    scene.stalls("bob");
    scene.says("lily", "0123");
    scene.says("lily", "0123+");
    scene.settle();
    CHECK_FALSE(scene.has("bob"));
    CHECK(scene.hears("eve") == line + "lily: 0123+\n-- bob is gone: the connection was too slow.\n");
    CHECK(scene.hears("lily") == "-- bob is gone: the connection was too slow.\n");
}

TEST_CASE("backlog_bytes: what is sent in private counts as well") {
    Scene scene{"lily bob", Limits{.backlog_bytes = 100, .messages_per_second = 0}};
    scene.stalls("bob");
    for (int i = 0; i < 5; ++i) scene.says("lily", "@bob are you there?");
    CHECK_FALSE(scene.has("bob"));
}

TEST_CASE("backlog_bytes: a peer without a name is closed, too, and that is not announced") {
    Scene scene{"lily", Limits{.backlog_bytes = 200, .messages_per_second = 0}};
    scene.connects("someone");
    scene.stalls("someone");
    for (int i = 0; i < 5; ++i) scene.says("someone", "hello? is somebody there?");
    CHECK_FALSE(scene.has("someone"));
    CHECK(scene.hears("lily") == "");
}

const std::string too_fast = "! Too fast: what you send beyond 2 lines a second is dropped.\n";

TEST_CASE("burst: so many lines at once are said, one more is dropped and its sender warned") {
    Scene scene{"", Limits{.messages_per_second = 2, .burst = 3}};
    scene.enters("bob");
    scene.enters("lily");
    scene.passes(seconds(10));
    scene.forget();
    for (const char* line : {"one", "two", "three"}) scene.says("lily", line);
    CHECK(scene.hears("lily") == "");
    scene.says("lily", "four");
    CHECK(scene.hears("bob") == "lily: one\nlily: two\nlily: three\n");
    CHECK(scene.hears("lily") == too_fast);
    scene.says("bob", "I am not held up");
    CHECK(scene.hears("lily") == "bob: I am not held up\n");
}

TEST_CASE("messages_per_second: after a burst, that many lines a second are said") {
    Scene scene{"bob lily", Limits{.messages_per_second = 2, .burst = 1}};
    scene.passes(seconds(1));
    scene.says("lily", "at 1.0");
    scene.passes(milliseconds(499));
    scene.says("lily", "at 1.499");
    scene.passes(milliseconds(1));
    scene.says("lily", "at 1.5");
    scene.passes(milliseconds(500));
    scene.says("lily", "at 2.0");
    CHECK(scene.hears("bob") == "lily: at 1.0\nlily: at 1.5\nlily: at 2.0\n");
    CHECK(scene.hears("lily") == too_fast);
}

TEST_CASE("a flood is warned once, and again after it has been quiet") {
    Scene scene{"bob lily", Limits{.messages_per_second = 2, .burst = 3}};
    scene.passes(seconds(10));
    for (int i = 0; i < 1000; ++i) scene.says("lily", "spam");
    CHECK(scene.hears("lily") == too_fast);
    CHECK(scene.hears("bob") == "lily: spam\nlily: spam\nlily: spam\n");
    scene.passes(seconds(10));
    scene.says("lily", "sorry");
    CHECK(scene.hears("lily") == "");
    for (int i = 0; i < 1000; ++i) scene.says("lily", "spam");
    CHECK(scene.hears("lily") == too_fast);
}

TEST_CASE("every command counts for the rate, but a member can always leave") {
    Scene scene{"bob lily", Limits{.messages_per_second = 2, .burst = 5}};
    scene.passes(seconds(10));
    for (const char* line : {"/who", "/nope", "@zoe hi", "name:", "\xFF"}) scene.says("lily", line);
    scene.forget();
    for (const char* line : {"/who", "/nope", "@zoe hi", "name:", "\xFF", "hi", "@bob hi", "/help", "name:rose"})
        scene.says("lily", line);
    CHECK(scene.hears("lily") == too_fast);
    scene.says("lily", "/quit");
    CHECK(scene.hears("lily") == "-- Goodbye!\n");
    CHECK(scene.hears("bob") == "-- lily is gone.\n");
}

TEST_CASE("empty lines are no commands and do not count for the rate") {
    Scene scene{"bob lily", Limits{.messages_per_second = 2, .burst = 1}};
    scene.passes(seconds(10));
    scene.sends("lily", "\n\n\n\r\n\nhello\n");
    CHECK(scene.hears("bob") == "lily: hello\n");
    CHECK(scene.hears("lily") == "");
}

TEST_CASE("connections without a name are held to the rate") {
    SceneWithSomeone scene{"", Limits{.messages_per_second = 2, .burst = 3}};
    for (int i = 0; i < 100; ++i) scene.says("someone", "name:");
    const std::string refused = "! A name cannot be empty. For example:  name:lily\n";
    CHECK(scene.hears("someone") == refused + refused + refused + too_fast);
}

TEST_CASE("messages_per_second: 0 is no limit, and the program is not held to it") {
    Scene free{"bob lily", Limits{.messages_per_second = 0, .burst = 0}};
    for (int i = 0; i < 1000; ++i) free.says("lily", "hi");
    CHECK(free.hears("bob").size() == 1000 * std::string("lily: hi\n").size());

    Scene strict{"bob lily", Limits{.messages_per_second = 1, .burst = 1}};
    for (int i = 0; i < 1000; ++i) CHECK_FALSE(strict.room.say(strict["lily"], "hi"));
    CHECK(strict.hears("bob").size() == 1000 * std::string("lily: hi\n").size());
}

TEST_CASE("name_seconds: a peer without a name by then is closed with the reason, unnoticed by the others") {
    Scene scene{"lily", Limits{.name_seconds = 5}};
    scene.passes(seconds(1));
    scene.connects("someone");
    scene.forget();
    CHECK(scene.room.next_deadline() == Time{} + seconds(6));
    scene.passes(milliseconds(4'999));
    scene.says("someone", "hello?");  // does not help
    CHECK(scene.has("someone"));
    scene.forget();
    scene.passes(milliseconds(1));
    CHECK(scene.hears("someone") == "! No name was given within 5 seconds. The connection is closed.\n");
    CHECK_FALSE(scene.has("someone"));
    CHECK(scene.hears("lily") == "");
    CHECK(scene.room.next_deadline() == std::nullopt);
}

TEST_CASE("name_seconds: where three quarters of the places are taken, a sixth of it is left to give a name") {
    Scene scene{"a b c d e", Limits{.connections = 8, .name_seconds = 60}};
    scene.connects("first");
    scene.forget();
    CHECK(scene.room.next_deadline() == scene.now() + seconds(60));
    scene.passes(seconds(3));
    CHECK(scene.has("first"));
    scene.connects("second");
    scene.forget();
    CHECK(scene.room.next_deadline() == Time{} + seconds(10));
    scene.passes(seconds(7));
    CHECK(scene.hears("first") == "! No name was given within 10 seconds. The connection is closed.\n");
    CHECK(scene.has("second"));  // there are fewer again, and it has all of its time
    scene.passes(seconds(52));
    CHECK(scene.has("second"));
    scene.passes(seconds(1));
    CHECK_FALSE(scene.has("second"));
}

TEST_CASE("name_seconds: a name in the last moment is in time") {
    Scene scene{"", Limits{.name_seconds = 5}};
    scene.connects("lily");
    scene.connects("someone");
    scene.passes(milliseconds(4'999));
    scene.says("lily", "name:lily");
    CHECK(scene.room.next_deadline() == Time{} + seconds(5));  // there is still someone
    scene.passes(seconds(1'000));
    CHECK(scene.has("lily"));
    CHECK_FALSE(scene.has("someone"));
}

TEST_CASE("idle_seconds: a member that sends nothing for so long is closed with the reason, which is announced") {
    Scene scene{"lily bob", Limits{.idle_seconds = 10}};
    CHECK(scene.room.next_deadline() == Time{} + seconds(10));
    scene.passes(seconds(6));
    scene.says("bob", "still here");
    CHECK(scene.room.next_deadline() == Time{} + seconds(10));
    scene.passes(milliseconds(3'999));
    CHECK(scene.has("lily"));
    scene.forget();
    scene.passes(milliseconds(1));
    CHECK(scene.hears("lily") == "! Nothing was heard from you for 10 seconds. The connection is closed.\n");
    CHECK_FALSE(scene.has("lily"));
    CHECK(scene.hears("bob") == "-- lily is gone: silent for too long.\n");
    CHECK(scene.room.next_deadline() == Time{} + seconds(16));
}

TEST_CASE("idle_seconds: an empty line is a sign of life") {
    Scene scene{"lily", Limits{.idle_seconds = 10}};
    for (int i = 0; i < 5; ++i) {
        scene.passes(seconds(9));
        scene.sends("lily", "\n");
    }
    CHECK(scene.has("lily"));
    CHECK(scene.room.next_deadline() == scene.now() + seconds(10));
}

TEST_CASE("name_seconds and idle_seconds: 0 waits for ever") {
    Scene scene{"lily", Limits{.name_seconds = 0, .idle_seconds = 0}};
    scene.connects("someone");
    CHECK(scene.room.next_deadline() == std::nullopt);
    scene.passes(seconds(100'000));
    CHECK(scene.has("lily"));
    CHECK(scene.has("someone"));
}

TEST_CASE("in a room without time no member is too fast or silent for too long") {
    MemoryTransport transport;
    Room room{transport, Limits{.messages_per_second = 1, .burst = 1, .name_seconds = 5, .idle_seconds = 5}};
    const auto lily = transport.open(room), bob = transport.open(room);
    transport.send_to(room, lily, "name:lily\n");
    transport.send_to(room, bob, "name:bob\none\ntwo\nthree\n");
    transport.settle(room);
    CHECK(transport.take(lily).ends_with("bob: one\nbob: two\nbob: three\n"));

    const auto someone = transport.open(room);
    room.advance(Time{} + seconds(1'000'000));  // now the time of all begins
    transport.settle(room);
    CHECK(transport.is_open(lily));
    CHECK(transport.is_open(someone));
    CHECK(room.next_deadline() == Time{} + seconds(1'000'005));
}

TEST_CASE("several members silent for too long leave in one turn, which is announced to the others alone") {
    Scene scene{"lily bob eve zoe", Limits{.idle_seconds = 10}};
    scene.passes(seconds(5));
    scene.says("zoe", "");
    scene.forget();
    scene.passes(seconds(5));
    CHECK(scene.hears("zoe") ==
          "-- lily is gone: silent for too long.\n-- bob is gone: silent for too long.\n"
          "-- eve is gone: silent for too long.\n");
    CHECK(scene.hears("eve") ==
          "-- lily is gone: silent for too long.\n-- bob is gone: silent for too long.\n"
          "! Nothing was heard from you for 10 seconds. The connection is closed.\n");
}

// Remembers where in memory the bytes lay that it was sent.
struct CuriousTransport : MemoryTransport {
    void send(connection_id id, const Bytes& bytes) {
        places.insert(bytes.data());
        MemoryTransport::send(id, bytes);
    }
    std::set<const char*> places;
};

TEST_CASE("what is said takes the same memory again, turn by turn") {
    CuriousTransport transport;
    Room room{transport};
    const auto lily = transport.open(room), bob = transport.open(room);
    transport.send_to(room, lily, "name:lily\n");
    transport.send_to(room, bob, "name:bob\n");
    transport.settle(room);
    transport.places.clear();
    for (int i = 0; i < 1'000; ++i) {
        transport.send_to(room, lily, std::string(1'000, 'x') + "\n@bob and this\n");
        transport.settle(room);
    }
    CHECK(transport.places.size() < 10);
}

}  // namespace
