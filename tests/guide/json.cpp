// A program that speaks JSON in a room in which lily types: what goes over its connection.
#include <iostream>
#include <sstream>
#include <string>

#include "minimeta/minimeta.hpp"
#include "minimeta/protocol/json.hpp"

int main() {
    minimeta::MemoryTransport transport;
    minimeta::Room room{transport, {}, minimeta::Text{}, minimeta::Json{}};
    room.advance({}, minimeta::WallTime{1'795'442'602'250'000'000});  // or the messages had no time
    room.offer_sessions({1, 2});                                      // and is random in a real program

    const auto lily = transport.open(room), robot = transport.open(room, room.speaks<minimeta::Json>());
    const auto show = [&] {
        transport.settle(room);
        std::istringstream read(transport.take(robot));
        for (std::string line; std::getline(read, line);) std::cout << "< " << line << '\n';
    };
    const auto does = [&](const std::string& line) {
        std::cout << "> " << line << '\n';
        transport.send_to(room, robot, line + '\n');
        show();
    };
    show();
    does(R"({"type":"name","name":"robot","request":1})");
    does(R"({"type":"session","request":2})");
    transport.send_to(room, lily, "name:lily\n/join #tea\n#tea is anybody there?\nhello, @robot\n");
    show();
    does(R"({"type":"join","group":"tea","request":3})");
    does(R"({"type":"history","group":"tea","request":4})");
    does(R"({"type":"say","group":"tea","text":"A program is.","request":5})");
    does(R"({"type":"whisper","to":["lily","bob"],"text":"psst","request":6})");
    does(R"({"type":"who","group":"tea","request":7})");
    does(R"({"type":"dance"})");
    does(R"({"type":"quit"})");
}
