#include "minimeta/room.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "minimeta/protocol/text/phrases_zh.hpp"
#include "minimeta/protocol/unframed.hpp"
#include "minimeta/state/session_token.hpp"
#include "minimeta/transport/loopback.hpp"
#include "minimeta/transport/memory.hpp"
#include "unit/allocations.hpp"
#include "unit/described.hpp"

using namespace minimeta;

namespace {

using Id = MemoryTransport::connection_id;

// A room with lily and bob in it, and a stranger, without a name yet; what they have read so far is forgotten.
struct Inhabited {
    explicit Inhabited(Limits limits = {}) : room(transport, limits) {
        lily = transport.open(room);
        bob = transport.open(room);
        stranger = transport.open(room);
        transport.send_to(room, lily, "name:lily\n");
        transport.send_to(room, bob, "name:bob\n");
        forget();
    }

    void forget() {
        transport.settle(room);
        for (const Id id : {lily, bob, stranger}) (void)transport.take(id);
    }

    void send(Id who, std::string_view bytes) { transport.send_to(room, who, bytes); }

    // Ends the turn. Returns what each has read in it: lily | bob | the stranger.
    std::string read() {
        transport.settle(room);
        return transport.take(lily) + "|" + transport.take(bob) + "|" + transport.take(stranger);
    }

    MemoryTransport transport;
    Room<MemoryTransport> room;
    Id lily = 0, bob = 0, stranger = 0;
};

constexpr Time at(std::int64_t second) { return Time{} + seconds(second); }

// Notes each event as text.
auto noted_in(std::string& text) {
    return [&text](const Event& event) { text += described(event) + "; "; };
}

// Writes nothing down but how often it was asked to.
struct Counting {
    using decoder = Text::decoder;
    explicit Counting(std::map<std::string, int>& count) : encoded(&count) {}

    std::optional<Command> decode(decoder& state, std::string_view& fed) { return text.decode(state, fed); }
    void encode(ByteLog& log, const Event& event) {
        ++(*encoded)[described(event)];
        text.encode(log, event);
    }
    void encode(ByteLog& log, const Reply& reply, std::string_view name) { text.encode(log, reply, name); }

    std::map<std::string, int>* encoded;
    Text text;
};

}  // namespace

TEST_CASE("a room is made of a transport, and of limits and protocols if wanted") {
    MemoryTransport t;
    Room plain{t};
    static_assert(std::same_as<decltype(plain), Room<MemoryTransport, Text>>);
    Room limited{t, Limits{.connections = 1}};
    static_assert(std::same_as<decltype(limited), Room<MemoryTransport, Text>>);
    Room braced{t, {.connections = 2}};
    static_assert(std::same_as<decltype(braced), Room<MemoryTransport, Text>>);
    Room<MemoryTransport> named{t};
    Room<MemoryTransport> named_and_limited{t, {.connections = 3}};
    Room spoken{t, Limits{}, Text{chinese}, Unframed{}};
    static_assert(std::same_as<decltype(spoken), Room<MemoryTransport, Text, Unframed>>);
    Room<MemoryTransport, Unframed, Text> defaulted{t};

    CHECK(limited.limits().connections == 1);
    CHECK(braced.limits().connections == 2);
    CHECK(named_and_limited.limits().connections == 3);
    CHECK(named.limits().connections == Limits{}.connections);
    CHECK(spoken.refusal(Errc::room_full).view() == "! 房间已满。连接已关闭。\n");

    static_assert(decltype(plain)::speaks<Text>().value == 0);
    static_assert(decltype(named)::speaks<Text>().value == 0);
    static_assert(decltype(spoken)::speaks<Unframed>().value == 1);
    static_assert(decltype(defaulted)::speaks<Unframed>().value == 0);
    static_assert(!std::copyable<decltype(plain)> && !std::movable<decltype(plain)>);
}

TEST_CASE("a connection speaks the protocol that it was opened with") {
    MemoryTransport transport;
    Room room{transport, Limits{}, Text{}, Unframed{}};
    const Id framed = transport.open(room), unframed = transport.open(room, room.speaks<Unframed>());
    transport.send_to(room, framed, "name:lily");
    transport.send_to(room, unframed, "name:bob");
    CHECK(room.name(framed) == "");
    CHECK(room.name(unframed) == "bob");
}

TEST_CASE("what the program says for a member goes to all other members") {
    Inhabited here;
    CHECK(described(here.room.say(here.lily, "hello")) == "done");
    CHECK(described(here.room.say(here.lily, "waves", Manner::action)) == "done");
    CHECK(here.read() == "|lily: hello\n* lily waves\n|");
}

TEST_CASE("what the program says for a member may be anything that can be shown") {
    Inhabited here;
    CHECK(described(here.room.say(here.lily, "/who @bob name:x")) == "done");
    CHECK(here.read() == "|lily: /who @bob name:x\n|");
}

