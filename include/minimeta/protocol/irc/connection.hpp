// What is kept of a connection that speaks IRC: its registration, its capabilities, and what it asked for last.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/command.hpp"
#include "minimeta/message.hpp"
#include "minimeta/protocol/line_assembler.hpp"

namespace minimeta::irc {

/// The capabilities that are offered (IRCv3), each a bit.
struct Capability {
    std::string_view name;
    unsigned bit;
};
inline constexpr unsigned message_tags = 1, server_time = 2, echo_message = 4, labeled_response = 8, batch = 16,
                          multi_prefix = 32, userhost_in_names = 64, cap_notify = 128;
inline constexpr std::array<Capability, 8> capabilities{{{"batch", batch},
                                                         {"cap-notify", cap_notify},
                                                         {"echo-message", echo_message},
                                                         {"labeled-response", labeled_response},
                                                         {"message-tags", message_tags},
                                                         {"multi-prefix", multi_prefix},
                                                         {"server-time", server_time},
                                                         {"userhost-in-names", userhost_in_names}}};

/// What a room's answer is an answer to, so that it gets the form that IRC has for it.
enum class Asked : unsigned char {
    nothing,
    nick,
    join,
    part,
    names,
    who,
    whois,
    list,
    topic,
    topic_change,
    speech,
    notice,
    kick,
    invite,
    mode,
    modes,
    bans,
    away,
    users,
    is_on,
    user_host
};

/// A request of the room's that a line comes to; some lines come to several.
struct Request {
    Asked asked = Asked::nothing;
    std::string target;  // a channel without its #, or a nickname
    std::string text;    // or a key, or a field of what was asked
    std::string reason;  // of a kick
    Manner manner = Manner::speech;
    bool to_channel = false;
    char mode = 0;  // which is to change,
    bool on = false;
    bool is_last = false;  // of several that are answered together
};

struct Connection {
    LineAssembler::Begun begun;

    // ---- Registration
    std::string nick;  // as it was asked for last
    bool has_user = false;
    bool negotiates = false;  // between CAP LS and CAP END
    bool password_is_good = false;
    bool registers = false;  // the name is being asked for
    bool is_member = false;

    // ---- How it is spoken to
    unsigned enabled = 0;  // of the capabilities

    // ---- What it asked for
    std::vector<Request> todo;  // in order
    Request asking;             // what the room is carrying out
    bool refused = false;
    std::string found;  // by several of them, which are answered together
    bool floods = false;
    std::string held;          // came faster than the rate,
    std::string_view waiting;  // and what of it was not looked at yet
    std::string label;         // of the line at hand, with whose answer it goes back
    std::string answer;        // to that line, as far as it has been written
    Request beyond;            // what is too much

    /// Adds to what is to be done; a target is a channel with its #, or a nickname. What would be too much is forgotten.
    Request& add(Asked asked, std::string_view target) {
        constexpr std::size_t most = 32;
        if (todo.size() >= most) return beyond = {};
        Request request;
        request.asked = asked;
        request.to_channel = target.starts_with('#');
        request.target = target.substr(request.to_channel ? 1 : 0);
        todo.push_back(std::move(request));
        return todo.back();
    }

    [[nodiscard]] bool has(unsigned capability) const { return (enabled & capability) != 0; }
};

}  // namespace minimeta::irc
