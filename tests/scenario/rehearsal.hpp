// A rehearsal: a room and the model of one, to which the same things happen; and what each peer reads of both.
//
// Peers are numbers, counted from 0; odd ones send no line ends. A connection may fail or be closed in the middle of a
// turn: the room learns of a failure only at the turn's end, so the model does, too.
#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "minimeta/minimeta.hpp"
#include "model.hpp"

class Rehearsal {
public:
    using Id = std::size_t;
    using Names = ModelRoom::Names;

    explicit Rehearsal(const minimeta::Limits& limits)
        : limits_(limits), room_(transport_, limits, minimeta::Text{}, minimeta::Unframed{}), model_(limits) {
        room_.advance(now_);
    }

    /// Lets the send after this many more fail.
    void fail_after(std::size_t sends) {
        transport_.fail_after(sends);
        failing_ = true;
    }
    [[nodiscard]] std::size_t sends() const { return transport_.sends(); }
    [[nodiscard]] const ModelRoom& model() const { return model_; }
    [[nodiscard]] std::size_t peers() const { return read_.size(); }

    // ---- What peers do

    void open() {
        const Id id = read_.size();
        read_.emplace_back();
        const bool framed = id % 2 == 0;
        model_.open(id);
        transport_.open(room_, framed ? room_.speaks<minimeta::Text>() : room_.speaks<minimeta::Unframed>());
    }
    void takes_name(Id id, const std::string& name) {
        sends(id, "name:" + name, [=, this] { model_.answer(id, model_.set_name(id, name), name); });
    }
    void says(Id id, const std::string& text) {
        sends(id, text, [=, this] { model_.answer(id, model_.say(id, text)); });
    }
    void acts(Id id, const std::string& text) {
        sends(id, "/me " + text, [=, this] { model_.answer(id, model_.say(id, text, true)); });
    }
    void mentions(Id id, const Names& to, bool action) {
        std::string text = "psst";
        for (const std::string& name : to) text += " @" + name;
        sends(id, (action ? "/me " : "") + text,
              [=, this] { model_.answer(id, model_.whisper(id, to, text, action)); });
    }
    void messages(Id id, const Names& to, const std::string& text) {
        std::string list;
        for (const std::string& name : to) list += (list.empty() ? "" : ",") + name;
        sends(id, "/msg " + list + " " + text, [=, this] { model_.answer(id, model_.whisper(id, to, text)); });
    }
    void asks_who(Id id) {
        sends(id, "/who", [=, this] { model_.who(id); });
    }
    void is_refused(Id id, const std::string& line, minimeta::Errc why, const std::string& subject = "") {
        // A decoder refuses whoever it is; what is said, only members may.
        const bool said = why == minimeta::Errc::invalid_utf8;
        sends(id, line, [=, this] {
            model_.answer(id, said && !model_.is_member(id) ? minimeta::Errc::not_a_member : why, subject);
        });
    }
    void sends_nothing(Id id) {
        if (is_here(id)) transport_.send_to(room_, id, "\n");
    }
    void quits(Id id) {
        if (!is_here(id)) return;
        transport_.send_to(room_, id, "/quit\n");
        model_.quits(id);
    }
    void hangs_up(Id id) {
        if (!transport_.is_open(id)) return;
        transport_.hang_up(room_, id);
        model_.leaves(id);
        cut_off_.insert(id);
    }

    /// Stops reading, or reads again; at the end of a turn.
    void stalls(Id id, bool stalled) {
        settle();
        transport_.stall(id, stalled);
        model_.stalls(id, stalled);
        if (!transport_.is_open(id)) cut_off_.insert(id);
    }

    // ---- What the program does

    void announce(const std::string& text) { check(room_.announce(text), model_.announce(text)); }
    void kick(Id id, const std::string& words) {
        if (fails(id)) return;
        check(room_.kick(id, words), model_.kick(id, words));
    }
    void rename(Id id, const std::string& name) {
        if (!fails(id)) check(room_.rename(id, name), model_.set_name(id, name));
    }
    void say(Id id, const std::string& text) {
        if (!fails(id)) check(room_.say(id, text), model_.say(id, text));
    }
    void whisper(Id id, const Names& to, const std::string& text) {
        if (fails(id)) return;
        const std::vector<std::string_view> views(to.begin(), to.end());
        check(room_.whisper(id, views, text), model_.whisper(id, to, text));
    }

    void passes(int tenths) {
        now_ = now_ + minimeta::milliseconds(100 * tenths);
        room_.advance(now_);
        model_.passes(tenths);
    }

    /// Ends the turn.
    void settle() {
        room_.flush();
        for (Id id = 0; id < peers(); ++id) {
            if (!model_.is_too_slow(id)) continue;
            cut_off_.insert(id);
            model_.leaves(id, ": the connection was too slow.");
        }
        notice_failures();
        transport_.settle(room_);
        notice_failures();  // while others were told of the first
    }

    /// Ends the turn, and compares what everybody has read, byte for byte. Whoever was cut off has read some beginning
    /// of what it should have, and nothing else.
    void compare() {
        settle();
        for (Id id = 0; id < peers(); ++id) {
            INFO("peer " << id);
            read_[id] += transport_.take(id);
            const std::string& expected = model_[id].reads;
            const bool cut = model_[id].stalled || cut_off_.count(id) != 0 || (failing_ && model_[id].gone);
            if (!cut || !expected.starts_with(read_[id])) REQUIRE(read_[id] == expected);
            REQUIRE(transport_.is_open(id) == !model_[id].gone);
            REQUIRE(room_.name(id) == model_[id].name);
        }
    }

private:
    // The connection has failed, and the room does not know yet.
    [[nodiscard]] bool fails(Id id) { return !transport_.is_open(id) && !model_[id].gone; }
    [[nodiscard]] bool is_here(Id id) { return transport_.is_open(id) && !model_[id].gone; }

    void notice_failures() {
        for (Id id = 0; id < peers(); ++id)
            if (fails(id)) model_.leaves(id);
    }

    void sends(Id id, const std::string& line, const std::function<void()>& happens) {
        if (!is_here(id)) return;
        if (model_.admits(id)) {
            if (line.size() > limits_.line_bytes) model_.answer(id, minimeta::Errc::line_too_long);
            else happens();
        }
        if (id % 2 != 0) return transport_.send_to(room_, id, line);
        const std::size_t half = line.size() / 2;
        transport_.send_to(room_, id, line.substr(0, half));
        transport_.send_to(room_, id, line.substr(half) + "\n");
    }

    static void check(minimeta::Refusal real, minimeta::Refusal expected) { REQUIRE(real == expected); }

    minimeta::Limits limits_;
    minimeta::MemoryTransport transport_;
    minimeta::Room<minimeta::MemoryTransport, minimeta::Text, minimeta::Unframed> room_;
    ModelRoom model_;
    minimeta::Time now_;
    std::vector<std::string> read_;
    std::set<Id> cut_off_;  // did not read to the end
    bool failing_ = false;  // somebody who is gone may not have, either
};
