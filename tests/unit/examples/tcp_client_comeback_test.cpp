// Whether and when the terminal client comes back into the room.
#include <string>
#include <vector>

#include "../../../examples/tcp_client/backoff.hpp"
#include "../../../examples/tcp_client/comeback.hpp"
#include "catch.hpp"
#include "minimeta/time.hpp"

using minimeta::Duration;
using minimeta::milliseconds;
using minimeta::seconds;
using minimeta::Time;
using tcp_client::Backoff;
using tcp_client::Comeback;
using tcp_client::seconds_text;
using tcp_client::Ticket;

namespace {

using Lines = std::vector<std::string>;

constexpr Time at(Duration since_the_beginning) { return Time{} + since_the_beginning; }

/// Somebody called lily, who is in a room that keeps her place.
Comeback lily_with_a_place() {
    Comeback lily(true);
    lily.come_in("lily", at({}));
    lily.hear("+session abc 7-3 60", at({}));
    return lily;
}

}  // namespace

// ---- Delays

TEST_CASE("backoff: delays double up to the longest") {
    Backoff backoff;
    std::vector<double> delays;
    for (int i = 0; i < 9; ++i) delays.push_back(static_cast<double>(backoff.next(0).nanoseconds) / 1e9);
    CHECK(delays == std::vector<double>{0.25, 0.5, 1, 2, 4, 8, 15, 15, 15});
    backoff.reset();
    CHECK(backoff.next(0) == milliseconds(250));
}

TEST_CASE("backoff: luck takes off up to a half") {
    for (int failures = 0; failures < 8; ++failures) {
        Backoff unlucky, medium, lucky;
        for (int i = 0; i < failures; ++i) unlucky.next(0), medium.next(0.9), lucky.next(0.3);
        const Duration least = lucky.next(0), middle = medium.next(0.5), most = unlucky.next(0.999'999'999);
        CHECK(middle.nanoseconds * 2 == least.nanoseconds * 3);
        CHECK(most > middle);
        CHECK(most < least * 2);
        CHECK(most <= Backoff::longest);
    }
}

