// MessageId: how a message is called, for ever. And Stamp: that and when it was said.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "minimeta/base/parse_number.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

/// Messages of a room are numbered in the order in which they were said, across all groups. A room that begins anew
/// begins another epoch, so that no two messages are ever called the same. Ids compare in that order; {} comes before
/// all messages.
struct MessageId {
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;

    friend constexpr auto operator<=>(const MessageId&, const MessageId&) = default;
    constexpr explicit operator bool() const noexcept { return sequence != 0; }
};

/// What every message has.
struct Stamp {
    MessageId id;
    WallTime at;  ///< {} if the room was not told
};

/// `epoch-sequence`, in decimal.
inline std::string text_of(MessageId id) { return std::to_string(id.epoch) + '-' + std::to_string(id.sequence); }

/// The sequence alone, if the epoch is `present`; otherwise as above.
inline std::string text_of(MessageId id, std::uint64_t present) {
    return id.epoch == present ? std::to_string(id.sequence) : text_of(id);
}

/// Reads what text_of wrote; for a sequence alone, the epoch is 0; nothing, if the text is neither.
inline std::optional<MessageId> message_id_of(std::string_view text) {
    MessageId id;
    if (const std::size_t dash = text.find('-'); dash != text.npos) {
        if (!parse_number(text.substr(0, dash), id.epoch)) return {};
        text.remove_prefix(dash + 1);
    }
    if (!parse_number(text, id.sequence)) return {};
    return id;
}

}  // namespace minimeta
