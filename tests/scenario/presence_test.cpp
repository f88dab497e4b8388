// Away members, and what /whois shows of a member.
#include <span>
#include <string>
#include <string_view>

#include "as_text.hpp"
#include "catch.hpp"
#include "scene.hpp"

using namespace minimeta;

namespace {

// The reply to /whois.
std::string profile(const Presence& presence, std::string_view away_text = {}, Duration silent = {}) {
    return as_text(Profile{presence, away_text, {}, silent});
}

// The reply to a private message to an away member.
std::string delivered_though_away(std::string_view to, std::string_view text) {
    const Absence away[] = {{to, text}};
    return as_text(Delivered{std::span(&to, 1), away});
}

TEST_CASE("an away member is marked in /who and /whois, and to senders of private messages") {
    Scene scene{"lily bob eve"};
    scene.says("lily", "/away gone for lunch");
    CHECK(scene.hears("lily") == as_text(AwayChanged{true}));
    CHECK(scene.hears("bob") == "");  // it is not announced

    const Presence all[] = {{"bob"}, {"eve"}, {"lily", true}};
    scene.says("bob", "/who");
    CHECK(scene.hears("bob") == as_text(Members{all, 3}));
    scene.says("bob", "/whois lily");
    CHECK(scene.hears("bob") == profile({"lily", true}, "gone for lunch"));
    scene.says("bob", "hi @lily");
    CHECK(scene.hears("bob") == delivered_though_away("lily", "gone for lunch"));
    CHECK(scene.hears("lily") == "[private] bob: hi @lily\n");
}

TEST_CASE("an away member is marked in the list of a group") {
    Scene scene{"lily bob"};
    scene.group("dev", "lily bob");
    scene.says("lily", "/away");
    scene.forget();
    scene.says("bob", "/who #dev");
    const Presence both[] = {{"bob"}, {.name = "lily", .away = true, .role = Role::owner}};
    CHECK(scene.hears("bob") == as_text(Members{both, 2, "dev"}));
}

TEST_CASE("of several recipients just the away ones are named") {
    Scene scene{"lily bob eve zoe"};
    scene.says("bob", "/away");
    scene.says("zoe", "/away asleep");
    scene.forget();
    scene.says("lily", "@bob @eve @zoe hi");
    const std::string_view to[] = {"bob", "eve", "zoe"};
    const Absence away[] = {{"bob", ""}, {"zoe", "asleep"}};
    CHECK(scene.hears("lily") == as_text(Delivered{to, away}));
}

TEST_CASE("a member that says something is back, and reads that") {
    for (const std::string line : {"hi", "/me waves", "#dev hi", "#dev /me waves", "@bob hi", "/msg bob hi", "/back"}) {
        CAPTURE(line);
        Scene scene{"lily bob"};
        scene.group("dev", "lily bob");
        scene.says("lily", "/away");
        scene.forget();
        scene.says("lily", line);
        CHECK(scene.hears("lily").starts_with(as_text(AwayChanged{false})));
        scene.forget();
        scene.says("bob", "/whois lily");
        const std::string_view dev = "dev";
        CHECK(scene.hears("bob") == as_text(Profile{{"lily"}, "", std::span(&dev, 1), {}}));
        scene.says("lily", line);
        CHECK(scene.hears("lily").find(as_text(AwayChanged{false})) == std::string::npos);
    }
}

TEST_CASE("what is refused, and what is asked, brings no member back") {
    Scene scene{"lily bob", Limits{.messages_per_second = 0}};
    scene.says("lily", "/away out");
    for (const char* line : {"#none hi", "@nobody hi", "@lily hi", "/who", "/whois bob", "/history", "/nope", "\x1b",
                             "/groups", "/join #dev", "#dev", "/leave #dev", "name:lily", "name:rose", "name:lily"})
        scene.says("lily", line);
    scene.forget();
    scene.says("bob", "/whois lily");
    CHECK(scene.hears("bob") == profile({"lily", true}, "out"));
}

TEST_CASE("going away again changes the text, and coming back twice is refused") {
    Scene scene{"lily bob"};
    for (const char* line : {"/away lunch", "/away   dinner  "}) scene.says("lily", line);
    scene.says("bob", "/whois lily");
    CHECK(scene.hears("bob") == profile({"lily", true}, "dinner"));
    scene.forget();
    for (const char* line : {"/back", "/back"}) scene.says("lily", line);
    CHECK(scene.hears("lily") == as_text(AwayChanged{false}) + refused(Errc::not_away));
    scene.says("bob", "/back");
    CHECK(scene.hears("bob") == refused(Errc::not_away));
}

TEST_CASE("being away stays with a member through a change of its name") {
    Scene scene{"lily bob"};
    scene.says("lily", "/away lunch");
    scene.says("lily", "name:rose");
    scene.forget();
    scene.says("bob", "/whois rose");
    CHECK(scene.hears("bob") == profile({"rose", true}, "lunch"));
}

TEST_CASE("a member that leaves is not away when it comes again") {
    Scene scene{"lily bob"};
    scene.says("lily", "/away lunch");
    SECTION("politely") { scene.says("lily", "/quit"); }
    SECTION("suddenly") { scene.hangs_up("lily"); }
    SECTION("removed") { (void)scene.room.kick(scene["lily"]); }
    scene.enters("lily");
    scene.forget();
    scene.says("bob", "/whois lily");
    CHECK(scene.hears("bob") == profile({"lily"}));
}

TEST_CASE("an away text can be shown, and is not too long") {
    Scene scene{"lily", Limits{.line_bytes = 20, .messages_per_second = 0}};
    scene.says("lily", "/away \x1b[2J");
    CHECK(scene.hears("lily") == refused(Errc::control_character));
    scene.says("lily", "/away \xFF");
    CHECK(scene.hears("lily") == refused(Errc::invalid_utf8));
    CHECK(scene.room.go_away(scene["lily"], std::string(21, 'x')) == Errc::line_too_long);
    CHECK(scene.room.come_back(scene["lily"]) == Errc::not_away);
    CHECK_FALSE(scene.room.go_away(scene["lily"], std::string(20, 'x')));
}

TEST_CASE("/whois takes a name in any spelling, and refuses an absent one") {
    Scene scene{"lily bob"};
    scene.says("lily", "/whois @ＢＯＢ");
    scene.says("lily", "/whois lily");
    scene.says("lily", "/whois nobody");
    scene.says("lily", "/whois");
    CHECK(scene.hears("lily") == profile({"bob"}) + profile({"lily"}) + refused(Errc::no_such_member, "nobody") +
                                     refused(Errc::missing_argument, "/whois"));
    CHECK(scene.hears("bob") == "");
}

TEST_CASE("/whois has the groups of a member, in the order of joining, and for how long it has been silent") {
    Scene scene{"lily bob"};
    for (const char* line : {"/join #tea", "/join #dev"}) scene.says("lily", line);
    scene.passes(seconds(200));
    scene.forget();
    scene.says("bob", "/whois lily");
    const std::string_view groups[] = {"tea", "dev"};
    CHECK(scene.hears("bob") == as_text(Profile{{"lily"}, "", groups, seconds(200)}));
    scene.says("lily", "");  // a sign of life
    scene.passes(seconds(3));
    scene.says("bob", "/whois lily");
    CHECK(scene.hears("bob") == as_text(Profile{{"lily"}, "", groups, seconds(3)}));
}

TEST_CASE("the program may count members as away and as back, and a hook sees it") {
    Scene scene{"lily bob"};
    std::string noted;
    scene.room.on_event([&](const Event& event) {
        if (const auto* e = minimeta::get_if<WentAway>(&event))
            noted += std::string(e->name) + " away (" + std::string(e->text) + "); ";
        if (const auto* e = minimeta::get_if<CameBack>(&event)) noted += std::string(e->name) + " back; ";
        if (minimeta::holds_alternative<Said>(event)) noted += "said; ";
        if (minimeta::holds_alternative<Whispered>(event)) noted += "whispered; ";
    });
    CHECK_FALSE(scene.room.go_away(scene["lily"], " busy "));
    CHECK(scene.hears("lily") == as_text(AwayChanged{true}));
    CHECK_FALSE(scene.room.come_back(scene["lily"]));
    CHECK(scene.hears("lily") == as_text(AwayChanged{false}));
    for (const char* line : {"/away", "hi", "/away x", "@bob hi", "/away", "/back"}) scene.says("lily", line);
    CHECK(noted ==
          "lily away (busy); lily back; lily away (); said; lily back; lily away (x); whispered; lily back; "
          "lily away (); lily back; ");
    scene.connects("someone");
    CHECK(scene.room.go_away(scene["someone"]) == Errc::not_a_member);
    CHECK(scene.room.come_back(scene["someone"]) == Errc::not_a_member);
}

TEST_CASE("a peer without a name is neither away nor back, and cannot ask about others") {
    SceneWithSomeone scene{"lily"};
    for (const char* line : {"/away", "/back", "/whois lily"}) {
        scene.says("someone", line);
        CHECK(scene.hears("someone") == refused(Errc::name_required));
    }
}

}  // namespace
