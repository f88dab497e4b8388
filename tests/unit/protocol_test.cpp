// The concept by example: the smallest protocol, one with a handshake, and what is none.
#include "minimeta/protocol.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "catch.hpp"
#include "minimeta/protocol/text.hpp"
#include "minimeta/protocol/text/phrases_zh.hpp"
#include "minimeta/protocol/unframed.hpp"
#include "minimeta/room.hpp"
#include "minimeta/transport/memory.hpp"
#include "unit/described.hpp"

using namespace minimeta;

namespace {

// The smallest protocol: each byte is a command of its own, so that nothing is ever incomplete. A capital letter is a
// name, "?" asks who is here, "." leaves, and everything else is said.
struct Letters {
    struct decoder {};

    std::optional<Command> decode(decoder&, std::string_view& fed) {
        if (fed.empty()) return {};
        const std::string_view letter = fed.substr(0, 1);
        fed.remove_prefix(1);
        if (letter == "?") return Who{};
        if (letter == ".") return Quit{};
        if (letter[0] >= 'A' && letter[0] <= 'Z') return SetName{letter};
        return Say{letter};
    }

    void encode(ByteLog& log, const Event& event) {
        if (const Said* said = minimeta::get_if<Said>(&event)) log.append(said->from, said->text, " ");
    }
    void encode(ByteLog& log, const Reply& reply, std::string_view) {
        const Members* members = minimeta::get_if<Members>(&reply);
        if (members != nullptr)
            for (const Presence& member : members->some) log.append(member.name);
    }
};

static_assert(protocol<Letters>);
static_assert(!protocol_with_limits<Letters>);
static_assert(!protocol_with_stamps<Letters>);

// The same, with the number of each message in front of it for members with a session, which "*" opens.
struct NumberedLetters : Letters {
    std::optional<Command> decode(decoder& state, std::string_view& fed) {
        if (!fed.starts_with('*')) return Letters::decode(state, fed);
        fed.remove_prefix(1);
        return OpenSession{};
    }
    void encode_stamped(ByteLog& log, const Event& event) {
        if (const Said* said = minimeta::get_if<Said>(&event)) log.append(std::to_string(said->stamp.id.sequence));
        encode(log, event);
    }
};

static_assert(protocol_with_stamps<NumberedLetters>);
static_assert(protocol_with_stamps<Text> && protocol_with_stamps<Unframed>);

// A protocol with a handshake: a peer that does not know how to knock is not let in, and not greeted. Then each line is
// said; a line that begins with "=" gives a name.
class Knocking {
public:
    struct decoder {
        std::string line;
        enum class Stage : unsigned char { knocking, answered, inside } stage = Stage::knocking;
    };

    void use(const Limits& limits) { line_bytes_ = limits.line_bytes; }

    std::optional<Command> decode(decoder& state, std::string_view& fed) {
        using Stage = decoder::Stage;
        if (state.stage == Stage::answered) {
            state.stage = Stage::inside;
            return Greet{};
        }
        while (!fed.empty()) {
            const char c = fed.front();
            fed.remove_prefix(1);
            if (c != '\n') {
                if (state.line.size() <= line_bytes_) state.line += c;
                continue;
            }
            line_ = std::exchange(state.line, {});
            if (line_.size() > line_bytes_) return Malformed{Errc::line_too_long};
            if (state.stage == Stage::knocking) {
                if (line_ != "knock knock") return Malformed{Errc::unknown_command, line_};
                state.stage = Stage::answered;
                return SendBack{"WHO IS THERE\n"};
            }
            if (line_.starts_with('=')) return SetName{std::string_view(line_).substr(1)};
            return Say{line_};
        }
        return {};
    }

    void encode(ByteLog& log, const Event& event) { log.append(described(event), "\n"); }
    void encode(ByteLog& log, const Reply& reply, std::string_view name) {
        if (minimeta::holds_alternative<Greeting>(reply)) log.append("come in\n");
        if (minimeta::holds_alternative<Welcome>(reply)) log.append("hello ", name, "\n");
        if (const auto* refused = minimeta::get_if<Refused>(&reply)) log.append("no: ", name_of(refused->why), "\n");
    }

private:
    std::size_t line_bytes_ = 0;
    std::string line_;  // scratch
};

static_assert(protocol<Knocking>);
static_assert(protocol_with_limits<Knocking>);

struct WithoutDecoder {
    std::optional<Command> decode(int&, std::string_view&);
    void encode(ByteLog&, const Event&);
    void encode(ByteLog&, const Reply&, std::string_view);
};
struct WithoutReplies {
    struct decoder {};
    std::optional<Command> decode(decoder&, std::string_view&);
    void encode(ByteLog&, const Event&);
};
struct OfBareCommands {
    struct decoder {};
    Command decode(decoder&, std::string_view&);
    void encode(ByteLog&, const Event&);
    void encode(ByteLog&, const Reply&, std::string_view);
};

static_assert(!protocol<WithoutDecoder>);
static_assert(!protocol<WithoutReplies>);
static_assert(!protocol<OfBareCommands>);

}  // namespace

