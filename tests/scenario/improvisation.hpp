// An improvisation: peers and a program that do one thing after another in a rehearsal, at random.
#pragma once

#include <cstddef>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include "minimeta/minimeta.hpp"
#include "rehearsal.hpp"

class Improvisation {
public:
    using Id = Rehearsal::Id;
    using Errc = minimeta::Errc;

    Improvisation(Rehearsal& rehearsal, std::mt19937& random, bool with_stalls)
        : rehearsal_(rehearsal), random_(random), with_stalls_(with_stalls) {}

    /// Limits as small as a room may have them, and others.
    static minimeta::Limits limits(std::mt19937& random) {
        const auto one_of = [&](auto... some) {
            const std::common_type_t<decltype(some)...> list[] = {some...};
            return list[random() % std::size(list)];
        };
        minimeta::Limits limits{
            .line_bytes = 200, .name_characters = 16, .recipients = 3, .backlog_bytes = 1'500, .name_seconds = 0};
        if (random() % 6 == 0) limits.connections = 3;
        if (random() % 6 == 0) limits.backlog_bytes = 400;
        limits.messages_per_second = one_of(0u, 2u, 10u, 10u);
        limits.burst = limits.messages_per_second == 2 ? 3 : 20;
        limits.groups = one_of(3u, 1'024u, 1'024u);
        limits.groups_per_member = one_of(2u, 128u, 128u);
        limits.history_messages = one_of(0u, 4u, 500u, 500u, 500u);
        limits.history_bytes = one_of(150u, 65'536u, 65'536u);
        limits.private_history_messages = one_of(0u, 5u, 500u);
        limits.private_history_bytes = one_of(100u, 16'384u);
        limits.listed_messages = one_of(7u, 100u);
        limits.recent_messages = one_of(0u, 0u, 3u);
        limits.resume_seconds = one_of(0u, 2u, 4u, 4u, 4u);
        limits.noticed_members = one_of(2u, 5u, 100u, 100u);
        limits.summary_seconds = 2;
        return limits;
    }

    void go_on() {
        Rehearsal& r = rehearsal_;
        if (r.peers() == 0 || (r.peers() < 60 && one_in(15))) return enter();
        const Id id = peer();
        switch (random_() % 60) {
            case 0:
            case 1: return r.takes_name(id, name());
            case 2:
            case 3:
            case 4:
            case 5: return r.says(id, text());
            case 6: return r.acts(id, text());
            case 7:
            case 8:
            case 9: return r.mentions(id, names(), one_in(4));
            case 10:
            case 11: return r.messages(id, names(), text());
            case 12: return r.asks_who(id, one_in(2) ? "" : group(id));
            case 13: return r.asks_whois(id, names().front());
            case 14: return r.asks_groups(id);
            case 15: return r.sends_nothing(id);
            case 16: return refused(id);
            case 17:
            case 18: return leaving(id);
            case 19: return one_in(2) ? r.goes_away(id, words()) : r.comes_back(id);
            case 20:
            case 21:
            case 22:
            case 23:
            case 24: return r.says_in(id, group(id), text(), one_in(6));
            case 25: return r.says_about(id, group(id), text());
            case 26:
            case 27:
            case 28:
            case 29:
            case 30: return r.joins(id, one_in(20) ? no_name() : any_group());
            case 31:
            case 32: return r.leaves(id, one_in(20) ? no_name() : group(id));
            case 33:
            case 34:
            case 35: return history(id);
            case 36:
            case 37:
            case 38: return r.opens_session(id);
            case 39:
            case 40:
            case 41:
            case 42: return reconnect();
            case 43: return one_in(2) ? impostor() : reconnect_repeatedly();
            case 44:
            case 45: return chatter();
            case 46: return r.announce(one_in(2) ? "" : any_group(), text());
            case 47: return r.rename(id, name());
            case 48: return r.say(id, one_in(2) ? "" : group(id), text());
            case 49: return r.whisper(id, names(), text());
            case 50: return one_in(2) ? r.join(id, any_group()) : r.leave(id, group(id));
            case 51: return r.make_permanent(any_group(), one_in(2));
            case 52: return one_in(2) ? r.go_away(id, words()) : r.come_back(id);
            case 53:
            case 54: return r.passes(one_in(40) ? 1'300 : static_cast<int>(random_() % 15));
            case 55: return stall();
            case 56:
            case 57: return r.settle();
            default: return r.compare();
        }
    }

private:
    [[nodiscard]] bool one_in(unsigned n) { return random_() % n == 0; }
    template <class List>
    [[nodiscard]] auto one_of(const List& list) {
        return *(std::begin(list) + static_cast<std::ptrdiff_t>(random_() % std::size(list)));
    }

    // ---- Random choices

    // A peer; rarely one that is gone already.
    [[nodiscard]] Id peer() {
        Id id = random_() % rehearsal_.peers();
        for (int i = 0; i < 10 && rehearsal_.model()[id].gone; ++i) id = random_() % rehearsal_.peers();
        return id;
    }
    [[nodiscard]] std::string name() {
        static const char* const known[] = {"lily", "Lily", "bob", "BOB", "eve",  "zoe",   "李雷", "韩梅梅",
                                            "max",  "x-_9", "ann", "tom", "sven", "tülin", "kim",  "Ida"};
        return one_in(12) ? no_name() : one_of(known);
    }
    [[nodiscard]] std::string no_name() {
        static const char* const some[] = {"no such", "a@b", "-dash", "much-too-long-a-name"};
        return one_of(some);
    }
    // Names of members, of possible members, and of none.
    [[nodiscard]] std::vector<std::string> names() {
        std::vector<std::string> here = rehearsal_.model().members(), some;
        here.insert(here.end(), {"Bob", "nobody", "李雷"});
        for (std::size_t i = 0, n = 1 + random_() % 4; i < n; ++i) some.push_back(one_of(here));
        return some;
    }
    [[nodiscard]] std::string any_group() {
        static const char* const some[] = {"dev", "Dev", "tea", "茶", "ops-2", "attic", "lobby"};
        return one_of(some);
    }
    // A group, mostly one that the peer is in.
    [[nodiscard]] std::string group(Id id) {
        const auto own = rehearsal_.model().groups_of(id);
        return own.empty() || one_in(8) ? any_group() : one_of(own);
    }
    [[nodiscard]] std::string text() {
        if (one_in(50)) return std::string(200, 'z');  // as long as may be
        static const char* const some[] = {"hello",           "a: b",  "你好，世界 🌍", "mail a＠b.com",
                                           "-- lily joined.", "@ x @", "{name}",       "+1-1 0 +"};
        return one_of(some);
    }
    [[nodiscard]] std::string words() { return one_in(2) ? "" : one_in(2) ? "lunch" : "{text}"; }

    // ---- Doing it

    void enter() {
        const Id id = rehearsal_.open();
        if (one_in(2)) rehearsal_.opens_session(id);
        if (!one_in(4)) rehearsal_.takes_name(id, name());
    }
    void refused(Id id) {
        switch (random_() % 7) {
            case 0: return rehearsal_.is_refused(id, std::string(201, 'x'), Errc::line_too_long);
            case 1: return rehearsal_.is_refused(id, "caf\xE9", Errc::invalid_utf8);
            case 2: return rehearsal_.is_refused(id, "/dance", Errc::unknown_command, "/dance");
            case 3: return rehearsal_.is_refused(id, "/msg lily", Errc::missing_argument, "/msg");
            case 4: return rehearsal_.is_refused(id, "#dev", Errc::missing_argument, "#dev");
            case 5: return rehearsal_.is_refused(id, "/history before x", Errc::invalid_argument, "x");
            default: return rehearsal_.is_refused(id, "name: ", Errc::name_empty);
        }
    }
    void leaving(Id id) {
        switch (random_() % 10) {
            case 0: return rehearsal_.quits(id);
            case 1: return rehearsal_.kick(id, one_in(2) ? "" : "enough");
            case 2:
            case 3:
            case 4:
            case 5: return rehearsal_.hangs_up(id);
            default: return;
        }
    }
    void history(Id id) {
        const minimeta::MessageId newest = rehearsal_.model().newest();
        minimeta::MessageId before{one_in(2) ? 0 : newest.epoch, 1 + random_() % (newest.sequence + 2)};
        if (one_in(10)) before = {7, 1 + random_() % 6};
        rehearsal_.asks_history(id, one_in(3) ? "" : group(id), "", one_in(2) ? before : minimeta::MessageId{},
                                one_in(2) ? 0 : 1 + random_() % 12);
        if (one_in(2)) return;
        rehearsal_.asks_history(id, "", names().front(), one_in(3) ? before : minimeta::MessageId{},
                                one_in(2) ? 0 : 1 + random_() % 4);
    }
    // Many messages within one turn, in several groups.
    void chatter() {
        for (int i = 0; i < 12; ++i) {
            const Id id = peer();
            switch (random_() % 8) {
                case 0: rehearsal_.say(id, "", text()); break;
                case 1: rehearsal_.announce(any_group(), text()); break;
                case 2: rehearsal_.whisper(id, names(), text()); break;
                default: rehearsal_.say(id, group(id), text());
            }
        }
    }

    // ---- Coming back

    // Most of what was sent has arrived, as a rule.
    [[nodiscard]] std::size_t lost_lines() { return one_in(2) ? 0 : one_in(8) ? 1'000 : random_() % 8; }

    // One of the last peers that may have a session, connected or not.
    [[nodiscard]] std::optional<Id> returner() {
        const bool connected = one_in(3);
        for (Id id = rehearsal_.peers(); id-- > 0;) {
            const ModelPeer& peer = rehearsal_.model()[id];
            if (peer.stamped && peer.gone != connected && one_in(2)) return id;
        }
        return {};
    }
    // A connection that has not given a name yet.
    [[nodiscard]] std::optional<Id> newcomer() {
        for (Id id = rehearsal_.peers(); id-- > 0;)
            if (!rehearsal_.model()[id].gone && !rehearsal_.model().is_member(id)) return id;
        return {};
    }
    void reconnect() {
        if (rehearsal_.peers() > 120) return;
        if (const auto id = returner())
            (void)rehearsal_.comes_again(*id, lost_lines(), one_in(3) ? newcomer() : std::nullopt);
    }
    void reconnect_repeatedly() {
        std::optional<Id> id = returner();
        for (int i = 0; i < 10 && id && rehearsal_.peers() < 130; ++i) {
            if (one_in(2)) rehearsal_.hangs_up(*id);
            if (one_in(3)) chatter();
            if (one_in(3)) rehearsal_.says_in(*id, group(*id), text());
            if (one_in(3)) rehearsal_.passes(static_cast<int>(random_() % 3));
            if (one_in(3)) rehearsal_.compare();
            id = rehearsal_.comes_again(*id, lost_lines());
        }
    }
    // Resumes with a wrong token, with that of another member, or with an id that the peer cannot know.
    void impostor() {
        const minimeta::TokenMint mint(Rehearsal::secret);
        std::string token = mint.token_of(random_() % 30);
        if (one_in(3)) token.back() = token.back() == '0' ? '1' : '0';
        if (one_in(6)) token = one_in(2) ? "lily" : "1.0";
        minimeta::MessageId seen = rehearsal_.model().newest();
        seen.sequence += random_() % 10;
        if (one_in(3)) seen = {0, random_() % 20};
        if (one_in(6)) seen = {7, random_() % 10};
        rehearsal_.resumes(one_in(4) || rehearsal_.peers() > 120 ? peer() : rehearsal_.open(), {token, seen});
    }

    // Stalls one peer at a time, since the order in which several are found too slow is unspecified.
    void stall() {
        if (!with_stalls_) return;
        if (stalled_) rehearsal_.stalls(*stalled_, false), stalled_.reset();
        else rehearsal_.stalls(*(stalled_ = peer()), true);
        for (int i = 0; i < 3 && stalled_ && one_in(2); ++i) chatter();
    }

    Rehearsal& rehearsal_;
    std::mt19937& random_;
    bool with_stalls_;
    std::optional<Id> stalled_;
};
