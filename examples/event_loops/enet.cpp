// A chat room in a game server over ENet: reliable UDP, and a service loop. A packet carries a line, or several.
//
//     enet_loop 5000         listens on 127.0.0.1:5000 (UDP), until Ctrl-C
#include <enet/enet.h>

#include <algorithm>
#include <csignal>
#include <iostream>
#include <memory>
#include <string_view>

#include "connections.hpp"
#include "minimeta/minimeta.hpp"

namespace {

volatile std::sig_atomic_t ended = 0;

// ENet keeps each packet until its peer has acknowledged it.
struct Connection {
    void write(std::string_view bytes) {
        ENetPacket* packet = enet_packet_create(bytes.data(), bytes.size(), ENET_PACKET_FLAG_RELIABLE);
        packet->userData = this;
        packet->freeCallback = [](ENetPacket* done) {
            static_cast<Connection*>(done->userData)->unacknowledged -= done->dataLength;
        };
        unacknowledged += bytes.size();
        if (enet_peer_send(peer, 0, packet) != 0) enet_packet_destroy(packet);
    }
    void close() { enet_peer_disconnect_later(peer, 0); }  // behind what was written
    [[nodiscard]] std::size_t backlog() const { return unacknowledged; }

    ENetPeer* peer;
    std::size_t unacknowledged = 0;
};

class Server {
public:
    explicit Server(ENetHost* host) : host_(host) {}
    ~Server() { enet_host_destroy(host_); }  // while the connections of its packets are there

    // Whatever is ready, and then one flush.
    void turn() {
        ENetEvent event;
        int ready = enet_host_service(host_, &event, milliseconds_to_wait());
        room_.advance(now(), wall_time());
        for (; ready > 0; ready = enet_host_check_events(host_, &event)) on(event);
        room_.flush();
        enet_host_flush(host_);
    }

    void disconnect_all() {
        for (const auto& [id, connection] : connections_.all()) enet_peer_disconnect_now(connection->peer, 0);
    }

private:
    void on(const ENetEvent& event) {
        const Id id = reinterpret_cast<std::uintptr_t>(event.peer->data);
        switch (event.type) {
            case ENET_EVENT_TYPE_CONNECT:
                event.peer->data = reinterpret_cast<void*>(static_cast<std::uintptr_t>(++last_));
                connections_.add(last_, std::make_shared<Connection>(Connection{event.peer}));
                return room_.on_open(last_);
            case ENET_EVENT_TYPE_RECEIVE:
                // What is above Limits::messages_per_second is dropped: ENet cannot be told to read less.
                (void)room_.on_receive(id, {reinterpret_cast<char*>(event.packet->data), event.packet->dataLength});
                return enet_packet_destroy(event.packet);
            case ENET_EVENT_TYPE_DISCONNECT:  // also of a peer that does not answer any more
                room_.on_close(id);
                return connections_.remove(id);
            case ENET_EVENT_TYPE_NONE: return;
        }
    }

    [[nodiscard]] enet_uint32 milliseconds_to_wait() const {
        const auto due = room_.next_deadline();
        return static_cast<enet_uint32>(due ? std::min(milliseconds_until(*due), 1'000) : 1'000);
    }

    ENetHost* host_;
    Id last_ = 0;
    Connections<Connection> connections_;
    minimeta::Room<Connections<Connection>> room_{connections_};
};

}  // namespace

int main(int count, char** arguments) {
    enet_initialize();
    ENetAddress address{ENET_HOST_TO_NET_32(INADDR_LOOPBACK), port_in(count, arguments)};
    ENetHost* host = enet_host_create(&address, 1'000, 1, 0, 0);
    if (host == nullptr) {
        std::cerr << "cannot listen on port " << address.port << '\n';
        return 1;
    }
    enet_socket_get_address(host->socket, &address);
    std::cout << "listening on 127.0.0.1:" << address.port << std::endl;
    for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, [](int) { ended = 1; });

    Server server(host);
    while (!ended) server.turn();
    server.disconnect_all();
}
