#include "minimeta/protocol/protocol_set.hpp"

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "catch.hpp"
#include "unit/described.hpp"

using namespace minimeta;

namespace {

// Protocols that sign what they write. They share a type of decoder, so that only the index tells them apart.
struct Count {
    int decoded = 0;
};

template <char Sign>
struct Signed {
    using decoder = Count;
    std::size_t limit = 0;  // as it was given

    void use(const Limits& limits) { limit = limits.line_bytes; }
    std::optional<Command> decode(decoder& state, std::string_view& fed) {
        if (fed.empty()) return {};
        ++state.decoded;
        const std::string_view all = fed;
        fed = {};
        return Say{all};
    }
    void encode(ByteLog& log, const Event& event) { log.append(std::string(1, Sign), described(event)); }
    void encode(ByteLog& log, const Reply&, std::string_view name) {
        log.append(std::string(1, Sign), name, std::to_string(limit));
    }
};

struct Unlimited : Signed<'U'> {
    void use(const Limits&) = delete;
};

struct Stamping : Signed<'s'> {
    void encode_stamped(ByteLog& log, const Event& event) {
        log.append(std::string_view("stamped "));
        encode(log, event);
    }
    using Signed::encode;
};

struct Laned : Signed<'l'> {
    static constexpr std::size_t lanes = 3;
    static std::size_t lane_of(const Count&, bool stamped) { return stamped ? 2 : 0; }
    void encode(ByteLog& log, const Event&, std::size_t lane) { log.append("lane " + std::to_string(lane)); }
    void encode_for(ByteLog& log, const Event&, std::size_t lane, std::string_view name) {
        log.append("lane " + std::to_string(lane) + " for ", name);
    }
    void advance(WallTime to) { now = to; }
    using Signed::encode;
    WallTime now;
};

using Three = ProtocolSet<Signed<'a'>, Signed<'b'>, Unlimited>;

}  // namespace

TEST_CASE("each protocol has its place in the list as its index") {
    static_assert(Three::count == 3);
    static_assert(Three::index_of<Signed<'a'>>().value == 0);
    static_assert(Three::index_of<Signed<'b'>>().value == 1);
    static_assert(Three::index_of<Unlimited>().value == 2);
}

TEST_CASE("an event is encoded by the protocol of the given index") {
    Three protocols;
    const auto event = [&](std::size_t i) {
        return appended([&](ByteLog& log) { protocols.encode(i, log, Joined{"x"}); });
    };
    CHECK(event(0) == "ax joined");
    CHECK(event(1) == "bx joined");
    CHECK(event(2) == "Ux joined");
}

TEST_CASE("a protocol that knows stamps has two lanes, another one has one, or as many as it says") {
    static_assert(protocol_with_stamps<Stamping> && !protocol_with_stamps<Signed<'a'>>);
    static_assert(protocol_with_lanes<Laned> && !protocol_with_lanes<Stamping>);
    using All = ProtocolSet<Signed<'a'>, Stamping, Laned>;
    static_assert(All::lanes == 1 + 2 + 3);
    static_assert(Three::lanes == 3 && !Three::some_change_lanes && All::some_change_lanes);
    All protocols;
    All::Decoder decoder;
    const auto written = [&](std::size_t protocol, bool stamped) {
        protocols.start(decoder, {protocol});
        const std::size_t lane = All::lane_of(decoder, stamped);
        return std::to_string(lane) + ' ' +
               appended([&](ByteLog& log) { protocols.encode(lane, log, Event{Joined{"x"}}); });
    };
    CHECK(written(0, false) == "0 ax joined");
    CHECK(written(0, true) == "0 ax joined");
    CHECK(written(1, false) == "1 sx joined");
    CHECK(written(1, true) == "2 stamped sx joined");
    CHECK(written(2, false) == "3 lane 0");
    CHECK(written(2, true) == "5 lane 2");
}

TEST_CASE("an event for few is written for each of them, where the protocol names them") {
    using Two = ProtocolSet<Stamping, Laned>;
    Two protocols;
    CHECK(!protocols.names_recipients(1));
    CHECK(protocols.names_recipients(2));
    CHECK(appended([&](ByteLog& log) { protocols.encode_for(4, log, Event{Joined{"x"}}, "bob"); }) == "lane 2 for bob");
    CHECK(appended([&](ByteLog& log) { protocols.encode_for(0, log, Event{Joined{"x"}}, "bob"); }) == "sx joined");
}

TEST_CASE("the time is told to the protocols that want to know it") {
    ProtocolSet<Signed<'a'>, Laned> protocols;
    protocols.advance(WallTime{7});
    CHECK(protocols.get<1>().now == WallTime{7});
}

TEST_CASE("limits are given to the protocols that ask for them") {
    Three protocols;
    protocols.use(Limits{.line_bytes = 7});
    const auto reply = [&](std::size_t i) {
        return appended([&](ByteLog& log) { protocols.encode_at(i, log, Greeting{}, "x"); });
    };
    CHECK(reply(0) == "ax7");
    CHECK(reply(1) == "bx7");
    CHECK(reply(2) == "Ux0");
}

TEST_CASE("a decoder remembers which protocol it is of, and starts afresh") {
    Three protocols;
    Three::Decoder decoder;
    protocols.start(decoder, {1});
    CHECK(decoder.index() == 1);

    std::string_view fed = "hello";
    const auto command = protocols.decode(decoder, fed);
    REQUIRE(command);
    CHECK(described(*command) == "say hello");
    CHECK_FALSE(protocols.decode(decoder, fed));
    CHECK(decoder.get<1>().decoded == 1);

    protocols.start(decoder, {1});
    CHECK(decoder.get<1>().decoded == 0);
}
