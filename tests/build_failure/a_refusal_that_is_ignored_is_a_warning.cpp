// expect: ignoring return value
#include "minimeta/minimeta.hpp"

int main() {
    minimeta::MemoryTransport transport;
    minimeta::Room room(transport);
#ifdef MINIMETA_CONTROL
    (void)room.announce("hello");
#else
    room.announce("hello");
#endif
}
