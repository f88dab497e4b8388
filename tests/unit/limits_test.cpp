#include "minimeta/limits.hpp"

#include <cstddef>
#include <set>

#include "catch.hpp"

using minimeta::Errc;
using minimeta::Limits;

TEST_CASE("a reason knows the number that was exceeded") {
    const Limits limits{.connections = 1,
                        .residents = 12,
                        .line_bytes = 2,
                        .name_characters = 3,
                        .recipients = 4,
                        .backlog_bytes = 5,
                        .messages_per_second = 6,
                        .name_seconds = 7,
                        .idle_seconds = 8,
                        .groups = 9,
                        .groups_per_member = 10,
                        .resume_seconds = 11};
    CHECK(limit_behind(Errc::room_full, limits) == 1);
    CHECK(limit_behind(Errc::line_too_long, limits) == 2);
    CHECK(limit_behind(Errc::name_too_long, limits) == 3);
    CHECK(limit_behind(Errc::too_many_recipients, limits) == 4);
    CHECK(limit_behind(Errc::too_slow, limits) == 5);
    CHECK(limit_behind(Errc::too_fast, limits) == 6);
    CHECK(limit_behind(Errc::no_name_in_time, limits) == 7);
    CHECK(limit_behind(Errc::idle, limits) == 8);
    CHECK(limit_behind(Errc::no_more_groups, limits) == 9);
    CHECK(limit_behind(Errc::too_many_groups, limits) == 10);
    CHECK(limit_behind(Errc::session_unknown, limits) == 11);
    CHECK(limit_behind(Errc::no_more_residents, limits) == 12);
    CHECK(limit_behind(Errc::too_many_sanctions, Limits{.sanctions = 13}) == 13);
    CHECK(limit_behind(Errc::too_many_friends, Limits{.friends = 14}) == 14);
    CHECK(limit_behind(Errc::no_more_friendships, Limits{.friendships = 15}) == 15);
}

TEST_CASE("a reason that is about no number has none") {
    const std::set<Errc> numbered{
        Errc::room_full,          Errc::line_too_long,    Errc::name_too_long,      Errc::too_many_recipients,
        Errc::too_slow,           Errc::no_name_in_time,  Errc::too_fast,           Errc::idle,
        Errc::too_many_groups,    Errc::no_more_groups,   Errc::session_unknown,    Errc::no_more_residents,
        Errc::too_many_sanctions, Errc::too_many_friends, Errc::no_more_friendships};
    const Limits limits{.idle_seconds = 1};
    for (std::size_t i = 0; i < minimeta::errc_count; ++i) {
        const auto errc = static_cast<Errc>(i);
        INFO(name_of(errc));
        CHECK((limit_behind(errc, limits) != 0) == (numbered.count(errc) == 1));
    }
}
