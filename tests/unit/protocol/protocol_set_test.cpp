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
        return appended([&](ByteLog& log) { protocols.encode(Three::lane_of(i, false), log, Joined{"x"}); });
    };
    CHECK(event(0) == "ax joined");
    CHECK(event(1) == "bx joined");
    CHECK(event(2) == "Ux joined");
}

TEST_CASE("each protocol has two lanes, and a stamped one is written with stamps where the protocol knows them") {
    static_assert(protocol_with_stamps<Stamping> && !protocol_with_stamps<Signed<'a'>>);
    using Two = ProtocolSet<Signed<'a'>, Stamping>;
    static_assert(Two::lanes == 4);
    static_assert(Three::lanes == 6);
    Two protocols;
    std::string written;
    for (const std::size_t protocol : {0u, 1u})
        for (const bool stamped : {false, true})
            written += appended([&](ByteLog& log) {
                           protocols.encode(Two::lane_of(protocol, stamped), log, Event{Joined{"x"}});
                       }) +
                       "; ";
    CHECK(written == "ax joined; ax joined; sx joined; stamped sx joined; ");
    CHECK(Two::lane_of(0, true) != Two::lane_of(1, false));
}

TEST_CASE("limits are given to the protocols that ask for them") {
    Three protocols;
    protocols.use(Limits{.line_bytes = 7});
    const auto reply = [&](std::size_t i) {
        return appended([&](ByteLog& log) { protocols.encode(i, log, Greeting{}, "x"); });
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
