// The command line of tcp_server.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "minimeta/limits.hpp"
#include "minimeta/net/epoll_poller.hpp"

struct Options {
    std::string host = "127.0.0.1";
    std::uint16_t port = 5000;
    std::optional<std::uint16_t> unframed_port;
    bool epoll = false;
    std::uint32_t flush_milliseconds = 0;
    std::vector<std::string> groups;  // that always exist
    std::string history_file;         // none if empty
    bool chinese = false;
    bool serve = false;
    bool help = false;
    minimeta::Limits limits;
};

inline constexpr std::string_view usage =
    "usage: tcp_server [options]\n"
    "\n"
    "  --host H            address or name to listen on (127.0.0.1); \"\" for all, IPv4 and IPv6\n"
    "  --port P            port (5000); 0 takes a free one\n"
    "  --unframed-port P   one more port, for clients that send no line ends\n"
    "  --poller P          how to wait: select, or epoll (Linux only, for thousands of connections) (select)\n"
    "  --lang en|zh        language of what the members are told (en)\n"
    "  --rate N            lines per second and connection (10); 0 for no limit\n"
    "  --connections N     connections at most (16384; select() ends near 1000)\n"
    "  --idle N            seconds of silence after which a member is closed (0: never)\n"
    "  --group NAME        a group that always exists; may be given more than once\n"
    "  --recent N          messages that a newcomer to the room or to a group is sent (0)\n"
    "  --history N         messages that are kept of each group, and of the lobby (500)\n"
    "  --history-file F    keeps what is said in the lobby and in the groups above, and knows it after a restart\n"
    "  --private N         private messages that are kept for each of their parties (0)\n"
    "  --resume N          seconds for which a lost connection keeps its member's place (60); 0 not at all\n"
    "  --flush-interval N  milliseconds for which lines are gathered before all members get them at once (0)\n"
    "  --serve             start at once, and go on when standard input ends\n"
    "  --help              this text\n"
    "\n"
    "Without --serve it begins with a console on standard input; type help there.\n";

/// The number that `text` is, if it is one that fits.
template <class Number>
std::optional<Number> number_in(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return number;
}

/// What the command line asks for; or nothing, and `wrong` tells why.
inline std::optional<Options> parse_options(int count, char** words, std::string& wrong) {
    Options options;
    const auto take = [&](auto& into, std::string_view value) {
        const auto number = number_in<std::remove_reference_t<decltype(into)>>(value);
        if (number) into = *number;
        return number.has_value();
    };
    for (int i = 1; i < count; ++i) {
        const std::string_view option = words[i];
        if (option == "--serve" || option == "--help") {
            (option == "--serve" ? options.serve : options.help) = true;
            continue;
        }
        const bool known = option == "--host" || option == "--port" || option == "--unframed-port" ||
                           option == "--poller" || option == "--lang" || option == "--rate" ||
                           option == "--connections" || option == "--idle" || option == "--flush-interval" ||
                           option == "--group" || option == "--recent" || option == "--history" ||
                           option == "--history-file" || option == "--private" || option == "--resume";
        if (!known || i + 1 == count) {
            wrong = known ? std::string(option) + " needs a value" : "unknown option " + std::string(option);
            return {};
        }
        const std::string_view value = words[++i];
        bool good = true;
        if (option == "--host") options.host = value;
        if (option == "--port") good = take(options.port, value);
        if (option == "--unframed-port") good = take(options.unframed_port.emplace(), value);
        if (option == "--rate") good = take(options.limits.messages_per_second, value);
        if (option == "--connections") good = take(options.limits.connections, value);
        if (option == "--idle") good = take(options.limits.idle_seconds, value);
        if (option == "--group") options.groups.emplace_back(value);
        if (option == "--recent") good = take(options.limits.recent_messages, value);
        if (option == "--history") good = take(options.limits.history_messages, value);
        if (option == "--history-file") options.history_file = value;
        if (option == "--private") good = take(options.limits.private_history_messages, value);
        if (option == "--resume") good = take(options.limits.resume_seconds, value);
        if (option == "--flush-interval") good = take(options.flush_milliseconds, value);
        if (option == "--poller") {
            options.epoll = value == "epoll";
            good = value == "select" || value == "epoll";
            if (options.epoll && MINIMETA_HAS_EPOLL == 0) {
                wrong = "there is no epoll on this system";
                return {};
            }
        }
        if (option == "--lang") {
            options.chinese = value == "zh";
            good = value == "zh" || value == "en";
        }
        if (!good) {
            wrong = "bad value for " + std::string(option) + ": " + std::string(value);
            return {};
        }
    }
    return options;
}