TEST_CASE("a member cannot be made to say what cannot be said, and nothing of it is delivered") {
    Inhabited here{{.line_bytes = 10}};
    Room<MemoryTransport>& room = here.room;
    CHECK(described(room.say(here.lily, "")) == "text_empty");
    CHECK(described(room.say(here.lily, " \u3000")) == "text_empty");
    CHECK(described(room.say(here.lily, "1234567890")) == "done");
    CHECK(described(room.say(here.lily, "12345678901")) == "line_too_long");
    CHECK(described(room.say(here.lily, "a\nb")) == "control_character");
    CHECK(described(room.say(here.lily, "a\xFF")) == "invalid_utf8");
    CHECK(described(room.say(here.stranger, "hello")) == "not_a_member");
    CHECK(described(room.say(99, "hello")) == "not_a_member");
    (void)room.kick(here.bob);
    CHECK(described(room.say(here.bob, "hello")) == "not_a_member");  // though its connection is not gone yet
    here.transport.settle(room);
    CHECK(here.transport.take(here.stranger) == "");
    CHECK(here.transport.take(here.lily) == "-- bob is gone: removed.\n");
}

TEST_CASE("the program is not held to a rate, and does not use up its members'") {
    Inhabited here{{.messages_per_second = 1, .burst = 1}};
    here.room.advance(at(1));
    for (int i = 0; i < 100; ++i) CHECK_FALSE(here.room.say(here.lily, "hi"));
    here.forget();
    here.send(here.lily, "me, too\n");
    CHECK(here.read() == "|lily: me, too\n|");
}

TEST_CASE("a whisper of the program's reaches its recipients, in any spelling") {
    Inhabited here;
    CHECK(described(here.room.whisper(here.lily, "ＢＯＢ", "psst")) == "done");
    CHECK(here.read() == "-- Sent in private to bob; nobody else can read it.\n|[private] lily: psst\n|");

    const std::string_view both[] = {"Bob", "bob", "lily"};  // repeated, and the sender: these do not count
    CHECK(described(here.room.whisper(here.lily, both, "waves", Manner::action)) == "done");
    CHECK(here.read() == "-- Sent in private to bob; nobody else can read it.\n|[private] * lily waves\n|");

    CHECK(described(here.room.whisper(here.lily, {"bob", "lily"}, "a list in braces")) == "done");
    CHECK(here.read() == "-- Sent in private to bob; nobody else can read it.\n|[private] lily: a list in braces\n|");
}

TEST_CASE("a whisper that cannot reach all recipients reaches none") {
    Inhabited here;
    const std::string_view one_absent[] = {"bob", "rose"};
    CHECK(described(here.room.whisper(here.lily, one_absent, "psst")) == "absent");
    CHECK(described(here.room.whisper(here.lily, "lily", "psst")) == "to_yourself");
    CHECK(described(here.room.whisper(here.lily, std::vector<std::string_view>{}, "psst")) == "to_yourself");
    CHECK(described(here.room.whisper(here.lily, "bob", " ")) == "text_empty");
    CHECK(described(here.room.whisper(here.lily, "bob", "\x1b")) == "control_character");
    CHECK(described(here.room.whisper(here.stranger, "bob", "psst")) == "not_a_member");
    CHECK(described(here.room.whisper(99, "bob", "psst")) == "not_a_member");
    CHECK(here.read() == "||");
}

TEST_CASE("a whisper is for as many as the limit, oneself not counted") {
    Inhabited here{{.recipients = 2}};
    const Id rose = here.transport.open(here.room);
    here.send(rose, "name:rose\n");
    here.send(here.stranger, "name:eve\n");
    const std::string_view two[] = {"bob", "lily", "rose", "BOB"}, three[] = {"bob", "rose", "eve"};
    CHECK(described(here.room.whisper(here.lily, two, "psst")) == "done");
    CHECK(described(here.room.whisper(here.lily, three, "psst")) == "too_many_recipients");
    here.forget();
    here.send(here.lily, "@bob @rose @eve psst\n");
    CHECK(here.read() == "! A private line goes to at most 2 people; nobody got it.\n||");
}

TEST_CASE("an announcement is heard by all members") {
    Inhabited here;
    CHECK(described(here.room.announce("the party is over")) == "done");
    CHECK(described(here.room.announce("")) == "text_empty");
    CHECK(described(here.room.announce("a\tb\r")) == "control_character");
    CHECK(described(here.room.announce(std::string(5000, 'x'))) == "line_too_long");
    CHECK(here.read() == "** the party is over\n|** the party is over\n|");
}

TEST_CASE("what the program says to a group is heard there, and refused where it cannot be") {
    Inhabited here{{.line_bytes = 10, .messages_per_second = 0}};
    Room<MemoryTransport>& room = here.room;
    CHECK(described(room.say(here.lily, "dev", "hi")) == "not_in_group");
    CHECK(described(room.announce("dev", "hi")) == "no_such_group");
    CHECK(described(room.join(here.lily, "dev")) == "done");
    CHECK(described(room.join(here.bob, "Dev")) == "done");
    here.forget();
    CHECK(described(room.say(here.lily, "DEV", "hi")) == "done");
    CHECK(described(room.say(here.bob, "dev", "waves", Manner::action)) == "done");
    CHECK(described(room.announce("dev", "hear")) == "done");
    CHECK(described(room.say(here.lily, "dev", " ")) == "text_empty");
    CHECK(described(room.say(here.lily, "dev", "12345678901")) == "line_too_long");
    CHECK(described(room.announce("dev", "\x1b")) == "control_character");
    CHECK(described(room.say(here.stranger, "dev", "hi")) == "not_a_member");
    CHECK(here.read() == "#dev * bob waves\n#dev ** hear\n|#dev lily: hi\n#dev ** hear\n|");
}

