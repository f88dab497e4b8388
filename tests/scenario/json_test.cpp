// Programs that speak JSON and people that type, in one room.
#include <string>
#include <string_view>

#include "catch.hpp"
#include "minimeta/protocol/json.hpp"
#include "scenario/scene.hpp"

using namespace minimeta;

namespace {

// A room in which lily types, and robot is a program.
struct SceneWithRobot : SceneOf<Text, Json> {
    explicit SceneWithRobot(Limits limits = {.messages_per_second = 0}) : SceneOf("lily", limits) {
        connects("robot", room.speaks<Json>());
        does(R"({"type":"name","name":"robot"})");
        forget();
    }
    void does(std::string_view line) { says("robot", line); }
};

}  // namespace

TEST_CASE("JSON: what is said reaches both, and who said it learns its id") {
    SceneWithRobot scene;
    scene.clock_shows({1'795'442'602'250'000'000});
    scene.does(R"({"type":"say","text":"beep","request":7})");
    scene.says("lily", "hello, robot");
    scene.does(R"({"type":"whisper","to":["LILY"],"text":"psst","request":8})");
    scene.says("lily", "/msg robot yes?");
    CHECK(scene.hears("lily") ==
          "robot: beep\n[private] robot: psst\n"
          "-- Sent in private to robot; nobody else can read it.\n");
    CHECK(
        scene.hears("robot") ==
        R"({"type":"sent","text":"beep","id":"1795442602-1","at":1795442602250,"request":7})"
        "\n"
        R"({"type":"said","from":"lily","text":"hello, robot","id":"1795442602-2","at":1795442602250,"number":1})"
        "\n"
        R"({"type":"sent","text":"psst","to":["lily"],"id":"1795442602-3","at":1795442602250,"request":8})"
        "\n"
        R"({"type":"delivered","to":["lily"],"request":8})"
        "\n"
        R"({"type":"whispered","from":"lily","to":["robot"],"text":"yes?","id":"1795442602-4","at":1795442602250,"number":1})"
        "\n");
}

TEST_CASE("JSON: what the program makes of a text is what its author is told") {
    SceneWithRobot scene;
    scene.room.on_request([](const auto& request) {
        return get_if<Say>(&request.command) != nullptr ? Verdict::allow_as("boop") : Verdict::allow();
    });
    scene.does(R"({"type":"say","text":"beep"})");
    CHECK(scene.hears("robot") == R"({"type":"sent","text":"boop","id":"1-1"})"
                                  "\n");
}

TEST_CASE("JSON: a refusal says why, about what, and for which request; and costs nobody else anything") {
    SceneWithRobot scene;
    const auto refuses = [&](std::string_view line, std::string_view answer) {
        scene.does(line);
        CHECK(scene.hears("robot") == std::string(answer) + "\n");
    };
    refuses("hello", R"({"type":"refused","why":"malformed"})");
    refuses(R"({"type":"join","request":1})",
            R"({"type":"refused","why":"missing_argument","subject":["group"],"request":1})");
    refuses(R"({"type":"name","name":"lily","request":2})",
            R"({"type":"refused","why":"name_taken","subject":["lily"],"request":2})");
    refuses(R"({"type":"whisper","to":["eve"],"text":"x","request":3})",
            R"({"type":"refused","why":"absent","subject":["eve"],"request":3})");
    refuses(R"({"type":"say","text":"a\u0007b","request":4})",
            R"({"type":"refused","why":"control_character","request":4})");
    refuses(R"({"type":"dance","request":5})",
            R"({"type":"refused","why":"unknown_command","subject":["dance"],"request":5})");
    refuses(R"({"type":"say","text":")" + std::string(5'000, 'x') + "\"}",
            R"({"type":"refused","why":"line_too_long","limit":4096})");
    CHECK(scene.hears("lily") == "");
}

TEST_CASE("JSON: a connection that was lost is resumed") {
    SceneWithRobot scene;
    scene.room.offer_sessions({1, 2});
    scene.does(R"({"type":"session","request":1})");
    std::string session = scene.hears("robot");
    CHECK(session.starts_with(R"({"type":"current_name","name":"robot","request":1})"
                              "\n"
                              R"({"type":"session","token":")"));
    session.erase(0, session.find("token\":\"") + 8);
    const std::string token = session.substr(0, session.find('"'));
    scene.hangs_up("robot");
    scene.says("lily", "where are you?");
    scene.settle();
    scene.connects("robot", scene.room.speaks<Json>());
    scene.does(R"({"type":"resume","token":")" + token + R"(","seen":"0","request":2})");
    CHECK(
        scene.hears("robot").find(
            R"({"type":"caught_up","name":"robot","messages":[{"from":"lily","text":"where are you?","id":"1-1","number":1}],"request":2})") !=
        std::string::npos);
}
