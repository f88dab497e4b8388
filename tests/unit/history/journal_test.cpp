#include "minimeta/history/journal.hpp"

#include <cstddef>
#include <string>

#include "catch.hpp"

using namespace minimeta;

namespace {

// The three members that talk; eve has a session.
struct Talk {
    UniquePtr<History> histories[3];
    Journal::Party lily{{1}, "lily", &histories[0]}, bob{{2}, "bob", &histories[1]}, eve{{3}, "eve", &histories[2]};

    const History* private_history(std::size_t member) const { return histories[member - 1].get(); }
};

// As in `1-4 lily to bob,eve: hi; `, oldest first.
std::string all_of(const History* history) {
    if (history == nullptr) return "none";
    std::string all;
    for (std::size_t i = 0; i < history->size(); ++i) {
        const Message message = (*history)[i];
        all.append(text_of(message.stamp.id)).append(" ").append(message.from);
        if (!message.to.empty()) all.append(" to ").append(message.to);
        all.append(": ").append(message.text).append("; ");
    }
    return all;
}

}  // namespace

TEST_CASE("what is said is remembered where it was said, under numbers that are common to all") {
    const Limits limits;
    Journal journal(limits);
    journal.sequencer().advance({7'000'000'000});
    History lobby(9, 999), dev(9, 999);
    CHECK((journal.add(lobby, {.from = "lily", .text = "one"}).id == MessageId{7, 1}));
    CHECK((journal.add(dev, {.from = "bob", .text = "two"}).id == MessageId{7, 2}));
    const Stamp third = journal.add(lobby, {.text = "three"});
    CHECK((third.id == MessageId{7, 3}));
    CHECK((third.at == WallTime{7'000'000'000}));
    CHECK(all_of(&lobby) == "7-1 lily: one; 7-3 : three; ");
    CHECK(all_of(&dev) == "7-2 bob: two; ");
}

TEST_CASE("a private message is remembered for its parties alone, each by itself, where that is switched on") {
    const Limits limits{.private_history_messages = 2};
    Talk talk;
    auto &lily = talk.lily, &bob = talk.bob, &eve = talk.eve;
    Journal journal(limits);
    CHECK(journal.keeps_private());
    CHECK(talk.private_history(1) == nullptr);
    const Journal::Party both[] = {bob, eve};
    CHECK((journal.add_private(lily, both, {.text = "one"}).id == MessageId{1, 1}));
    for (const std::size_t member : {1u, 2u, 3u})
        CHECK(all_of(talk.private_history(member)) == "1-1 lily to bob,eve: one; ");
    CHECK(((*talk.private_history(2))[0].author == MemberNumber{1}));

    const Journal::Party her[] = {lily};
    (void)journal.add_private(bob, her, {.text = "two"});
    (void)journal.add_private(bob, her, {.text = "three"});
    CHECK(all_of(talk.private_history(1)) == "1-2 bob to lily: two; 1-3 bob to lily: three; ");
    CHECK(all_of(talk.private_history(3)) == "1-1 lily to bob,eve: one; ");
}

TEST_CASE("where it is off nothing is remembered but that there was something, for members that may come back") {
    const Limits limits{.private_history_messages = 0};
    Talk talk;
    auto &lily = talk.lily, &bob = talk.bob, &eve = talk.eve;
    bob.history = nullptr;  // since he may not come back
    Journal journal(limits);
    CHECK_FALSE(journal.keeps_private());
    const Journal::Party both[] = {bob, eve};
    (void)journal.add_private(lily, both, {.text = "one"});
    CHECK((journal.add_private(eve, {}, {.text = "two"}).id == MessageId{1, 2}));
    CHECK(talk.private_history(1) == nullptr);
    CHECK(talk.private_history(2) == nullptr);
    REQUIRE(talk.private_history(3) != nullptr);
    CHECK(talk.private_history(3)->size() == 0);
    CHECK((talk.private_history(3)->forgotten() == MessageId{1, 1}));  // what she wrote herself is not missed
}

TEST_CASE("a member's private history has bytes of its own, too") {
    const Limits limits{.private_history_messages = 100, .private_history_bytes = 20};
    Talk talk;
    auto &lily = talk.lily, &bob = talk.bob;
    Journal journal(limits);
    const Journal::Party him[] = {bob};
    for (const char* text : {"1", "2", "3"}) (void)journal.add_private(lily, him, {.text = text});  // 8 bytes each
    CHECK(talk.private_history(2)->size() == 2);
}