TEST_CASE("the program brings members into groups and out again, within the limits") {
    Inhabited here{{.name_characters = 5, .groups = 2, .groups_per_member = 1}};
    Room<MemoryTransport>& room = here.room;
    CHECK(described(room.join(here.stranger, "dev")) == "not_a_member");
    CHECK(described(room.join(here.lily, "d ev")) == "name_character");
    CHECK(described(room.join(here.lily, " ")) == "in_group_already");  // which is the lobby
    CHECK(described(room.join(here.lily, "123456")) == "name_too_long");
    CHECK(described(room.join(here.lily, "lobby")) == "in_group_already");
    CHECK(described(room.join(here.lily, "dev")) == "done");
    CHECK(described(room.join(here.lily, "DEV")) == "in_group_already");
    CHECK(described(room.join(here.lily, "tea")) == "too_many_groups");
    CHECK(described(room.make_permanent("art")) == "done");
    CHECK(described(room.join(here.bob, "tea")) == "no_more_groups");
    CHECK(described(room.leave(here.bob, "dev")) == "not_your_group");
    CHECK(described(room.leave(here.bob, "nowhere")) == "not_your_group");
    CHECK(described(room.leave(here.bob, "")) == "in_lobby_always");
    CHECK(described(room.leave(here.stranger, "dev")) == "not_a_member");
    CHECK(described(room.leave(here.lily, " dev ")) == "done");
    CHECK(room.groups().size() == 2);
}

TEST_CASE("a group that the program makes permanent is there until it is not any more") {
    Inhabited here{{.groups = 1}};
    Room<MemoryTransport>& room = here.room;
    CHECK(described(room.make_permanent("dev", false)) == "no_such_group");
    CHECK(described(room.make_permanent("d#")) == "name_character");
    CHECK(described(room.make_permanent("dev")) == "done");
    CHECK(described(room.make_permanent("Dev")) == "done");
    CHECK(described(room.make_permanent("tea")) == "no_more_groups");
    CHECK(described(room.announce("dev", "nobody hears this")) == "done");
    REQUIRE(room.history("dev") != nullptr);
    CHECK(room.history("dev")->size() == 1);
    const auto groups = room.groups();
    REQUIRE(groups.size() == 2);
    CHECK(groups[0].name == "");
    CHECK(groups[0].members == 2);
    CHECK(groups[1].name == "dev");
    CHECK(groups[1].members == 0);
    CHECK(described(room.make_permanent("dev", false)) == "done");
    CHECK(room.history("dev") == nullptr);
    CHECK(described(room.make_permanent("lobby", false)) == "done");  // which there always is
    CHECK(room.history("lobby") != nullptr);
    CHECK(here.read() == "||");
}

TEST_CASE("what was said can be read by the program, and what was said before be put in front of it") {
    MemoryTransport transport;
    Room room{transport};
    CHECK(described(room.remember("dev", {.stamp = {{4, 1}, {}}, .text = "x"})) == "no_such_group");
    CHECK(described(room.remember("lobby", {.stamp = {{4, 1}, {5}}, .from = "anna", .text = "old", .author = {7}})) ==
          "done");
    CHECK(described(room.remember("", {.stamp = {{4, 1}, {}}, .text = "x"})) == "message_not_newer");
    const Id lily = transport.open(room);
    transport.send_to(room, lily, "name:lily\nnew\n");
    CHECK(described(room.remember("", {.stamp = {{9, 9}, {}}, .text = "x"})) == "message_not_newer");

    const History* history = room.history();
    REQUIRE(history != nullptr);
    REQUIRE(history->size() == 2);
    const Message old = (*history)[0], recent = (*history)[1];
    CHECK((old.stamp.id == MessageId{4, 1}));
    CHECK((old.stamp.at == WallTime{5}));
    CHECK(old.from == "anna");
    CHECK_FALSE(old.author);
    CHECK((recent.stamp.id == MessageId{5, 1}));
    CHECK(recent.from == "lily");
    CHECK((recent.author == MemberNumber{1}));
}

TEST_CASE("the program counts members as away and as back") {
    Inhabited here{{.line_bytes = 10}};
    Room<MemoryTransport>& room = here.room;
    CHECK(described(room.come_back(here.lily)) == "not_away");
    CHECK(described(room.go_away(here.lily, "1234567890")) == "done");
    CHECK(described(room.go_away(here.lily, "12345678901")) == "line_too_long");
    CHECK(described(room.go_away(here.lily, "\x1b")) == "control_character");
    CHECK(described(room.go_away(here.stranger)) == "not_a_member");
    CHECK(described(room.come_back(here.stranger)) == "not_a_member");
    CHECK(described(room.come_back(here.lily)) == "done");
    CHECK(described(room.come_back(here.lily)) == "not_away");
}

