// The command line of tcp_fan_out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "fault.hpp"
#include "message.hpp"
#include "minimeta/base/parse_number.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/net/epoll_poller.hpp"
#include "minimeta/net/select_poller.hpp"

enum class ServerKind : std::uint8_t { room, naive };
enum class PollerKind : std::uint8_t { select, epoll };

struct Options {
    ServerKind server = ServerKind::room;
    PollerKind poller = PollerKind::select;
    std::size_t receivers = 100;
    std::size_t speakers = 1;
    std::size_t bytes = 64;
    std::size_t window = 64;
    std::size_t messages = 10'000;
    std::size_t pace = 0;  // messages a second; 0: as fast as the window allows
    std::size_t rate = 0;  // commands a second and connection that the room admits
    std::size_t flush_milliseconds = 0;
    std::size_t deaf = 0;
    std::size_t flooders = 0;
    std::size_t seconds = 60;
    Fault fault = Fault::none;
    bool latency = false;
    bool json = false;
    bool help = false;

    std::size_t members() const { return receivers + speakers; }
    std::size_t connections() const { return members() + deaf + flooders; }
};

inline constexpr std::string_view usage =
    "usage: tcp_fan_out [options]\n"
    "\n"
    "Starts a chat server in a process of its own, fills its room over TCP (127.0.0.1, a free port), has the speakers\n"
    "say numbered messages, and checks that everybody else gets each of them, once, whole and in order.\n"
    "\n"
    "  --server room|naive     minimeta's room, or a baseline: one send per member and message (room)\n"
    "  --poller select|epoll   what the server waits with (select; it ends near 1000 members)\n"
    "  --receivers R           members who only listen (100)\n"
    "  --speakers S            members who speak in turn, and hear each other (1)\n"
    "  --bytes B               length of a message, 16 to 4096 (64)\n"
    "  --messages M            how many are said (10000)\n"
    "  --window W              so many of them on their way at a time, on average over the members (64)\n"
    "  --mode throughput|latency\n"
    "                          latency: one message at a time (throughput)\n"
    "  --pace N                messages a second; 0: as fast as the window allows (0)\n"
    "  --rate N                commands a second that the room admits from each member; 0: all (0)\n"
    "  --flush-interval MS     for so long the room gathers what is said, before everybody gets it at once (0)\n"
    "  --deaf N                so many more members never read; their messages are not counted (0)\n"
    "  --flooders N            so many more members send commands that are refused, as fast as they can (0)\n"
    "  --seconds N             gives up after so long (60)\n"
    "  --json                  prints the result as one line of JSON\n"
    "  --fault lose|duplicate|swap|damage\n"
    "                          makes the naive server wrong on purpose, to see that it is noticed\n"
    "  --help                  this text\n"
    "\n"
    "Status: 0 if every delivery was right, 1 if one was not or the run failed, 2 for a bad option.\n";

namespace parsing {

// Sets `into` if `value` is a number within the bounds.
inline bool number(std::size_t& into, std::string_view value, std::size_t least, std::size_t most) {
    std::size_t made = 0;
    if (!minimeta::parse_number(value, made) || made < least || made > most) return false;
    into = made;
    return true;
}

// Sets `into` to the choice that belongs to `value`.
template <class T>
struct Choice {
    std::string_view word;
    T meaning;
};
template <class T, std::size_t N>
bool choose(T& into, std::string_view value, const Choice<T> (&choices)[N]) {
    for (const Choice<T>& each : choices) {
        if (each.word != value) continue;
        into = each.meaning;
        return true;
    }
    return false;
}

// One option with its value; false if the value is bad, nothing if there is no such option.
inline std::optional<bool> set(Options& options, std::string_view name, std::string_view value) {
    if (name == "--server")
        return choose(options.server, value, {{"room", ServerKind::room}, {"naive", ServerKind::naive}});
    if (name == "--poller")
        return choose(options.poller, value, {{"select", PollerKind::select}, {"epoll", PollerKind::epoll}});
    if (name == "--mode") return choose(options.latency, value, {{"throughput", false}, {"latency", true}});
    if (name == "--fault")
        return choose(
            options.fault, value,
            {{"lose", Fault::lose}, {"duplicate", Fault::duplicate}, {"swap", Fault::swap}, {"damage", Fault::damage}});
    if (name == "--receivers") return number(options.receivers, value, 1, 100'000);
    if (name == "--speakers") return number(options.speakers, value, 1, Messages::most_speakers);
    if (name == "--bytes") return number(options.bytes, value, Messages::least_bytes, minimeta::Limits{}.line_bytes);
    if (name == "--messages") return number(options.messages, value, 1, 10'000'000);
    if (name == "--window") return number(options.window, value, 1, 1'000'000);
    if (name == "--pace") return number(options.pace, value, 0, 1'000'000);
    if (name == "--rate") return number(options.rate, value, 0, 1'000'000);
    if (name == "--flush-interval") return number(options.flush_milliseconds, value, 0, 10'000);
    if (name == "--deaf") return number(options.deaf, value, 0, 10'000);
    if (name == "--flooders") return number(options.flooders, value, 0, 1'000);
    if (name == "--seconds") return number(options.seconds, value, 1, 3600);
    return std::nullopt;
}

// What does not go together; empty if all is well.
inline std::string contradiction(const Options& options) {
    if (options.fault != Fault::none && options.server != ServerKind::naive) return "--fault needs --server naive";
    if (options.poller == PollerKind::epoll && !MINIMETA_HAS_EPOLL) return "there is no epoll on this system";
    if (options.server == ServerKind::naive && (options.deaf != 0 || options.flooders != 0))
        return "--deaf and --flooders need --server room";
    // The server needs a few descriptors beside those of its members.
    if (options.poller == PollerKind::select &&
        !minimeta::SelectPoller::fits(static_cast<int>(options.connections() + 23)))
        return "so many members need --poller epoll";
    return {};
}

}  // namespace parsing

/// Parses the command line. Returns nothing if it is bad, with the reason in `wrong`.
inline std::optional<Options> parse_options(int count, char** words, std::string& wrong) {
    Options options;
    for (int i = 1; i < count; ++i) {
        const std::string name = words[i];
        if (name == "--help" || name == "--json") {
            (name == "--help" ? options.help : options.json) = true;
            continue;
        }
        const std::string value = i + 1 < count ? words[i + 1] : "";
        const std::optional<bool> good = parsing::set(options, name, value);
        if (!good) wrong = "unknown option " + name;
        else if (i + 1 == count) wrong = name + " needs a value";
        else if (!*good) wrong = "bad value for " + name + ": " + value;
        if (!wrong.empty()) return std::nullopt;
        ++i;
    }
    if (options.latency) options.window = 1;
    if (!options.help) wrong = parsing::contradiction(options);
    if (!wrong.empty()) return std::nullopt;
    return options;
}
