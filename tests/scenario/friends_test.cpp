// Friends: members ask and agree, hear of each other wherever they are, and find what was written while they were not here.
#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include "catch.hpp"
#include "minimeta/minimeta.hpp"
#include "scenario/as_text.hpp"
#include "scenario/scene.hpp"
#include "scenario/sessions.hpp"

using namespace minimeta;

namespace {

// Has two members be friends; what they read is forgotten.
void make_friends(Scene& scene, std::string_view one, std::string_view other) {
    scene.says(one, "/friend " + std::string(other));
    scene.says(other, "/friend " + std::string(one));
    scene.forget();
}

void log_in(Scene& scene, std::string_view who, std::string_view account) {
    REQUIRE_FALSE(scene.room.identify(scene[who], account));
}

const Limits keeps_private{.messages_per_second = 0, .private_history_messages = 4};
const Limits crowded{.messages_per_second = 0, .noticed_members = 2, .summary_seconds = 10};

std::string in_words(const Friendship& f) {
    return std::string(f.account).append(" ").append(name_of(f.relationship)).append(" ").append(f.other);
}

}  // namespace

// ---- Asking and agreeing

TEST_CASE("two are friends when one has asked and the other one does the same") {
    Scene scene{"lily bob"};
    scene.says("lily", "/friends");
    CHECK(scene.hears("lily") == "-- You have no friends here yet. To ask somebody:  /friend bob\n");
    scene.says("lily", "/friend BOB");
    CHECK(scene.hears("lily") == "-- You asked bob to be your friend. To take it back:  /unfriend bob\n");
    CHECK(scene.hears("bob") == "-- lily would like to be your friend. To agree:  /friend lily\n");
    scene.says("lily", "/friend");
    scene.says("bob", "/friends");
    CHECK(scene.hears("lily") == "-- You asked: bob\n");
    CHECK(scene.hears("bob") == "-- You are asked by: lily\n");
    scene.says("bob", "/friend @lily");
    CHECK(scene.hears("bob") == "-- You and lily are friends now.\n");
    CHECK(scene.hears("lily") == "-- You and bob are friends now.\n");
    scene.says("lily", "/friends");
    CHECK(scene.hears("lily") == "-- Your friends: bob\n");
}

TEST_CASE("a friendship is ended by either, a request taken back or declined, and the other one is not told") {
    Scene scene{"lily bob"};
    make_friends(scene, "lily", "bob");
    scene.says("bob", "/unfriend lily");
    CHECK(scene.hears("bob") == "-- You and lily are no friends.\n");
    scene.says("lily", "/friend bob");
    scene.says("lily", "/unfriend bob");
    scene.says("lily", "/friend bob");
    scene.says("bob", "/unfriend lily");
    scene.forget();
    for (const char* who : {"lily", "bob"}) {
        scene.says(who, "/friends");
        CHECK(scene.hears(who) == as_text(Friends{}));
    }
}

TEST_CASE("what makes no sense among friends is refused") {
    Scene scene{"lily bob eve zoe max", Limits{.messages_per_second = 0, .friends = 2, .friendships = 3}};
    const auto refuses = [&](std::string_view who, std::string_view line, Errc why, std::string_view subject,
                             std::size_t limit = 0) {
        scene.says(who, line);
        CHECK(scene.hears(who) == refused(why, subject, limit));
    };
    refuses("lily", "/friend nobody", Errc::no_such_member, "nobody");
    refuses("lily", "/friend LILY", Errc::to_yourself, "LILY");
    refuses("lily", "/unfriend bob", Errc::not_your_friend, "bob");
    refuses("lily", "/unfriend", Errc::missing_argument, "/unfriend");
    for (const char* name : {"bob", "eve"}) scene.says("lily", "/friend " + std::string(name));
    scene.forget();
    refuses("lily", "/friend bob", Errc::asked_already, "bob");
    refuses("lily", "/friend zoe", Errc::too_many_friends, "zoe", 2);
    refuses("zoe", "/friend lily", Errc::too_many_friends, "lily", 2);
    scene.says("bob", "/friend lily");
    scene.says("bob", "/friend zoe");
    scene.forget();
    refuses("lily", "/friend bob", Errc::asked_already, "bob");
    refuses("zoe", "/friend max", Errc::no_more_friendships, "max", 3);
    scene.says("bob", "/quit");  // and with it, two of the three
    scene.forget();
    scene.says("zoe", "/friend max");
    CHECK(scene.hears("zoe") == as_text(FriendChanged{"max", Relationship::outgoing}));
}

