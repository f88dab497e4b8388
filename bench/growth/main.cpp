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
    constexpr minimeta::SipKey secret{1, 2};
    NullTransport transport;
    minimeta::Room room{transport, minimeta::Limits{.connections = 1'000'000, .messages_per_second = 0}};
    minimeta::Time now;
    constexpr minimeta::WallTime wall{1'700'000'000'000'000'000};
    room.advance(now, wall);
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
    const auto come_back = [&] {
        room.on_close(1);
        room.on_open(1);
        room.on_receive(1, resume);
    };
    std::map<std::string, std::function<void()>> operations = {
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
        {"resume", come_back},
    };
    // Requests of a member of 128 full groups, in a room with 1,024 of them.
    std::string many_names = "/msg ", absent_names;
    for (std::uint32_t id = 1; id <= 16; ++id) many_names.append(id == 1 ? "u" : ",u").append(std::to_string(id));
    for (int i = 0; absent_names.size() < 4'000; ++i) absent_names += "@x" + std::to_string(i) + " ";
    int renamed = 0;
    std::map<std::string, std::function<void()>> requests = {
        {"who", [&] { room.on_receive(0, "/who\n"); }},
        {"whois", [&] { room.on_receive(2, "/whois u0\n"); }},
        {"groups", [&] { room.on_receive(0, "/groups\n"); }},
        {"history", [&] { room.on_receive(0, "/history\n"); }},
        {"away", [&] { room.on_receive(0, "/away\n"); }},
        {"rename", [&] { room.on_receive(0, "name:v" + std::to_string(++renamed % 2) + "\n"); }},
        {"private-to-16", [&] { room.on_receive(0, many_names + " hi\n"); }},
        {"mentions-of-absent", [&] { room.on_receive(0, absent_names + "\n"); }},
        {"slash", [&] { room.on_receive(0, "/\n"); }},
        {"resume-all", come_back},
    };
    const std::string wanted = count == 3 ? words[2] : "";
    const bool is_request = requests.count(wanted) != 0;
    const int times = is_request ? 20 : 1000;  // many, so that what is done now and then has its share
    operations.merge(requests);
    const auto found = operations.find(wanted == "quiet-flush" ? "flush" : wanted);
    if (found == operations.end() || members == 0) {
        std::cerr << "usage: growth MEMBERS OPERATION\noperations: quiet-flush";
        for (const auto& [name, operation] : operations) std::cerr << ' ' << name;
        std::cerr << '\n';
        return 2;
    }
    if (is_request) {
        for (int i = 0; i < 1'023; ++i) (void)room.make_permanent("group" + std::to_string(i));
        for (int i = 0; i < 127; ++i) {
            const std::string group = "group" + std::to_string(8 * i);
            for (const std::uint32_t id : {0u, 1u}) (void)room.join(id, group);
            for (std::size_t n = 0; n <= room.limits().history_messages; ++n) (void)room.say(0, group, text);
            room.flush();
        }
    }
    if (wanted == "say-stamped" || wanted.starts_with("resume")) room.on_receive(1, "/session\n");
    for (const char* group : {"", "all"}) {  // until the histories are full
        for (std::size_t i = 0; i <= room.limits().history_messages; ++i) (void)room.say(0, group, text);
        room.flush();
    }
    for (const auto& member : room.members())
        if (member.connection == 1) resume = "/resume " + minimeta::TokenMint(secret).token_of(member.number) + " ";
    resume += wanted == "resume-all" ? "0" : text_of((*room.history("all"))[room.history("all")->size() - 1].stamp.id);
    resume += "\n";

    room.advance(now = now + minimeta::seconds(60), wall);  // so that no summary is due any more
    room.flush();
    for (int i = 0; i < times; ++i) {
        if (wanted == "flush") (void)room.say(0, text);  // so that there is something to flush
        measured(found->second);
        if (wanted != "flush") room.flush();
        room.advance(now = now + minimeta::seconds(1), wall);  // a member may resume once a second
    }
}
