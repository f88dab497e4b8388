// Messages: what was said, with the id that identifies it for ever and the time at which it was said.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "minimeta/base/parse_number.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

/// The id of a message. Sequences number the messages of a room in the order in which they were said, across all
/// groups. A room that starts again starts another epoch, so that no two messages have the same id. Ids compare in that
/// order; {} is less than the id of any message.
struct MessageId {
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;

    friend constexpr auto operator<=>(const MessageId&, const MessageId&) = default;
    constexpr explicit operator bool() const noexcept { return sequence != 0; }
};

/// What every message carries.
struct Stamp {
    MessageId id;
    WallTime at;  ///< {} if the room was not given the wall time
};

/// Formats an id as `epoch-sequence`, in decimal.
inline std::string text_of(MessageId id) { return std::to_string(id.epoch) + '-' + std::to_string(id.sequence); }

/// Formats the sequence alone if the epoch is `present`; otherwise as above.
inline std::string text_of(MessageId id, std::uint64_t present) {
    return id.epoch == present ? std::to_string(id.sequence) : text_of(id);
}

/// Parses an id as text_of formats it; a sequence alone has the epoch 0. Returns nothing if the text is neither.
inline std::optional<MessageId> message_id_of(std::string_view text) {
    MessageId id;
    if (const std::size_t dash = text.find('-'); dash != text.npos) {
        if (!parse_number(text.substr(0, dash), id.epoch)) return {};
        text.remove_prefix(dash + 1);
    }
    if (!parse_number(text, id.sequence)) return {};
    return id;
}

/// How a text is meant: speech (lily says "hi"), an action (lily "waves"), or a notice, as bots give it: no program answers that.
/// Protocols that have no notices show them as speech.
enum class Manner : unsigned char { speech, action, notice };

/// Identifies a member as long as the room lives, across renames and connections. No number is assigned twice; {} is no
/// member.
struct MemberNumber {
    std::uint64_t value = 0;

    friend constexpr auto operator<=>(const MemberNumber&, const MemberNumber&) = default;
    constexpr explicit operator bool() const noexcept { return value != 0; }
};

/// A message of any kind. The views of a message in a History live until the next message is added there.
struct Message {
    Stamp stamp = {};
    std::string_view from = {};  ///< the name of the author at that time; empty for the embedding program
    std::string_view text = {};
    Manner manner = Manner::speech;
    std::string_view group = {};  ///< empty for the lobby
    std::string_view to = {};     ///< the recipients of a private message, separated by commas; otherwise empty
    MemberNumber author = {};     ///< {} for the embedding program, and where it is no longer known
};

/// Calls `use(name)` for each recipient of a private message.
template <class Use>
void each_recipient(const Message& message, Use&& use) {
    for (std::string_view rest = message.to; !rest.empty();) {
        const std::string_view name = rest.substr(0, rest.find(','));
        rest.remove_prefix(name.size() == rest.size() ? rest.size() : name.size() + 1);
        use(name);
    }
}

}  // namespace minimeta
