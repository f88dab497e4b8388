// How the cost of what a room does grows with its members: run under callgrind by scripts/growth.sh, which counts the
// instructions of one function of this program.
//
//     growth MEMBERS OPERATION
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <string>

#include "minimeta/minimeta.hpp"

namespace {

// Takes everything at once.
struct NullTransport {
    using connection_id = std::uint32_t;
    void send(connection_id, const minimeta::Bytes&) {}
    void close(connection_id) {}
};

}  // namespace

// What is counted; kept apart from what is not, under a name that the script knows.
extern "C" [[gnu::noinline]] void measured(const std::function<void()>& operation) { operation(); }

int main(int count, char** words) {
    constexpr int times = 100;
    NullTransport transport;
    minimeta::Room room{transport, minimeta::Limits{.connections = 1'000'000, .messages_per_second = 0}};
    const auto join = [&](std::uint32_t id) {
        room.on_open(id);
        (void)room.rename(id, "u" + std::to_string(id));
    };
    const std::uint32_t members = count == 3 ? static_cast<std::uint32_t>(std::atoi(words[1])) : 0;
    for (std::uint32_t id = 0; id < members + 1; ++id) join(id);

    const std::string text(64, 'x');
    const std::map<std::string, std::function<void()>> operations = {
        {"say", [&] { (void)room.say(0, text); }},
        {"flush", [&] { room.flush(); }},
        {"join-and-leave",
         [&] {
             join(1'000'000);
             room.on_close(1'000'000);
         }},
    };
    const std::string wanted = count == 3 ? words[2] : "";
    const auto found = operations.find(wanted == "quiet-flush" ? "flush" : wanted);
    if (found == operations.end() || members == 0) {
        std::cerr << "usage: growth MEMBERS say|flush|quiet-flush|join-and-leave\n";
        return 2;
    }
    room.flush();  // all that there was to say about coming
    for (int i = 0; i < times; ++i) {
        if (wanted == "flush") (void)room.say(0, text);  // so that there is something to flush
        measured(found->second);
        if (wanted != "flush") room.flush();
    }
}
