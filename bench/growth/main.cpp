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

// The function whose instructions are counted; not inlined, under a name that the script knows.
extern "C" [[gnu::noinline]] void measured(const std::function<void()>& operation) { operation(); }

int main(int count, char** words) {
    constexpr int times = 1000;  // so that what is done now and then has its share
    constexpr minimeta::SipKey secret{1, 2};
    NullTransport transport;
    minimeta::Room room{transport, minimeta::Limits{.connections = 1'000'000, .messages_per_second = 0}};
    room.advance({}, {1'700'000'000'000'000'000});
    room.offer_sessions(secret);
    const auto join = [&](std::uint32_t id) {
        room.on_open(id);
        (void)room.rename(id, "u" + std::to_string(id));
    };
    const std::uint32_t members = count == 3 ? static_cast<std::uint32_t>(std::atoi(words[1])) : 0;
    for (std::uint32_t id = 0; id < members + 1; ++id) {
        join(id);
        (void)room.join(id, "all");
    }

    const std::string text(64, 'x');
    std::string resume;  // what the member with the session shows to come back
    const std::map<std::string, std::function<void()>> operations = {
        {"say", [&] { (void)room.say(0, text); }},
        {"say-stamped", [&] { (void)room.say(0, text); }},
        {"say-in-group", [&] { (void)room.say(0, "all", text); }},
        {"flush", [&] { room.flush(); }},
        {"join-and-leave",
         [&] {
             join(1'000'000);
             room.on_close(1'000'000);
         }},
        {"group-join-and-leave",
         [&] {
             (void)room.leave(0, "all");
             (void)room.join(0, "all");
         }},
        {"history-page", [&] { room.on_receive(0, "/history 20\n"); }},
        {"resume",
         [&] {
             room.on_close(1);
             room.on_open(1);
             room.on_receive(1, resume);
         }},
    };
    const std::string wanted = count == 3 ? words[2] : "";
    const auto found = operations.find(wanted == "quiet-flush" ? "flush" : wanted);
    if (found == operations.end() || members == 0) {
        std::cerr << "usage: growth MEMBERS OPERATION\noperations: quiet-flush";
        for (const auto& [name, operation] : operations) std::cerr << ' ' << name;
        std::cerr << '\n';
        return 2;
    }
    if (wanted == "say-stamped" || wanted == "resume") room.on_receive(1, "/session\n");
    for (const char* group : {"", "all"}) {  // until the histories are full
        for (std::size_t i = 0; i <= room.limits().history_messages; ++i) (void)room.say(0, group, text);
        room.flush();
    }
    for (const auto& member : room.members())
        if (member.connection == 1) resume = "/resume " + minimeta::TokenMint(secret).token_of(member.number) + " ";
    resume += text_of((*room.history("all"))[room.history("all")->size() - 1].stamp.id) + "\n";

    for (int i = 0; i < times; ++i) {
        if (wanted == "flush") (void)room.say(0, text);  // so that there is something to flush
        measured(found->second);
        if (wanted != "flush") room.flush();
    }
}
