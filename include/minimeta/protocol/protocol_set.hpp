// A set of protocols: those of one room, told apart by an index.
#pragma once

#include <concepts>
#include <cstddef>
#include <new>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "minimeta/base/variant.hpp"
#include "minimeta/bytes.hpp"
#include "minimeta/command.hpp"
#include "minimeta/event.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/protocol.hpp"
#include "minimeta/protocol/lanes.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

/// Holds one object of each protocol, and passes calls on to the one at a given index.
template <protocol... Protocols>
class ProtocolSet {
    static_assert(sizeof...(Protocols) < 256);

public:
    /// The decoder of one connection, whichever protocol it speaks.
    class Decoder {
    public:
        Decoder() { ::new (static_cast<void*>(bytes_)) State<0>(); }
        Decoder(const Decoder&) = delete;
        Decoder& operator=(const Decoder&) = delete;
        ~Decoder() { destroy(std::index_sequence_for<Protocols...>{}); }

        /// Which protocol is spoken.
        [[nodiscard]] std::size_t index() const noexcept { return index_; }

        /// The decoder itself, which is of the protocol at this index.
        template <std::size_t I>
        [[nodiscard]] auto& get() noexcept {
            return *std::launder(static_cast<State<I>*>(static_cast<void*>(bytes_)));
        }
        template <std::size_t I>
        [[nodiscard]] const auto& get() const noexcept {
            return *std::launder(static_cast<const State<I>*>(static_cast<const void*>(bytes_)));
        }

        /// Begins anew, as the decoder of the protocol at this index.
        template <std::size_t I>
        void start() {
            destroy(std::index_sequence_for<Protocols...>{});
            ::new (static_cast<void*>(bytes_)) State<I>();
            index_ = I;
        }

    private:
        template <std::size_t I>
        using State = typename std::tuple_element_t<I, std::tuple<Protocols...>>::decoder;

        template <class T>
        static void destroy(T& state) noexcept {
            state.~T();
        }
        template <std::size_t... Is>
        void destroy(std::index_sequence<Is...>) noexcept {
            (void)((index_ == Is && (destroy(get<Is>()), true)) || ...);
        }

        alignas(typename Protocols::decoder...) unsigned char bytes_[largest_size<typename Protocols::decoder...>];
        unsigned char index_ = 0;
    };

    /// How many protocols there are.
    static constexpr std::size_t count = sizeof...(Protocols);

    /// In how many forms events are encoded: each protocol's own.
    static constexpr std::size_t lanes = (Lanes<Protocols>::count + ...);

    /// In which lane a connection is now.
    [[nodiscard]] static std::size_t lane_of(const Decoder& decoder, bool stamped) {
        return lane_of_one<0>(decoder, stamped);
    }

    /// Whether that may change but for the stamps.
    static constexpr bool some_change_lanes = (protocol_with_lanes<Protocols> || ...);

    /// Whether a peer is told what it said; and whether any is.
    static constexpr bool some_hear_themselves = (protocol_that_hears_itself<Protocols> || ...);
    [[nodiscard]] static bool hears_itself(const Decoder& decoder) {
        return with_decoder<0>(decoder, []<class P>(std::type_identity<P>, const auto& own) {
            if constexpr (protocol_that_hears_itself<P>) return P::hears_itself(own);
            else return (void)own, false;
        });
    }

    /// Whether what a peer sends too fast waits for its time; and whether anybody's does.
    static constexpr bool some_delay = (protocol_that_delays<Protocols> || ...);
    [[nodiscard]] static bool delays(const Decoder& decoder) {
        return with_decoder<0>(decoder, []<class P>(std::type_identity<P>, const auto& own) {
            if constexpr (protocol_that_delays<P>) return P::delays(own);
            else return (void)own, false;
        });
    }

    /// Keeps bytes for later, behind those that are kept already.
    void hold(Decoder& decoder, std::string_view bytes) {
        with<0>(decoder.index(), [&](auto index, auto& spoken) {
            if constexpr (protocol_that_delays<std::remove_reference_t<decltype(spoken)>>)
                spoken.hold(decoder.template get<index()>(), bytes);
        });
    }

    ProtocolSet() = default;
    explicit ProtocolSet(Protocols... protocols) : protocols_(std::move(protocols)...) {}

    /// Passes the room's limits on to the protocols that use them.
    void use(const Limits& limits) {
        const auto pass = [&](auto& each) {
            if constexpr (protocol_with_limits<std::remove_reference_t<decltype(each)>>) each.use(limits);
        };
        std::apply([&](auto&... each) { (pass(each), ...); }, protocols_);
    }

    /// Tells the time to the protocols that want to know it.
    void advance(WallTime now) {
        const auto pass = [&](auto& each) {
            if constexpr (protocol_with_clock<std::remove_reference_t<decltype(each)>>) each.advance(now);
        };
        std::apply([&](auto&... each) { (pass(each), ...); }, protocols_);
    }

    /// The protocol at an index.
    template <std::size_t I>
    [[nodiscard]] auto& get() noexcept {
        return std::get<I>(protocols_);
    }

    /// The index of a protocol, which is one of the set.
    template <protocol P>
    [[nodiscard]] static constexpr ProtocolIndex index_of() {
        static_assert((std::same_as<P, Protocols> || ...), "this room does not speak that protocol");
        std::size_t index = 0;
        (void)((std::same_as<P, Protocols> || (++index, false)) || ...);
        return {index};
    }