TEST_CASE("the smallest protocol makes a room") {
    MemoryTransport transport;
    Room room{transport, Limits{}, Letters{}};
    const auto ann = transport.open(room), ben = transport.open(room);
    transport.send_to(room, ann, "A");
    transport.send_to(room, ben, "Bhi?");
    transport.send_to(room, ann, "x.");
    transport.settle(room);
    CHECK(transport.take(ann) == "Bh Bi ");
    CHECK(transport.take(ben) == "ABAx ");
    CHECK_FALSE(transport.is_open(ann));
    CHECK(room.member_count() == 1);
}

TEST_CASE("a protocol may greet after a handshake of its own, however it is cut") {
    const std::string input = "knock knock\n=lily\nhello\n";
    for (std::size_t at = 0; at <= input.size(); ++at) {
        INFO("cut at " << at);
        MemoryTransport transport;
        Room room{transport, Limits{}, Knocking{}};
        const auto bob = transport.open(room);
        transport.send_to(room, bob, "knock knock\n=bob\n");
        (void)transport.take(bob);

        const auto lily = transport.open(room);
        CHECK(transport.take(lily) == "");
        transport.send_to(room, lily, input.substr(0, at));
        transport.send_to(room, lily, input.substr(at));
        transport.settle(room);
        CHECK(transport.take(lily) == "WHO IS THERE\ncome in\nhello lily\n");
        CHECK(transport.take(bob) == "lily joined\nlily: hello\n");
    }
}

TEST_CASE("what a handshake refuses is answered, and not delivered") {
    MemoryTransport transport;
    Room room{transport, Limits{.line_bytes = 20}, Knocking{}};
    const auto bob = transport.open(room), lily = transport.open(room);
    transport.send_to(room, bob, "knock knock\n=bob\n");
    transport.settle(room);
    (void)transport.take(bob);

    transport.send_to(room, lily, "=lily\n");
    transport.send_to(room, lily, "a line of more than twenty bytes\n");
    transport.settle(room);
    CHECK(transport.take(lily) == "no: unknown_command\nno: line_too_long\n");
    CHECK(transport.take(bob) == "");
    transport.send_to(room, lily, "knock knock\nhi\n");
    CHECK(transport.take(lily) == "WHO IS THERE\ncome in\nno: name_required\n");
}

TEST_CASE("protocols meet in one room, and each member reads its own") {
    MemoryTransport transport;
    Room room{transport, Limits{}, Text{}, Knocking{}, Letters{}};
    using ThisRoom = decltype(room);
    static_assert(ThisRoom::speaks<Text>().value == 0);
    const auto lily = transport.open(room);
    const auto bob = transport.open(room, room.speaks<Knocking>());
    const auto eve = transport.open(room, room.speaks<Letters>());
    transport.send_to(room, lily, "name:lily\n");
    transport.send_to(room, bob, "knock knock\n=bob\n");
    transport.send_to(room, eve, "E");
    transport.settle(room);
    for (const auto id : {lily, bob, eve}) (void)transport.take(id);

    transport.send_to(room, lily, "hi\n/me waves\n@bob @e psst\n");
    transport.send_to(room, eve, "!");
    transport.settle(room);
    CHECK(transport.take(lily) == "-- Sent in private to bob, E; nobody else can read it.\nE: !\n");
    CHECK(transport.take(bob) == "lily: hi\nlily waves\nlily to [bob][E]: @bob @e psst\nE: !\n");
    CHECK(transport.take(eve) == "lilyhi lilywaves ");
}

TEST_CASE("a protocol with stamps gives them to members with a session, and to no others") {
    MemoryTransport transport;
    Room room{transport, Limits{}, NumberedLetters{}, Letters{}};
    room.advance({});
    room.offer_sessions({1, 2});
    const auto a = transport.open(room), b = transport.open(room), c = transport.open(room, {1});
    transport.send_to(room, a, "A*");
    transport.send_to(room, b, "B");
    transport.send_to(room, c, "C");
    transport.send_to(room, b, "xy");
    transport.send_to(room, a, "z");
    transport.settle(room);
    CHECK(transport.take(a) == "1Bx 2By ");
    CHECK(transport.take(b) == "Az ");
    CHECK(transport.take(c) == "Bx By Az ");
}

TEST_CASE("a refusal to a connection that cannot even be opened is in the words of the protocol") {
    MemoryTransport transport;
    Room room{transport, Limits{}, Text{chinese}, Text{}, Letters{}};
    CHECK(room.refusal(Errc::room_full).view() == "! 房间已满。连接已关闭。\n");
    CHECK(room.refusal(Errc::room_full, {1}).view() == "! The room is full. The connection is closed.\n");
    CHECK(room.refusal(Errc::room_full, {2}).empty());  // it has no words for that
}
