// Server: one room over TCP, in a thread of its own, that can be started and stopped again.
//
// While that thread runs, only the hook and functions posted to the thread touch the room.
#pragma once

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <future>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "event_log.hpp"
#include "history_file.hpp"
#include "minimeta/minimeta.hpp"
#include "minimeta/net/random.hpp"
#include "minimeta/net/tcp_transport.hpp"
#include "minimeta/protocol/text/phrases_zh.hpp"
#include "options.hpp"
#include "print.hpp"

namespace tcp_server {

template <minimeta::transport Transport>
class Server {
public:
    explicit Server(const Options& options) : options_(options) {
        room_.offer_sessions(minimeta::net::random_key());
        room_.on_event([this](const minimeta::Event& event) {
            log(event);
            if (!options_.history_file.empty()) keep(event);
        });
        transport_.on_turned_away([](const auto& turned_away) { print_or_drop(log_line(turned_away)); });
    }
    ~Server() { stop(); }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Creates the groups and reads the history file that the options name. Call it once, before the first start.
    /// Returns false, and prints why, if that fails.
    bool prepare() {
        for (const std::string& name : options_.groups) {
            const auto refused = room_.make_permanent(name);
            if (!refused) continue;
            print("cannot make a group \"" + name + "\": " + std::string(name_of(*refused)), stderr);
            return false;
        }
        if (options_.history_file.empty()) return true;
        if (!file_.open(options_.history_file)) {
            const std::string why = errno == EWOULDBLOCK ? "another server uses it" : std::strerror(errno);
            print("cannot write to " + options_.history_file + ": " + why, stderr);
            return false;
        }
        const auto read = file_.read(room_);
        if (read.refused != 0)
            print(options_.history_file + ": " + std::to_string(read.refused) +
                      " of its lines were of no use, the first is line " + std::to_string(read.first_refused),
                  stderr);
        return true;
    }

    bool running() const { return thread_.joinable(); }

    /// Listens, and runs the room in a new thread. Prints the address, or why it cannot listen and returns false.
    bool start() {
        bool good = listen(options_.port, room_.template speaks<minimeta::Text>());
        if (good && options_.unframed_port)
            good = listen(*options_.unframed_port, room_.template speaks<minimeta::Unframed>());
        if (!good) {
            transport_.stop();  // this run only closes the listener that is open already, if any
            transport_.run(room_);
            return false;
        }
        thread_ = std::thread([this] { transport_.run(room_); });
        return true;
    }

    /// Announces the end to the members, closes all connections, and waits for the thread to end, which is quick.
    void stop() {
        if (!running()) return;
        transport_.post([this] { (void)room_.announce(options_.chinese ? "服务器关闭了。" : "The server stops."); });
        transport_.stop();
        thread_.join();
    }

    /// Lists the members with their addresses, and the groups with their sizes, a line each.
    std::string show() {
        if (!running()) return "the server does not run";
        std::promise<std::string> answer;
        transport_.post([&] { answer.set_value(list()); });
        return answer.get_future().get();
    }

private:
    // Keeps the port that the system assigned, so that it is the same after a stop and a start.
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

    // ---- In the room's thread

    std::string list() const {
        std::string lines = std::to_string(room_.connection_count()) + " connected, " +
                            std::to_string(room_.member_count()) + " with a name";
        for (const auto& member : room_.members()) {
            const std::string where = member.connection ? transport_.address(*member.connection) : "connection lost";
            lines.append("\n  ").append(member.name).append("  ").append(where);
        }
        for (const auto& group : room_.groups())
            if (!group.name.empty())
                lines.append("\n  #").append(group.name).append("  members: ").append(std::to_string(group.members));
        return lines;
    }

    void log(const minimeta::Event& event) {
        const std::string line = log_line(event, [this](std::string_view name) {
            const auto connection = room_.find(name);
            return connection ? transport_.address(*connection) : std::string();
        });
        if (!line.empty()) print_or_drop(line);  // the room must not wait for a reader of the log
    }

    // Tells when the file cannot be written any more, and when it can again.
    void keep(const minimeta::Event& event) {
        const auto* said = minimeta::get_if<minimeta::Said>(&event);
        if (said == nullptr || !is_kept(said->group)) return;
        const bool written = file_.write(*said);
        if (written != std::exchange(file_works_, written)) {
            const std::string why = written ? "" : std::string(" (") + std::strerror(errno) + ")";
            print(options_.history_file +
                      (written ? " can be written again" : " cannot be written; what is said is not kept") + why,
                  stderr);
        }
    }

    // The lobby and the groups of the options are kept; other groups end with their last member, as their history does.
    bool is_kept(std::string_view group) const {
        return group.empty() ||
               std::any_of(options_.groups.begin(), options_.groups.end(),
                           [&](const std::string& name) { return minimeta::FoldedEqual{}(name, group); });
    }

    Options options_;
    const minimeta::Phrases& words_ = options_.chinese ? minimeta::chinese : minimeta::english;
    Transport transport_{
        {.flush_interval = minimeta::milliseconds(options_.flush_milliseconds), .addresses = options_.addresses}};
    minimeta::Room<Transport, minimeta::Text, minimeta::Unframed> room_{
        transport_, options_.limits, minimeta::Text{words_}, minimeta::Unframed{words_}};
    HistoryFile file_;
    bool file_works_ = true;
    std::thread thread_;
};

}  // namespace tcp_server
