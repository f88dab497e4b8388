// All that a consumer writes: a room, without a network. Its status says whether a member could come in.
#include <minimeta/minimeta.hpp>

int main() {
    minimeta::MemoryTransport transport;
    minimeta::Room room{transport};

    const auto lily = transport.open(room);
    transport.send_to(room, lily, "name:lily\n");
    transport.settle(room);
    return room.members().size() == 1 && !transport.take(lily).empty() ? 0 : 1;
}
