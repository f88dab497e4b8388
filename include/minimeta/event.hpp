// What the room tells: an Event is what happened, the same for everybody and for the hook; a Reply answers one peer.
//
// Names in an event are as their owners write them. Views live for the call that they are passed to; a hook that
// renames or removes the member it is told of ends the life of that name's view.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "minimeta/command.hpp"
#include "minimeta/error.hpp"

namespace minimeta {

// ---- Events

/// A connection got its first name, and is a member now.
struct Joined {
    std::string_view name;
};

/// A member changed its name.
struct Renamed {
    std::string_view from;
    std::string_view to;
};

/// A member said something to everybody.
struct Said {
    std::string_view from;
    std::string_view text;
    Manner manner = Manner::speech;
};

/// A member said something in private. Only the recipients and the hook ever see this.
struct Whispered {
    std::string_view from;
    std::span<const std::string_view> to;
    std::string_view text;
    Manner manner = Manner::speech;
};

/// The embedding program said something to everybody.
struct Announced {
    std::string_view text;
};

/// A member is gone: by its own will or with its connection if `why` is empty, otherwise closed by the room.
struct Left {
    std::string_view name;
    Refusal why;
};

using Event = std::variant<Joined, Renamed, Said, Whispered, Announced, Left>;

// ---- Replies

/// The first thing that a connection hears: who we are, and how to give a name.
struct Greeting {};

/// The connection is a member now, one of `members`.
struct Welcome {
    std::string_view name;
    std::size_t members;
};

/// The member's name is changed.
struct NameChanged {
    std::string_view name;
};

/// Something was refused, and nothing has changed. `subject` is what it was about as far as that can be shown (the
/// names that are absent, the unknown command), `limit` the number that was exceeded; empty and 0 where there is
/// none.
struct Refused {
    Errc why;
    std::span<const std::string_view> subject;
    std::size_t limit = 0;
};

/// A private message reached exactly these.
struct Delivered {
    std::span<const std::string_view> to;
};

/// Who is here: some names, and the number of all.
struct Members {
    std::span<const std::string_view> names;
    std::size_t total;
};

/// What can be done.
struct Usage {};

/// The answer to Quit; the connection closes.
struct Farewell {};

/// The room closes the connection, and why. `words` are the embedding program's own, or empty; `limit` is as in
/// Refused.
struct Removed {
    Errc why;
    std::string_view words = {};
    std::size_t limit = 0;
};

using Reply = std::variant<Greeting, Welcome, NameChanged, Refused, Delivered, Members, Usage, Farewell, Removed>;

}  // namespace minimeta
