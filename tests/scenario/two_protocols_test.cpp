// One room, and connections that speak differently: lines or whatever comes, English or Chinese.
#include <string>

#include "catch.hpp"
#include "minimeta/protocol/text/phrases_zh.hpp"
#include "scene.hpp"

using namespace minimeta;

namespace {

struct Chinese : Text {
    Chinese() : Text(chinese) {}
};

using MixedScene = SceneOf<Text, Unframed, Chinese>;
constexpr ProtocolIndex lines = MixedScene::Room::speaks<Text>();
constexpr ProtocolIndex unframed = MixedScene::Room::speaks<Unframed>();
constexpr ProtocolIndex in_chinese = MixedScene::Room::speaks<Chinese>();

// Lily and bob, whose client sends no line ends.
struct SceneWithUnframedBob : MixedScene {
    explicit SceneWithUnframedBob(Limits limits = {}) : MixedScene("lily", limits) {
        enters("bob", unframed);
        forget();
    }
};

TEST_CASE("a client that sends no line ends talks with those that do") {
    MixedScene scene{"lily"};
    scene.connects("bob", unframed);
    scene.sends("bob", "name:bob");
    CHECK(scene.hears("lily") == "-- bob joined.\n");
    scene.forget();
    scene.sends("bob", "hello");
    CHECK(scene.hears("lily") == "bob: hello\n");
    scene.says("lily", "hi @bob");
    CHECK(scene.hears("bob") == "[private] lily: hi @bob\n");
    scene.sends("bob", "@lily hi");
    CHECK(scene.hears("lily").find("[private] bob: @lily hi\n") != std::string::npos);
}

TEST_CASE("each piece that a client without line ends sends is a message, and each line in it") {
    SceneWithUnframedBob scene;
    scene.sends("bob", "one");
    scene.sends("bob", "two\nthree");
    scene.sends("bob", "four\r\n");
    scene.sends("bob", "");
    scene.sends("bob", "\n");
    CHECK(scene.hears("lily") == "bob: one\nbob: two\nbob: three\nbob: four\n");
}

TEST_CASE("what clients without line ends are sent has line ends") {
    SceneWithUnframedBob scene;
    scene.says("lily", "one");
    scene.says("lily", "two");
    CHECK(scene.hears("bob") == "lily: one\nlily: two\n");
}

TEST_CASE("a piece that is too long is refused, and the next one works") {
    SceneWithUnframedBob scene{Limits{.line_bytes = 10}};
    scene.sends("bob", "0123456789");
    scene.sends("bob", "01234567890");
    scene.sends("bob", "next");
    CHECK(scene.hears("lily") == "bob: 0123456789\nbob: next\n");
    CHECK(scene.hears("bob") == "! That line was too long and nobody got it; a line has at most 10 bytes.\n");
}

TEST_CASE("each member reads the same in its own language") {
    MixedScene scene;
    scene.connects("lily", lines);
    scene.connects("李雷", in_chinese);
    CHECK(scene.hears("lily") == "-- Hello! Tell us your name to come in, for example:  name:lily\n");
    CHECK(scene.hears("李雷") == "-- 你好！请先起个名字，例如：name:lily\n");
    scene.says("李雷", "name：李雷");
    scene.says("lily", "name:lily");
    CHECK(scene.hears("lily") == "-- Welcome, lily! People here: 2. What you can do: /help\n");
    CHECK(scene.hears("李雷") == "-- 欢迎你，李雷！现在有 1 人在场。输入 /help 查看用法\n-- lily 来了。\n");

    scene.says("lily", "hello");
    scene.says("李雷", "你好");
    scene.says("李雷", "＠lily 悄悄话");
    CHECK(scene.hears("lily") == "李雷: 你好\n[private] 李雷: ＠lily 悄悄话\n");
    CHECK(scene.hears("李雷") == "lily：hello\n-- 已私下发给 lily，别人看不到。\n");

    scene.says("李雷", "@韩梅梅 在吗");
    CHECK(scene.hears("李雷") == "! 韩梅梅 不在场，这一行谁也没有收到。（公开写 @ 请用 @@名字。）\n");
    scene.hangs_up("lily");
    CHECK(scene.hears("李雷") == "-- lily 离开了。\n");
}

TEST_CASE("a private message to members of several protocols reaches each once, in its own words") {
    MixedScene scene{"lily eve"};
    scene.enters("bob", unframed);
    scene.enters("李雷", in_chinese);
    scene.enters("韩梅梅", in_chinese);
    scene.forget();
    scene.says("lily", "@bob @李雷 hi");
    CHECK(scene.hears("bob") == "[private] lily: @bob @李雷 hi\n");
    CHECK(scene.hears("李雷") == "[私聊] lily：@bob @李雷 hi\n");
    CHECK(scene.hears("eve") == "");
    CHECK(scene.hears("韩梅梅") == "");
}

TEST_CASE("members of all protocols see the same order") {
    MixedScene scene{"lily"};
    scene.enters("bob", unframed);
    scene.enters("李雷", in_chinese);
    scene.forget();
    scene.says("lily", "one");
    scene.sends("bob", "two");
    scene.says("李雷", "@lily @bob three");
    scene.sends("bob", "four");
    scene.hangs_up("lily");
    scene.says("李雷", "five");
    CHECK(scene.hears("bob") == "lily: one\n[private] 李雷: @lily @bob three\n-- lily is gone.\n李雷: five\n");
    CHECK(scene.hears("李雷") ==
          "lily：one\nbob：two\n-- 已私下发给 lily、bob，别人看不到。\nbob：four\n"
          "-- lily 离开了。\n");
}

TEST_CASE("a peer that is turned away reads so in its own language") {
    MixedScene scene{"lily", Limits{.connections = 1}};
    scene.connects("李雷", in_chinese);
    CHECK(scene.hears("李雷") == "! 房间已满。连接已关闭。\n");
    CHECK(scene.room.refusal(Errc::room_full, in_chinese).view() == "! 房间已满。连接已关闭。\n");
    CHECK(scene.room.refusal(Errc::room_full).view() == "! The room is full. The connection is closed.\n");
}

TEST_CASE("the last member with a protocol may leave in the middle of a turn, and another come") {
    SceneWithUnframedBob scene;
    scene.says("lily", "one");
    scene.sends("bob", "/quit");
    scene.says("lily", "two");
    scene.enters("eve", unframed);
    scene.says("lily", "three");
    CHECK(scene.hears("bob") == "lily: one\n-- Goodbye!\n");
    CHECK(scene.hears("lily") == "-- bob is gone.\n-- eve joined.\n");
    CHECK(scene.hears("eve") ==
          "-- Hello! Tell us your name to come in, for example:  name:lily\n"
          "-- Welcome, eve! People here: 2. What you can do: /help\nlily: three\n");
}

}  // namespace
