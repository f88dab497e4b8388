// A rehearsal: a room and the model of one, to which the same things happen; and what each peer reads of both.
//
// Peers are numbers, counted from 0; odd ones send no line ends. A connection may fail or be closed in the middle of a
// turn: the room learns of a failure only at the turn's end, so the model does, too. A peer that resumes is another
// peer, which knows of the first one only what that has read.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "minimeta/minimeta.hpp"
#include "model.hpp"
#include "resume_token.hpp"

class Rehearsal {
public:
    using Id = std::size_t;
    using Names = ModelRoom::Names;
    using MessageId = minimeta::MessageId;

    explicit Rehearsal(const minimeta::Limits& limits)
        : limits_(limits),
          room_(transport_, limits, minimeta::Text{}, minimeta::Unframed{}),
          model_(limits, secret, begin) {
        room_.offer_sessions(secret);
        passes(0);
        remember({{7, 1}, {}}, "ann", "long ago");
        remember({{7, 5}, {begin.nanoseconds / 2}}, "李雷", "not so long ago");
        announce("", "The room is open.");
    }

    /// Lets the send after this many more fail.
    void fail_after(std::size_t sends) {
        transport_.fail_after(sends);
        failing_ = true;
    }
    [[nodiscard]] std::size_t sends() const { return transport_.sends(); }
    [[nodiscard]] const ModelRoom& model() const { return model_; }
    [[nodiscard]] std::size_t peers() const { return readers_.size(); }

    /// All that the peers have read, as far as it was compared.
    [[nodiscard]] std::string read_by_all() const {
        std::string all;
        for (const Reader& reader : readers_) all += reader.read;
        return all;
    }

    // ---- What peers do

    Id open() {
        if (peers() >= limits_.connections) settle();  // or those that are closing would count, too
        const Id id = readers_.size();
        readers_.emplace_back();
        const bool framed = id % 2 == 0;
        model_.open(id);
        transport_.open(room_, framed ? room_.speaks<minimeta::Text>() : room_.speaks<minimeta::Unframed>());
        return id;
    }
    void takes_name(Id id, const std::string& name) {
        sends(id, "name:" + name, [=, this] { model_.answer(id, model_.set_name(id, name), name); });
    }
    void says(Id id, const std::string& text) {
        sends(id, text, [=, this] { model_.answer(id, model_.say(id, "", text)); });
    }
    void acts(Id id, const std::string& text) {
        sends(id, "/me " + text, [=, this] { model_.answer(id, model_.say(id, "", text, true)); });
    }
    void says_in(Id id, const std::string& group, const std::string& text, bool action = false) {
        sends(id, "#" + group + (action ? " /me " : " ") + text,
              [=, this] { model_.answer(id, model_.say(id, group, text, action), group); });
    }
    /// Says to all what looks as if it were for a group.
    void says_about(Id id, const std::string& group, const std::string& text) {
        sends(id, "##" + group + " " + text,
              [=, this] { model_.answer(id, model_.say(id, "", "#" + group + " " + text)); });
    }
    void mentions(Id id, const Names& to, bool action) {
        std::string text = "psst";
        for (const std::string& name : to) text += " @" + name;
        sends(id, (action ? "/me " : "") + text,
              [=, this] { model_.answer(id, model_.whisper(id, to, text, action)); });
    }
    void messages(Id id, const Names& to, const std::string& text) {
        sends(id, "/msg " + listed(to, ",") + " " + text,
              [=, this] { model_.answer(id, model_.whisper(id, to, text)); });
    }
    void joins(Id id, const std::string& group) {
        sends(id, "/join #" + group, [=, this] { model_.answer(id, model_.join(id, group), group); });
    }
    void leaves(Id id, const std::string& group) {
        sends(id, "/leave #" + group, [=, this] { model_.answer(id, model_.leave(id, group), group); });
    }
    void asks_groups(Id id) {
        sends(id, "/groups", [=, this] { model_.list_groups(id); });
    }
    void asks_who(Id id, const std::string& group = "") {
        sends(id, group.empty() ? "/who" : "/who #" + group, [=, this] { model_.who(id, group); });
    }
    void asks_whois(Id id, const std::string& name) {
        sends(id, "/whois " + name, [=, this] { model_.whois(id, name); });
    }
    void goes_away(Id id, const std::string& text) {
        sends(id, "/away " + text, [=, this] { model_.answer(id, model_.go_away(id, text)); });
    }
    void comes_back(Id id) {
        sends(id, "/back", [=, this] { model_.answer(id, model_.come_back(id)); });
    }
    /// In a group, or in private with a member; {} and 0 leave out that part of the command.
    void asks_history(Id id, const std::string& group, const std::string& with, MessageId before, std::size_t count) {
        std::string line = "/history";
        if (!group.empty()) line += " #" + group;
        if (!with.empty()) line += " @" + with;
        if (before) line += " before " + written(before);
        if (count != 0) line += " " + std::to_string(count);
        sends(id, line, [=, this] { model_.recall(id, group, with, before, count); });
    }
    void is_refused(Id id, const std::string& line, minimeta::Errc why, const std::string& subject = "") {
        // A decoder refuses any connection; the room checks first whether the speaker is a member.
        const bool said = why == minimeta::Errc::invalid_utf8;
        sends(id, line, [=, this] {
            model_.answer(id, said && !model_.is_member(id) ? minimeta::Errc::not_a_member : why, subject);
        });
    }
    void sends_nothing(Id id) {
        if (!is_heard(id)) return;
        model_.hears(id);
        transport_.send_to(room_, id, "\n");
    }
    void quits(Id id) {
        if (!is_heard(id)) return;
        transport_.send_to(room_, id, "/quit\n");
        model_.quits(id);
    }
    void hangs_up(Id id) {
        if (!transport_.is_open(id)) return;
        transport_.hang_up(room_, id);
        model_.loses(id);
        cut_off_.insert(id);
    }

