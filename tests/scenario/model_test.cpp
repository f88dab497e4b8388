// The room does what a naive model of it does: in long random sequences, and when sends fail.
#include <cstddef>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "minimeta/minimeta.hpp"
#include "rehearsal.hpp"
#include "seed.hpp"

using namespace minimeta;

namespace {

/// Does one thing after another, at random.
class Improvisation {
public:
    Improvisation(Rehearsal& rehearsal, std::mt19937& random, bool with_stalls)
        : rehearsal_(rehearsal), random_(random), with_stalls_(with_stalls) {}

    void go_on() {
        Rehearsal& r = rehearsal_;
        if (r.peers() == 0 || (r.peers() < 40 && one_in(20))) {
            r.open();
            if (!one_in(3)) r.takes_name(r.peers() - 1, name());
            return;
        }
        const std::size_t id = peer();
        switch (random_() % 25) {
            case 0:
            case 1: return r.takes_name(id, name());
            case 2:
            case 3:
            case 4:
            case 5:
            case 6: return r.says(id, text());
            case 7: return r.acts(id, text());
            case 8:
            case 9:
            case 10: return r.mentions(id, names(), one_in(4));
            case 11:
            case 12: return r.messages(id, names(), text());
            case 13: return r.asks_who(id);
            case 14: return r.sends_nothing(id);
            case 15: return refused(id);
            case 16: return leaving(id);
            case 17: return r.announce(text());
            case 18: return r.rename(id, name());
            case 19: return r.say(id, text());
            case 20: return r.whisper(id, names(), text());
            case 21: return r.passes(static_cast<int>(random_() % 15));
            case 22: return stall();
            default: return one_in(2) ? r.settle() : r.compare();
        }
    }

private:
    [[nodiscard]] bool one_in(unsigned n) { return random_() % n == 0; }
    template <class List>
    [[nodiscard]] auto one_of(const List& list) {
        return *(std::begin(list) + static_cast<std::ptrdiff_t>(random_() % std::size(list)));
    }

    // Rarely one that is gone already.
    [[nodiscard]] std::size_t peer() {
        std::size_t id = random_() % rehearsal_.peers();
        for (int i = 0; i < 3 && rehearsal_.model()[id].gone; ++i) id = random_() % rehearsal_.peers();
        return id;
    }
    [[nodiscard]] std::string name() {
        static const char* const known[] = {"lily", "Lily",    "bob",    "BOB",   "eve",
                                            "zoe",  "李雷",    "韩梅梅", "max",   "x-_9",
                                            "",     "no such", "a@b",    "-dash", "much-too-long-a-name"};
        return one_of(known);
    }
    // Some who are here, some who may be, some who cannot be.
    [[nodiscard]] std::vector<std::string> names() {
        std::vector<std::string> some;
        for (std::size_t i = 0, n = 1 + random_() % 4; i < n; ++i) {
            const std::string& here = rehearsal_.model()[peer()].name;
            some.push_back(one_in(8) || here.empty() ? one_of(std::vector<std::string>{"eve", "Bob", "nobody", "李雷"})
                                                     : here);
        }
        return some;
    }
    [[nodiscard]] std::string text() {
        if (one_in(50)) return std::string(200, 'z');  // as long as may be
        static const char* const some[] = {"hello",           "a: b",  "你好，世界 🌍", "mail a＠b.com",
                                           "-- lily joined.", "@ x @", "{name}"};
        return one_of(some);
    }
    void refused(std::size_t id) {
        switch (random_() % 5) {
            case 0: return rehearsal_.is_refused(id, std::string(201, 'x'), Errc::line_too_long);
            case 1: return rehearsal_.is_refused(id, "caf\xE9", Errc::invalid_utf8);
            case 2: return rehearsal_.is_refused(id, "/dance", Errc::unknown_command, "/dance");
            case 3: return rehearsal_.is_refused(id, "/msg lily", Errc::missing_argument, "/msg");
            default: return rehearsal_.is_refused(id, "name: ", Errc::name_empty);
        }
    }
    void leaving(std::size_t id) {
        switch (random_() % 8) {
            case 0: return rehearsal_.quits(id);
            case 1: return rehearsal_.hangs_up(id);
            case 2: return rehearsal_.kick(id, one_in(2) ? "" : "enough");
            default: return;
        }
    }
    // One at a time, since in which order several are too slow is not said anywhere.
    void stall() {
        if (!with_stalls_) return;
        if (stalled_) rehearsal_.stalls(*stalled_, false), stalled_.reset();
        else rehearsal_.stalls(*(stalled_ = peer()), true);
    }

