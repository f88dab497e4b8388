// A naive room: what each peer should have read, by the plainest means that come to mind.
//
// Every peer has a string, and whatever happens is written to the strings of all whom it concerns, at once. There are
// no turns, no logs and no protocols here; names fold in ASCII only. It is slow, and meant to be obviously right.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "minimeta/error.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/protocol/phrases.hpp"

class ModelRoom {
public:
    using Id = std::size_t;
    using Names = std::vector<std::string>;
    using Refusal = minimeta::Refusal;
    using Errc = minimeta::Errc;

    struct Peer {
        std::string name;   // empty as long as there is none
        std::string reads;  // all that it should have been sent, from the beginning
        bool gone = false;  // nothing more is sent to it, or heard from it
        double allowance;   // lines that it may send at once
        bool flooding = false;
        bool stalled = false;
        std::size_t stalled_at = 0;      // it had read so much
        std::size_t said_meanwhile = 0;  // by itself, which counts as if it were waiting, too
    };

    explicit ModelRoom(const minimeta::Limits& limits) : limits_(limits) {}

    const Peer& operator[](Id id) const { return peers_.at(id); }

    // ---- Coming and going

    void open(Id id) {
        peers_[id] = {.name = "", .reads = "", .allowance = limits_.burst * 1.0};
        write(id, "-- Hello! Tell us your name to come in, for example:  name:lily\n");
    }

    /// A peer is gone; `how` ends the sentence that the others read.
    void leaves(Id id, const std::string& how = ".") {
        Peer& peer = peers_.at(id);
        if (peer.gone) return;
        peer.gone = true;
        if (!peer.name.empty()) write_to_all("-- " + peer.name + " is gone" + how + "\n");
        peer.name.clear();
    }

    void quits(Id id) {
        write(id, "-- Goodbye!\n");
        leaves(id);
    }

    Refusal kick(Id id, const std::string& words) {
        if (peers_.at(id).gone) return Errc::not_a_member;
        write(id, words.empty() ? "! You were removed. The connection is closed.\n"
                                : "! You were removed: " + words + "\n");
        leaves(id, ": removed.");
        return {};
    }

    /// A peer reads nothing from now on, or everything again.
    void stalls(Id id, bool stalled) {
        Peer& peer = peers_.at(id);
        peer.stalled = stalled;
        peer.stalled_at = peer.reads.size();
        peer.said_meanwhile = 0;
    }

    /// Whether too much waits for a peer to read it.
    [[nodiscard]] bool is_too_slow(Id id) const {
        const Peer& peer = peers_.at(id);
        return is_behind(peer) && peer.reads.size() - peer.stalled_at + peer.said_meanwhile > limits_.backlog_bytes;
    }

    // ---- Time

    void passes(int tenths) {
        for (auto& [id, peer] : peers_)
            peer.allowance =
                std::min<double>(limits_.burst, peer.allowance + tenths * (limits_.messages_per_second / 10.0));
    }

    /// Whether a peer may send a line now.
    bool admits(Id id) {
        Peer& peer = peers_.at(id);
        if (limits_.messages_per_second == 0) return true;
        if (peer.allowance >= limits_.burst - 0.001) peer.flooding = false;
        if (peer.allowance >= 0.999) {
            peer.allowance -= 1;
            return true;
        }
        if (!peer.flooding) answer(id, Errc::too_fast);
        peer.flooding = true;
        return false;
    }

    // ---- What the program may do; and what peers may, once they have been admitted

    Refusal set_name(Id id, const std::string& name) {
        Peer& peer = peers_.at(id);
        if (peer.gone) return Errc::not_a_member;
        if (name.empty()) return Errc::name_empty;
        if (name.find_first_of(" @") != name.npos || name.front() == '-') return Errc::name_character;
        if (name.size() > limits_.name_characters) return Errc::name_too_long;  // the long ones are ASCII
        if (name == peer.name) return Errc::name_unchanged;
        const std::optional<Id> holder = find(name);
        if (holder && *holder != id) return Errc::name_taken;

        const std::string before = peer.name;
        peer.name = name;
        if (before.empty()) {
            write(id, "-- Welcome, " + name + "! People here: " + std::to_string(members().size()) +
                          ". What you can do: /help\n");
            write_to_all("-- " + name + " joined.\n", id);
        } else {
            write(id, "-- Your name is " + name + " now.\n");
            write_to_all("-- " + before + " is now " + name + ".\n", id);
        }
        return {};
    }

