// The room does what a naive model of it does: in long random sequences, and when sends fail.
#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>

#include "catch.hpp"
#include "improvisation.hpp"
#include "minimeta/minimeta.hpp"
#include "rehearsal.hpp"
#include "seed.hpp"

using namespace minimeta;

namespace {

// The longest part of a phrase that has no blanks in it.
std::string_view core(std::string_view phrase) {
    std::string_view longest;
    while (!phrase.empty()) {
        const std::string_view part = phrase.substr(0, phrase.find('{'));
        if (part.size() > longest.size()) longest = part;
        phrase.remove_prefix(std::min(phrase.find('}', part.size()), phrase.size() - 1) + 1);
    }
    return longest;
}

// That chance has brought about what it should.
void check_that_all_happened(const std::string& read) {
    const Phrases& p = english;
    const std::string_view phrases[] = {
        p.group_joined,       p.group_left,   p.group_entered, p.group_exited,   p.own_group_listed,
        p.summary_in,         p.one_renamed,  p.many_renamed,  p.members_in,     p.member_away,
        p.member_lost,        p.now_away,     p.now_back,      p.is_away_saying, p.connection_lost,
        p.active_seconds_ago, p.private_said, p.older,         p.nothing_kept,   p.missed_nothing,
        p.missed_one,         p.gap,          p.left_too_slow};
    for (const std::string_view phrase : phrases) {
        INFO(phrase);
        CHECK(read.find(core(phrase)) != read.npos);
    }
    const Errc refusals[] = {Errc::too_fast,       Errc::absent,           Errc::no_such_member,  Errc::unreachable,
                             Errc::not_in_group,   Errc::in_group_already, Errc::in_lobby_always, Errc::too_many_groups,
                             Errc::no_more_groups, Errc::not_away,         Errc::no_sessions,     Errc::session_unknown,
                             Errc::named_already,  Errc::room_full,        Errc::resumed};
    for (const Errc why : refusals) {
        INFO(name_of(why));
        CHECK(read.find(core(english.reason(why))) != read.npos);
    }
}

TEST_CASE("in long random sequences all peers read what the model says, byte for byte") {
    INFO("MINIMETA_SEED=" << seed_of_this_run());
    std::mt19937 random(seed_of_this_run());
    std::string read;
    for (int round = 0; round < 100; ++round) {
        INFO("round " << round);
        Rehearsal rehearsal(Improvisation::limits(random));
        Improvisation improvisation(rehearsal, random, true);
        for (int step = 0; step < 600; ++step) improvisation.go_on();
        rehearsal.compare();
        read += rehearsal.read_by_all();
    }
    check_that_all_happened(read);
}

TEST_CASE("in random sequences where a send fails all other peers read what the model says") {
    INFO("MINIMETA_SEED=" << seed_of_this_run());
    std::mt19937 random(seed_of_this_run());
    for (int round = 0; round < 200; ++round) {
        INFO("round " << round);
        Rehearsal rehearsal(Improvisation::limits(random));
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
    r.opens_session(bob);
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
    for (const auto id : {lily, bob, eve}) r.joins(id, "dev");
    for (const auto id : {bob, eve, leilei}) r.joins(id, "tea");
    r.says_in(lily, "dev", "does it build?");
    r.says_in(eve, "tea", "the kettle is on");
    r.says(leilei, "good morning");
    r.says_in(eve, "dev", "it does");
    r.goes_away(leilei, "tea");
    r.settle();
    r.asks_who(bob);
    r.acts(leilei, "waves");
    r.messages(eve, {"李雷", "bob"}, "psst");
    r.takes_name(eve, "eva");
    r.mentions(bob, {"eve"}, false);
    r.settle();
    r.hangs_up(bob);
    r.says_in(lily, "dev", "where is bob?");
    r.passes(10);
    r.comes_again(bob, 1);
    r.announce("", "Tea is ready.");
    r.announce("tea", "It is.");
    r.says(lily, "coming");
    r.asks_history(lily, "dev", "", {}, 0);
    r.settle();
    r.mentions(leilei, {"lily", "eva"}, true);
    r.leaves(lily, "dev");
    r.settle();
    r.kick(leilei, "enough");
    r.is_refused(lily, "/dance", Errc::unknown_command, "/dance");
    r.hangs_up(eve);
    r.says(lily, "is anybody still here?");
    r.compare();
}

TEST_CASE("whichever send fails, its peer is gone, and the others lose nothing and read that once") {
    Rehearsal undisturbed(Limits{.name_seconds = 0});
    play(undisturbed);
    const std::size_t sends = undisturbed.sends();
    CHECK(sends > 40);
    for (std::size_t n = 0; n < sends; ++n) {
        INFO("send " << n << " fails");
        Rehearsal rehearsal(Limits{.name_seconds = 0});
        rehearsal.fail_after(n);
        play(rehearsal);
    }
}

}  // namespace
