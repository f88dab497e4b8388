// Options: the command line of tcp_server.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/base/parse_number.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/net/address_limiter.hpp"
#include "minimeta/net/address_range.hpp"
#include "minimeta/net/epoll_poller.hpp"
#include "minimeta/protocol/http/origin_policy.hpp"
#include "minimeta/protocol/irc.hpp"
#include "operators.hpp"

namespace tcp_server {

struct Options {
    std::string host = "127.0.0.1";
    std::uint16_t port = 5000;
    std::optional<std::uint16_t> unframed_port;
    bool no_web = false;
    minimeta::IrcOptions irc;
    minimeta::http::OriginPolicy pages;
    bool epoll = false;
    std::uint32_t flush_milliseconds = 0;
    std::vector<std::string> groups;  // permanent
    std::string history_file;         // empty for none
    std::string metrics_file;         // the same
    std::string operators_file;       // the same
    minimeta::net::AddressLimits addresses;
    bool trust_given = false;
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
    "  --server-name NAME  how the server calls itself to clients of IRC (minimeta)\n"
    "  --password WORD     which clients of IRC must give (PASS); it keeps nobody else out\n"
    "  --no-irc            speaks no IRC\n"
    "  --no-web            serves no page, and lets no page in\n"
    "  --origin URL        pages of this server, such as https://example.org, are let in, too; may be given more "
    "than once\n"
    "  --host-name NAME    a name of this machine under which browsers reach it; may be given more than once\n"
    "  --poller P          how to wait: select, or epoll (Linux only, for thousands of connections) (select)\n"
    "  --lang en|zh        language of what the members are told (en)\n"
    "  --rate N            lines per second and connection (10); 0 for no limit\n"
    "  --connections N     connections at most (16384; select() ends near 1000)\n"
    "  --per-address N     connections at most from one address, IPv6 by /64 (64); 0 for no limit\n"
    "  --address-rate N    new connections per second from one address, in the long run (4); 0 for no limit\n"
    "  --trust RANGE       addresses without these two limits, such as 10.0.0.0/8, instead of those of this machine;\n"
    "                      none for none; may be given more than once\n"
    "  --idle N            seconds of silence after which a member is closed (0: never)\n"
    "  --group NAME        a group that always exists; may be given more than once\n"
    "  --recent N          messages that a newcomer to the room or to a group is sent (0)\n"
    "  --history N         messages that are kept of each group, and of the lobby (500)\n"
    "  --history-file F    keeps what is said in the lobby and in the groups above, and knows it after a restart\n"
    "  --operators FILE    account:hash lines, as of `openssl passwd -6`; /login secret makes an operator of the room\n"
    "  --metrics FILE      the room's counters for Prometheus, written every few seconds\n"
    "  --private N         private messages that are kept for each of their parties (0)\n"
    "  --resume N          seconds for which a lost connection keeps its member's place (60); 0 not at all\n"
    "  --flush-interval N  milliseconds for which lines are gathered before all members get them at once (0)\n"
    "  --serve             start at once, and go on when standard input ends\n"
    "  --help              this text\n"
    "\n"
    "Without --serve it begins with a console on standard input; type help there.\n";

/// Adds a range of addresses to those without limits; the first one takes the place of the default.
inline bool trust(Options& options, std::string_view text) {
    const auto range = minimeta::net::address_range_of(text);
    if (!range && text != "none") return false;
    if (!std::exchange(options.trust_given, true)) options.addresses.trusted.clear();
    if (range) options.addresses.trusted.push_back(*range);
    return true;
}

/// Sets the option called `name`. Returns false if the value is not valid for it, nothing if there is no such option.
inline std::optional<bool> set_option(Options& options, std::string_view name, std::string_view value) {
    using minimeta::parse_number;
    minimeta::Limits& limits = options.limits;
    if (name == "--host") return options.host = value, true;
    if (name == "--port") return parse_number(value, options.port);
    if (name == "--unframed-port") return parse_number(value, options.unframed_port.emplace());
    if (name == "--password") return options.irc.password = value, true;
    if (name == "--server-name")
        return options.irc.server_name = value, !value.empty() && value.find_first_of(" :@!\r\n") == value.npos;
    if (name == "--origin") return options.pages.origins.emplace_back(value), true;
    if (name == "--host-name") return options.pages.host_names.emplace_back(value), true;
    if (name == "--poller") return options.epoll = value == "epoll", options.epoll || value == "select";
    if (name == "--lang") return options.chinese = value == "zh", options.chinese || value == "en";
    if (name == "--rate") return parse_number(value, limits.messages_per_second);
    if (name == "--connections") return parse_number(value, limits.connections);
    if (name == "--per-address") return parse_number(value, options.addresses.connections);
    if (name == "--address-rate") return parse_number(value, options.addresses.connections_per_second);
    if (name == "--trust") return trust(options, value);
    if (name == "--idle") return parse_number(value, limits.idle_seconds);
    if (name == "--group") return options.groups.emplace_back(value), true;
    if (name == "--recent") return parse_number(value, limits.recent_messages);
    if (name == "--history") return parse_number(value, limits.history_messages);
    if (name == "--history-file") return options.history_file = value, true;
    if (name == "--operators") return options.operators_file = value, true;
    if (name == "--metrics") return options.metrics_file = value, true;
    if (name == "--private") return parse_number(value, limits.private_history_messages);
    if (name == "--resume") return parse_number(value, limits.resume_seconds);
    if (name == "--flush-interval") return parse_number(value, options.flush_milliseconds);
    return {};
}

/// Parses the command line. Returns nothing if it is not valid; `wrong` then says why.
inline std::optional<Options> parse_options(int count, char** words, std::string& wrong) {
    Options options;
    for (int i = 1; i < count; ++i) {
        const std::string option = words[i];
        bool* const flag = option == "--serve"    ? &options.serve
                           : option == "--help"   ? &options.help
                           : option == "--no-web" ? &options.no_web
                           : option == "--no-irc" ? &options.irc.closed
                                                  : nullptr;
        if (flag != nullptr) {
            *flag = true;
            continue;
        }
        const bool has_value = i + 1 < count;
        const std::string value = has_value ? words[++i] : "";
        const std::optional<bool> good = set_option(options, option, value);
        if (!good) wrong = "unknown option " + option;
        else if (!has_value) wrong = option + " needs a value";
        else if (!*good) wrong = "bad value for " + option + ": " + value;
        else if (!options.operators_file.empty() && !Operators::available)
            wrong = "there is no crypt(3) on this system";
        else if (options.epoll && MINIMETA_HAS_EPOLL == 0) wrong = "there is no epoll on this system";
        if (!wrong.empty()) return {};
    }
    return options;
}

}  // namespace tcp_server