TEST_CASE("a member has a number through changes of its name and its connection, and is there while it has none") {
    Inhabited here;
    Room<MemoryTransport>& room = here.room;
    room.advance(at(0));
    room.offer_sessions({1, 2});
    const auto number_of = [&](std::string_view name) -> MemberNumber {
        for (const auto& member : room.members())
            if (member.name == name) return member.number;
        return {};
    };
    CHECK((number_of("lily") == MemberNumber{1}));
    CHECK((number_of("bob") == MemberNumber{2}));
    CHECK_FALSE(room.rename(here.bob, "rob"));
    CHECK((number_of("rob") == MemberNumber{2}));
    here.send(here.bob, "/session\n");
    here.transport.hang_up(room, here.bob);
    CHECK(room.member_count() == 2);
    CHECK(room.connection_count() == 2);
    CHECK_FALSE(room.find("rob"));
    CHECK((number_of("rob") == MemberNumber{2}));
    for (const auto& member : room.members()) CHECK(member.connection.has_value() == (member.name == "lily"));
    CHECK(described(room.whisper(here.lily, "rob", "psst")) == "unreachable");

    here.send(here.stranger, "/resume " + TokenMint({1, 2}).token_of({2}) + " 1-0\n");
    CHECK(room.find("rob") == std::optional(here.stranger));
    CHECK((number_of("rob") == MemberNumber{2}));
    CHECK(described(room.whisper(here.lily, "rob", "psst")) == "done");
    CHECK_FALSE(room.kick(here.stranger));
    const Id other = here.transport.open(room);
    CHECK_FALSE(room.rename(other, "rob"));
    CHECK((number_of("rob") == MemberNumber{3}));
}

TEST_CASE("a room waits for lost members and for the next summary, whichever is due first") {
    MemoryTransport transport;
    Room room{transport, Limits{.name_seconds = 0, .resume_seconds = 60, .noticed_members = 0, .summary_seconds = 10}};
    room.advance(at(0));
    room.offer_sessions({1, 2});
    const Id lily = transport.open(room);
    transport.send_to(room, lily, "name:lily\n/session\n");
    CHECK((room.next_deadline() == at(10)));
    room.advance(at(10));
    CHECK_FALSE(room.next_deadline());
    transport.hang_up(room, lily);
    CHECK((room.next_deadline() == at(70)));
    room.advance(at(70) - Duration{1});
    CHECK(room.member_count() == 1);
    room.advance(at(70));
    CHECK(room.member_count() == 0);
    CHECK_FALSE(room.next_deadline());  // no member is left to read a summary
}

TEST_CASE("the program gives a connection its name, and changes it, as if it had asked itself") {
    Inhabited here;
    CHECK(described(here.room.rename(here.stranger, " 小明 ")) == "done");
    CHECK(here.read() ==
          "-- 小明 joined.\n|-- 小明 joined.\n|-- Welcome, 小明! People here: 3. What you can do: /help\n");
    CHECK(described(here.room.rename(here.stranger, "eve")) == "done");
    CHECK(here.read() == "-- 小明 is now eve.\n|-- 小明 is now eve.\n|-- Your name is eve now.\n");
    CHECK(described(here.room.rename(here.lily, "LILY")) == "done");
    CHECK(here.room.name(here.lily) == "LILY");
}

TEST_CASE("a name that cannot be had is refused, and not announced") {
    Inhabited here;
    CHECK(described(here.room.rename(here.stranger, "ＢＯＢ")) == "name_taken");
    CHECK(described(here.room.rename(here.lily, "bob")) == "name_taken");
    CHECK(described(here.room.rename(here.lily, " lily ")) == "name_unchanged");
    CHECK(described(here.room.rename(here.lily, "\u3000")) == "name_empty");
    CHECK(described(here.room.rename(here.lily, "li ly")) == "name_character");
    CHECK(described(here.room.rename(here.lily, std::string(33, 'x'))) == "name_too_long");
    CHECK(described(here.room.rename(99, "rose")) == "not_a_member");
    CHECK(here.read() == "||");
    CHECK(here.room.member_count() == 2);
}

TEST_CASE("a name is quoted in a refusal without the blanks around it") {
    Inhabited here;
    here.send(here.stranger, "name:  bob \n");
    CHECK(here.read() == "||! The name bob is taken. Please try another.\n");
}

TEST_CASE("a kicked member gets the reason, is heard no more, and is gone at the end of the turn") {
    Inhabited here;
    CHECK(described(here.room.kick(here.bob, "Mind your words.")) == "done");
    CHECK(described(here.room.kick(here.bob)) == "not_a_member");
    here.room.on_receive(here.bob, "but\n");
    CHECK(here.room.name(here.bob) == "");
    CHECK_FALSE(here.room.find("bob"));
    CHECK(here.room.connection_count() == 3);
    CHECK(here.read() == "-- bob is gone: removed.\n|! You were removed: Mind your words.\n|");
    CHECK(here.room.connection_count() == 2);
}

TEST_CASE("a kick without words has the protocol's own") {
    Inhabited here;
    CHECK(described(here.room.kick(here.stranger)) == "done");
    CHECK(here.read() == "||! You were removed. The connection is closed.\n");
    CHECK(described(here.room.kick(here.lily, "\x1b[2J")) == "control_character");
    CHECK(described(here.room.kick(99)) == "not_a_member");
    CHECK(here.transport.is_open(here.lily));
}

TEST_CASE("a name is free as soon as its owner is kicked") {
    Inhabited here;
    (void)here.room.kick(here.bob);
    CHECK(described(here.room.rename(here.stranger, "bob")) == "done");
    CHECK(here.room.find("bob") == std::optional(here.stranger));
}

