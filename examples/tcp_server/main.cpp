// A chat server with a console: one room over TCP, for framed clients and, on another port, for unframed ones.
//
// The room runs in a thread of its own, the console in the main thread. Nothing is shared between them but what is posted.
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <future>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "history_file.hpp"
#include "minimeta/minimeta.hpp"
#include "minimeta/net/process.hpp"
#include "minimeta/net/tcp_transport.hpp"
#include "minimeta/protocol/text/phrases_zh.hpp"
#include "options.hpp"

namespace {

using minimeta::Text;
using minimeta::Unframed;

// One write for each line, since both threads print.
void print(std::string line, std::FILE* to = stdout) {
    line += '\n';
    std::fwrite(line.data(), 1, line.size(), to);
    std::fflush(to);
}

// What makes tokens unguessable.
minimeta::SipKey random_secret() {
    std::random_device device;
    const auto word = [&] { return std::uint64_t{device()} << 32 | device(); };
    return {word(), word()};
}

template <minimeta::transport Transport>
class Server {
public:
    explicit Server(const Options& options) : options_(options) {
        room_.offer_sessions(random_secret());
        room_.on_event([this](const minimeta::Event& event) {
            log(event);
            if (!options_.history_file.empty()) keep(event);
        });
    }
    ~Server() { stop(); }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Makes the room what the options say, before it is started for the first time. Prints what is wrong with them.
    bool prepare() {
        for (const std::string& name : options_.groups) {
            const auto refused = room_.make_permanent(name);
            if (!refused) continue;
            print("cannot make a group \"" + name + "\": " + std::string(name_of(*refused)), stderr);
            return false;
        }
        if (options_.history_file.empty()) return true;
        const auto read = HistoryFile::read(options_.history_file, room_);
        if (read.refused != 0)
            print(options_.history_file + ": " + std::to_string(read.refused) + " of its lines were of no use", stderr);
        if (file_.open(options_.history_file)) return true;
        print("cannot write to " + options_.history_file + ": " + std::strerror(errno), stderr);
        return false;
    }

    bool running() const { return thread_.joinable(); }

    /// Listens, and runs the room in a thread. Prints where, or why not.
    bool start() {
        bool good = listen(options_.port, room_.template speaks<Text>());
        if (good && options_.unframed_port) good = listen(*options_.unframed_port, room_.template speaks<Unframed>());
        if (!good) {
            transport_.stop();  // closes the one that may be open already
            transport_.run(room_);
            return false;
        }
        thread_ = std::thread([this] { transport_.run(room_); });
        return true;
    }

    /// Tells the members, closes everything, and waits until that is done, which takes no time.
    void stop() {
        if (!running()) return;
        transport_.post([this] { (void)room_.announce(options_.chinese ? "服务器关闭了。" : "The server stops."); });
        transport_.stop();
        thread_.join();
    }

    /// Who is connected, a line each.
    std::string show() {
        if (!running()) return "the server does not run";
        std::promise<std::string> answer;
        transport_.post([&] {
            std::string lines = std::to_string(room_.connection_count()) + " connected, " +
                                std::to_string(room_.member_count()) + " with a name";
            for (const auto& member : room_.members()) {
                const std::string where =
                    member.connection ? transport_.address(*member.connection) : "connection lost";
                lines.append("\n  ").append(member.name).append("  ").append(where);
            }
            for (const auto& group : room_.groups())
                if (!group.name.empty())
                    lines.append("\n  #")
                        .append(group.name)
                        .append("  members: ")
                        .append(std::to_string(group.members));
            answer.set_value(std::move(lines));
        });
        return answer.get_future().get();
    }

private:
    // Remembers the port that it got, so that it is the same after a stop and a start.
    bool listen(std::uint16_t& port, minimeta::ProtocolIndex protocol) {
        auto listening = transport_.listen(options_.host, port, protocol);
        if (!listening) {
            print("cannot listen on " + listening.error().text(), stderr);
            return false;
        }
        port = listening->port;
        print("listening on " + listening->text());
        return true;
    }

    // In the room's thread, as everything that the room calls.
    void keep(const minimeta::Event& event) {
        const auto* said = minimeta::get_if<minimeta::Said>(&event);
        if (said == nullptr || !is_kept(said->group) || file_.write(*said) || std::exchange(file_broken_, true)) return;
        print("cannot write to " + options_.history_file + " any more; what is said from now on is not kept", stderr);
    }
    // Other groups end with their members, and their history with them.
    bool is_kept(std::string_view group) const {
        return group.empty() ||
               std::any_of(options_.groups.begin(), options_.groups.end(),
                           [&](const std::string& name) { return minimeta::FoldedEqual{}(name, group); });
    }

