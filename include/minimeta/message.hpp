// A message: something that was said, with the id that names it for ever and the time at which it was said.
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

/// How a text is meant: lily says "hi", or lily "waves".
enum class Manner : unsigned char { speech, action };

/// Tells members apart for as long as the room lives: through changes of the name and of the connection, and no
/// number is given twice. 0 is nobody.
using MemberNumber = std::uint64_t;

/// A message of any kind. Where it comes from a History, its views live until something is added there.
struct Message {
    Stamp stamp = {};
    std::string_view from = {};  ///< the name at that time; empty for the embedding program
    std::string_view text = {};
    Manner manner = Manner::speech;
    std::string_view group = {};  ///< empty for the lobby
    std::string_view to = {};     ///< a private message's recipients, with a comma between two; empty for others
    MemberNumber author = 0;      ///< 0 for the embedding program, and where it is not known any more
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