TEST_CASE("the program can list the members") {
    Inhabited here;
    const auto is = [](const auto& member, Id id, std::string_view name) {
        return member.connection == id && member.name == name;
    };
    auto members = here.room.members();
    std::sort(members.begin(), members.end(), [](const auto& a, const auto& b) { return a.connection < b.connection; });
    REQUIRE(members.size() == 2);
    CHECK(is(members[0], here.lily, "lily"));
    CHECK(is(members[1], here.bob, "bob"));
    CHECK(here.room.member_count() == 2);
    CHECK(here.room.connection_count() == 3);
    CHECK(here.room.find("LiLy") == std::optional(here.lily));
    CHECK(here.room.find("rose") == std::nullopt);
    CHECK(here.room.name(here.lily) == "lily");
    CHECK(here.room.name(here.stranger) == "");
    CHECK(here.room.name(99) == "");
}

TEST_CASE("when a member leaves, the others still get no echo") {
    Inhabited here;
    (void)here.room.rename(here.stranger, "eve");
    (void)here.room.kick(here.lily);  // whose seat another member moves to
    here.forget();
    here.send(here.stranger, "from eve\n");
    here.send(here.bob, "from bob\n@eve psst\n");
    CHECK(here.read() ==
          "|eve: from eve\n-- Sent in private to eve; nobody else can read it.\n|bob: from bob\n[private] bob: @eve "
          "psst\n");
}

TEST_CASE("what comes behind a farewell is not looked at") {
    Inhabited here;
    here.send(here.bob, "/quit\nname:zombie\nboo\n");
    CHECK(here.room.member_count() == 1);
    CHECK(here.read() == "-- bob is gone.\n|-- Goodbye!\n|");
}

TEST_CASE("connections that the room does not know are ignored") {
    Inhabited here;
    here.room.on_receive(99, "name:ghost\n");
    here.room.on_close(99);
    here.transport.hang_up(here.room, here.bob);
    here.room.on_close(here.bob);
    here.room.on_receive(here.bob, "boo\n");
    CHECK(here.read() == "-- bob is gone.\n||");
    CHECK(here.room.connection_count() == 2);
}

TEST_CASE("the first connection beyond the limit is turned away, until there is a place again") {
    MemoryTransport transport;
    Room room{transport, Limits{.connections = 2}};
    const Id first = transport.open(room);
    transport.open(room);
    const Id third = transport.open(room);
    transport.settle(room);
    CHECK(transport.take(third) == "! The room is full. The connection is closed.\n");
    CHECK_FALSE(transport.is_open(third));
    CHECK(room.connection_count() == 2);
    transport.hang_up(room, first);
    CHECK(transport.is_open(transport.open(room)));
}

TEST_CASE("a room waits for names and for signs of life, and for nothing else") {
    MemoryTransport transport;
    Room room{transport, Limits{.name_seconds = 60, .idle_seconds = 100}};
    room.advance(at(1000));
    CHECK_FALSE(room.next_deadline());

    const Id lily = transport.open(room);
    CHECK((room.next_deadline() == at(1060)));
    room.advance(at(1010));
    transport.send_to(room, lily, "not a name\n");
    CHECK((room.next_deadline() == at(1060)));  // to be named takes a name
    transport.send_to(room, lily, "name:lily\n");
    CHECK((room.next_deadline() == at(1110)));
    room.advance(at(1020));
    const Id late = transport.open(room);
    CHECK((room.next_deadline() == at(1080)));
    transport.send_to(room, lily, "\n");  // an empty line is a sign of life
    transport.hang_up(room, late);
    CHECK((room.next_deadline() == at(1120)));
    (void)room.kick(lily);
    CHECK_FALSE(room.next_deadline());
}

TEST_CASE("at the deadline, and not before, a peer that is waited for is closed") {
    MemoryTransport transport;
    Room room{transport, Limits{.name_seconds = 60, .idle_seconds = 100}};
    room.advance(at(0));
    const Id lily = transport.open(room), stranger = transport.open(room);
    transport.send_to(room, lily, "name:lily\n");
    (void)transport.take(lily);
    (void)transport.take(stranger);

    room.advance(at(60) - Duration{1});
    CHECK(transport.is_open(stranger));
    room.advance(at(60));
    CHECK_FALSE(transport.is_open(stranger));
    CHECK(transport.take(stranger) == "! No name was given within 60 seconds. The connection is closed.\n");
    room.advance(at(100) - Duration{1});
    CHECK(transport.is_open(lily));
    room.advance(at(100));
    CHECK_FALSE(transport.is_open(lily));
    CHECK(transport.take(lily) == "! Nothing was heard from you for 100 seconds. The connection is closed.\n");
}

TEST_CASE("a room without such limits waits for no peer") {
    MemoryTransport transport;
    Room room{transport, Limits{.name_seconds = 0, .idle_seconds = 0}};
    room.advance(at(0));
    const Id stranger = transport.open(room);
    CHECK_FALSE(room.next_deadline());
    room.advance(at(1'000'000));
    CHECK(transport.is_open(stranger));
}

TEST_CASE("time begins with the first advance, wherever its clock began") {
    const std::int64_t origin = GENERATE(std::int64_t{-5'000'000'000}, std::int64_t{0}, std::int64_t{5'000'000'000});
    MemoryTransport transport;
    Room room{transport};
    const Id early = transport.open(room);
    room.advance(at(origin));
    transport.send_to(room, early, "hi\n");
    CHECK(transport.is_open(early));
    CHECK((room.next_deadline() == at(origin + 60)));
    CHECK(transport.take(early).find("Too fast") == std::string::npos);
    room.advance(at(origin + 60));
    CHECK_FALSE(transport.is_open(early));
}

