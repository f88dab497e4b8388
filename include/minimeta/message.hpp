// Message: something that was said, as it is remembered.
#pragma once

#include <cstdint>
#include <string_view>

#include "minimeta/command.hpp"
#include "minimeta/message_id.hpp"

namespace minimeta {

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
