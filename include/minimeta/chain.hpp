// A chain: things in the order in which something last happened to them, each knowing its own place.
//
// The room keeps its connections in the order in which they were last heard, so that the one whose patience is over
// is at the front, and a turn without one costs nothing.
#pragma once

namespace minimeta {

/// What can be in a chain derives from this. It is in one chain at a time, and does not move in memory meanwhile.
struct Link {
    Link* before = nullptr;
    Link* behind = nullptr;
};

/// Links in order, none of them owned. Everything is O(1).
template <class T>
class Chain {
public:
    Chain() = default;
    Chain(const Chain&) = delete;  // the ends point into this very object
    Chain& operator=(const Chain&) = delete;

    /// The one that was appended longest ago; null if there is none.
    [[nodiscard]] T* front() const { return ends_.behind != &ends_ ? static_cast<T*>(ends_.behind) : nullptr; }

    void append(T& item) {
        Link& link = item;
        link.before = ends_.before;
        link.behind = &ends_;
        link.before->behind = link.behind->before = &link;
    }

    /// Takes an item out of the chain that it is in, whichever that is; one in no chain is left alone.
    static void remove(T& item) {
        Link& link = item;
        if (link.before == nullptr) return;
        link.before->behind = link.behind;
        link.behind->before = link.before;
        link = Link{};
    }

private:
    Link ends_{&ends_, &ends_};
};

}  // namespace minimeta
