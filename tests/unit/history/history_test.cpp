#include "minimeta/history/history.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <initializer_list>
#include <random>
#include <string>
#include <string_view>
#include <utility>

#include "catch.hpp"
#include "scenario/seed.hpp"
#include "unit/allocations.hpp"

using minimeta::History;
using minimeta::Manner;
using minimeta::Message;
using minimeta::MessageId;

namespace {

constexpr MessageId id(std::uint64_t sequence) { return {1, sequence}; }

Message said(std::uint64_t sequence, std::string_view text, std::string_view from = "") {
    return {.stamp = {id(sequence), {}}, .from = from, .text = text};
}

// The texts, oldest first.
std::string texts(const History& history) {
    std::string all;
    for (std::size_t i = 0; i < history.size(); ++i) all.append(all.empty() ? "" : " ").append(history[i].text);
    return all;
}

// All of a message but its group, as something that owns it and can be compared and printed.
std::string all_of(const Message& message) {
    std::string all = text_of(message.stamp.id) + " at " + std::to_string(message.stamp.at.nanoseconds);
    all.append(" from ").append(message.from).append(" to ").append(message.to).append(": ").append(message.text);
    all.append(message.manner == Manner::action ? " action " : " speech ").append(std::to_string(message.author.value));
    return all;
}

// What a History is: the longest end of all messages that fits both bounds.
class NaiveHistory {
public:
    NaiveHistory(std::size_t messages, std::size_t bytes) : messages_(messages), bytes_(bytes) {}

    void add(const Message& message) {
        kept_.push_back(
            {message.stamp.id, message.from.size() + message.to.size() + message.text.size(), all_of(message)});
        while (!fits()) {
            forgotten_ = kept_.front().id;
            kept_.pop_front();
        }
    }

    void check(const History& history) const {
        REQUIRE(history.size() == kept_.size());
        CHECK(history.forgotten() == forgotten_);
        for (std::size_t i = 0; i < kept_.size(); ++i) {
            REQUIRE(all_of(history[i]) == kept_[i].all);
            REQUIRE(history[i].group.empty());
        }
    }

    [[nodiscard]] std::size_t first_after(MessageId wanted) const {
        const auto later = [&](const Kept& kept) { return kept.id > wanted; };
        return static_cast<std::size_t>(std::find_if(kept_.begin(), kept_.end(), later) - kept_.begin());
    }

private:
    struct Kept {
        MessageId id;
        std::size_t bytes;
        std::string all;
    };

    [[nodiscard]] bool fits() const {
        std::size_t bytes = 0;
        for (const Kept& kept : kept_) bytes += kept.bytes;
        return kept_.empty() || (bytes_ != 0 && bytes <= bytes_ && kept_.size() <= messages_);
    }

    std::size_t messages_;
    std::size_t bytes_;
    std::deque<Kept> kept_;
    MessageId forgotten_;
};

// Messages of all shapes, with ids that leave gaps and epochs that end. Views live until the next one.
class Talk {
public:
    Talk(std::mt19937& random, std::size_t longest) : random_(random), longest_(longest) {}

