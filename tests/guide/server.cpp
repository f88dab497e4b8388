// A chat server. Talk to it with tcp_client, or with nc.
#include <iostream>

#include "minimeta/minimeta.hpp"
#include "minimeta/net/tcp_transport.hpp"

int main() {
    minimeta::SelectTransport transport;
    minimeta::Room room{transport};

    auto listening = transport.listen("127.0.0.1", 5000);
    if (!listening) {
        std::cerr << listening.error().text() << '\n';
        return 1;
    }
    std::cout << "listening on " << listening->text() << std::endl;
    transport.run(room);
}
