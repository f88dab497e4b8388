// A small protocol, for programs: each line is a letter and what belongs to it.
#include <cstddef>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "minimeta/minimeta.hpp"

class Letters {
public:
    struct decoder {  // what is kept of each connection
        std::string begun;
        bool greeted = false;
    };

    void use(const minimeta::Limits& limits) { line_bytes_ = limits.line_bytes; }

    std::optional<minimeta::Command> decode(decoder& state, std::string_view& fed) {
        if (!std::exchange(state.greeted, true)) return minimeta::Greet{};
        const std::size_t end = fed.find('\n');
        state.begun += fed.substr(0, end);
        fed.remove_prefix(end == fed.npos ? fed.size() : end + 1);
        if (state.begun.size() > line_bytes_) {  // what follows counts as another line; Text skips it
            state.begun = {};
            return minimeta::Malformed{minimeta::Errc::line_too_long};
        }
        if (end == fed.npos) return {};  // not yet
        line_ = std::exchange(state.begun, {});
        std::string_view rest = line_;
        const std::string_view letter = rest.substr(0, 2);
        rest.remove_prefix(letter.size());
        if (letter == "N ") return minimeta::SetName{rest};
        if (letter == "S ") return minimeta::Say{rest};
        return minimeta::Malformed{minimeta::Errc::unknown_command, letter};
    }

    void encode(minimeta::ByteLog& log, const minimeta::Event& event) {
        if (const auto* joined = minimeta::get_if<minimeta::Joined>(&event)) log.append("J ", joined->name, "\n");
        if (const auto* said = minimeta::get_if<minimeta::Said>(&event))
            log.append("S ", said->from, " ", said->text, "\n");
        if (const auto* left = minimeta::get_if<minimeta::Left>(&event)) log.append("L ", left->name, "\n");
    }
    void encode(minimeta::ByteLog& log, const minimeta::Reply& reply, std::string_view) {
        if (minimeta::holds_alternative<minimeta::Welcome>(reply)) log.append("OK\n");
        if (const auto* refused = minimeta::get_if<minimeta::Refused>(&reply))
            log.append("E ", name_of(refused->why), "\n");
    }

private:
    std::size_t line_bytes_ = minimeta::Limits{}.line_bytes;
    std::string line_;  // the views in a command point into it, until the next decode
};

static_assert(minimeta::protocol<Letters>);

int main() {
    minimeta::MemoryTransport transport;
    minimeta::Room room{transport, {}, minimeta::Text{}, Letters{}};

    const auto lily = transport.open(room, room.speaks<minimeta::Text>());
    const auto robot = transport.open(room, room.speaks<Letters>());
    transport.send_to(room, lily, "name:lily\n");
    transport.send_to(room, robot, "N lily\nN robot\nS beep\n");
    transport.send_to(room, lily, "hello, robot\n");
    transport.settle(room);

    std::cout << "What lily reads:\n" << transport.take(lily) << "\nWhat the robot reads:\n" << transport.take(robot);
}