    /// Stops reading, or reads again; at the end of a turn.
    void stalls(Id id, bool stalled) {
        settle();
        transport_.stall(id, stalled);
        model_.stalls(id, stalled);
        if (!transport_.is_open(id)) cut_off_.insert(id);
    }

    // ---- Coming back

    void opens_session(Id id) {
        sends(id, "/session", [=, this] { model_.open_session(id); });
    }
    /// Resumes with this token, valid or not.
    void resumes(Id id, const ResumeToken& resume) {
        sends(id, "/resume " + resume.token + " " + written(resume.seen),
              [=, this] { model_.resume(id, resume.token, resume.seen); });
    }
    /// Resumes as a peer that did not receive the last `lost_lines` lines sent to it, over another connection; a new
    /// one if none is given. Returns that connection; nothing if the peer has no session.
    std::optional<Id> comes_again(Id id, std::size_t lost_lines, std::optional<Id> over = {}) {
        const ResumeToken resume = resume_token_of(id, lost_lines);
        if (resume.token.empty()) return {};
        const Id again = over ? *over : open();
        readers_[again].came_with = resume;
        resumes(again, resume);
        return again;
    }
    [[nodiscard]] ResumeToken resume_token_of(Id id, std::size_t lost_lines) {
        Reader& reader = readers_[id];
        reader.read += transport_.take(id);
        return resume_token_after(reader.read, lost_lines, reader.came_with);
    }

    // ---- What the program does

    void announce(const std::string& group, const std::string& text) {
        check(room_.announce(group, text), model_.announce(group, text));
    }
    void make_permanent(const std::string& group, bool permanent) {
        check(room_.make_permanent(group, permanent), model_.make_permanent(group, permanent));
    }
    void kick(Id id, const std::string& words) {
        if (!fails(id)) check(room_.kick(id, words), model_.kick(id, words));
    }
    void rename(Id id, const std::string& name) {
        if (!fails(id)) check(room_.rename(id, name), model_.set_name(id, name));
    }
    void say(Id id, const std::string& group, const std::string& text) {
        if (!fails(id)) check(room_.say(id, group, text), model_.say(id, group, text));
    }
    void whisper(Id id, const Names& to, const std::string& text) {
        if (fails(id)) return;
        const std::vector<std::string_view> views(to.begin(), to.end());
        check(room_.whisper(id, views, text), model_.whisper(id, to, text));
    }
    void join(Id id, const std::string& group) {
        if (!fails(id)) check(room_.join(id, group), model_.join(id, group));
    }
    void leave(Id id, const std::string& group) {
        if (!fails(id)) check(room_.leave(id, group), model_.leave(id, group));
    }
    void go_away(Id id, const std::string& text) {
        if (!fails(id)) check(room_.go_away(id, text), model_.go_away(id, text));
    }
    void come_back(Id id) {
        if (!fails(id)) check(room_.come_back(id), model_.come_back(id));
    }