TEST_CASE("an invisible part of what was meant is not quoted") {
    Inhabited here;
    here.send(here.lily, "/\x1b[31mred\n/msg bob\n/" + std::string(50, 'x') + "\n");
    CHECK(
        here.read() ==
        "! There is no command \"/\"; nobody got the line. See /help, or write // for a slash.\n"
        "! Something is missing behind /msg. See /help.\n"
        "! There is no command \"/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"; nobody got the line. See /help, or write // for a "
        "slash.\n||");
}

TEST_CASE("a refusal without a subject has none, also to a protocol that looks") {
    struct Looking : Counting {
        using Counting::Counting;
        using Counting::encode;
        void encode(ByteLog& log, const Reply& reply, std::string_view) {
            if (const auto* refused = minimeta::get_if<Refused>(&reply))
                log.append(described(refused->why), described(refused->subject), std::to_string(refused->limit), ";");
        }
    };
    std::map<std::string, int> unused;
    MemoryTransport transport;
    Room room{transport, Limits{.name_characters = 4}, Looking{unused}};
    const Id id = transport.open(room);
    transport.send_to(room, id, "hi\nname:\nname:toolong\n" + std::string(5000, 'x') + "\n");
    CHECK(transport.take(id) == "name_required]0;name_empty]0;name_too_long[tool]4;line_too_long]4096;");
}

TEST_CASE("the hook sees every event, once and in order") {
    Inhabited here;
    std::string events;
    here.room.on_event(noted_in(events));
    here.send(here.stranger, "hello\nname:eve\nhello\n/me waves\n@bob psst\nname:rose\n/zzz\n/who\n");
    (void)here.room.announce("hear");
    (void)here.room.kick(here.bob);
    here.send(here.stranger, "/quit\n");
    here.transport.hang_up(here.room, here.lily);
    CHECK(events ==
          "eve joined; eve: hello; eve waves; eve to [bob]: @bob psst; eve is rose; ** hear; bob left (kicked); "
          "rose left; lily left; ");
}

TEST_CASE("hooks are called in the order in which they were added, each until it is removed") {
    Inhabited here;
    std::string heard;
    const auto listens_as = [&](const char* name) {
        return here.room.on_event([&heard, name](const Event&) { heard += name; });
    };
    const auto first = listens_as("1"), second = listens_as("2");
    (void)here.room.announce("one");
    CHECK(heard == "12");
    here.room.remove_hook(first);
    here.room.remove_hook(first);
    listens_as("3");
    (void)here.room.announce("two");
    CHECK(heard == "1223");
    here.room.remove_hook(second);
    (void)here.room.announce("three");
    CHECK(heard == "12233");
}

TEST_CASE("a hook sees the room as the event left it, and is called before any delivery") {
    Inhabited here;
    here.room.on_event([&](const Event& event) {
        if (const auto* joined = minimeta::get_if<Joined>(&event)) CHECK(here.room.find(joined->name) == here.stranger);
        if (const auto* left = minimeta::get_if<Left>(&event)) CHECK_FALSE(here.room.find(left->name));
        if (const auto* renamed = minimeta::get_if<Renamed>(&event)) {
            CHECK_FALSE(here.room.find(renamed->from));
            CHECK(here.room.name(here.stranger) == renamed->to);
        }
        CHECK(here.transport.take(here.lily) == "");
    });
    here.send(here.stranger, "name:eve\nname:rose\n/quit\n");
    CHECK(here.read() ==
          "-- eve joined.\n-- eve is now rose.\n-- rose is gone.\n|"
          "-- eve joined.\n-- eve is now rose.\n-- rose is gone.\n|"
          "-- Welcome, eve! People here: 3. What you can do: /help\n-- Your name is rose now.\n-- Goodbye!\n");
}

TEST_CASE("a hook may do whatever the program may, and all hear it in that order") {
    Inhabited here;
    std::string events;
    here.room.on_event([&](const Event& event) {
        events += described(event) + "; ";
        const Said* said = minimeta::get_if<Said>(&event);
        if (said == nullptr || said->text != "go") return;
        Room<MemoryTransport>& room = here.room;
        CHECK_FALSE(room.say(here.bob, "bob is made to say this"));
        CHECK_FALSE(room.whisper(here.bob, "lily", "and this"));
        CHECK_FALSE(room.announce("hear"));
        CHECK_FALSE(room.rename(here.stranger, "eve"));
        CHECK_FALSE(room.rename(here.bob, "rob"));
        CHECK(room.members().size() == 3);
        CHECK(room.find("rob") == here.bob);
        CHECK_FALSE(room.kick(here.bob, "Out."));
        CHECK(room.member_count() == 2);
    });
    here.send(here.lily, "go\n");
    CHECK(events ==
          "lily: go; bob: bob is made to say this; bob to [lily]: and this; ** hear; eve joined; bob is rob; "
          "rob left (kicked); ");
    CHECK(here.read() ==
          "bob: bob is made to say this\n[private] bob: and this\n** hear\n-- eve joined.\n-- bob is now rob.\n"
          "-- rob is gone: removed.\n|"
          "lily: go\n-- Sent in private to lily; nobody else can read it.\n** hear\n-- eve joined.\n"
          "-- Your name is rob now.\n! You were removed: Out.\n|"
          "-- Welcome, eve! People here: 3. What you can do: /help\n-- bob is now rob.\n-- rob is gone: removed.\n");
}

