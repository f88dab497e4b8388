// The sequencer: assigns the ids that put all messages of a room into one total order, and their times.
#pragma once

#include <cstdint>
#include <limits>

#include "minimeta/message.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

/// Assigns ids. The epoch is the second in which the room begins to assign them, as far as it knows that, and later than
/// the epochs of all messages that it adopted.
class Sequencer {
public:
    /// It is `now`.
    void advance(WallTime now) { now_ = now; }

    /// There is a message from before. Returns false, without effect, if its id is not later than all others, if the epoch
    /// has begun, or if the number of its epoch is the last one, so that none is left for this room.
    bool adopt(MessageId id) {
        if (begun_ || id <= newest_ || id.epoch == (std::numeric_limits<std::uint64_t>::max)()) return false;
        newest_ = id;
        return true;
    }

    /// The stamp of the message that is being said.
    [[nodiscard]] Stamp next() {
        begin();
        ++newest_.sequence;
        return {newest_, now_};
    }

    /// The id of the newest message; its sequence is 0 before the first message of the epoch. Begins the epoch.
    [[nodiscard]] MessageId newest() {
        begin();
        return newest_;
    }

    /// Completes an id without an epoch with the present one.
    [[nodiscard]] MessageId completed(MessageId id) {
        return id.epoch == 0 && id ? MessageId{newest().epoch, id.sequence} : id;
    }

private:
    void begin() {
        if (begun_) return;
        begun_ = true;
        const std::int64_t second = now_.nanoseconds / seconds(1).nanoseconds;
        const std::uint64_t present = second > 0 ? static_cast<std::uint64_t>(second) : 0;
        newest_ = {present > newest_.epoch ? present : newest_.epoch + 1, 0};
    }

    MessageId newest_;
    WallTime now_;
    bool begun_ = false;
};

}  // namespace minimeta