TEST_CASE("many requests take no place from friends, and the oldest one makes way") {
    Scene scene{"lily bob eve zoe max", Limits{.messages_per_second = 0, .friends = 2}};
    make_friends(scene, "lily", "bob");
    for (const char* who : {"eve", "zoe", "max"}) scene.says(who, "/friend lily");
    scene.says("lily", "/friends");
    CHECK(scene.hears("lily").ends_with("-- Your friends: bob\n-- You are asked by: max\n"));
    scene.says("lily", "/friend max");
    scene.forget();
    scene.says("eve", "/friend lily");
    CHECK(scene.hears("eve") == refused(Errc::too_many_friends, "lily", 2));
}

TEST_CASE("who is ignored may ask, and is not heard") {
    Scene scene{"lily bob"};
    scene.says("lily", "/ignore bob");
    scene.forget();
    scene.says("bob", "/friend lily");
    CHECK(scene.hears("lily") == "");
    CHECK(scene.hears("bob") == as_text(FriendChanged{"lily", Relationship::outgoing}));
}

// ---- Hearing of each other

TEST_CASE("a friend hears who is away, and who is back; others do not") {
    Scene scene{"lily bob eve"};
    make_friends(scene, "lily", "bob");
    scene.says("bob", "/away lunch");
    CHECK(scene.hears("lily") == "-- bob is away: lunch\n");
    scene.says("lily", "/friends");
    CHECK(scene.hears("lily") == "-- Your friends: bob (away)\n");
    scene.says("bob", "here I am");
    CHECK(scene.hears("lily") == "-- bob is back.\nbob: here I am\n");
    CHECK(scene.hears("eve") == "bob: here I am\n");
    scene.says("bob", "/away");
    scene.says("bob", "/back");
    CHECK(scene.hears("lily") == "-- bob is away.\n-- bob is back.\n");
}

TEST_CASE("in a room so large that news is summed up, a friend hears at once who is gone and has another name") {
    Scene scene{"lily bob eve zoe", crowded};
    make_friends(scene, "lily", "bob");
    scene.says("bob", "name:rob");
    scene.says("rob", "");
    CHECK(scene.hears("lily") == as_text(Renamed{"bob", "rob"}));
    scene.says("bob", "/quit");
    CHECK(scene.hears("lily") == as_text(Left{"rob", {}}));
    CHECK(scene.hears("eve") == "");
    scene.says("lily", "/friends");
    CHECK(scene.hears("lily") == as_text(Friends{}));
}

TEST_CASE("who shares a small group with a friend hears of it once") {
    Scene scene{"lily bob eve zoe", crowded};
    make_friends(scene, "lily", "bob");
    scene.group("tea", "lily bob");
    scene.says("bob", "/quit");
    CHECK(scene.hears("lily") == as_text(Left{"bob", {}}));
}

// ---- Accounts

TEST_CASE("with accounts, a friendship lasts while nobody is here, under whatever names they come back") {
    Scene scene{"lily bob"};
    log_in(scene, "lily", "lily@home");
    log_in(scene, "bob", "bob");
    make_friends(scene, "lily", "bob");
    scene.says("lily", "/friends");
    CHECK(scene.hears("lily") == "-- Your friends: bob\n");
    scene.says("bob", "/friends");
    CHECK(scene.hears("bob") == "-- Your friends: lily@home as lily\n");
    for (const char* who : {"bob", "lily"}) scene.says(who, "/quit");

    scene.enters("rose");
    scene.forget();
    log_in(scene, "rose", "LILY@home");
    scene.says("rose", "/friends");
    CHECK(scene.hears("rose") == "-- Your friends: bob (not here)\n");
    scene.enters("bob");
    CHECK(scene.hears("rose") == as_text(Joined{"bob"}));  // whoever that is
    scene.says("rose", "/friends");
    CHECK(scene.hears("rose") == "-- Your friends: bob (not here)\n");
    log_in(scene, "bob", "bob");
    CHECK(scene.hears("rose") == "-- Your friend bob is here.\n");
    log_in(scene, "bob", "");
    CHECK(scene.hears("rose") == "-- Your friend bob is gone.\n");
    scene.enters("rob");
    scene.forget();
    log_in(scene, "rob", "bob");
    CHECK(scene.hears("rose") == "-- Your friend bob is here as rob.\n");
    scene.says("rose", "/unfriend bob");
    CHECK(scene.hears("rose") == "-- You and rob are no friends.\n");
    CHECK(scene.room.friends(scene["rob"]).empty());
}