TEST_CASE("the events that a hook brings about come at once, one within the other") {
    Inhabited here;
    std::string events;
    here.room.on_event([&, depth = 0](const Event& event) mutable {
        events += std::string(static_cast<std::size_t>(depth), ' ') + described(event) + "\n";
        ++depth;
        if (depth <= 3) CHECK_FALSE(here.room.announce("level " + std::to_string(depth)));
        --depth;
        events += std::string(static_cast<std::size_t>(depth), ' ') + "done\n";
    });
    CHECK_FALSE(here.room.say(here.lily, "hi"));
    CHECK(events == "lily: hi\n ** level 1\n  ** level 2\n   ** level 3\n   done\n  done\n done\ndone\n");
    CHECK(here.read() == "** level 1\n** level 2\n** level 3\n|lily: hi\n** level 1\n** level 2\n** level 3\n|");
}

TEST_CASE("a hook may remove the member of the event, whatever that is doing") {
    for (const std::string line : {"hello", "/me waves", "@lily psst", "name:rose", "/quit"}) {
        CAPTURE(line);
        Inhabited here;
        std::string events;
        here.room.on_event([&](const Event& event) {
            events += described(event) + "; ";
            (void)here.room.kick(here.bob);
        });
        here.send(here.bob, line + "\nnot heard any more\n");
        CHECK(events.find("not heard") == std::string::npos);
        CHECK(events.find(" left") != std::string::npos);
        CHECK_FALSE(here.transport.is_open(here.bob));
        here.transport.settle(here.room);
        CHECK(here.room.member_count() == 1);
        CHECK(here.room.connection_count() == 2);
    }
}

TEST_CASE("a hook may remove or rename a member that joins") {
    Inhabited here;
    SECTION("remove") {
        here.room.on_event([&](const Event& event) {
            if (minimeta::holds_alternative<Joined>(event)) CHECK_FALSE(here.room.kick(here.stranger, "Full of eves."));
        });
        here.send(here.stranger, "name:eve\nhello\n");
        CHECK(here.read() ==
              "-- eve joined.\n-- eve is gone: removed.\n|-- eve joined.\n-- eve is gone: removed.\n|"
              "-- Welcome, eve! People here: 3. What you can do: /help\n! You were removed: Full of eves.\n");
    }
    SECTION("rename") {
        here.room.on_event([&](const Event& event) {
            if (minimeta::holds_alternative<Joined>(event)) CHECK_FALSE(here.room.rename(here.stranger, "rose"));
        });
        here.send(here.stranger, "name:eve\nhello\n");
        CHECK(here.read() ==
              "-- eve joined.\n-- eve is now rose.\nrose: hello\n|-- eve joined.\n-- eve is now rose.\nrose: hello\n|"
              "-- Welcome, eve! People here: 3. What you can do: /help\n-- Your name is rose now.\n");
    }
}

TEST_CASE("a hook may empty the room, and each leave is an event") {
    Inhabited here;
    (void)here.room.rename(here.stranger, "eve");
    here.forget();
    std::string events;
    here.room.on_event([&](const Event& event) {
        events += described(event) + "; ";
        for (const auto& member : here.room.members())
            if (here.room.find("bob") == std::nullopt || member.name == "bob") {
                (void)here.room.kick(member.connection.value());
                break;  // the snapshot is of before
            }
    });
    (void)here.room.kick(here.lily);
    CHECK(here.room.member_count() == 0);
    CHECK(events == "lily left (kicked); bob left (kicked); eve left (kicked); ");
    here.transport.settle(here.room);
    CHECK(here.room.connection_count() == 0);
}

TEST_CASE("a hook cannot bring back a connection that is gone") {
    Inhabited here;
    here.room.on_event([&](const Event& event) {
        if (!minimeta::holds_alternative<Left>(event)) return;
        CHECK(described(here.room.rename(here.bob, "zombie")) == "not_a_member");
        CHECK(described(here.room.kick(here.bob)) == "not_a_member");
        CHECK(described(here.room.say(here.bob, "boo")) == "not_a_member");
    });
    SECTION("by itself") { here.transport.hang_up(here.room, here.bob); }
    SECTION("by its wish") { here.send(here.bob, "/quit\n"); }
    SECTION("by the program") { (void)here.room.kick(here.bob); }
    here.transport.settle(here.room);
    CHECK(here.room.member_count() == 1);
    CHECK(here.room.connection_count() == 2);
    CHECK_FALSE(here.room.find("zombie"));
}

TEST_CASE("a hook may act while the room closes silent or slow peers") {
    Inhabited here{{.backlog_bytes = 100, .idle_seconds = 10}};
    here.room.on_event([&](const Event& event) {
        if (const auto* left = minimeta::get_if<Left>(&event))
            (void)here.room.announce(std::string(left->name) + ": " + described(left->why));
    });
    SECTION("silent") {
        here.room.advance(at(0));
        here.send(here.lily, "\n");
        here.room.advance(at(10));
        CHECK(here.room.member_count() == 0);
    }
    SECTION("too slow") {
        here.transport.stall(here.bob);
        (void)here.room.announce(std::string(200, 'x'));
        here.transport.settle(here.room);
        CHECK(here.transport.take(here.lily).ends_with(
            "-- bob is gone: the connection was too slow.\n** bob: too_slow\n"));
        CHECK(here.room.member_count() == 1);
    }
}