    Rehearsal& rehearsal_;
    std::mt19937& random_;
    bool with_stalls_;
    std::optional<std::size_t> stalled_;
};

Limits limits_of_round(int round) {
    Limits limits{.line_bytes = 200, .name_characters = 16, .recipients = 3, .backlog_bytes = 1'500, .name_seconds = 0};
    limits.messages_per_second = round % 3 == 0 ? 0 : round % 3 == 1 ? 2 : 10;
    limits.burst = round % 3 == 1 ? 3 : 20;
    return limits;
}

TEST_CASE("in long random sequences everybody reads what the model says, byte for byte") {
    INFO("MINIMETA_SEED=" << seed_of_this_run());
    std::mt19937 random(seed_of_this_run());
    for (int round = 0; round < 100; ++round) {
        INFO("round " << round);
        Rehearsal rehearsal(limits_of_round(round));
        Improvisation improvisation(rehearsal, random, true);
        for (int step = 0; step < 600; ++step) improvisation.go_on();
        rehearsal.compare();
    }
}

TEST_CASE("in random sequences where a send fails everybody else reads what the model says") {
    INFO("MINIMETA_SEED=" << seed_of_this_run());
    std::mt19937 random(seed_of_this_run());
    for (int round = 0; round < 200; ++round) {
        INFO("round " << round);
        Rehearsal rehearsal(limits_of_round(round));
        Improvisation improvisation(rehearsal, random, false);
        for (int step = 0; step < 200; ++step) {
            if (step % 50 == 0) rehearsal.fail_after(random() % 60);
            improvisation.go_on();
        }
        rehearsal.compare();
    }
}

enum : std::size_t { lily, bob, eve, leilei, someone };

// A session with something of everything, in turns of several lines.
void play(Rehearsal& r) {
    for (int i = 0; i < 5; ++i) r.open();
    r.takes_name(lily, "lily");
    r.takes_name(bob, "bob");
    r.takes_name(eve, "eve");
    r.settle();
    r.takes_name(leilei, "李雷");
    r.takes_name(someone, "LILY");
    r.says(lily, "hello");
    r.says(bob, "hello lily");
    r.mentions(lily, {"bob", "eve"}, false);
    r.says(eve, "one");
    r.says(eve, "two");
    r.settle();
    r.asks_who(bob);
    r.acts(leilei, "waves");
    r.messages(eve, {"李雷", "bob"}, "psst");
    r.takes_name(eve, "eva");
    r.mentions(bob, {"eve"}, false);
    r.settle();
    r.announce("Tea is ready.");
    r.says(lily, "coming");
    r.quits(bob);
    r.mentions(leilei, {"lily", "eva"}, true);
    r.settle();
    r.kick(leilei, "enough");
    r.is_refused(lily, "/dance", Errc::unknown_command, "/dance");
    r.hangs_up(eve);
    r.says(lily, "is anybody still here?");
    r.compare();
}

TEST_CASE("whichever send fails, its peer is gone, and everybody else loses nothing and is told once") {
    Rehearsal undisturbed(Limits{});
    play(undisturbed);
    const std::size_t sends = undisturbed.sends();
    CHECK(sends > 40);
    for (std::size_t n = 0; n < sends; ++n) {
        INFO("send " << n << " fails");
        Rehearsal rehearsal(Limits{});
        rehearsal.fail_after(n);
        play(rehearsal);
    }
}

}  // namespace