TEST_CASE("what a member has without an account goes over to the account that it is given") {
    Scene scene{"lily bob eve zoe"};
    make_friends(scene, "lily", "bob");
    scene.says("eve", "/friend lily");
    scene.says("lily", "/friend zoe");
    log_in(scene, "lily", "lily@home");
    log_in(scene, "bob", "bob@home");
    scene.forget();
    scene.says("lily", "/quit");
    scene.enters("lily");
    scene.says("lily", "/friends");
    CHECK(scene.hears("lily").ends_with(as_text(Friends{})));  // whose account is not known yet
    log_in(scene, "lily", "lily@home");
    scene.forget();
    scene.says("lily", "/friends");
    CHECK(scene.hears("lily") == "-- Your friends: bob@home as bob\n-- You asked: zoe\n-- You are asked by: eve\n");
    log_in(scene, "zoe", "bob@home");
    log_in(scene, "bob", "");
    scene.says("lily", "/friends");
    CHECK(scene.hears("lily").ends_with("-- Your friends: bob@home as zoe\n-- You are asked by: eve\n"));
}

TEST_CASE("two that ask each other, one of them from another place, are friends when that is known") {
    Scene scene{"lily rose bob"};
    log_in(scene, "lily", "lily@home");
    scene.says("lily", "/friend bob");
    scene.says("bob", "/friend rose");
    scene.forget();
    log_in(scene, "rose", "lily@home");
    scene.says("bob", "/friends");
    CHECK(scene.hears("bob") == "-- Your friends: lily@home as lily\n");
    log_in(scene, "bob", "lily@home");  // and nobody is a friend of itself
    CHECK(scene.room.friends(scene["bob"]).empty());
    scene.says("bob", "/friend rose");
    CHECK(scene.hears("bob").ends_with(refused(Errc::to_yourself, "rose")));
}

TEST_CASE("the program preloads and saves what accounts are to each other") {
    Scene scene{"lily bob", Limits{.messages_per_second = 0, .friends = 2, .friendships = 3}};
    log_in(scene, "lily", "lily@home");
    CHECK_FALSE(scene.room.remember_friendship({"bob@home", "lily@home"}));
    CHECK_FALSE(scene.room.remember_friendship({"eve@home", "lily@home", Relationship::outgoing}));
    scene.says("lily", "/friends");
    CHECK(scene.hears("lily") == "-- Your friends: bob@home (not here)\n-- You are asked by: eve@home (not here)\n");
    scene.says("lily", "/friend eve@home");
    CHECK(scene.hears("lily") == as_text(FriendChanged{"eve@home", Relationship::friends}));
    CHECK(scene.room.remember_friendship({"zoe@home", "lily@home"}) == Errc::too_many_friends);
    CHECK(scene.room.remember_friendship({"zoe@home", "ZOE@home"}) == Errc::to_yourself);
    CHECK(scene.room.remember_friendship({"", "lily@home"}) == Errc::name_empty);
    CHECK(scene.room.remember_friendship({std::string(40, 'z'), "lily@home"}) == Errc::name_too_long);
    CHECK_FALSE(scene.room.remember_friendship({"max@home", "zoe@home", Relationship::incoming}));
    CHECK(scene.room.remember_friendship({"mia@home", "max@home"}) == Errc::no_more_friendships);

    std::multiset<std::string> saved;
    for (const Friendship& each : scene.room.friendships()) saved.insert(in_words(each));
    CHECK((saved == std::multiset<std::string>{"bob@home friends lily@home", "eve@home friends lily@home",
                                               "zoe@home outgoing max@home"}));
    CHECK_FALSE(scene.room.remember_friendship({"max@home", "zoe@home", Relationship::none}));
    CHECK_FALSE(scene.room.remember_friendship({"max@home", "zoe@home", Relationship::none}));
    CHECK(scene.room.friendships().size() == 2);
}

TEST_CASE("the hook is told what changed between whom, and the program does what members do") {
    Scene scene{"lily bob"};
    log_in(scene, "lily", "lily@home");
    std::string told;
    scene.room.on_event([&](const Event& event) {
        if (const auto* e = get_if<FriendshipChanged>(&event))
            told.append(e->name)
                .append("/")
                .append(e->account)
                .append(" ")
                .append(name_of(e->relationship))
                .append(" ")
                .append(e->other)
                .append("/")
                .append(e->other_account)
                .append("; ");
    });
    CHECK_FALSE(scene.room.befriend(scene["lily"], "bob"));
    CHECK_FALSE(scene.room.befriend(scene.room.number_of("bob"), "lily"));
    CHECK_FALSE(scene.room.unfriend(scene["bob"], "lily@home"));
    CHECK(told == "lily/lily@home outgoing bob/; bob/ friends lily/lily@home; bob/ none lily/lily@home; ");
    CHECK(scene.room.befriend(99, "bob") == Errc::not_a_member);
    CHECK(scene.room.unfriend(99, "bob") == Errc::not_a_member);
    CHECK(scene.room.friends(99).empty());
}

