// A whole room: connections of both protocols, a program that calls it between turns and from within its hook, clocks that
// jump, sends that fail, peers that stall, and any bytes. What a peer reads are whole lines that can be shown; what is
// private is read by its sender and recipients only, what is said in a group by those who have been in it; every connection and
// every member goes.
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/input.hpp"
#include "minimeta/base/siphash.hpp"
#include "minimeta/base/utf8.hpp"
#include "minimeta/minimeta.hpp"

using namespace minimeta;

namespace {

Limits limits_of(Input& input) {
    Limits limits{.connections = 6, .line_bytes = 200, .recipients = 3, .backlog_bytes = 5'000, .groups = 4};
    limits.messages_per_second = input.below(2) == 0 ? 0 : 3;
    limits.history_messages = 7 * input.below(5);
    limits.private_history_messages = 5 * input.below(4);
    limits.noticed_members = input.below(4);
    limits.recent_messages = input.below(3);
    limits.idle_seconds = input.below(2) == 0 ? 0 : 30;
    limits.resume_seconds = input.below(2) == 0 ? 0 : 60;
    return limits;
}

class Fuzzed {
public:
    using Id = MemoryTransport::connection_id;

    explicit Fuzzed(Input& input) : input_(input), room_(transport_, limits_of(input), Text{}, Unframed{}) {
        room_.offer_sessions({7, 7});
        room_.on_event([this](const Event& event) { on_event(event); });
        passes(0);
        if (input_.below(4) == 0) return;
        for (const char* line : {"name:lily\n", "name:bob\n", "name:eve\n"}) {  // as hardly any bytes would
            open();
            transport_.send_to(room_, opened_ - 1, line);
        }
    }

    void step() {
        switch (input_.below(12)) {
            case 0: return open();
            case 1: return transport_.hang_up(room_, connection());
            case 2: return passes(static_cast<std::int64_t>(input_.below(256)) * 300);
            case 3: return settle();
            case 4: return transport_.fail_after(input_.below(8));
            case 5: return transport_.stall(connection(), input_.below(2) == 0);
            case 6: return call();
            case 7: return transport_.send_to(room_, connection(), "/resume " + token_ + " 0\n");
            case 8: return transport_.send_to(room_, connection(), "/msg " + name() + " " + secret() + "\n");
            case 9: return transport_.send_to(room_, connection(), known_line() + "\n");
            default: return transport_.send_to(room_, connection(), input_.bytes(60));
        }
    }

    void end() {
        input_.rest();
        for (Id id = 0; id < opened_; ++id) {
            transport_.stall(id, false);
            transport_.hang_up(room_, id);
        }
        settle();
        check(room_.connection_count() == 0, "every connection is gone");
        passes(100'000);
        check(room_.member_count() == 0, "every member is gone");
        settle();
    }

private:
    void open() {
        if (opened_ == 40) return;
        (void)transport_.open(room_, input_.below(3) == 0 ? room_.speaks<Unframed>() : room_.speaks<Text>());
        ++opened_;
        check(room_.connection_count() <= room_.limits().connections, "there are no more connections than may be");
    }
    Id connection() {
        if (opened_ == 0) open();
        return input_.below(opened_);
    }
    void passes(std::int64_t milliseconds_more) {
        now_ = now_ + milliseconds(milliseconds_more);
        room_.advance(now_, {static_cast<std::int64_t>(input_.below(256)) * 1'000'000'000'000'000});
        if (const auto due = room_.next_deadline()) check(*due > now_, "what was due is done");
    }

    std::string name() { return input_.of(std::vector<std::string>{"lily", "LILY", "bob", "李雷", "eve", "nobody"}); }
    std::string group() { return input_.of(std::vector<std::string>{"", "dev", "Dev", "茶", "lobby", "x"}); }
    std::string known_line() {
        switch (input_.below(12)) {
            case 0: return "name:" + name();
            case 1: return "/session";
            case 2: return "/join #" + group();
            case 3: return "/leave #" + group();
            case 4: return "#" + group() + " " + secret();
            case 5: return "/history @" + name() + " " + std::to_string(1 + input_.below(9));
            case 6: return "/history #" + group();
            case 7: return "/who";
            case 8: return "/whois " + name();
            case 9: return "/away lunch";
            case 10: return "/quit";
            default: return "hi @" + name() + " " + secret();
        }
    }
    // A word that nobody can guess, so that who reads it was sent it.
    std::string secret() { return "~" + std::to_string(siphash(SipKey{9, 9}, ++secrets_)) + "~"; }

    static std::string secret_in(std::string_view text) {
        const std::size_t begin = text.find('~');
        return begin == text.npos || !text.ends_with('~') ? "" : std::string(text.substr(begin));
    }

    // What the program may do, also from within its hook.
    void call() {
        const Id id = connection();
        switch (input_.below(12)) {
            case 0: return (void)room_.say(id, group(), secret());
            case 1: return (void)room_.whisper(id, {name(), name()}, secret());
            case 2: return (void)room_.announce(group(), secret());
            case 3: return (void)room_.rename(id, name());
            case 4: return (void)room_.kick(id, "enough");
            case 5: return (void)room_.join(id, group());
            case 6: return (void)room_.leave(id, group());
            case 7: return (void)room_.kick(room_.number_of(name()));
            case 8: return (void)room_.make_permanent(group(), input_.below(2) == 0);
            case 9: return (void)room_.go_away(id, "lunch");
            case 10: return (void)room_.come_back(id);
            default: return (void)room_.say(id, input_.bytes(20));
        }
    }

    void on_event(const Event& event) {
        if (const auto* whispered = get_if<Whispered>(&event)) {
            std::set<MemberNumber>& readers = readers_[secret_in(whispered->text)];
            readers.insert(whispered->number);
            for (const std::string_view each : whispered->to) readers.insert(room_.number_of(each));
        }
        if (const auto* joined = get_if<GroupJoined>(&event))
            readers_["#" + std::string(joined->group)].insert(joined->number);
        if (const auto* said = get_if<Said>(&event)) said_in_[secret_in(said->text)] = said->group;
        if (const auto* announced = get_if<Announced>(&event)) said_in_[secret_in(announced->text)] = announced->group;
        for (const auto& member : room_.members())
            if (member.connection) numbers_[*member.connection] = member.number;
        if (depth_ == 3 || input_.below(4) != 0) return;
        ++depth_;
        call();
        --depth_;
    }

    void settle() {
        transport_.settle(room_);
        for (Id id = 0; id < opened_; ++id) {
            std::string& text = read_[id];
            text += transport_.take(id);
            const std::size_t end = text.rfind('\n') + 1;  // a peer that is cut off may have read a part of a line
            look_at(id, std::string_view(text).substr(0, end));
            text.erase(0, end);
        }
    }
    void look_at(Id id, std::string_view lines) {
        for (std::size_t end; (end = lines.find('\n')) != lines.npos; lines.remove_prefix(end + 1)) {
            const std::string_view line = lines.substr(0, end);
            check(!first_not_shown(line), "what is read can be shown");
            if (line.starts_with("+session ")) token_ = line.substr(9, line.find(' ', 9) - 9);
            const std::string secret = secret_in(line);
            if (secret.empty()) continue;
            const auto said = said_in_.find(secret);
            const auto readers = readers_.find(said != said_in_.end() ? "#" + said->second : secret);
            if (readers != readers_.end())
                check(readers->second.count(numbers_[id]) != 0, "a third party reads a secret");
        }
    }

    Input& input_;
    MemoryTransport transport_;
    Room<MemoryTransport, Text, Unframed> room_;
    Time now_;
    Id opened_ = 0;
    std::uint64_t secrets_ = 0;
    int depth_ = 0;
    std::string token_ = "1.0";
    std::map<Id, std::string> read_;
    std::map<Id, MemberNumber> numbers_;                                  // of the member that a connection is or was
    std::map<std::string, std::set<MemberNumber>, std::less<>> readers_;  // of a private text, or a #group
    std::map<std::string, std::string> said_in_;                          // which group, empty for the lobby, a text
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 4'096) return 0;
    Input input(data, size);
    Fuzzed fuzzed(input);
    while (!input.empty()) fuzzed.step();
    fuzzed.end();
    return 0;
}
