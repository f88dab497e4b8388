// A world: a room and its naive model, a virtual network, and persons. Whatever happens, happens to the room and to the
// model of it; and all the time it is checked that both agree.
//
// - Everything that the room gives to a connection is what the model says, byte for byte: nothing is missing, nothing comes
//   twice, nothing is in another order, nothing private is read by others.
// - It closes what the model closes, when it does; and what lets too much wait, and nothing else.
// - What the network carried is what it was given, and each message is read once, in the order of ids.
// - It wakes up when it has to, counts what there is, and takes no more memory than its limits allow.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <iomanip>
#include <memory>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/memory_bound.hpp"
#include "minimeta/minimeta.hpp"
#include "simulation/event_text.hpp"
#include "simulation/gatekeeper.hpp"
#include "simulation/line.hpp"
#include "simulation/memory.hpp"
#include "simulation/model/room.hpp"
#include "simulation/network.hpp"
#include "simulation/person.hpp"
#include "simulation/random.hpp"
#include "simulation/reflex.hpp"
#include "simulation/setting.hpp"
#include "simulation/sights.hpp"
#include "simulation/violation.hpp"

class World {
public:
    using Id = Network::connection_id;
    using Refusal = minimeta::Refusal;
    using MessageId = minimeta::MessageId;
    using Room = minimeta::Room<Network, minimeta::Text, minimeta::Unframed>;

    /// The world of the run that this number decides, before anything has happened.
    explicit World(std::uint64_t run) : World(run, Setting(run)) {}
    World(const World&) = delete;
    World& operator=(const World&) = delete;
    ~World() {
        const Metered metered;
        room_.reset();
    }

    [[nodiscard]] Person& person(std::size_t number) { return persons_[number % persons_.size()]; }
    [[nodiscard]] std::size_t persons() const { return persons_.size(); }
    [[nodiscard]] const ModelRoom& model() const { return model_; }
    [[nodiscard]] Network& network() { return network_; }
    [[nodiscard]] const minimeta::Limits& limits() const { return limits_; }

    /// What happened: to the network, and pieces that persons have read.
    [[nodiscard]] std::uint64_t events() const { return network_.events() + pieces_read_; }

    /// What some persons have read.
    [[nodiscard]] const Sights& sights() const { return sights_; }

    /// Tells what happens, from now on.
    void narrate() { narrates_ = true; }

    // ---- What persons do

    /// Its name; empty if it has none, or is not there.
    [[nodiscard]] std::string name(const Person& person) const {
        return person.wire && person.wire->id ? model_.name(*person.wire->id) : "";
    }
    void connects(Person& person) {
        tell("person ", person.number, " connects");
        person.wire = std::make_shared<Wire>();
        person.wire->capacity = person.capacity;
        person.wire->protocol = person.framed ? Room::speaks<minimeta::Text>() : Room::speaks<minimeta::Unframed>();
        person.wire->origin = person.origin;
        person.begins();
        network_.connect(person.wire);
    }
    void types(Person& person, const Line& line) {
        if (!person.wire || person.wire->half_closed) return;
        tell("person ", person.number, " types ", Quoted{line.text});
        if (person.framed || !line.text.empty()) person.wire->mouth.type(line, person.framed ? person.line_end : "");
    }
    void half_closes(Person& person) {
        tell("person ", person.number, " sends no more");
        if (person.wire) person.wire->half_closed = true;
    }
    void resets(Person& person) {
        tell("person ", person.number, " resets its connection");
        if (person.wire) person.wire->reset = true;
        person.wire.reset();
    }
    /// Without a word to the room, which goes on sending.
    void vanishes(Person& person) {
        tell("person ", person.number, " vanishes");
        if (person.wire) person.wire->vanished = true;
        person.wire.reset();
    }

    /// Reads up to so many bytes of what has arrived.
    void reads(Person& person, std::size_t most) {
        if (!person.wire) return;
        Wire& wire = *person.wire;
        const std::size_t size = std::min(most, wire.arriving.size());
        if (size != 0) {
            ++pieces_read_;
            const std::string_view piece = std::string_view(wire.arriving).substr(0, size);
            if (!wire.given.starts_with(piece))
                throw Violation{"the network gave " + in_quotes(piece) + " instead of " + in_quotes(wire.given)};
            person.reads(piece, [&](const std::string& line) { note(person, line); });
            wire.given.erase(0, size);
            wire.arriving.erase(0, size);
        }
        if (!wire.arriving.empty() || (!wire.ended && !wire.broken)) return;
        tell("person ", person.number, " sees the end of its connection");
        if (wire.ended && !wire.given.empty()) throw Violation{"lost at the end: " + in_quotes(wire.given)};
        if (!person.never_closes) wire.half_closed = true;
        person.wire.reset();
    }