    Message next() {
        if (below(50) == 0) last_ = {last_.epoch + 1, 0};
        last_.sequence += 1 + below(3);
        from_ = letters(below(8));
        to_ = below(4) == 0 ? letters(below(20)) : "";
        text_ = letters(below(longest_ + 1));
        return {.stamp = {last_, {static_cast<std::int64_t>(below(1'000))}},
                .from = from_,
                .text = text_,
                .manner = below(2) == 0 ? Manner::speech : Manner::action,
                .group = "dev",
                .to = to_,
                .author = {below(5)}};
    }

    [[nodiscard]] MessageId some_id() { return {below(last_.epoch + 2), below(last_.sequence + 3)}; }

private:
    std::size_t below(std::uint64_t bound) { return static_cast<std::size_t>(random_() % bound); }

    std::string letters(std::size_t count) {
        std::string made;
        while (made.size() < count) made += static_cast<char>('a' + below(26));
        return made;
    }

    std::mt19937& random_;
    std::size_t longest_;
    MessageId last_{1, 0};
    std::string from_, to_, text_;
};

}  // namespace

TEST_CASE("a new history is empty, has forgotten nothing and allocates nothing") {
    const std::size_t before = allocations();
    const History history(500, 65'536);
    const std::size_t allocated = allocations() - before;
    CHECK(allocated == 0);
    CHECK(history.size() == 0);
    CHECK(history.forgotten() == MessageId{});
    CHECK(history.first_after({}) == 0);
    CHECK(sizeof(History) <= 136);
}

TEST_CASE("a message comes back with all that it was but its group") {
    const Message message{.stamp = {{7, 8}, {-9}},
                          .from = "lily",
                          .text = "hello",
                          .manner = Manner::action,
                          .group = "dev",
                          .to = "bob,eve",
                          .author = {10}};
    History history(2, 100);
    history.add(message);
    REQUIRE(history.size() == 1);
    const Message kept = history[0];
    CHECK(kept.stamp.id == MessageId{7, 8});
    CHECK(kept.stamp.at == minimeta::WallTime{-9});
    CHECK(kept.from == "lily");
    CHECK(kept.text == "hello");
    CHECK(kept.manner == Manner::action);
    CHECK(kept.group.empty());
    CHECK(kept.to == "bob,eve");
    CHECK((kept.author == minimeta::MemberNumber{10}));
    CHECK(kept.text.data() != message.text.data());
}

TEST_CASE("the oldest messages make room when there are too many") {
    History history(3, 100);
    history.add(said(1, "a"));
    history.add(said(2, "b"));
    history.add(said(3, "c"));
    CHECK(texts(history) == "a b c");
    CHECK(history.forgotten() == MessageId{});
    history.add(said(4, "d"));
    CHECK(texts(history) == "b c d");
    CHECK(history.forgotten() == id(1));
}

TEST_CASE("the oldest messages make room when they are too long, and no more of them than must") {
    History history(100, 10);
    history.add(said(1, "aaa"));
    history.add(said(2, "bbb"));
    history.add(said(3, "cccc"));
    CHECK(texts(history) == "aaa bbb cccc");  // exactly
    history.add(said(4, "d"));
    CHECK(texts(history) == "bbb cccc d");
    history.add(said(5, "eeeeee"));
    CHECK(texts(history) == "d eeeeee");
    CHECK(history.forgotten() == id(3));
}

TEST_CASE("names count as well as texts") {
    History history(100, 10);
    history.add({.stamp = {id(1), {}}, .from = "lily", .text = "hi", .to = "bob,"});
    CHECK(history.size() == 1);
    history.add({.stamp = {id(2), {}}, .from = "lily", .text = "hi", .to = "bob,e"});
    CHECK(history.size() == 0);
    history.add(said(3, "", "elizabeth"));
    history.add(said(4, "x", ""));
    CHECK(history.size() == 2);
    history.add(said(5, "", "y"));
    CHECK(history.size() == 2);
    CHECK(history.forgotten() == id(3));
}

TEST_CASE("a message of exactly the bound is kept, alone") {
    History history(100, 5);
    for (std::uint64_t n = 1; n < 20; n += 2) {
        history.add(said(n, "ab"));
        CHECK(history[history.size() - 1].text == "ab");
        history.add(said(n + 1, "abcde"));
        CHECK(texts(history) == "abcde");
        CHECK(history.forgotten() == id(n));
    }
}

TEST_CASE("a message that does not fit takes all before it along") {
    History history(100, 5);
    history.add(said(1, "ab"));
    history.add(said(2, "cd"));
    history.add(said(3, "abcdef"));
    CHECK(history.size() == 0);
    CHECK(history.forgotten() == id(3));
    CHECK(history.first_after({}) == 0);
    history.add(said(4, "ef"));
    CHECK(texts(history) == "ef");
    CHECK(history.forgotten() == id(3));
}

TEST_CASE("a history with a bound of nothing forgets everything at once, and allocates nothing") {
    for (History history : {History(0, 100), History(100, 0), History(0, 0)}) {
        const std::size_t before = allocations();
        history.add(said(1, "a"));
        history.add(said(2, ""));
        const std::size_t allocated = allocations() - before;
        CHECK(allocated == 0);
        CHECK(history.size() == 0);
        CHECK(history.forgotten() == id(2));
    }
}

TEST_CASE("messages of no bytes at all count as messages") {
    History history(2, 1);
    for (std::uint64_t n = 1; n <= 5; ++n) history.add(said(n, ""));
    CHECK(history.size() == 2);
    CHECK(history[0].stamp.id == id(4));
    CHECK(history[1].text.empty());
    CHECK(history.forgotten() == id(3));
}

TEST_CASE("the first message behind an id is found, whether that id is kept, forgotten or never was") {
    History history(3, 100);
    for (const std::uint64_t n : {10u, 20u, 30u, 40u}) history.add(said(n, "x"));
    CHECK(history.first_after({}) == 0);
    CHECK(history.first_after(id(10)) == 0);
    CHECK(history.first_after(id(19)) == 0);
    CHECK(history.first_after(id(20)) == 1);
    CHECK(history.first_after(id(21)) == 1);
    CHECK(history.first_after(id(30)) == 2);
    CHECK(history.first_after(id(40)) == 3);
    CHECK(history.first_after(id(99)) == 3);
    CHECK(history.first_after({0, 99}) == 0);
    CHECK(history.first_after({2, 1}) == 3);
}

TEST_CASE("a history is what the naive one is, whatever the bounds") {
    INFO("MINIMETA_SEED=" << seed_of_this_run());
    std::mt19937 random(seed_of_this_run());
    for (const std::size_t messages : {0u, 1u, 2u, 3u, 7u, 8u, 9u, 100u}) {
        for (const std::size_t bytes : {0u, 1u, 2u, 13u, 40u, 41u, 200u, 4'096u}) {
            for (const std::size_t longest : {3u, 30u, 300u}) {
                INFO(messages << " messages, " << bytes << " bytes, texts up to " << longest);
                History history(messages, bytes);
                NaiveHistory naive(messages, bytes);
                Talk talk(random, longest);
                for (int i = 0; i < 200; ++i) {
                    const Message message = talk.next();
                    history.add(message);
                    naive.add(message);
                    if (random() % 4 == 0) naive.check(history);
                    const MessageId wanted = talk.some_id();
                    REQUIRE(history.first_after(wanted) == naive.first_after(wanted));
                }
                naive.check(history);
            }
        }
    }
}

TEST_CASE("a history in its stride allocates nothing, and before that little") {
    const std::string text(5'000, 'x');
    History history(500, 65'536);
    std::size_t n = 0;
    const auto allocated_by = [&](std::size_t count, std::size_t longest) {
        const std::size_t before = allocations();
        for (; count != 0; --count) {
            ++n;
            history.add(said(n, std::string_view(text).substr(0, n * 37 % (longest + 1)), "lily"));
        }
        return allocations() - before;
    };
    CHECK(allocated_by(1, 20) == 2);
    CHECK(allocated_by(2'000, 20) < 40);
    allocated_by(2'000, 5'000);
    CHECK(allocated_by(20'000, 5'000) == 0);
    CHECK(allocated_by(20'000, 100) == 0);
    CHECK(allocated_by(20'000, 5'000) == 0);
}

TEST_CASE("what is kept lies within twice the bytes bound") {
    constexpr std::size_t bytes = 100;
    const std::string text(bytes, 'x');
    History history(50, bytes);
    std::size_t n = 0;
    const auto add = [&] {
        ++n;
        history.add(said(n, std::string_view(text).substr(n * 37 % bytes)));
        return history[history.size() - 1].text;
    };
    while (n < 1'000) add();

    // Nothing is allocated any more, so all these are places in one block.
    const char* first = add().data();
    const char* last = first;
    const std::size_t before = allocations();
    while (n < 2'000) {
        const std::string_view added = add();
        first = std::min(first, added.data());
        last = std::max(last, added.data() + added.size());
    }
    const std::size_t allocated = allocations() - before;
    CHECK(allocated == 0);
    CHECK(last - first <= std::ptrdiff_t{2 * bytes});
}

TEST_CASE("a history of little takes little, however long that goes on") {
    History history(3, 65'536);
    const std::size_t before = allocations();
    for (std::uint64_t n = 1; n <= 10'000; ++n) history.add(said(n, "0123456789"));
    const std::size_t allocated = allocations() - before;
    CHECK(allocated <= 8);
}

TEST_CASE("a copy of a history goes its own way, and one that was moved is the same") {
    History original(3, 20);
    for (std::uint64_t n = 1; n <= 5; ++n) original.add(said(n, "first"));
    History copy = original;
    copy.add(said(6, "second"));
    CHECK(texts(original) == "first first first");
    CHECK(texts(copy) == "first first second");

    History moved = std::move(original);
    CHECK(texts(moved) == "first first first");
    CHECK(moved.forgotten() == id(2));
    moved.add(said(6, "third"));
    CHECK(texts(moved) == "first first third");
    moved = copy;
    CHECK(texts(moved) == "first first second");
}

TEST_CASE("a history takes in another one, each message in its place and once, and what neither has is forgotten") {
    History one(4, 1'000), other(4, 1'000);
    for (const std::uint64_t sequence : {1u, 2u, 5u, 6u, 9u}) one.add(said(sequence, std::to_string(sequence)));
    for (const std::uint64_t sequence : {3u, 4u, 5u, 8u}) other.add(said(sequence, std::to_string(sequence)));
    one.merge(other);
    CHECK(texts(one) == "5 6 8 9");
    CHECK(one.forgotten() == id(4));
    one.merge(History(4, 1'000));
    CHECK(texts(one) == "5 6 8 9");
    one.add(said(10, "10"));
    CHECK(texts(one) == "6 8 9 10");
}

TEST_CASE("what a history taken in had forgotten is forgotten, whoever wrote it") {
    const auto by = [](std::uint64_t sequence, std::uint64_t author) {
        Message message = said(sequence, "x");
        message.author = {author};
        return message;
    };
    const auto forgets = [&](std::initializer_list<Message> messages) {
        History history(1, 100);
        for (const Message& message : messages) history.add(message);
        history.add(by(20, 3));
        return history;
    };
    History one = forgets({by(4, 1), by(7, 2)});
    one.merge(forgets({by(5, 2), by(9, 1)}));
    CHECK(one.forgotten() == id(9));
    CHECK(one.forgotten_of_others({1}) == id(7));
    CHECK(one.forgotten_of_others({2}) == id(9));
    one.merge(forgets({by(6, 1), by(8, 1)}));
    CHECK(one.forgotten_of_others({1}) == id(7));
}
