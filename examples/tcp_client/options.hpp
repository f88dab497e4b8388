// Options: the command line of tcp_client.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "minimeta/base/parse_number.hpp"
#include "minimeta/base/utf8.hpp"
#include "minimeta/features/validation.hpp"
#include "minimeta/limits.hpp"

namespace tcp_client {

inline constexpr std::string_view usage =
    "usage: tcp_client [--host HOST] [--port PORT] [--name NAME] [--start] [--once] [--pace LINES]\n"
    "\n"
    "  --host HOST    where the room is (127.0.0.1)\n"
    "  --port PORT    at which port (5000)\n"
    "  --name NAME    connect at once, under this name\n"
    "  --start        connect at once\n"
    "  --once         do not connect again when the connection is lost\n"
    "  --pace LINES   lines a second that are sent of piped input; 0: as fast as it goes (8)\n"
    "  --help         this text\n"
    "\n"
    "At a terminal it prints its own help. In a pipe it connects at once, says each line of its input, prints what\n"
    "arrives, and leaves at the end of the input:  printf 'name:lily\\nhello\\n' | tcp_client\n"
    "A connection that is lost ends it then, since lines might be said twice, or never.\n";

struct Options {
    std::string host = "127.0.0.1";
    std::uint16_t port = 5000;
    std::string name;
    // Less than the default rate limit of a room, so that no line of a long file is refused.
    std::uint32_t pace = minimeta::Limits{}.messages_per_second * 4 / 5;
    bool start = false;
    bool once = false;
    bool help = false;
    std::string error;  ///< why the command line is not valid; empty if it is
};

/// Sets the option called `key`. Returns false if there is no such option, or the value is not valid for it.
inline bool set_option(Options& options, std::string_view key, std::string_view value) {
    if (key == "--host") {
        options.host = value;
        return !value.empty();
    }
    if (key == "--port") return minimeta::parse_number(value, options.port) && options.port != 0;
    if (key == "--pace") return minimeta::parse_number(value, options.pace);
    if (key != "--name") return false;
    options.name = minimeta::trim(value);
    return !minimeta::check_name(options.name, std::numeric_limits<std::size_t>::max());  // the room limits its length
}

/// Parses the arguments after the program's name. `--port 5000` and `--port=5000` are the same.
inline Options parse_options(std::span<char* const> arguments) {
    Options options;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string_view key = arguments[i];
        if (key == "--help" || key == "-h") {
            options.help = true;
            return options;
        }
        if (key == "--start" || key == "--once") {
            (key == "--start" ? options.start : options.once) = true;
            continue;
        }
        std::string_view value;
        const std::size_t equals = key.find('=');
        if (equals != key.npos) {
            value = key.substr(equals + 1);
            key = key.substr(0, equals);
        } else if (i + 1 < arguments.size()) {
            value = arguments[++i];
        }
        if (!set_option(options, key, value)) {
            const bool known = key == "--host" || key == "--port" || key == "--name" || key == "--pace";
            options.error = known ? "cannot use \"" + std::string(value) + "\" for " : "no such option: ";
            options.error += key;
            return options;
        }
    }
    return options;
}

}  // namespace tcp_client