    // ---- What the program does: the same to both, and they answer the same

    template <class Real, class Expected>
    void does(const char* what, const std::string& about, Real&& real, Expected&& expected) {
        tell("the program: ", what, " ", Quoted{about});
        const Refusal answer = expected(model_);
        const Metered metered;
        program(what, real(*room_), answer);
    }

    /// A member of the program's own.
    void adds_resident(const std::string& name) {
        tell("the program: resident ", Quoted{name});
        const auto expected = model_.add_resident(name);
        const Metered metered;
        const auto added = room_->add_resident(name);
        if (added.number != expected.number) throw Violation{"a resident has another number"};
        if (added.number) {
            const Unmetered ours;
            residents_.push_back(added.number);
        }
        program("add resident", added.refused, expected.refused);
    }
    [[nodiscard]] const std::vector<minimeta::MemberNumber>& residents() const { return residents_; }

    /// The program's own word beside a member.
    void notes(const minimeta::MemberRef<Id>& who, std::uint64_t word) {
        std::uint64_t* expected = model_.data(who);
        const Metered metered;
        std::uint64_t* real = room_->data(who);
        if ((real == nullptr) != (expected == nullptr)) throw Violation{"data of a member that is not there"};
        if (real == nullptr) return;
        if (*real != *expected) throw Violation{"data is not what it was"};
        *real = *expected = word;
    }

    // ---- A turn of the driver, which comes so many tenths of a second after the last one