TEST_CASE("a friend that has left can agree no more, unless it has an account") {
    Scene scene{"lily bob eve"};
    log_in(scene, "eve", "eve@home");
    for (const char* who : {"bob", "eve"}) scene.says(who, "/friend lily");
    for (const char* who : {"bob", "eve"}) scene.says(who, "/quit");
    scene.forget();
    scene.says("lily", "/friend bob");
    CHECK(scene.hears("lily") == refused(Errc::no_such_member, "bob"));
    scene.enters("eve");  // somebody else
    scene.forget();
    scene.says("lily", "/friend eve@home");
    CHECK(scene.hears("lily") == as_text(FriendChanged{"eve@home", Relationship::friends}));
}

// ---- Private messages

TEST_CASE("where private messages are kept, those for a friend with an account wait until it is here") {
    Scene scene{"lily bob eve", keeps_private};
    log_in(scene, "lily", "lily@home");
    log_in(scene, "bob", "bob@home");
    make_friends(scene, "lily", "bob");
    scene.says("bob", "/quit");
    scene.forget();
    scene.says("eve", "/msg bob@home psst");
    CHECK(scene.hears("eve") == refused(Errc::absent, "bob@home"));
    scene.says("lily", "/msg eve,BOB@home one");
    CHECK(scene.hears("lily") ==
          "-- Sent in private to eve, bob@home; nobody else can read it.\n"
          "-- bob@home is not here, and will read it when back.\n");
    CHECK(scene.hears("eve") == "[private] lily: one\n");
    for (const char* text : {"two", "three", "four", "five"}) scene.says("lily", "/msg bob@home " + std::string(text));
    scene.forget();
    scene.enters("rob");
    scene.says("eve", "/msg rob before it is known who you are");
    scene.forget();
    log_in(scene, "rob", "bob@home");
    CHECK(scene.hears("rob") ==
          "-- While you were not here, friends wrote to you:\n"
          "[2] [private to bob@home] lily: two\n[3] [private to bob@home] lily: three\n"
          "[4] [private to bob@home] lily: four\n[5] [private to bob@home] lily: five\n");
    scene.says("rob", "/history @eve");
    CHECK(scene.hears("rob").find("before it is known") != std::string::npos);
    scene.says("rob", "/history @lily");
    CHECK(scene.hears("rob").find("five") != std::string::npos);
    log_in(scene, "rob", "");
    log_in(scene, "rob", "bob@home");
    CHECK(scene.hears("rob") == "");  // once
    scene.says("lily", "/msg bob@home you are here");
    CHECK(scene.hears("rob") == "[private] lily: you are here\n");
}

TEST_CASE("where private messages are not kept, a friend that is not here is absent") {
    Scene scene{"lily bob"};
    log_in(scene, "lily", "lily@home");
    log_in(scene, "bob", "bob@home");
    make_friends(scene, "lily", "bob");
    scene.says("lily", "/msg bob@home by your account");
    CHECK(scene.hears("bob") == "[private] lily: by your account\n");
    scene.says("bob", "/quit");
    scene.forget();
    scene.says("lily", "/msg bob@home psst");
    CHECK(scene.hears("lily") == refused(Errc::absent, "bob@home"));
}

TEST_CASE("what waits for a member whose connection is lost is read when it has one") {
    Scene scene{"lily bob", keeps_private};
    scene.room.offer_sessions({1, 2});
    log_in(scene, "lily", "lily@home");
    REQUIRE_FALSE(scene.room.remember_friendship({"lily@home", "bob@home"}));
    scene.says("lily", "/msg bob@home psst");
    scene.has_session("bob");
    scene.hangs_up("bob");
    REQUIRE_FALSE(scene.room.identify(scene.room.number_of("bob"), "bob@home"));
    scene.comes_back("bob");
    CHECK(
        scene.hears("bob").ends_with("-- While you were not here, friends wrote to you:\n"
                                     "[1] [private to bob@home] lily: psst\n"));
}
