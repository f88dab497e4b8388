// Patience: how long somebody may be silent, and who has been for too long.
#pragma once

#include <cstdint>
#include <optional>

#include "minimeta/chain.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

/// What can be waited for derives from this.
struct Heard : Link {
    Time heard;
};

/// Keeps those whom it waits for in the order in which they were last heard, so that a look at the first one tells
/// whether there is anything to do. Everything is O(1).
template <class T>
class Patience {
public:
    /// Lasts for so many seconds; for ever, if that is 0.
    explicit Patience(std::uint32_t allowed_seconds) : allowed_(seconds(allowed_seconds)) {}

    /// Somebody was heard, and is waited for from now on, by this and nothing else.
    void hear(T& who, Time now) {
        forget(who);
        who.heard = now;
        chain_.append(who);
    }

    /// Somebody is not waited for any more, by this or another.
    static void forget(T& who) { Chain<T>::remove(who); }

    /// Somebody who has been silent for too long, if there is anybody.
    [[nodiscard]] T* overdue(Time now) const {
        const std::optional<Time> due = deadline();
        return due && *due <= now ? chain_.front() : nullptr;
    }

    /// Whoever has been silent for longest, if anybody is waited for.
    [[nodiscard]] T* longest() const { return chain_.front(); }

    /// When the first one will have been silent for too long.
    [[nodiscard]] std::optional<Time> deadline() const {
        if (chain_.front() == nullptr || allowed_ == Duration{}) return {};
        return chain_.front()->heard + allowed_;
    }

private:
    Duration allowed_;
    Chain<T> chain_;
};

}  // namespace minimeta