    void turn(int tenths, Random random, bool gathers = false) {
        tell("a turn after ", tenths, " tenths", gathers ? ", without a flush" : "");
        now_ = now_ + minimeta::milliseconds(100 * tenths);
        network_.turn(*this, now_, {begin.nanoseconds + now_.nanoseconds + skew_.nanoseconds}, random, gathers);
        check_counts();
    }
    /// The clock on the wall is set.
    void sets_clock(minimeta::Duration by) {
        tell("the clock on the wall is set by ", by.nanoseconds / 1'000'000'000, " s");
        skew_.nanoseconds += by.nanoseconds;
    }

    /// Everybody goes, and all that is to end has ended.
    void ends() {
        for (const minimeta::MemberNumber resident : residents_)
            does(
                "kick", "a resident", [&](auto& room) { return room.kick(resident, ""); },
                [&](auto& model) { return model.kick(resident, ""); });
        network_.ends_all();
        turn(10, Random(1));
        for (int i = 0; i < 100 && (network_.connections() != 0 || room_->member_count() != 0); ++i)
            turn(100, Random(static_cast<std::uint64_t>(i)));
        if (network_.connections() != 0) throw Violation{"a connection does not end"};
        if (room_->member_count() != 0) throw Violation{"a member does not leave"};
        turn(10, Random(1));
        minimeta::Limits empty = limits_;
        empty.connections = 1;  // the logs of an empty room are those of one connection
        check_memory(empty);
    }

    /// What the program would save of friends is the same in both.
    void compares_friendships() const {
        std::vector<std::string> real;
        for (const minimeta::Friendship& each : room_->friendships()) {
            real.push_back(std::string(each.account) + " " + std::string(name_of(each.relationship)) + " " +
                           std::string(each.other));
            if (each.relationship == minimeta::Relationship::friends)
                real.push_back(std::string(each.other) + " friends " + std::string(each.account));
        }
        std::sort(real.begin(), real.end());
        if (real != model_.friendships()) throw Violation{"other friendships"};
    }

    // ---- Called by the network, as a room would be

    void advance(minimeta::Time now, minimeta::WallTime wall_time) {
        const int tenths = static_cast<int>(now.nanoseconds / 100'000'000);
        {
            const Metered metered;
            room_->advance(now, wall_time);
        }
        model_.passes(tenths - std::exchange(tenths_, tenths), wall_time);
        notice_slow();  // they go first
        model_.expires();
        check_reasons();
    }
    void on_open(Id id, const Wire& wire) {
        model_.open(id, wire.origin);
        {
            const Metered metered;
            room_->on_open(id, wire.protocol);
        }
        check_closed();
    }
    std::optional<minimeta::Time> on_receive(Id id, Mouth& mouth, std::size_t size) {
        // From when on a peer with much waiting is not heard is up to the room; so where some answers might be too much, one
        // line comes at a time, and the room has looked before.
        constexpr std::size_t some_answers = 40'000;
        if (network_.backlog(id) + model_[id].reads.size() + some_answers > limits_.backlog_bytes) {
            flush();
            if (!network_.is_open(id)) return {};
            size = std::min(size, mouth.first_line());
        }
        const std::string piece = mouth.take(size);
        mouth.hear(model_, id, piece, limits_);
        std::optional<minimeta::Time> calm;
        {
            const Metered metered;
            calm = room_->on_receive(id, piece);
        }
        check_closed();
        return calm;
    }
    void on_close(Id id) {
        {
            const Metered metered;
            room_->on_close(id);
        }
        model_.loses(id);
        check_sent(id);
        check_told();
        model_.ends(id);
    }
    void flush() {
        {
            const Metered metered;
            room_->flush();
        }
        notice_slow();
        check_reasons();
        for (const Id id : network_.ids()) {
            if (network_.is_reported(id)) continue;
            check_sent(id);
            if (network_.is_open(id) != model_.is_open(id)) throw Violation{"a connection was not closed"};
            if (network_.is_open(id) && network_.backlog(id) > limits_.backlog_bytes)
                throw Violation{"a peer is too slow, and was not closed"};
        }
        check_memory(limits_);
    }

    static constexpr minimeta::SipKey secret{0x6d696e69, 0x6d657461};

private:
    static constexpr minimeta::WallTime begin{1'795'429'322'250'000'000};  // 2026-11-23, not at a full second

    World(std::uint64_t run, const Setting& setting)
        : limits_(setting.limits), network_(limits_.backlog_bytes), model_(limits_, secret), persons_(setting.persons) {
        for (std::size_t i = 0; i < persons(); ++i) Setting::make(persons_[i], run, i);
        const Metered metered;
        room_ = std::make_unique<Room>(network_, limits_, minimeta::Text{}, minimeta::Unframed{});
        room_->offer_sessions(secret);
        const auto hears = [this, reflexes = setting.reflexes](const auto& event) {
            std::string text;
            {
                const Unmetered ours;
                text = EventText{}(event);
                events_ += text;
            }
            if (reflexes) react(*room_, text);
        };
        room_->on_event(hears);
        room_->on_connection(hears);
        if (setting.reflexes) model_.on_event([this](const std::string& event) { react(model_, event); });
        if (setting.gate) keep_gates();
        advance(minimeta::Time{}, begin);
        remember({{7, 1}, {}}, "ann", "long ago");
        remember({{7, 5}, {begin.nanoseconds / 2}}, "李雷", "not so long ago");
        program("announce", room_->announce("", "The room is open."), model_.announce("", "The room is open."));
    }

    void keep_gates() {
        room_->on_request([this](const Room::Request& request) {
            std::string kind, about;
            {
                const Unmetered ours;
                kind = minimeta::visit(RequestKind{}, request.command);
                about = minimeta::visit(RequestAbout{}, request.command);
                events_ += told(
                    {"asked for", kind, about, request.name, request.account, std::to_string(request.number.value)});
            }
            return keep_gate(*room_, request.connection, kind, about);
        });
        model_.on_request([this](Id id, const std::string& kind, const std::string& about) {
            return keep_gate(model_, id, kind, about);
        });
    }

    void remember(const minimeta::Stamp& stamp, const std::string& from, const std::string& text) {
        model_.remember(stamp, from, text);
        program("remember", room_->remember("", {.stamp = stamp, .from = from, .text = text}), {});
    }
    void program(const char* what, Refusal real, Refusal expected) {
        if (real != expected)
            throw Violation{std::string(what) + ": " + shown(real) + " instead of " + shown(expected)};
        check_closed();
    }
    static std::string shown(std::optional<minimeta::Time> time) {
        return time ? std::to_string(time->nanoseconds / 100'000'000) + " tenths" : "none";
    }
    static std::string shown(Refusal refusal) { return refusal ? std::string(name_of(*refusal)) : "done"; }

    // Those that were closed, and not by the model: the order in which they are found too slow is up to the room.
    void notice_slow() {
        for (const Id id : network_.take_closed()) {
            closed_.push_back(id);
            if (!model_.is_open(id) || !network_.wire(id).over || !was_slow(id)) continue;
            tell("connection ", id, " is too slow");
            model_.loses(id, minimeta::Errc::too_slow);
        }
    }
    [[nodiscard]] bool was_slow(Id id) const {
        if (!network_.wire(id).broken) return network_.sent(id).ends_with(slow_words());
        return events_.find("left|" + model_.name(id) + "|" + std::string(name_of(minimeta::Errc::idle)) + "|") ==
               events_.npos;
    }
    [[nodiscard]] std::string slow_words() const {
        return "! " +
               filled(minimeta::english.reason(minimeta::Errc::too_slow),
                      {{"limit", std::to_string(limits_.backlog_bytes)}}) +
               " The connection is closed.\n";
    }

    void check_reasons() {
        for (const Id id : std::exchange(closed_, {}))
            if (model_.is_open(id)) throw Violation{"closed without a reason: connection " + std::to_string(id)};
        check_told();
    }
    // Outside of flush and advance, the room closes what the model has closed.
    void check_closed() {
        for (const Id id : network_.take_closed())
            if (model_.is_open(id)) throw Violation{"closed without a reason: connection " + std::to_string(id)};
        check_told();
    }

    void check_told() {
        const std::string told = std::exchange(events_, {}), expected = model_.take_events();
        if (told != expected)
            throw Violation{"the program was told " + in_quotes(told) + " instead of " + in_quotes(expected)};
    }

    void check_sent(Id id) {
        const std::string sent = network_.take_sent(id), expected = model_.take(id);
        if (sent == expected) return;
        const Wire& wire = network_.wire(id);
        if (wire.broken && expected.starts_with(sent)) return;
        if (wire.over && is_part_of(sent, expected)) return;
        const auto [at, there] = std::mismatch(sent.begin(), sent.end(), expected.begin(), expected.end());
        const auto line = static_cast<std::size_t>(at - sent.begin());
        const std::size_t begin_of_line = line == 0 ? 0 : sent.rfind('\n', line - 1) + 1;
        throw Violation{"connection " + std::to_string(id) + " was sent " + in_quotes(sent.substr(begin_of_line)) +
                        " instead of " + in_quotes(expected.substr(begin_of_line))};
    }
    // What is sent to a peer that is too slow is lines that it should have read, in their order, and why it is closed.
    [[nodiscard]] bool is_part_of(std::string sent, const std::string& expected) const {
        if (sent.ends_with(slow_words())) sent.resize(sent.size() - slow_words().size());
        std::size_t at = 0;
        for (std::size_t begin_of_line = 0; begin_of_line < sent.size();) {
            const std::size_t end = sent.find('\n', begin_of_line);
            if (end == sent.npos) return false;
            const std::string line = sent.substr(begin_of_line, end + 1 - begin_of_line);
            begin_of_line = end + 1;
            for (;;) {
                if (at >= expected.size()) return false;
                const std::size_t next = expected.find('\n', at) + 1;
                const bool same = expected.compare(at, next - at, line) == 0;
                at = next;
                if (same) break;
            }
        }
        return true;
    }

    void check_counts() {
        if (room_->connection_count() != model_.known_connections()) throw Violation{"connections are miscounted"};
        if (room_->member_count() != model_.member_count()) throw Violation{"members are miscounted"};
        std::optional<minimeta::Time> due;
        if (const auto tenths = model_.deadline()) due = minimeta::Time{} + minimeta::milliseconds(100LL * *tenths);
        if (const auto real = room_->next_deadline(); real != due)
            throw Violation{"the next deadline is " + shown(real) + " instead of " + shown(due)};
        if (++turns_ % 16 != 0) return;
        for (const Id id : network_.ids())
            if (room_->name(id) != model_.name(id)) throw Violation{"a name is wrong"};
    }
    void check_memory(const minimeta::Limits& limits) {
        const auto bound = minimeta::memory_bound(limits, 2).total();
        if (Metered::bytes() > bound)
            throw Violation{"the room takes " + std::to_string(Metered::bytes()) + " bytes of " +
                            std::to_string(bound)};
    }

    void note(const Person& person, const std::string& line) {
        tell("    person ", person.number, " reads ", Quoted{line});
        if (person.number % 16 == 0) sights_.note(line);  // it takes time
    }

    template <class... Parts>
    void tell(const Parts&... parts) const {
        if (!narrates_) return;
        std::ostringstream line;
        line << std::fixed << std::setprecision(1) << std::setw(9) << static_cast<double>(now_.nanoseconds) / 1e9
             << "  ";
        (line << ... << parts);
        std::puts(line.str().c_str());
    }

    minimeta::Limits limits_;
    Network network_;
    ModelRoom model_;
    std::unique_ptr<Room> room_;
    std::vector<Person> persons_;
    std::vector<minimeta::MemberNumber> residents_;  // those that have left, too
    std::vector<Id> closed_;                         // in the flush or advance at hand
    minimeta::Time now_;
    minimeta::Duration skew_{};
    int tenths_ = 0;
    std::uint64_t pieces_read_ = 0, turns_ = 0;
    std::string events_;  // told to the program
    Sights sights_;
    bool narrates_ = false;
};
