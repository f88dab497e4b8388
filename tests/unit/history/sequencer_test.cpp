#include "minimeta/history/sequencer.hpp"

#include <cstdint>

#include "catch.hpp"

using minimeta::MessageId;
using minimeta::Sequencer;
using minimeta::Stamp;
using minimeta::WallTime;

namespace {

constexpr WallTime at(std::int64_t second) { return {second * 1'000'000'000}; }

}  // namespace

TEST_CASE("messages are numbered from 1 on, in an epoch that is the second in which it begins") {
    Sequencer sequencer;
    sequencer.advance(at(1'700'000'000));
    const Stamp first = sequencer.next();
    CHECK((first.id == MessageId{1'700'000'000, 1}));
    CHECK((first.at == at(1'700'000'000)));
    sequencer.advance(at(1'700'000'007));
    const Stamp second = sequencer.next();
    CHECK((second.id == MessageId{1'700'000'000, 2}));
    CHECK((second.at == at(1'700'000'007)));
}

TEST_CASE("where the time is unknown, or before 1970, the first epoch is 1") {
    Sequencer timeless, early;
    early.advance(at(-5));
    for (Sequencer* sequencer : {&timeless, &early}) CHECK((sequencer->next().id == MessageId{1, 1}));
    CHECK((timeless.next().at == WallTime{}));
}

TEST_CASE("the newest message is the last one, and before the first it has the sequence 0") {
    Sequencer sequencer;
    sequencer.advance(at(9));
    CHECK((sequencer.newest() == MessageId{9, 0}));
    sequencer.advance(at(10));  // too late for the epoch
    CHECK((sequencer.next().id == MessageId{9, 1}));
    CHECK((sequencer.newest() == MessageId{9, 1}));
}

TEST_CASE("messages from before are adopted in their order, and the epoch is later than theirs") {
    Sequencer sequencer;
    CHECK(sequencer.adopt({3, 7}));
    CHECK_FALSE(sequencer.adopt({3, 7}));
    CHECK_FALSE(sequencer.adopt({2, 8}));
    CHECK(sequencer.adopt({3, 8}));
    CHECK(sequencer.adopt({20, 1}));
    sequencer.advance(at(5));  // the clock was set back
    CHECK((sequencer.next().id == MessageId{21, 1}));
    CHECK_FALSE(sequencer.adopt({99, 1}));  // the epoch has begun
    CHECK((sequencer.next().id == MessageId{21, 2}));

    Sequencer later;
    CHECK(later.adopt({20, 1}));
    later.advance(at(500));
    CHECK((later.newest() == MessageId{500, 0}));
    CHECK_FALSE(later.adopt({600, 1}));  // to be asked for the newest begins it, too
}

TEST_CASE("an id of which only the sequence is known is one of this epoch, and any other stays as it is") {
    Sequencer sequencer;
    sequencer.advance(at(9));
    CHECK((sequencer.completed({0, 4}) == MessageId{9, 4}));
    CHECK((sequencer.completed({3, 4}) == MessageId{3, 4}));
    CHECK((sequencer.completed({}) == MessageId{}));
}
