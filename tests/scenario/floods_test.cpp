// What one peer sends in masses costs the others next to nothing.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "catch.hpp"
#include "scenario/scene.hpp"

using minimeta::Command;
using minimeta::Errc;
using minimeta::Event;
using minimeta::get_if;
using minimeta::Left;
using minimeta::Limits;
using minimeta::milliseconds;
using minimeta::seconds;
using minimeta::Text;
using minimeta::Time;

namespace {

std::size_t decodes = 0;

// Counts how often a room had something decoded.
struct CountedText : Text {
    CountedText() = default;
    std::optional<Command> decode(decoder& state, std::string_view& fed) {
        ++decodes;
        return Text::decode(state, fed);
    }
};

std::string times(std::size_t count, std::string_view line) {
    std::string all;
    while (count-- != 0) all.append(line);
    return all;
}

const std::string too_fast = "! Too fast: what you send beyond 10 lines a second is dropped.\n";

}  // namespace

TEST_CASE("beyond the rate, input is not even decoded") {
    const std::string_view line = GENERATE("/\n", "@\n", "#\n", "hello\n", "@bob hi\n", "/history 100\n", "/who\r\n");
    SceneOf<CountedText> scene{"bob lily"};
    scene.passes(seconds(10));
    decodes = 0;
    scene.sends("lily", times(10'000, line));
    CHECK(decodes <= Limits{}.burst + 3);
    CHECK(scene.hears("lily").ends_with(too_fast));
    scene.passes(seconds(10));
    scene.sends("lily", "sorry\n");  // and it goes on at the beginning of a line
    CHECK(scene.hears("bob").ends_with("lily: sorry\n"));
}

TEST_CASE("what is skipped begins and ends anywhere in a line") {
    const auto cut = GENERATE(range<std::size_t>(0, 12));
    Scene scene{"bob lily", Limits{.messages_per_second = 1, .burst = 1}};
    scene.passes(seconds(10));
    const std::string lines = "one\ntwo\nthree\nfour\n";
    scene.sends("lily", lines.substr(0, cut));
    scene.sends("lily", lines.substr(cut));
    scene.sends("lily", "five and ");
    scene.passes(seconds(10));
    scene.sends("lily", "a half\n");
    CHECK(scene.hears("bob") == "lily: one\nlily: five and a half\n");
}

TEST_CASE("who is too fast can still leave, at the end of a flood") {
    Scene scene{"bob lily"};
    scene.passes(seconds(10));
    scene.sends("lily", times(1'000, "spam\n") + "/quit\n");
    CHECK(scene.hears("lily") == too_fast + "-- Goodbye!\n");
}

TEST_CASE("the room tells until when it wants nothing more from a peer that is too fast") {
    Scene scene{"bob lily", Limits{.messages_per_second = 10, .burst = 3}};
    scene.passes(seconds(10));
    const auto receive = [&](std::string_view bytes) { return scene.room.on_receive(scene["lily"], bytes); };
    CHECK(receive("one\ntwo\n") == std::nullopt);
    CHECK(receive("three\n") == scene.now() + milliseconds(100));
    CHECK(receive("four\n") == scene.now() + milliseconds(100));
    scene.passes(milliseconds(100));
    CHECK(receive("") == std::nullopt);
    CHECK(receive("five\n") == scene.now() + milliseconds(100));
    CHECK(scene.hears("bob") == "lily: one\nlily: two\nlily: three\nlily: five\n");
}

TEST_CASE("a flood without commands counts by its bytes, so that it is paused as well") {
    const std::string_view part = GENERATE("\n", "\r\n", " \n", "endless ");
    Scene scene{"bob lily", Limits{.messages_per_second = 10, .burst = 3}};
    scene.passes(seconds(10));
    const std::string bytes = times(16'384 / part.size(), part);
    CHECK(scene.room.on_receive(scene["lily"], bytes) >= scene.now() + milliseconds(100));
    CHECK(scene.room.on_receive(scene["lily"], bytes) >= scene.now() + milliseconds(300));
    scene.says("bob", "I am not held up");
    CHECK(scene.hears("lily").ends_with("bob: I am not held up\n"));
}

TEST_CASE("long lines count once, as short ones do") {
    Scene scene{"bob lily", Limits{.messages_per_second = 10, .burst = 3}};
    scene.passes(seconds(10));
    scene.sends("lily", times(3, std::string(Limits{}.line_bytes, 'x') + "\n"));
    CHECK(scene.hears("lily") == "");
    CHECK(scene.hears("bob").size() == 3 * (Limits{}.line_bytes + std::string("lily: \n").size()));
}

TEST_CASE("answers that a peer does not read are no more than its backlog may hold, within one turn") {
    const std::string_view line = GENERATE("/history 100\n", "/who\n", "/help\n", "/\n", "@zoe hi\n", "/groups\n");
    constexpr Limits limits{.backlog_bytes = 65'536, .messages_per_second = 0};
    Scene scene{"bob lily", limits};
    for (int i = 0; i < 100; ++i) scene.says("bob", std::string(200, 'x'));
    scene.forget();
    scene.stalls("lily");
    scene.sends("lily", times(20'000, line));
    CHECK(scene.transport.backlog(scene["lily"]) > limits.backlog_bytes);
    CHECK(scene.transport.backlog(scene["lily"]) <= 2 * limits.backlog_bytes);
    CHECK_FALSE(scene.has("lily"));
}

TEST_CASE("a peer that is too slow is not listened to any more, within one turn") {
    SceneOf<CountedText> scene{"bob lily", Limits{.backlog_bytes = 65'536, .messages_per_second = 0}};
    scene.stalls("lily");
    decodes = 0;
    scene.sends("lily", times(20'000, "/help\n") + "and this is for all\n");
    CHECK(decodes < 1'000);
    CHECK(scene.hears("bob") == "-- lily is gone: the connection was too slow.\n");
}

TEST_CASE("private lines to a peer that does not read are no more than its backlog may hold, within one turn") {
    constexpr Limits limits{.backlog_bytes = 65'536, .messages_per_second = 0};
    Scene scene{"bob lily", limits};
    scene.stalls("lily");
    scene.sends("bob", times(20'000, "@lily are you there?\n"));
    CHECK(scene.transport.backlog(scene["lily"]) <= limits.backlog_bytes + 100);
    CHECK_FALSE(scene.has("lily"));
}

TEST_CASE("a peer that is too slow is closed in the next turn, however seldom the room is flushed") {
    Scene scene{"bob lily", Limits{.backlog_bytes = 1'000, .messages_per_second = 0}};
    std::string left;
    scene.room.on_event([&](const Event& event) {
        if (const auto* gone = get_if<Left>(&event); gone != nullptr && gone->why == Errc::too_slow) left = gone->name;
    });
    scene.stalls("lily");
    scene.sends("bob", times(100, "@lily are you there?\n"));
    CHECK(left.empty());
    scene.room.advance(scene.now() + milliseconds(1));
    CHECK(left == "lily");
}
