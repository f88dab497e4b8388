// The terminal client's reconnect policy: whether, when and how it connects again.
#include <string>
#include <vector>

#include "../../../examples/tcp_client/backoff.hpp"
#include "../../../examples/tcp_client/reconnect.hpp"
#include "catch.hpp"
#include "minimeta/time.hpp"

using minimeta::Duration;
using minimeta::milliseconds;
using minimeta::seconds;
using minimeta::Time;
using tcp_client::Backoff;
using tcp_client::Reconnect;
using tcp_client::ResumeToken;
using tcp_client::seconds_text;

namespace {

using Lines = std::vector<std::string>;

constexpr Time at(Duration since_the_beginning) { return Time{} + since_the_beginning; }

/// Lily is in a room, and has a session.
Reconnect lily_with_a_session() {
    Reconnect lily(true, "lily");
    lily.on_connect(at({}));
    lily.on_receive("+session abc 7-3 60", at({}));
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

TEST_CASE("backoff: jitter takes off up to a half") {
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

TEST_CASE("backoff: delays are shown in seconds") {
    CHECK(seconds_text(milliseconds(250)) == "0.3 s");
    CHECK(seconds_text(milliseconds(1)) == "0.1 s");
    CHECK(seconds_text(milliseconds(1900)) == "1.9 s");
    CHECK(seconds_text(seconds(2)) == "2 s");
    CHECK(seconds_text(milliseconds(9'950)) == "10 s");
    CHECK(seconds_text(milliseconds(12'300)) == "13 s");
    CHECK(seconds_text(seconds(30)) == "30 s");
}

// ---- Reconnecting

TEST_CASE("reconnect: a session is asked for before the name is given") {
    Reconnect lily(true, "lily");
    CHECK(lily.on_connect(at({})) == Lines{"/session", "name:lily"});
    CHECK(Reconnect(true, "").on_connect(at({})) == Lines{"/session"});
}

TEST_CASE("reconnect: if it is not wanted, no session is requested") {
    Reconnect lily(false, "lily");
    CHECK(lily.on_connect(at({})) == Lines{"name:lily"});
    CHECK(lily.on_receive("+session abc 7-3 60", at({})).shown == "+session abc 7-3 60");
    CHECK(lily.is_complete("+1 to th"));
    CHECK_FALSE(lily.on_lost(at(seconds(1))));
}

TEST_CASE("reconnect: with a session to resume, no name is given") {
    Reconnect lily = lily_with_a_session();
    lily.on_receive("+7-4 0 bob: hi", at(seconds(1)));
    CHECK(lily.on_lost(at(seconds(2))));
    CHECK(lily.on_connect(at(seconds(3))) == Lines{"/resume abc 7-4"});
    SECTION("the session is there") {
        CHECK(lily.on_receive("+session abc 7-5 60", at(seconds(3))).answer == ResumeToken::Answer::granted);
    }
    SECTION("the session is gone") {
        CHECK(lily.on_receive("+nosession ! Too late.", at(seconds(3))).answer == ResumeToken::Answer::expired);
        CHECK_FALSE(lily.was_removed());
        CHECK(lily.on_connect(at(seconds(3))) == Lines{"/session", "name:lily"});
    }
    SECTION("the connection is lost before the room answers") {
        CHECK(lily.on_lost(at(seconds(4))));
        CHECK(lily.on_connect(at(seconds(5))) == Lines{"/resume abc 7-4"});
    }
}

TEST_CASE("reconnect: without a session, the client joins under its name again") {
    Reconnect lily(true, "lily");
    lily.on_connect(at({}));
    lily.on_receive("! There is no command \"/session\".", at({}));
    CHECK(lily.on_lost(at(seconds(1))));
    CHECK(lily.on_connect(at(seconds(2))) == Lines{"/session", "name:lily"});
}

TEST_CASE("reconnect: a client that was removed does not reconnect") {
    Reconnect lily(true, "lily");
    lily.on_connect(at({}));
    lily.on_receive("-- Welcome, lily!", at({}));
    SECTION("without a session") {
        lily.on_receive("! You were removed.", at(seconds(5)));
        CHECK_FALSE(lily.on_lost(at(seconds(5))));
    }
    SECTION("with one, unless the room has kept it") {
        lily.on_receive("+session abc 7-3 60", at({}));
        lily.on_receive("! You were removed.", at(seconds(5)));
        CHECK(lily.on_lost(at(seconds(5))));
        CHECK(lily.on_connect(at(seconds(6))) == Lines{"/resume abc 7-3"});
        CHECK(lily.was_removed());
        const bool kept = GENERATE(true, false);
        lily.on_receive(kept ? "+session abc 7-3 60" : "+nosession ! Too late.", at(seconds(6)));
        CHECK(lily.was_removed() == !kept);
    }
    SECTION("nor if the connection is lost once more before the room answers") {
        lily.on_receive("+session abc 7-3 60", at({}));
        lily.on_receive("! You were removed.", at(seconds(5)));
        lily.on_lost(at(seconds(5)));
        lily.on_connect(at(seconds(6)));
        CHECK(lily.on_lost(at(seconds(7))));
        CHECK(lily.was_removed());
    }
}

TEST_CASE("reconnect: a refusal long ago, or before another line, is no removal") {
    Reconnect lily(true, "lily");
    lily.on_connect(at({}));
    lily.on_receive("! Not here: nobody.", at(seconds(1)));
    SECTION("something was said since") {
        lily.on_receive("bob: hi", at(seconds(1)));
        CHECK(lily.on_lost(at(seconds(1))));
    }
    SECTION("the connection went on") { CHECK(lily.on_lost(at(seconds(1)) + Reconnect::removal_window)); }
    SECTION("it went on for too short a time to know") {
        CHECK_FALSE(lily.on_lost(at(seconds(1)) + Reconnect::removal_window - milliseconds(1)));
    }
    SECTION("that was another connection") {
        lily.on_receive("+session abc 7-3 60", at(seconds(1)));
        lily.on_lost(at(seconds(1)));
        lily.on_connect(at(milliseconds(1400)));
        lily.on_receive("+session abc 7-3 60", at(milliseconds(1400)));
        lily.on_lost(at(milliseconds(1500)));
        CHECK_FALSE(lily.was_removed());
    }
    SECTION("the user connects all the same") {
        CHECK_FALSE(lily.on_lost(at(seconds(1))));
        lily.on_start();
        lily.on_connect(at(seconds(5)));
        CHECK(lily.on_lost(at(seconds(6))));
    }
}

TEST_CASE("reconnect: after leaving there is no session to resume") {
    Reconnect lily = lily_with_a_session();
    lily.on_leave();
    CHECK(lily.on_connect(at(seconds(1))) == Lines{"/session", "name:lily"});
}

TEST_CASE("reconnect: it is due after the delay, until it is cancelled or connected") {
    Reconnect lily = lily_with_a_session();
    CHECK_FALSE(lily.due());
    lily.on_lost(at(seconds(1)));
    CHECK(lily.schedule(at(seconds(1)), 0) == milliseconds(250));
    CHECK(lily.due() == at(milliseconds(1250)));
    SECTION("it is cancelled") {
        CHECK(lily.cancel());
        CHECK_FALSE(lily.cancel());
    }
    SECTION("it is connected") { lily.on_connect(at(seconds(2))); }
    CHECK_FALSE(lily.due());
}

TEST_CASE("reconnect: the name is the one that the room has confirmed last") {
    Reconnect lily(true, "lily");
    lily.on_connect(at({}));
    CHECK(lily.on_receive("+name Lily", at({})).shown == std::nullopt);
    lily.on_receive("+name rose", at({}));
    lily.on_receive("! The name bob is taken.", at({}));
    CHECK(lily.on_connect(at(seconds(1))) == Lines{"/session", "name:rose"});
    for (const std::string line : {"+name ", "+name two words", "+name -x", "+names eve", "+name eve:"})
        CHECK(lily.on_receive(line, at({})).shown == line);
    CHECK(lily.on_connect(at(seconds(1))) == Lines{"/session", "name:rose"});
}

TEST_CASE("reconnect: delays start again after a long connection, and not because a room greets and closes") {
    Reconnect lily = lily_with_a_session();
    Time now = at({});
    const auto fails = [&] { return lily.schedule(now, 0); };
    CHECK(fails() == milliseconds(250));
    CHECK(fails() == milliseconds(500));
    lily.on_connect(now);
    SECTION("neither") {
        lily.on_lost(now = now + Reconnect::stable_after - milliseconds(1));
        CHECK(fails() == seconds(1));
    }
    SECTION("resumed, and lost at once") {
        lily.on_receive("+session abc 7-3 60", now);
        lily.on_lost(now);
        CHECK(fails() == seconds(1));
    }
    SECTION("connected for long") {
        lily.on_lost(now = now + Reconnect::stable_after);
        CHECK(fails() == milliseconds(250));
    }
}

TEST_CASE("reconnect: a message that was cut off is not complete, since it comes again") {
    const Reconnect lily(true, "lily");
    CHECK_FALSE(lily.is_complete("+7-4 1700000000000 bob: hel"));
    CHECK(lily.is_complete("-- bob joi"));
}
