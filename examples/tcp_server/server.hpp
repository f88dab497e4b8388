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
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "chat_page.hpp"
#include "event_log.hpp"
#include "history_file.hpp"
#include "minimeta/minimeta.hpp"
#include "minimeta/net/random.hpp"
#include "minimeta/net/tcp_transport.hpp"
#include "minimeta/protocol/doors.hpp"
#include "minimeta/protocol/http.hpp"
#include "minimeta/protocol/irc.hpp"
#include "minimeta/protocol/json.hpp"
#include "minimeta/protocol/text/phrases_zh.hpp"
#include "operators.hpp"
#include "options.hpp"
#include "orders.hpp"
#include "print.hpp"
#include "prometheus.hpp"

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
        if (!options_.operators_file.empty()) admit_operators();
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
        if (!options_.operators_file.empty() && !operators_.read(options_.operators_file)) {
            print("there is no operator in " + options_.operators_file, stderr);
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
        bool good = listen(options_.port, room_.template speaks<Front>());
        if (good && !options_.no_web)
            print("in a browser: http://" + browsers_host() + ":" + std::to_string(options_.port) + "/");
        if (auto& port = options_.unframed_port; port)
            good = good && listen(*port, room_.template speaks<minimeta::Unframed>());
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

    /// Lists the members with their addresses, the groups with their sizes, and what was done, a line each.
    std::string show() {
        return running() ? in_room([this] { return list(); }) : not_running;
    }

    /// Lists the groups with their sizes and topics, a line each.
    std::string groups() {
        return running() ? in_room([this] { return list_groups(); }) : not_running;
    }

    /// Carries out an order of the operator, also while the server does not run, and returns its outcome; nothing if there is
    /// no such order.
    std::optional<std::string> order(std::string_view line) {
        const std::string_view word = minimeta::take_word(line);
        return in_room([&] { return Orders(room_).carry_out(word, line); });
    }

    /// Whether the metrics are written to a file.
    [[nodiscard]] bool exports() const { return !options_.metrics_file.empty(); }

    /// Writes them. Tells when that fails, and when it succeeds again.
    void write_metrics() {
        if (!running()) return;
        const std::string text = in_room([this] { return prometheus_text(room_.metrics()); });
        tell_change(options_.metrics_file, replace_file(options_.metrics_file, text), metrics_work_, "");
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

    // How a browser on this machine reaches the server.
    std::string browsers_host() const {
        if (options_.host.empty() || options_.host == "0.0.0.0" || options_.host == "::") return "localhost";
        return options_.host.find(':') == options_.host.npos ? options_.host : "[" + options_.host + "]";
    }

    // Has the room's thread do something, if there is one, and returns what that returns.
    template <class Act>
    std::invoke_result_t<Act&> in_room(Act&& act) {
        if (!running()) return act();
        std::promise<std::invoke_result_t<Act&>> answer;
        transport_.post([&] { answer.set_value(act()); });
        return answer.get_future().get();
    }

    // Tells when a file cannot be written any more, and what follows from that; and when it can again. errno says why.
    static void tell_change(const std::string& file, bool written, bool& worked, const std::string& consequence) {
        const int error = errno;
        if (written == std::exchange(worked, written)) return;
        if (written) print(file + " can be written again", stderr);
        else print(file + " cannot be written" + consequence + " (" + std::strerror(error) + ")", stderr);
    }

    // ---- In the room's thread

    // /login is a command of this program's own. Whose secret it was is known later.
    void admit_operators() {
        (void)room_.describe_command("/login secret", options_.chinese ? "成为管理员" : "become an operator");
        room_.on_request([this](const auto& request) {
            using minimeta::Verdict;
            const auto* custom = minimeta::get_if<minimeta::Custom>(&request.command);
            if (custom == nullptr || !minimeta::is_keyword(custom->word, "login")) return Verdict::allow();
            if (!request.number) return Verdict::refuse(minimeta::Errc::name_required);
            if (!operators_.prove(request.number, custom->rest)) return Verdict::refuse(minimeta::Errc::too_fast);
            return Verdict::done();
        });
    }
    void on_proved(minimeta::MemberNumber number, const std::string& account) {
        if (account.empty()) {
            print_or_drop(std::string(room_.name(number)) + " failed to log in");
            (void)room_.tell(number, options_.chinese ? "口令不对。" : "That is not the secret.");
        } else if (!room_.identify(number, account)) {
            print_or_drop(std::string(room_.name(number)) + " is operator " + account);
            (void)room_.set_role({}, number, minimeta::Role::op);
        }
    }

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
        const minimeta::Metrics metrics = room_.metrics();
        std::uint64_t refused = 0;
        for (const std::uint64_t each : metrics.refused) refused += each;
        const auto count = [&lines](const char* what, std::uint64_t value) {
            lines.append(what).append(std::to_string(value));
        };
        count("\nsince the start: connections ", metrics.opened);
        count(", said ", metrics.said);
        count(", in private ", metrics.whispered);
        count(", delivered ", metrics.deliveries);
        count(", bytes ", metrics.bytes);
        count(", refused ", refused);
        count(", too slow ", metrics.slow);
        count(", resumed ", metrics.resumed);
        return lines;
    }

    std::string list_groups() const {
        std::string lines;
        for (const auto& group : room_.groups()) {
            lines.append(lines.empty() ? "  " : "\n  ");
            lines.append(group.name.empty() ? "the lobby" : "#" + std::string(group.name));
            lines.append("  members: ").append(std::to_string(group.members));
            if (const auto topic = room_.topic(group.name); !topic.empty()) lines.append("  topic: ").append(topic);
        }
        return lines;
    }

    void log(const minimeta::Event& event) {
        const std::string line = log_line(event, [this](std::string_view name) {
            const auto connection = room_.find(name);
            return connection ? transport_.address(*connection) : std::string();
        });
        if (!line.empty()) print_or_drop(line);  // the room must not wait for a reader of the log
    }

    void keep(const minimeta::Event& event) {
        const auto* said = minimeta::get_if<minimeta::Said>(&event);
        if (said == nullptr || !is_kept(said->group)) return;
        tell_change(options_.history_file, file_.write(*said), file_works_, "; what is said is not kept");
    }

    // The lobby and the groups of the options are kept; other groups end with their last member, as their history does.
    bool is_kept(std::string_view group) const {
        return group.empty() ||
               std::any_of(options_.groups.begin(), options_.groups.end(),
                           [&](const std::string& name) { return minimeta::FoldedEqual{}(name, group); });
    }

    // What a browser gets.
    std::vector<minimeta::http::File> files() const {
        if (options_.no_web) return {};
        return {{"/", "text/html; charset=utf-8", std::string(web::chat_page)}};
    }

    static constexpr const char* not_running = "the server does not run";

    Options options_;
    const minimeta::Phrases& words_ = options_.chinese ? minimeta::chinese : minimeta::english;
    Transport transport_{
        {.flush_interval = minimeta::milliseconds(options_.flush_milliseconds), .addresses = options_.addresses}};
    using Web = minimeta::Http<minimeta::Json>;
    using Front = minimeta::Doors<Web, minimeta::Irc, minimeta::Json, minimeta::Text>;
    minimeta::Room<Transport, Front, minimeta::Unframed> room_{
        transport_, options_.limits,
        Front{Web{files(), options_.pages}, minimeta::Irc{options_.irc}, minimeta::Json{}, minimeta::Text{words_}},
        minimeta::Unframed{words_}};
    HistoryFile file_;
    bool file_works_ = true;
    bool metrics_work_ = true;
    Operators operators_{[this](minimeta::MemberNumber number, const std::string& account) {
        transport_.post([=, this] { on_proved(number, account); });
    }};  // its thread ends before the room does
    std::thread thread_;
};

}  // namespace tcp_server
