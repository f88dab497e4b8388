#include "minimeta/history/query.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "catch.hpp"

using namespace minimeta;

namespace {

constexpr std::size_t plenty = 1'000'000;

// A history of messages with these ids, in epoch 1, whose texts are their ids.
History history_of(std::initializer_list<std::uint64_t> ids, std::size_t most = 100, MemberNumber author = {9}) {
    History history(most, 10'000);
    for (const std::uint64_t id : ids)
        history.add({.stamp = {{1, id}, {}}, .from = "lily", .text = std::to_string(id), .author = author});
    return history;
}

// The texts, with blanks between them, and the groups in front.
template <class Messages>
std::string texts(const Messages& messages) {
    std::string all;
    for (const Message& message : messages)
        all.append(all.empty() ? "" : " ").append(message.group).append(message.text);
    return all;
}

std::string page(const History& history, MessageId before, std::size_t count, std::size_t bytes = plenty) {
    const HistoryPage page = page_before(history, "", before, count, bytes, [](const Message&) { return true; });
    return texts(page.messages) + (page.older ? " ..." : "");
}

std::string missed(const MissedMessages& missed) {
    std::string all = texts(missed.messages());
    if (missed.gap_end()) all += " gap " + text_of(missed.gap_begin()) + " to " + text_of(missed.gap_end());
    return all;
}

}  // namespace

TEST_CASE("a page is the last messages, and whether there are older ones") {
    const History history = history_of({1, 3, 5, 7});
    CHECK(page(history, {}, 2) == "5 7 ...");
    CHECK(page(history, {}, 4) == "1 3 5 7");
    CHECK(page(history, {}, 9) == "1 3 5 7");
    CHECK(page(history_of({}), {}, 9) == "");
}

TEST_CASE("a page before a message ends with the last one before it, whether that message is kept or not") {
    const History history = history_of({1, 3, 5, 7});
    CHECK(page(history, {1, 7}, 2) == "3 5 ...");
    CHECK(page(history, {1, 6}, 2) == "3 5 ...");
    CHECK(page(history, {1, 5}, 2) == "1 3");
    CHECK(page(history, {1, 1}, 2) == "");
    CHECK(page(history, {2, 1}, 1) == "7 ...");
    CHECK(page(history, {0, 5}, 1) == "");
}

TEST_CASE("a page has what fits its bytes, and one message at least") {
    const History history = history_of({1, 2, 3});
    const std::size_t one = encoded_bytes(history[0]);
    CHECK(page(history, {}, 9, 3 * one) == "1 2 3");
    CHECK(page(history, {}, 9, 3 * one - 1) == "2 3 ...");
    CHECK(page(history, {}, 9, 0) == "3 ...");
}

TEST_CASE("a page has only what is wanted, and older ones count only if they are") {
    const History history = history_of({1, 2, 3, 4, 5});
    const auto even = [](const Message& message) { return message.stamp.id.sequence % 2 == 0; };
    const HistoryPage two = page_before(history, "dev ", {}, 2, plenty, even);
    CHECK(texts(two.messages) == "dev 2 dev 4");
    CHECK_FALSE(two.older);
    CHECK(page_before(history, "", {}, 1, plenty, even).older);
}

TEST_CASE("a private message is between its sender and each recipient") {
    const Message message{.from = "Lily", .to = "bob,ｅｖｅ"};
    for (const std::string_view name : {"lily", "LILY", "bob", "Bob", "eve"}) CHECK(is_between(message, name));
    for (const std::string_view name : {"", "zoe", "bo", "bobe", "bob,eve", "bob,"})
        CHECK_FALSE(is_between(message, name));
    CHECK_FALSE(is_between({.from = "lily"}, ""));
}

TEST_CASE("what was missed is all that is later than what was seen, of several histories, in order") {
    const History lobby = history_of({1, 4, 6}), dev = history_of({2, 3, 7}), tea = history_of({5});
    MissedMessages three({1}, {1, 3});
    three.add(lobby, "", {});
    three.add(dev, "dev", {});
    three.add(tea, "tea", {});
    three.finish(plenty);
    CHECK(missed(three) == "4 tea5 6 dev7");

    MissedMessages none({1}, {1, 7});
    none.add(lobby, "", {});
    none.add(dev, "dev", {});
    none.finish(plenty);
    CHECK(missed(none) == "");
    CHECK((none.gap_begin() == MessageId{}));
}

TEST_CASE("what the member said itself was not missed, nor what was said in a group before it was there") {
    const History lobby = history_of({1, 2}, 100, {7}), dev = history_of({3, 4, 5});
    MissedMessages own({7}, {1, 0});
    own.add(lobby, "", {});
    own.add(dev, "dev", {1, 4});
    own.finish(plenty);
    CHECK(missed(own) == "dev5");
}

TEST_CASE("where a history no longer reaches back to what was seen there is a gap") {
    const History lobby = history_of({1, 3, 5, 7}, 2), dev = history_of({2, 4, 6}, 2);  // 3 and 2 are forgotten
    const auto since = [&](MessageId seen, MessageId joined_dev) {
        MissedMessages some({1}, seen);
        some.add(lobby, "", {});
        some.add(dev, "dev", joined_dev);
        some.finish(plenty);
        return missed(some);
    };
    CHECK(since({1, 3}, {}) == "dev4 5 dev6 7");
    CHECK(since({1, 2}, {}) == "dev4 5 dev6 7 gap 1-3 to 1-3");
    CHECK(since({1, 1}, {}) == "dev4 5 dev6 7 gap 1-2 to 1-3");
    CHECK(since({}, {}) == "dev4 5 dev6 7 gap 1-1 to 1-3");
    CHECK(since({1, 3}, {1, 5}) == "5 dev6 7");
    CHECK(since({0, 9}, {}) == "dev4 5 dev6 7 gap 1-1 to 1-3");

    MissedMessages group_only({1}, {1, 1});
    group_only.add(dev, "dev", {1, 2});  // one joined behind what is forgotten
    group_only.finish(plenty);
    CHECK(missed(group_only) == "dev4 dev6");
}

TEST_CASE("what the member said itself leaves no gap when it is forgotten") {
    History lobby(2, 1'000);
    const auto add = [&](std::uint64_t sequence, std::uint64_t author) {
        lobby.add({.stamp = {{1, sequence}, {}}, .from = "x", .text = "hi", .author = {author}});
    };
    const auto missed_since = [&](std::uint64_t sequence) {
        MissedMessages some({7}, {1, sequence});
        some.add(lobby, "", {});
        some.finish(plenty);
        return missed(some);
    };
    for (std::uint64_t i = 1; i <= 20; ++i) add(i, 7);
    CHECK(missed_since(0) == "");
    add(21, 8);
    add(22, 7);
    add(23, 7);
    CHECK(missed_since(0) == " gap 1-1 to 1-21");
    CHECK(missed_since(20) == " gap 1-21 to 1-21");
    CHECK(missed_since(21) == "");
    add(24, 8);
    CHECK(missed_since(21) == "hi");
}

TEST_CASE("what is too much to be sent is a gap, the oldest first, and as large as it must be") {
    const History lobby = history_of({1, 2, 3, 4});
    const std::size_t one = encoded_bytes(lobby[0]);
    const auto within = [&](std::size_t bytes) {
        MissedMessages some({1}, {1, 0});
        some.add(lobby, "", {});
        some.finish(bytes);
        return missed(some);
    };
    CHECK(within(4 * one) == "1 2 3 4");
    CHECK(within(4 * one - 1) == "2 3 4 gap 1-1 to 1-1");
    CHECK(within(2 * one) == "3 4 gap 1-1 to 1-2");
    CHECK(within(0) == " gap 1-1 to 1-4");
}
