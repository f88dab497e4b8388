// Doors: one protocol made of several, of which the first bytes of a connection decide: all clients at one port.
//
//     Room room{transport, limits, Doors{Http<Json>{files}, Json{}, Text{}}};
//
// Each protocol but the last tells by `recognise(first)` whether these bytes are the beginning of its own. They are asked in
// order; the last one gets whatever none of them knows, and those who say nothing, after Limits::decision_seconds. It is decided
// once: nothing that comes later makes another protocol of a connection. A TLS hello is answered with an alert, so that its
// sender does not wait: this is no port for it.
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "minimeta/bytes.hpp"
#include "minimeta/command.hpp"
#include "minimeta/event.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/protocol.hpp"
#include "minimeta/protocol/protocol_set.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

namespace detail {

// Before it is decided: keeps what has come.
struct Threshold {
    struct decoder {
        std::string first;
    };
    std::optional<Command> decode(decoder&, std::string_view&) { return {}; }
    void encode(ByteLog&, const Event&) {}
    void encode(ByteLog&, const Reply&, std::string_view) {}
};

}  // namespace detail

/// Without a connection, and before it is decided, replies are the last protocol's.
template <protocol... Protocols>
class Doors {
    using Set = ProtocolSet<detail::Threshold, Protocols...>;
    static constexpr std::size_t last = sizeof...(Protocols);

public:
    using decoder = typename Set::Decoder;

    Doors() = default;
    explicit Doors(Protocols... protocols) requires(sizeof...(Protocols) > 0)
        : set_(detail::Threshold{}, std::move(protocols)...) {}

    void use(const Limits& limits) { set_.use(limits); }
    void advance(WallTime now) { set_.advance(now); }

    [[nodiscard]] bool is_undecided(const decoder& state) const { return state.index() == 0; }
    void decide(decoder& state) { choose(state, last); }

    std::optional<Command> decode(decoder& state, std::string_view& fed) {
        if (is_undecided(state)) {
            std::string& first = state.template get<0>().first;
            first.append(std::exchange(fed, {}));
            if (first.empty()) return {};
            if (first.starts_with(tls_hello)) return command<Disconnect>(tls_alert);
            const auto chosen = recognise<1>(first);
            if (!chosen) return {};
            choose(state, *chosen);
        }
        if (at_door_ == &state)
            if (auto command = set_.decode(state, rest_)) return command;
        return set_.decode(state, fed);
    }
    void skip(decoder& state, std::string_view& fed) {
        if (at_door_ == &state && !rest_.empty()) set_.skip(state, rest_);
        set_.skip(state, fed);
    }

    [[nodiscard]] static bool delays(const decoder& state) requires(Set::some_delay) { return Set::delays(state); }
    void hold(decoder& state, std::string_view bytes) requires(Set::some_delay) {
        if (at_door_ == &state) set_.hold(state, std::exchange(rest_, {}));
        set_.hold(state, bytes);
    }

    static constexpr std::size_t lanes = Set::lanes - 1;  // nobody reads at the threshold
    [[nodiscard]] static std::size_t lane_of(const decoder& state, bool stamped) {
        return state.index() == 0 ? 0 : Set::lane_of(state, stamped) - 1;
    }
    void encode(ByteLog& log, const Event& event, std::size_t lane = 0) { set_.encode(lane + 1, log, event); }
    void encode_for(ByteLog& log, const Event& event, std::size_t lane, std::string_view name) {
        set_.encode_for(lane + 1, log, event, name);
    }
    [[nodiscard]] bool names_recipients(std::size_t lane) { return set_.names_recipients(lane + 1); }

    [[nodiscard]] static bool hears_itself(const decoder& state) requires(Set::some_hear_themselves) {
        return Set::hears_itself(state);
    }

    void encode(ByteLog& log, const Reply& reply, std::string_view name) { set_.encode_at(last, log, reply, name); }
    void encode(ByteLog& log, const Reply& reply, std::string_view name, decoder& state) {
        if (is_undecided(state)) encode(log, reply, name);
        else set_.encode(state, log, reply, name);
    }

private:
    static constexpr std::string_view tls_hello = "\x16\x03";
    static constexpr std::string_view tls_alert{"\x15\x03\x01\x00\x02\x02\x46",
                                                7};  // fatal, protocol_version (RFC 8446, 6)
    static constexpr std::size_t most_first_bytes = 64;

    // The index of the protocol in the set that these bytes are of; nothing if that is not sure yet.
    template <std::size_t I>
    [[nodiscard]] static std::optional<std::size_t> recognise(std::string_view first) {
        if constexpr (I != last) {
            using One = std::tuple_element_t<I - 1, std::tuple<Protocols...>>;
            const Match match = One::recognise(first);
            if (match == Match::surely) return I;
            if (match == Match::partly && first.size() < most_first_bytes) return {};
            return recognise<I + 1>(first);
        }
        if (first == tls_hello.substr(0, 1)) return {};
        return last;
    }

    // From now on a connection speaks this protocol, beginning with what has come.
    void choose(decoder& state, std::size_t chosen) {
        first_ = std::move(state.template get<0>().first);
        rest_ = first_;
        at_door_ = &state;
        set_.start(state, {chosen});
    }

    Set set_;
    std::string first_;                 // what the connection decided last had sent
    std::string_view rest_;             // of it, not decoded yet
    const decoder* at_door_ = nullptr;  // that connection
};

}  // namespace minimeta