    // Who comes and goes; never what somebody says.
    void log(const minimeta::Event& event) {
        if (const auto* joined = minimeta::get_if<minimeta::Joined>(&event)) {
            const auto connection = room_.find(joined->name);
            print_if_read(std::string(joined->name) + " joined from " +
                          (connection ? transport_.address(*connection) : ""));
        } else if (const auto* renamed = minimeta::get_if<minimeta::Renamed>(&event)) {
            print_if_read(std::string(renamed->from) + " is now " + std::string(renamed->to));
        } else if (const auto* left = minimeta::get_if<minimeta::Left>(&event)) {
            const std::string why = left->why ? " (" + std::string(name_of(*left->why)) + ")" : "";
            print_if_read(std::string(left->name) + " left" + why);
        } else if (const auto* lost = minimeta::get_if<minimeta::ConnectionLost>(&event)) {
            print_if_read(std::string(lost->name) + " lost the connection");
        } else if (const auto* resumed = minimeta::get_if<minimeta::Resumed>(&event)) {
            const auto connection = room_.find(resumed->name);
            print_if_read(std::string(resumed->name) + " is back from " +
                          (connection ? transport_.address(*connection) : ""));
        }
    }

    // The room does not wait for a log that is not being read (Ctrl-S at the terminal, a pager): its lines are dropped.
    static void print_if_read(std::string line) {
        pollfd output{STDOUT_FILENO, POLLOUT, 0};
        if (poll(&output, 1, 0) != 0) print(std::move(line));
    }

    Options options_;
    const minimeta::Phrases& words_ = options_.chinese ? minimeta::chinese : minimeta::english;
    Transport transport_{{.flush_interval = minimeta::milliseconds(options_.flush_milliseconds)}};
    minimeta::Room<Transport, Text, Unframed> room_{transport_, options_.limits, Text{words_}, Unframed{words_}};
    HistoryFile file_;
    bool file_broken_ = false;
    std::thread thread_;
};

constexpr std::string_view menu =
    "commands:\n"
    "  start   listen and serve\n"
    "  stop    close all connections and stop listening\n"
    "  show    who is connected\n"
    "  help    this menu\n"
    "  quit    stop, and end the program";

// What one line on the console asks for; false for quit.
template <class Transport>
bool obey(Server<Transport>& server, std::string_view line) {
    const std::string_view command = minimeta::trim(line);
    if (command == "quit") return false;
    if (command == "start") {
        if (server.running()) print("the server runs already");
        else (void)server.start();
    } else if (command == "stop") {
        const bool ran = server.running();
        server.stop();
        print(ran ? "stopped" : "the server does not run");
    } else if (command == "show") {
        print(server.show());
    } else if (command == "help") {
        print(std::string(menu));
    } else if (!command.empty()) {
        print("not a command: " + std::string(minimeta::shown_beginning(command, 40)) + "\n" + std::string(menu));
    }
    return true;
}

// Before the next line, which opens descriptors.
const bool streams_are_open = (minimeta::net::open_standard_streams(), true);
minimeta::net::Wakeup interrupted;  // by SIGINT or SIGTERM

// Obeys the console until quit, its end, or a signal.
template <class Transport>
void run_console(Server<Transport>& server, bool serve) {
    std::string typed;
    pollfd watched[] = {{interrupted.descriptor(), POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
    for (;;) {
        if (poll(watched, 2, -1) < 0) continue;  // a signal's handler ran: what it did is seen next
        if (watched[0].revents != 0) return;
        if (watched[1].revents == 0) continue;
        char bytes[1024];
        const ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
        if (got <= 0) {
            if (!serve) return;
            watched[1].fd = -1;  // nothing more comes from there
            continue;
        }
        typed.append(bytes, static_cast<std::size_t>(got));
        for (std::size_t end; (end = typed.find('\n')) != typed.npos; typed.erase(0, end + 1))
            if (!obey(server, std::string_view(typed).substr(0, end))) return;
    }
}

// The whole program, but for its command line. Returns the exit status.
template <class Transport>
int run(const Options& options) {
    Server<Transport> server(options);
    if (!server.prepare()) return 1;
    if (options.serve && !server.start()) return 1;
    if (!options.serve) print(std::string(menu));
    run_console(server, options.serve);
    return 0;
}

}  // namespace

int main(int count, char** words) {
    std::string wrong;
    const auto options = parse_options(count, words, wrong);
    if (!options) {
        print("tcp_server: " + wrong + "\n" + std::string(usage), stderr);
        return 2;
    }
    if (options->help) {
        print(std::string(usage));
        return 0;
    }
    signal(SIGPIPE, SIG_IGN);  // a log that nobody reads any more is no reason to end
    signal(SIGINT, [](int) { interrupted.notify(); });
    signal(SIGTERM, [](int) { interrupted.notify(); });

#if MINIMETA_HAS_EPOLL
    if (options->epoll) {
        minimeta::net::raise_descriptor_limit();
        return run<minimeta::EpollTransport>(*options);
    }
#endif
    return run<minimeta::SelectTransport>(*options);
}
