#include "minimeta/state/session_table.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <set>
#include <string>

#include "catch.hpp"

using minimeta::Duration;
using minimeta::seconds;
using minimeta::Time;
using Sessions = minimeta::SessionTable<const std::string>;

namespace {

constexpr Time at(std::int64_t second) { return Time{} + seconds(second); }
constexpr minimeta::MemberNumber member(std::uint64_t number) { return {number}; }

const std::string lily = "lily", bob = "bob", eve = "eve";  // the members

}  // namespace

TEST_CASE("sessions are offered once there is a key, and before that no token is valid") {
    Sessions sessions(60, 100);
    CHECK_FALSE(sessions.offered());
    CHECK(sessions.find("1.0") == nullptr);
    CHECK_FALSE(sessions.has(member(1)));
    sessions.offer({1, 2});
    CHECK(sessions.offered());
}

TEST_CASE("a member's token stays the same, and finds the member as long as it has a session") {
    Sessions sessions(60, 100);
    sessions.offer({1, 2});
    const std::string token = sessions.open(member(1), lily), bobs = sessions.open(member(2), bob);
    CHECK(token != bobs);
    CHECK(sessions.open(member(1), lily) == token);
    CHECK(sessions.find(token) == &lily);
    CHECK(sessions.find(bobs) == &bob);
    CHECK(sessions.has(member(1)));
    CHECK(sessions.find(token + "0") == nullptr);
    CHECK(sessions.find("") == nullptr);
    sessions.end(member(1));
    CHECK(sessions.find(token) == nullptr);
    CHECK_FALSE(sessions.has(member(1)));
    CHECK(sessions.find(bobs) == &bob);
    sessions.end(member(1));
    sessions.end(member(99));
}

TEST_CASE("a token of another key is nobody's, and with a new key the old ones are none") {
    Sessions sessions(60, 100), others(60, 100);
    sessions.offer({1, 2});
    others.offer({1, 3});
    const std::string token = sessions.open(member(1), lily), foreign = others.open(member(1), lily);
    CHECK(sessions.find(foreign) == nullptr);
    sessions.offer({1, 3});
    CHECK(sessions.find(token) == nullptr);
    CHECK(sessions.find(foreign) == &lily);
}

TEST_CASE("a lost member is waited for, and expires when the time is over and not before") {
    Sessions sessions(60, 100);
    sessions.offer({1, 2});
    sessions.open(member(1), lily);
    sessions.open(member(2), bob);
    CHECK(sessions.lost() == 0);
    CHECK_FALSE(sessions.deadline());
    CHECK(sessions.lose(member(2), 0, at(5)) == nullptr);
    CHECK(sessions.lose(member(1), 0, at(7)) == nullptr);
    CHECK(sessions.lost() == 2);
    CHECK((sessions.deadline() == at(65)));
    CHECK(sessions.expired(at(65) - Duration{1}) == nullptr);
    CHECK(sessions.expired(at(65)) == &bob);
    sessions.end(member(2));
    CHECK(sessions.lost() == 1);
    CHECK((sessions.deadline() == at(67)));
    CHECK(sessions.expired(at(67)) == &lily);
}

TEST_CASE("a member with a connection again is not waited for, and being lost again begins the time anew") {
    Sessions sessions(60, 100);
    sessions.offer({1, 2});
    const std::string token = sessions.open(member(1), lily);
    CHECK(sessions.lose(member(1), 0, at(0)) == nullptr);
    CHECK(sessions.lose(member(1), 0, at(10)) == nullptr);
    CHECK(sessions.lost() == 1);
    CHECK((sessions.deadline() == at(70)));
    sessions.regain(member(1));
    sessions.regain(member(1));
    CHECK(sessions.lost() == 0);
    CHECK_FALSE(sessions.deadline());
    CHECK(sessions.find(token) == &lily);
    CHECK(sessions.lose(member(1), 0, at(20)) == nullptr);
    CHECK((sessions.deadline() == at(80)));
}

TEST_CASE("a member may resume a few times in a row, and then once a second") {
    Sessions sessions(60, 100);
    sessions.offer({1, 2});
    sessions.open(member(1), lily);
    sessions.open(member(2), bob);
    for (int i = 0; i < 10; ++i) CHECK(sessions.admit(member(1), at(100)));
    CHECK_FALSE(sessions.admit(member(1), at(100)));
    CHECK(sessions.admit(member(2), at(100)));
    CHECK(sessions.admit(member(1), at(101)));
    CHECK_FALSE(sessions.admit(member(1), at(101)));
}

TEST_CASE("each lost member is visited, and no other") {
    Sessions sessions(60, 100);
    sessions.offer({1, 2});
    std::uint64_t number = 0;
    for (const std::string* each : {&lily, &bob, &eve}) sessions.open(member(++number), *each);
    const auto lost = [&] {
        std::set<std::string> names;
        sessions.each_lost([&](const std::string& each) { return names.insert(each).second; });
        return names;
    };
    CHECK(lost().empty());
    CHECK(sessions.lose(member(1), 0, at(0)) == nullptr);
    CHECK(sessions.lose(member(3), 0, at(0)) == nullptr);
    CHECK(lost() == std::set<std::string>{"eve", "lily"});
    sessions.regain(member(1));
    CHECK(lost() == std::set<std::string>{"eve"});
    sessions.end(member(3));
    CHECK(lost().empty());
}

TEST_CASE("where there are more places than can be counted, nobody is displaced") {
    Sessions sessions(60, std::numeric_limits<std::size_t>::max());
    sessions.offer({1, 2});
    sessions.open(member(1), lily);
    CHECK(sessions.lose(member(1), 5, at(0)) == nullptr);
    CHECK(sessions.lost() == 1);
}

TEST_CASE("so many members are waited for, and the one lost longest leaves for the next") {
    Sessions sessions(60, 1);
    sessions.offer({1, 2});
    sessions.open(member(1), lily);
    sessions.open(member(2), bob);
    CHECK(sessions.lose(member(1), 0, at(0)) == nullptr);
    CHECK(sessions.lose(member(2), 0, at(1)) == &lily);
    sessions.end(member(1));
    CHECK(sessions.lost() == 1);
}

TEST_CASE("an origin may have a quarter of the places, and what is lost above that takes none of the others") {
    Sessions sessions(60, 8);
    sessions.offer({1, 2});
    const std::array<std::string, 4> crowd;
    sessions.open(member(100), lily);
    CHECK(sessions.lose(member(100), 7, at(0)) == nullptr);
    for (std::size_t i = 0; i < crowd.size(); ++i) {
        sessions.open(member(i), crowd[i]);
        const std::string* displaced = sessions.lose(member(i), 5, at(1));
        CHECK(displaced == (i < 2 ? nullptr : &crowd[i - 2]));
        if (displaced != nullptr) sessions.end(member(i - 2));
    }
    CHECK(sessions.lost() == 3);
    sessions.regain(member(3));
    sessions.open(member(200), bob);
    CHECK(sessions.lose(member(200), 5, at(2)) == nullptr);
    sessions.regain(member(2));
    sessions.regain(member(100));
    sessions.regain(member(200));
    CHECK(sessions.lost() == 0);
    CHECK(sessions.lose(member(100), 5, at(3)) == nullptr);
}