    /// Makes this the decoder of a new connection that speaks the protocol at this index.
    void start(Decoder& decoder, ProtocolIndex protocol) {
        with<0>(protocol.value, [&](auto index, auto&) { decoder.template start<index()>(); });
    }

    /// Decodes with the protocol of the decoder, as its `decode` does.
    std::optional<Command> decode(Decoder& decoder, std::string_view& fed) {
        return with<0>(decoder.index(),
                       [&](auto index, auto& spoken) { return spoken.decode(decoder.template get<index()>(), fed); });
    }

    /// Skips with the protocol of the decoder; no effect if it cannot.
    void skip(Decoder& decoder, std::string_view& fed) {
        with<0>(decoder.index(), [&](auto index, auto& spoken) {
            if constexpr (protocol_with_skip<std::remove_reference_t<decltype(spoken)>>)
                spoken.skip(decoder.template get<index()>(), fed);
        });
    }

    /// Encodes an event in the form of this lane.
    void encode(std::size_t lane, ByteLog& log, const Event& event) {
        with_lane<0>(lane, [&](auto lanes_of, std::size_t own, auto& spoken) {
            decltype(lanes_of)::encode(spoken, own, log, event);
        });
    }

    /// The same for one of few that it is for; and whether its name matters.
    void encode_for(std::size_t lane, ByteLog& log, const Event& event, std::string_view name) {
        with_lane<0>(lane, [&](auto lanes_of, std::size_t own, auto& spoken) {
            decltype(lanes_of)::encode_for(spoken, own, log, event, name);
        });
    }
    [[nodiscard]] bool names_recipients(std::size_t lane) {
        return with_lane<0>(lane, [](auto, std::size_t own, auto& spoken) {
            if constexpr (requires { spoken.names_recipients(own); }) return spoken.names_recipients(own);
            else return (void)own, (void)spoken, protocol_with_recipients<std::remove_reference_t<decltype(spoken)>>;
        });
    }

    /// Encodes a reply to the peer with this name, whose decoder this is.
    void encode(Decoder& decoder, ByteLog& log, const Reply& reply, std::string_view name) {
        with<0>(decoder.index(), [&](auto index, auto& spoken) {
            if constexpr (protocol_with_replies_by_state<std::remove_reference_t<decltype(spoken)>>)
                spoken.encode(log, reply, name, decoder.template get<index()>());
            else spoken.encode(log, reply, name);
        });
    }

    /// Encodes a reply without a connection, in the protocol at this index.
    void encode_at(std::size_t protocol, ByteLog& log, const Reply& reply, std::string_view name) {
        with<0>(protocol, [&](auto, auto& spoken) { spoken.encode(log, reply, name); });
    }

    /// Whether a connection waits for what its peer will say first; and decides without it.
    [[nodiscard]] bool is_undecided(Decoder& decoder) {
        return with<0>(decoder.index(), [&](auto index, auto& spoken) {
            if constexpr (protocol_that_waits<std::remove_reference_t<decltype(spoken)>>)
                return spoken.is_undecided(decoder.template get<index()>());
            else return false;
        });
    }
    void decide(Decoder& decoder) {
        with<0>(decoder.index(), [&](auto index, auto& spoken) {
            if constexpr (protocol_that_waits<std::remove_reference_t<decltype(spoken)>>)
                spoken.decide(decoder.template get<index()>());
        });
    }

private:
    template <std::size_t I>
    [[nodiscard]] static std::size_t lane_of_one(const Decoder& decoder, bool stamped) {
        using Own = Lanes<std::tuple_element_t<I, std::tuple<Protocols...>>>;
        if constexpr (I + 1 < count)
            if (decoder.index() != I) return Own::count + lane_of_one<I + 1>(decoder, stamped);
        return Own::of(decoder.template get<I>(), stamped);
    }

    // Calls `use(type of the protocol, its decoder)`.
    template <std::size_t I, class F>
    static decltype(auto) with_decoder(const Decoder& decoder, F&& use) {
        if constexpr (I + 1 < count)
            if (decoder.index() != I) return with_decoder<I + 1>(decoder, std::forward<F>(use));
        return use(std::type_identity<std::tuple_element_t<I, std::tuple<Protocols...>>>{}, decoder.template get<I>());
    }

    // Calls `use(lanes of the protocol, which of them, protocol)`.
    template <std::size_t I, class F>
    decltype(auto) with_lane(std::size_t lane, F&& use) {
        using Own = Lanes<std::tuple_element_t<I, std::tuple<Protocols...>>>;
        if constexpr (I + 1 < count)
            if (lane >= Own::count) return with_lane<I + 1>(lane - Own::count, std::forward<F>(use));
        return use(Own{}, lane, std::get<I>(protocols_));
    }

    // Calls `use(index as a constant, protocol)`.
    template <std::size_t I, class F>
    decltype(auto) with(std::size_t index, F&& use) {
        if constexpr (I + 1 < count)
            if (index != I) return with<I + 1>(index, std::forward<F>(use));
        MINIMETA_ASSERT(index == I);
        return use(std::integral_constant<std::size_t, I>{}, std::get<I>(protocols_));
    }

    std::tuple<Protocols...> protocols_;
};

}  // namespace minimeta