TEST_CASE("what a peer says that does not read does not count against it") {
    Inhabited here{{.backlog_bytes = 200}};
    here.transport.stall(here.bob);
    (void)here.room.announce("hear");
    here.transport.settle(here.room);
    for (int i = 0; i < 10; ++i) here.send(here.bob, std::string(60, 'x') + "\n");
    here.transport.settle(here.room);
    CHECK(here.transport.is_open(here.bob));
}

TEST_CASE("an event is put into words once for each protocol in use, not once for each member") {
    std::map<std::string, int> first, second, unused;
    struct Other : Counting {
        using Counting::Counting;
    };
    struct Unused : Counting {
        using Counting::Counting;
    };
    MemoryTransport transport;
    Room room{transport, Limits{}, Counting{first}, Other{second}, Unused{unused}};
    const Id lily = transport.open(room);
    transport.send_to(room, lily, "name:lily\n");
    for (std::size_t i = 0; i < 100; ++i) {
        const Id id = transport.open(room, {i % 2});
        transport.send_to(room, id, "name:guest" + std::to_string(i) + "\n");
    }
    transport.send_to(room, lily, "hello\n@guest0 @guest1 @guest2 @guest3 psst\n");
    transport.settle(room);

    CHECK(first["lily: hello"] == 1);
    CHECK(second["lily: hello"] == 1);
    const std::string whisper = "lily to [guest0][guest1][guest2][guest3]: @guest0 @guest1 @guest2 @guest3 psst";
    CHECK(first[whisper] == 1);
    CHECK(second[whisper] == 1);
    CHECK(unused.empty());
    CHECK(transport.take(lily + 100).ends_with("lily: hello\n"));
}

TEST_CASE("a member is sent a turn's output at once") {
    Inhabited here;
    const std::size_t before = here.transport.sends();
    for (int i = 0; i < 20; ++i) (void)here.room.announce("news");
    here.room.flush();
    CHECK(here.transport.sends() - before == 2);  // to lily and to bob
    here.room.flush();
    CHECK(here.transport.sends() - before == 2);
}

TEST_CASE("a room in its stride allocates nothing for a message, however many members hear it") {
    LoopbackTransport transport;
    Room room{transport};
    std::vector<LoopbackTransport::connection_id> guests;
    for (int i = 0; i < 200; ++i) {
        guests.push_back(transport.connect());
        transport.write(guests.back(), "name:guest" + std::to_string(i) + "\n");
    }
    transport.run(room);

    std::size_t heard = 0;
    const auto turn = [&] {
        room.on_receive(guests[0], "hello, everybody, this is a line of some length\n");
        room.on_receive(guests[1], "hello");  // in two pieces
        room.on_receive(guests[1], " you\n/me waves back\n");
        room.flush();
        for (const auto id : guests) transport.read(id, [&](const Bytes& slice) { heard += slice.size(); });
    };
    for (int i = 0; i < 500; ++i) turn();  // the history is full, and everything as large as it needs to be
    heard = 0;
    const std::size_t before = allocations();
    for (int i = 0; i < 100; ++i) turn();
    CHECK(allocations() - before == 0);
    CHECK(heard > 100 * 198 * 80);
}

TEST_CASE("a room in its stride allocates nothing to answer one peer") {
    LoopbackTransport transport;
    Room room{transport};
    const auto lily = transport.connect();
    transport.run(room);
    const auto ask = [&] {
        room.on_receive(lily, "/help\n");
        transport.read(lily, [](const Bytes&) {});
    };
    ask();
    ask();
    const std::size_t before = allocations();
    for (int i = 0; i < 2000; ++i) ask();
    CHECK(allocations() - before == 0);
}

TEST_CASE("the program need not wait for a lost member") {
    MemoryTransport transport;
    Room room{transport};
    room.advance({});
    room.offer_sessions({1, 2});
    const auto lily = transport.open(room), bob = transport.open(room);
    transport.send_to(room, lily, "name:lily\n");
    transport.send_to(room, bob, "/session\nname:bob\n");
    transport.hang_up(room, bob);
    transport.settle(room);
    (void)transport.take(lily);
    CHECK_FALSE(room.kick(room.number_of("BOB")));
    transport.settle(room);
    CHECK(transport.take(lily) == "-- bob is gone: removed.\n");
    CHECK(room.member_count() == 1);
    CHECK(room.next_deadline() == std::nullopt);
}

TEST_CASE("names are hashed with the key of the sessions, and with one of its own in a room that has none") {
    const auto order = [](std::optional<minimeta::SipKey> key) {
        MemoryTransport transport;
        Room<MemoryTransport> room(transport);
        if (key) room.offer_sessions(*key);
        for (int i = 0; i < 50; ++i)
            transport.send_to(room, transport.open(room), "name:guest" + std::to_string(i) + "\n");
        std::string names;
        for (const auto& member : room.members()) names.append(member.name).append(" ");
        return names;
    };
    CHECK(order(minimeta::SipKey{1, 2}) == order(minimeta::SipKey{1, 2}));
    CHECK(order(minimeta::SipKey{1, 2}) != order(minimeta::SipKey{3, 4}));
    CHECK(order({}) != order(minimeta::SipKey{}));
}
