// A chat room in a Qt program. Slots take the room from a CallbackDriver, which ends the turn behind the last of them.
//
//     qt_loop 5000           listens on 127.0.0.1:5000, until Ctrl-C
#include <unistd.h>

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <csignal>
#include <iostream>
#include <memory>
#include <optional>
#include <string_view>

#include "connections.hpp"
#include "minimeta/driver/callback_driver.hpp"
#include "minimeta/minimeta.hpp"

namespace {

// A QTcpSocket keeps what is written until the kernel takes it, also when it is to disconnect.
struct Connection {
    void write(const minimeta::Bytes& bytes) {
        if (socket->isOpen()) socket->write(bytes.data(), static_cast<qint64>(bytes.size()));
    }
    void close() {
        // Not at once, since that may call us back. And a peer that does not read must not stay for ever.
        QTimer::singleShot(0, socket, &QTcpSocket::disconnectFromHost);
        QTimer::singleShot(2'000, socket, &QTcpSocket::abort);
    }
    [[nodiscard]] std::size_t backlog() const { return static_cast<std::size_t>(socket->bytesToWrite()); }

    QTcpSocket* socket;
    bool paused = false;
};
using Pointer = std::shared_ptr<Connection>;

class Server : public QTcpServer {
public:
    Server() {
        timer_.setSingleShot(true);
        QObject::connect(&timer_, &QTimer::timeout, [this] { driver_.on_timer(); });
        QObject::connect(this, &QTcpServer::newConnection, [this] {
            while (QTcpSocket* socket = nextPendingConnection()) admit(++last_, socket);
        });
    }
    ~Server() override {
        for (const auto& [id, connection] : connections_.all()) connection->socket->abort();  // and they leave
    }

private:
    void admit(Id id, QTcpSocket* socket) {
        const auto connection = std::make_shared<Connection>(Connection{socket});
        connections_.add(id, connection);
        socket->setReadBufferSize(4'096);  // what the room does not read stays with the peer
        QObject::connect(socket, &QTcpSocket::readyRead, this, [this, id, connection] { read(id, connection); });
        QObject::connect(socket, &QTcpSocket::disconnected, this, [this, id, socket] {
            driver_.wake().on_close(id);
            connections_.remove(id);
            socket->deleteLater();
        });
        driver_.wake().on_open(id);
    }

    void read(Id id, const Pointer& c) {
        if (c->paused) return;
        const QByteArray bytes = c->socket->readAll();
        const auto calm = driver_.wake().on_receive(id, {bytes.data(), static_cast<std::size_t>(bytes.size())});
        if (!calm) return;
        c->paused = true;
        QTimer::singleShot(milliseconds_until(*calm), c->socket, [this, id, c] {
            c->paused = false;
            read(id, c);
        });
    }

    void arm(std::optional<minimeta::Time> due) { due ? timer_.start(milliseconds_until(*due)) : timer_.stop(); }

    QTimer timer_;
    Id last_ = 0;
    Connections<Connection> connections_;
    minimeta::Room<Connections<Connection>> room_{connections_};
    minimeta::CallbackDriver<decltype(room_)> driver_{
        room_,
        {.now = now,
         .wall_time = wall_time,
         .defer = [this] { QTimer::singleShot(0, [this] { driver_.end_turn(); }); },
         .arm = [this](std::optional<minimeta::Time> due) { arm(due); }}};
};

int signalled[2];  // a pipe, to which a signal handler may write

}  // namespace

int main(int count, char** arguments) {
    QCoreApplication application(count, arguments);
    Server server;
    if (!server.listen(QHostAddress::LocalHost, port_in(count, arguments))) {
        std::cerr << "cannot listen: " << server.errorString().toStdString() << '\n';
        return 1;
    }
    std::cout << "listening on 127.0.0.1:" << server.serverPort() << std::endl;

    if (pipe(signalled) != 0) return 1;
    QSocketNotifier notifier(signalled[0], QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, &application, &QCoreApplication::quit);
    for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, [](int) { (void)!write(signalled[1], "", 1); });
    return application.exec();
}
