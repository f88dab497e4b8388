// The smallest transport: it prints what each connection is sent.
#include <iostream>
#include <vector>

#include "minimeta/minimeta.hpp"

struct Printer {
    using connection_id = int;

    void send(int id, const minimeta::Bytes& bytes) { std::cout << "to " << id << ":\n" << bytes.view(); }
    void close(int id) { closing.push_back(id); }  // reported later, never from in here

    std::vector<int> closing;
};

static_assert(minimeta::transport<Printer>);

int main() {
    Printer printer;
    minimeta::Room room{printer};

    room.on_open(1);
    room.on_open(2);
    room.on_receive(1, "name:lily\n");
    room.on_receive(2, "name:bob\nhel");
    room.on_receive(2, "lo\n/quit\n");
    room.flush();

    for (const int id : printer.closing) room.on_close(id);
    room.flush();
}
