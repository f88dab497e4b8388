// Lines of IRC as a server writes them: each with a source, none longer than its readers take.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "minimeta/base/civil_time.hpp"
#include "minimeta/message.hpp"
#include "minimeta/protocol/irc/connection.hpp"
#include "minimeta/protocol/irc/line.hpp"
#include "minimeta/time.hpp"
#include "minimeta/version.hpp"

namespace minimeta::irc {

/// How a server calls itself and its room.
struct Identity {
    std::string server = "minimeta";
    std::string network = "minimeta";
};

/// The version of the library, as in `minimeta-0.1.0`.
[[nodiscard]] inline std::string version_text() {
    return "minimeta-" + std::to_string(MINIMETA_VERSION_MAJOR) + "." + std::to_string(MINIMETA_VERSION_MINOR) + "." +
           std::to_string(MINIMETA_VERSION_PATCH);
}

/// The channel of a group.
[[nodiscard]] inline std::string channel_of(std::string_view group) {
    return "#" + std::string(group.empty() ? "lobby" : group);
}

/// Appends lines to a string.
class LineWriter {
public:
    LineWriter(std::string& out, const Identity& identity) : out_(out), identity_(identity) {}

    /// Who a member is to IRC: nobody's user or host is told to anybody.
    [[nodiscard]] std::string source(std::string_view name) const {
        if (name.empty()) return identity_.server;
        return std::string(name) + "!" + user + "@" + identity_.server;
    }
    static constexpr const char* user = "~u";

    /// `:source COMMAND parameters`, cut where a line ends.
    void line(std::string_view from, std::string_view rest, std::string_view tags = {}) {
        std::string text = ":" + source(from) + " ";
        text.append(rest);
        if (!tags.empty()) out_.append("@").append(tags).append(" ");
        out_.append(beginning(text, most_bytes)).append("\r\n");
    }

    /// A numeric, such as 401, for a peer.
    void numeric(std::string_view number, std::string_view name, std::string_view rest) {
        line({}, std::string(number) + " " + std::string(name.empty() ? "*" : name) + " " + std::string(rest));
    }

    /// A text for a channel or a member, in as many lines as it takes.
    void text(std::string_view from, std::string_view target, std::string_view said, Manner manner,
              std::string_view tags = {}) {
        const std::string_view command = manner == Manner::notice ? "NOTICE" : "PRIVMSG";
        const bool acts = manner == Manner::action;
        const std::string head = std::string(command) + " " + std::string(target) +
                                 (acts ? " :\x01"
                                         "ACTION "
                                       : " :");
        const std::size_t room = most_bytes - source(from).size() - 2 - head.size() - (acts ? 1 : 0);
        do {
            const std::string_view part = beginning(said, room < most_bytes ? room : 0);
            line(from, head + std::string(part) + (acts ? "\x01" : ""), tags);
            if (part.empty()) break;
            said.remove_prefix(part.size());
        } while (!said.empty());
    }

    /// Words that do not all go into one line are given to several, each behind `head`.
    template <class Words>
    void words(std::string_view number, std::string_view name, std::string_view head, const Words& all) {
        std::string rest;
        const std::size_t room = most_bytes - 20 - identity_.server.size() - name.size() - head.size();
        for (const std::string& word : all) {
            if (!rest.empty() && rest.size() + 1 + word.size() > room)
                numeric(number, name, std::string(head) + rest), rest.clear();
            rest.append(rest.empty() ? "" : " ").append(word);
        }
        if (!rest.empty()) numeric(number, name, std::string(head) + rest);
    }

private:
    std::string& out_;
    const Identity& identity_;
};

/// `2026-11-23T14:03:22.123Z`, as server-time wants it.
[[nodiscard]] inline std::string time_text(WallTime time) {
    std::string text = utc_text(time);
    text[text.find(' ')] = 'T';
    const std::int64_t milliseconds = time.nanoseconds / 1'000'000;
    const std::string fraction = std::to_string(1'000 + (milliseconds % 1'000 + 1'000) % 1'000);
    return text + "." + fraction.substr(1) + "Z";
}

/// The tags of a line, for who has these capabilities.
[[nodiscard]] inline std::string tags_of(unsigned enabled, WallTime at, MessageId id = {}) {
    std::string tags;
    if ((enabled & server_time) != 0 && at != WallTime{}) tags = "time=" + time_text(at);
    if ((enabled & message_tags) != 0 && id) tags.append(tags.empty() ? "" : ";").append("msgid=").append(text_of(id));
    return tags;
}

}  // namespace minimeta::irc
