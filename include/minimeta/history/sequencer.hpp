// Sequencer: what the next message is called, and when it is said.
#pragma once

#include <algorithm>
#include <cstdint>

#include "minimeta/message.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

/// Numbers the messages of a room. Its epoch is the second in which it began, as far as it knows that, and later than
/// the epochs of all messages from before.
class Sequencer {
public:
    /// It is `now`.
    void advance(WallTime now) { now_ = now; }

    /// There is a message from before; false, and nothing happens, if it is not newer than all others, or if the epoch
    /// has begun.
    bool adopt(MessageId id) {
        if (begun_ || id <= newest_) return false;
        newest_ = id;
        return true;
    }

    /// The stamp of the message that is being said.
    [[nodiscard]] Stamp next() {
        begin();
        ++newest_.sequence;
        return {newest_, now_};
    }

    /// What the newest message is called; with the sequence 0, before the first one of the epoch. Begins the epoch.
    [[nodiscard]] MessageId newest() {
        begin();
        return newest_;
    }

    /// An id of which only the sequence is known is one of this epoch.
    [[nodiscard]] MessageId completed(MessageId id) {
        return id.epoch == 0 && id ? MessageId{newest().epoch, id.sequence} : id;
    }

private:
    void begin() {
        if (begun_) return;
        begun_ = true;
        const std::int64_t second = now_.nanoseconds / seconds(1).nanoseconds;
        newest_ = {std::max(newest_.epoch + 1, static_cast<std::uint64_t>(std::max<std::int64_t>(second, 0))), 0};
    }

    MessageId newest_;
    WallTime now_;
    bool begun_ = false;
};

}  // namespace minimeta