TEST_CASE("backoff: delays are told in seconds") {
    CHECK(seconds_text(milliseconds(250)) == "0.3 s");
    CHECK(seconds_text(milliseconds(1)) == "0.1 s");
    CHECK(seconds_text(milliseconds(1900)) == "1.9 s");
    CHECK(seconds_text(seconds(2)) == "2 s");
    CHECK(seconds_text(milliseconds(9'950)) == "10 s");
    CHECK(seconds_text(milliseconds(12'300)) == "13 s");
    CHECK(seconds_text(seconds(30)) == "30 s");
}

// ---- Coming back

TEST_CASE("comeback: a session is asked for before the name is given") {
    Comeback lily(true);
    CHECK(lily.come_in("lily", at({})) == Lines{"/session", "name:lily"});
    CHECK(Comeback(true).come_in("", at({})) == Lines{"/session"});
}

TEST_CASE("comeback: whoever does not want to come back asks for nothing") {
    Comeback lily(false);
    CHECK(lily.come_in("lily", at({})) == Lines{"name:lily"});
    CHECK(lily.hear("+session abc 7-3 60", at({})).shown == "+session abc 7-3 60");
    CHECK(lily.is_all_of("+1 to th"));
    CHECK_FALSE(lily.on_lost(at(seconds(1))));
}

TEST_CASE("comeback: with a place to come back to, no name is given") {
    Comeback lily = lily_with_a_place();
    lily.hear("+7-4 0 bob: hi", at(seconds(1)));
    CHECK(lily.on_lost(at(seconds(2))));
    CHECK(lily.come_in("lily", at(seconds(3))) == Lines{"/resume abc 7-4"});
    SECTION("the place is there") {
        CHECK(lily.hear("+session abc 7-5 60", at(seconds(3))).news == Ticket::News::valid);
    }
    SECTION("the place is gone") {
        CHECK(lily.hear("+nosession ! Too late.", at(seconds(3))).news == Ticket::News::expired);
        CHECK_FALSE(lily.was_shown_out());
        CHECK(lily.come_in("lily", at(seconds(3))) == Lines{"/session", "name:lily"});
    }
    SECTION("the connection is lost before the room answers") {
        CHECK(lily.on_lost(at(seconds(4))));
        CHECK(lily.come_in("lily", at(seconds(5))) == Lines{"/resume abc 7-4"});
    }
}

TEST_CASE("comeback: without a session one comes back under one's name") {
    Comeback lily(true);
    lily.come_in("lily", at({}));
    lily.hear("! There is no command \"/session\".", at({}));
    CHECK(lily.on_lost(at(seconds(1))));
    CHECK(lily.come_in("lily", at(seconds(2))) == Lines{"/session", "name:lily"});
}

TEST_CASE("comeback: whoever was shown out does not come back") {
    Comeback lily(true);
    lily.come_in("lily", at({}));
    lily.hear("-- Welcome, lily!", at({}));
    SECTION("without a session") {
        lily.hear("! You were removed.", at(seconds(5)));
        CHECK_FALSE(lily.on_lost(at(seconds(5))));
    }
    SECTION("with one, unless the room has kept the place") {
        lily.hear("+session abc 7-3 60", at({}));
        lily.hear("! You were removed.", at(seconds(5)));
        CHECK(lily.on_lost(at(seconds(5))));
        CHECK(lily.come_in("lily", at(seconds(6))) == Lines{"/resume abc 7-3"});
        CHECK(lily.was_shown_out());
        const bool kept = GENERATE(true, false);
        lily.hear(kept ? "+session abc 7-3 60" : "+nosession ! Too late.", at(seconds(6)));
        CHECK(lily.was_shown_out() == !kept);
    }
    SECTION("nor if the connection is lost once more before the room answers") {
        lily.hear("+session abc 7-3 60", at({}));
        lily.hear("! You were removed.", at(seconds(5)));
        lily.on_lost(at(seconds(5)));
        lily.come_in("lily", at(seconds(6)));
        CHECK(lily.on_lost(at(seconds(7))));
        CHECK(lily.was_shown_out());
    }
}

TEST_CASE("comeback: a refusal long ago, or before something else, shows nobody out") {
    Comeback lily(true);
    lily.come_in("lily", at({}));
    lily.hear("! Not here: nobody.", at(seconds(1)));
    SECTION("something was said since") {
        lily.hear("bob: hi", at(seconds(1)));
        CHECK(lily.on_lost(at(seconds(1))));
    }
    SECTION("the connection went on") { CHECK(lily.on_lost(at(seconds(1)) + Comeback::last_words_age)); }
    SECTION("it went on for too short a time to know") {
        CHECK_FALSE(lily.on_lost(at(seconds(1)) + Comeback::last_words_age - milliseconds(1)));
    }
    SECTION("that was another connection") {
        lily.hear("+session abc 7-3 60", at(seconds(1)));
        lily.on_lost(at(seconds(1)));
        lily.come_in("lily", at(milliseconds(1400)));
        lily.hear("+session abc 7-3 60", at(milliseconds(1400)));
        lily.on_lost(at(milliseconds(1500)));
        CHECK_FALSE(lily.was_shown_out());
    }
    SECTION("the person wants to come in all the same") {
        CHECK_FALSE(lily.on_lost(at(seconds(1))));
        lily.on_called();
        lily.come_in("lily", at(seconds(5)));
        CHECK(lily.on_lost(at(seconds(6))));
    }
}

TEST_CASE("comeback: after leaving there is no place to come back to") {
    Comeback lily = lily_with_a_place();
    lily.on_left();
    CHECK(lily.come_in("lily", at(seconds(1))) == Lines{"/session", "name:lily"});
}

TEST_CASE("comeback: it is due after the delay, until one gives up or is in") {
    Comeback lily = lily_with_a_place();
    CHECK_FALSE(lily.due());
    lily.on_lost(at(seconds(1)));
    CHECK(lily.try_later(at(seconds(1)), 0) == milliseconds(250));
    CHECK(lily.due() == at(milliseconds(1250)));
    SECTION("one gives up") {
        CHECK(lily.give_up());
        CHECK_FALSE(lily.give_up());
    }
    SECTION("one is in") { lily.come_in("lily", at(seconds(2))); }
    CHECK_FALSE(lily.due());
}

TEST_CASE("comeback: delays begin anew once one is back, or was in for long") {
    Comeback lily = lily_with_a_place();
    Time now = at({});
    const auto fails = [&] { return lily.try_later(now, 0); };
    CHECK(fails() == milliseconds(250));
    CHECK(fails() == milliseconds(500));
    lily.come_in("lily", now);
    SECTION("neither") {
        lily.on_lost(now = now + Comeback::lasting - milliseconds(1));
        CHECK(fails() == seconds(1));
    }
    SECTION("back") {
        lily.hear("+session abc 7-3 60", now);
        lily.on_lost(now);
        CHECK(fails() == milliseconds(250));
    }
    SECTION("in for long") {
        lily.on_lost(now = now + Comeback::lasting);
        CHECK(fails() == milliseconds(250));
    }
}

TEST_CASE("comeback: the beginning of a message that comes again is not all of it") {
    const Comeback lily(true);
    CHECK_FALSE(lily.is_all_of("+7-4 1700000000000 bob: hel"));
    CHECK(lily.is_all_of("-- bob joi"));
}
