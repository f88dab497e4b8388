// What a peer may ask of the room: plain values that a protocol's decoder makes out of bytes.
//
// Views in a command point into what was fed to the decoder or into the protocol's scratch; they live until the next
// decode. A decoder need not check what is said: the room refuses names and texts that are not fit to be shown.
#pragma once

#include <span>
#include <string_view>
#include <variant>

#include "minimeta/error.hpp"

namespace minimeta {

/// How a text is meant: lily says "hi", or lily "waves".
enum class Manner : unsigned char { speech, action };

/// Gives the connection its name, or changes it. Blanks around the name are not part of it.
struct SetName {
    std::string_view name;
};

/// Says a text to everybody else.
struct Say {
    std::string_view text;
    Manner manner = Manner::speech;
};

/// Says a text to these members only. Repeated names count once.
struct Whisper {
    std::span<const std::string_view> to;
    std::string_view text;
    Manner manner = Manner::speech;
};

/// Asks who is here.
struct Who {};

/// Asks what can be done.
struct Help {};

/// Leaves, politely.
struct Quit {};

/// The wire is ready to be greeted: once, at the start, after whatever handshake the protocol has.
struct Greet {};

/// The wire itself wants these bytes sent back, unseen by the room: a pong, the answer of a handshake.
struct SendBack {
    std::string_view bytes;
};

/// The wire brought something that is no command. `what` is the part that the peer would recognise, or empty.
struct Malformed {
    Errc why;
    std::string_view what = {};
};

using Command = std::variant<SetName, Say, Whisper, Who, Help, Quit, Greet, SendBack, Malformed>;

}  // namespace minimeta
