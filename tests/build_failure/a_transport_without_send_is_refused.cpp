// expect: satisf[a-z]+ .*transport
// expect: t\.send\(id, bytes\)
#include "minimeta/minimeta.hpp"

struct Mute {
    using connection_id = int;
#ifdef MINIMETA_CONTROL
    void send(int, const minimeta::Bytes&) {}
#endif
    void close(int) {}
};

int main() {
    Mute transport;
    minimeta::Room<Mute> room(transport);
}