    Refusal say(Id id, const std::string& text, bool action = false) {
        if (!is_member(id)) return Errc::not_a_member;
        write_to_all(action ? "* " + peers_.at(id).name + " " + text + "\n" : peers_.at(id).name + ": " + text + "\n",
                     id);
        return {};
    }

    Refusal announce(const std::string& text) {
        write_to_all("** " + text + "\n");
        return {};
    }

    Refusal whisper(Id id, const Names& to, const std::string& text, bool action = false) {
        missing_.clear();
        if (!is_member(id)) return Errc::not_a_member;
        std::vector<Id> ids;
        for (const std::string& name : to) {
            const std::optional<Id> found = find(name);
            if (found == id) continue;
            if (found) {
                if (std::count(ids.begin(), ids.end(), *found) == 0) ids.push_back(*found);
            } else if (std::count(missing_.begin(), missing_.end(), name) == 0) {
                missing_.push_back(name);
            }
            if (ids.size() + missing_.size() > limits_.recipients) return Errc::too_many_recipients;
        }
        if (!missing_.empty()) return Errc::absent;
        if (ids.empty()) return Errc::to_yourself;
        Names reached;
        for (const Id recipient : ids) {
            const std::string& from = peers_.at(id).name;
            write(recipient,
                  action ? "[private] * " + from + " " + text + "\n" : "[private] " + from + ": " + text + "\n");
            reached.push_back(peers_.at(recipient).name);
        }
        write(id, "-- Sent in private to " + listed(reached) + "; nobody else can read it.\n");
        return {};
    }

    void who(Id id) {
        if (!is_member(id)) return answer(id, Errc::not_a_member);
        Names names = members();
        std::sort(names.begin(), names.end());
        write(id, "-- Here now (" + std::to_string(names.size()) + "): " + listed(names) + "\n");
    }

    /// Tells a peer what has become of what it asked for; `subject` is a name or a command that it wrote.
    void answer(Id id, Refusal refused, const std::string& subject = "") {
        if (!refused) return;
        const Errc why = *refused == Errc::not_a_member ? Errc::name_required : *refused;
        std::string reason(minimeta::english.reason(why));
        replace(reason, "{subject}", why == Errc::absent ? listed(missing_) : subject);
        replace(reason, "{limit}", std::to_string(minimeta::limit_behind(why, limits_)));
        write(id, "! " + reason + "\n");
    }

    [[nodiscard]] bool is_member(Id id) const { return !peers_.at(id).name.empty(); }

private:
    static std::string folded(std::string name) {
        for (char& c : name)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        return name;
    }
    [[nodiscard]] std::optional<Id> find(const std::string& name) const {
        for (const auto& [id, peer] : peers_)
            if (!peer.name.empty() && folded(peer.name) == folded(name)) return id;
        return {};
    }
    [[nodiscard]] Names members() const {
        Names names;
        for (const auto& [id, peer] : peers_)
            if (!peer.name.empty()) names.push_back(peer.name);
        return names;
    }
    [[nodiscard]] static std::string listed(const Names& names) {
        std::string list;
        for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
        return list;
    }

    [[nodiscard]] static bool is_behind(const Peer& peer) {
        return peer.stalled && !peer.gone && peer.reads.size() > peer.stalled_at;
    }

    void write(Id id, const std::string& line) { peers_.at(id).reads += line; }
    void write_to_all(const std::string& line, std::optional<Id> except = {}) {
        for (auto& [id, peer] : peers_) {
            if (peer.name.empty() || peer.gone) continue;
            if (id != except) peer.reads += line;
            else if (is_behind(peer)) peer.said_meanwhile += line.size();
        }
    }
    static void replace(std::string& text, const std::string& what, const std::string& by) {
        if (const std::size_t at = text.find(what); at != text.npos) text.replace(at, what.size(), by);
    }

    minimeta::Limits limits_;
    std::map<Id, Peer> peers_;
    Names missing_;  // of the last whisper
};