    void passes(int tenths) {
        for (Id id = 0; id < peers(); ++id)
            if (model_.is_too_slow(id)) settle();
        now_ = now_ + minimeta::milliseconds(100 * tenths);
        room_.advance(now_, {begin.nanoseconds + now_.nanoseconds});
        model_.passes(tenths);
    }

    /// Ends the turn.
    void settle() {
        room_.flush();
        for (Id id = 0; id < peers(); ++id) {
            if (!model_.is_too_slow(id)) continue;
            cut_off_.insert(id);
            model_.loses(id, ": the connection was too slow.");
        }
        notice_failures();
        transport_.settle(room_);
        notice_failures();  // of failures while others were notified of the first ones
    }

    /// Ends the turn, and compares what every peer has read, byte for byte. A peer that was cut off has read some
    /// beginning of what it should have, and nothing else.
    void compare() {
        settle();
        for (Id id = 0; id < peers(); ++id) {
            INFO("peer " << id);
            std::string& read = readers_[id].read;
            read += transport_.take(id);
            const std::string& expected = model_[id].reads;
            const bool cut = model_[id].stalled || cut_off_.count(id) != 0 || (failing_ && model_[id].gone);
            if (!cut || !expected.starts_with(read)) REQUIRE(read == expected);
            REQUIRE(transport_.is_open(id) == !model_[id].gone);
            REQUIRE(room_.name(id) == model_.name(id));
        }
        std::optional<minimeta::Time> due;
        if (const auto tenths = model_.deadline()) due = minimeta::Time{} + minimeta::milliseconds(100 * *tenths);
        REQUIRE(room_.next_deadline() == due);
    }

    static constexpr minimeta::SipKey secret{0x6d696e69, 0x6d657461};

private:
    static constexpr minimeta::WallTime begin{1'795'429'322'250'000'000};  // 2026-11-23, not at a full second

    struct Reader {
        std::string read;
        ResumeToken came_with;
    };

    // The connection has failed, and the room does not know yet.
    [[nodiscard]] bool fails(Id id) { return !transport_.is_open(id) && !model_[id].gone; }
    // Whether a peer is heard. One that is too slow is not: when exactly it is closed is up to the room.
    [[nodiscard]] bool is_heard(Id id) {
        if (model_.is_too_slow(id)) settle();
        return transport_.is_open(id) && !model_[id].gone;
    }

    void notice_failures() {
        for (Id id = 0; id < peers(); ++id)
            if (fails(id)) model_.loses(id);
    }

    void sends(Id id, const std::string& line, const std::function<void()>& happens) {
        if (!is_heard(id)) return;
        model_.hears(id);
        if (model_.admits(id)) {
            if (line.size() > limits_.line_bytes) model_.answer(id, minimeta::Errc::line_too_long);
            else happens();
        }
        if (id % 2 != 0) return transport_.send_to(room_, id, line);
        const std::size_t half = line.size() / 2;
        transport_.send_to(room_, id, line.substr(0, half));
        transport_.send_to(room_, id, line.substr(half) + "\n");
    }

    void remember(const minimeta::Stamp& stamp, const std::string& from, const std::string& text) {
        check(room_.remember("", {.stamp = stamp, .from = from, .text = text}), {});
        model_.remember(stamp, from, text);
    }

    // An id as it is typed.
    static std::string written(MessageId id) {
        return id.epoch != 0 ? minimeta::text_of(id) : std::to_string(id.sequence);
    }

    static void check(minimeta::Refusal real, minimeta::Refusal expected) { REQUIRE(real == expected); }

    minimeta::Limits limits_;
    minimeta::MemoryTransport transport_;
    minimeta::Room<minimeta::MemoryTransport, minimeta::Text, minimeta::Unframed> room_;
    ModelRoom model_;
    minimeta::Time now_;
    std::vector<Reader> readers_;
    std::set<Id> cut_off_;  // did not read to the end
    bool failing_ = false;  // then a peer that is gone may not have, either
};
