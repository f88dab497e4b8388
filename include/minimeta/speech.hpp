// Speech: all the protocols of a room as one, told apart by an index.
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "minimeta/bytes.hpp"
#include "minimeta/command.hpp"
#include "minimeta/event.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/protocol.hpp"

namespace minimeta {

/// Holds one object of each protocol, and passes calls on to the one of a given index.
template <protocol... Protocols>
class Speech {
public:
    /// The decoder of one connection, whichever protocol it speaks.
    using Decoder = std::variant<typename Protocols::decoder...>;

    static constexpr std::size_t count = sizeof...(Protocols);

    /// In how many ways events are encoded: a protocol's own, and the stamped one.
    static constexpr std::size_t lanes = 2 * count;
    [[nodiscard]] static constexpr std::size_t lane_of(std::size_t protocol, bool stamped) {
        return 2 * protocol + (stamped ? 1 : 0);
    }

    Speech() = default;
    explicit Speech(Protocols... protocols) : protocols_(std::move(protocols)...) {}

    void use(const Limits& limits) {
        const auto tell = [&](auto& spoken) {
            if constexpr (protocol_with_limits<std::remove_reference_t<decltype(spoken)>>) spoken.use(limits);
        };
        std::apply([&](auto&... each) { (tell(each), ...); }, protocols_);
    }

    template <protocol P>
    [[nodiscard]] static constexpr ProtocolIndex index_of() {
        static_assert((std::same_as<P, Protocols> || ...), "this room does not speak that protocol");
        std::size_t index = 0;
        (void)((std::same_as<P, Protocols> || (++index, false)) || ...);
        return {index};
    }

    /// Makes this the decoder of a fresh connection that speaks the protocol.
    void start(Decoder& decoder, ProtocolIndex spoken) {
        with<0>(spoken.value, [&](auto index, auto&) { decoder.template emplace<index()>(); });
    }

    std::optional<Command> decode(Decoder& decoder, std::string_view& fed) {
        return with<0>(decoder.index(),
                       [&](auto index, auto& spoken) { return spoken.decode(*std::get_if<index()>(&decoder), fed); });
    }

    void encode(std::size_t lane, ByteLog& log, const Event& event) {
        with<0>(lane / 2, [&](auto, auto& spoken) {
            if constexpr (protocol_with_stamps<std::remove_reference_t<decltype(spoken)>>)
                if (lane % 2 != 0) return spoken.encode_stamped(log, event);
            spoken.encode(log, event);
        });
    }
    void encode(std::size_t spoken_index, ByteLog& log, const Reply& reply, std::string_view name) {
        with<0>(spoken_index, [&](auto, auto& spoken) { spoken.encode(log, reply, name); });
    }

private:
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
