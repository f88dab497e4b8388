// expect: satisfy 'protocol'|protocol<Protocols>
// expect: Speechless
#include "minimeta/minimeta.hpp"

struct Speechless {
    struct decoder {};
    std::optional<minimeta::Command> decode(decoder&, std::string_view& fed) {
        fed = {};
        return std::nullopt;
    }
#ifdef MINIMETA_CONTROL
    void encode(minimeta::ByteLog&, const minimeta::Event&) {}
    void encode(minimeta::ByteLog&, const minimeta::Reply&, std::string_view) {}
#endif
};

struct Nowhere {
    using connection_id = int;
    void send(int, const minimeta::Bytes&) {}
    void close(int) {}
};

int main() {
    Nowhere transport;
    minimeta::Room<Nowhere, Speechless> room(transport);
}
