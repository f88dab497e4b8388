// ws_echo --port P: a WebSocket server that sends each message back, for conformance suites. Messages may have 16 MiB. It prints
// where it listens, and ends with SIGTERM.
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "minimeta/base/parse_number.hpp"
#include "minimeta/bytes.hpp"
#include "minimeta/net/tcp_transport.hpp"
#include "minimeta/protocol/http/answer.hpp"
#include "minimeta/protocol/http/head_assembler.hpp"
#include "minimeta/protocol/http/request_head.hpp"
#include "minimeta/protocol/websocket/frame.hpp"
#include "minimeta/protocol/websocket/handshake.hpp"
#include "minimeta/protocol/websocket/reader.hpp"

namespace {

namespace ws = minimeta::websocket;

using Transport = minimeta::SelectTransport;
using Id = Transport::connection_id;

// What the transport drives: no room, and no members.
class Echo {
public:
    explicit Echo(Transport& transport) : transport_(transport) {}

    void advance(minimeta::Time, minimeta::WallTime) {}
    void flush() {}
    static std::optional<minimeta::Time> next_deadline() { return {}; }
    static minimeta::Bytes refusal(minimeta::Errc, minimeta::ProtocolIndex) { return {}; }

    void on_open(Id id, minimeta::ProtocolIndex) { connections_[id]; }
    void on_close(Id id) { connections_.erase(id); }

    std::optional<minimeta::Time> on_receive(Id id, std::string_view bytes) {
        Connection& connection = connections_[id];
        if (!connection.upgraded && !take_head(id, connection, bytes)) return {};
        while (const auto message = connection.reader.next(bytes, most_bytes)) answer(id, *message);
        return {};
    }

private:
    static constexpr std::size_t most_bytes = std::size_t{16} << 20;

    struct Connection {
        minimeta::http::HeadAssembler head;
        bool upgraded = false, closing = false;
        ws::Reader reader;
    };

    // Whether the handshake is done; what is behind its head is left.
    bool take_head(Id id, Connection& connection, std::string_view& bytes) {
        using Progress = minimeta::http::HeadAssembler::Progress;
        if (connection.closing) return false;
        const Progress progress = connection.head.take(bytes);
        if (progress == Progress::begun) return false;
        ws::Handshake answer{false, minimeta::http::closing_answer("400 Bad Request")};
        minimeta::http::RequestHead head;
        if (progress == Progress::complete && head.parse(connection.head.head()) && ws::asks_for_upgrade(head))
            answer = ws::shake_hands(head);
        send(id, answer.answer);
        connection.upgraded = answer.accepted;
        if (!answer.accepted) close(id, connection);
        return answer.accepted;
    }

    void answer(Id id, const ws::Reader::Message& message) {
        switch (message.opcode) {
            case ws::Opcode::ping: return send(id, ws::Opcode::pong, message.bytes);
            case ws::Opcode::close:
                send(id, message.broken ? ws::close_frame(*message.broken) : ws::close_frame(message.code));
                return close(id, connections_[id]);
            case ws::Opcode::text:
            case ws::Opcode::binary: return send(id, message.opcode, message.bytes);
            case ws::Opcode::continuation:
            case ws::Opcode::pong: return;
        }
    }

    void close(Id id, Connection& connection) {
        connection.closing = true;
        transport_.close(id);
    }
    void send(Id id, ws::Opcode opcode, std::string_view payload) {
        send(id, std::string(ws::FrameHeader(opcode, payload.size())).append(payload));
    }
    void send(Id id, std::string_view bytes) { transport_.send(id, minimeta::Bytes::copy(bytes)); }

    Transport& transport_;
    std::unordered_map<Id, Connection> connections_;
};

Transport transport;

}  // namespace

int main(int count, char** arguments) {
    std::uint16_t port = 0;
    if (count != 3 || std::string_view(arguments[1]) != "--port" || !minimeta::parse_number(arguments[2], port)) {
        std::cerr << "usage: ws_echo --port P\n";
        return 2;
    }
    for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, [](int) { transport.stop(); });
    const auto listening = transport.listen("127.0.0.1", port);
    if (!listening) {
        std::cerr << "cannot listen on " << listening.error().text() << '\n';
        return 1;
    }
    std::cout << "listening on " << listening->text() << std::endl;
    Echo echo{transport};
    transport.run(echo);
}
