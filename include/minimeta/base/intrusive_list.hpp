// An intrusive doubly linked list: items in the order in which they were appended, each of which knows its own place.
#pragma once

namespace minimeta {

/// The base of what can be in a list. An item is in one list at a time, and does not move in memory while it is.
struct ListNode {
    ListNode* previous = nullptr;
    ListNode* next = nullptr;
};

/// A list of items that it does not own. Every operation but each is O(1).
template <class T>
class IntrusiveList {
public:
    IntrusiveList() = default;
    IntrusiveList(const IntrusiveList&) = delete;  // the items at both ends point into this object
    IntrusiveList& operator=(const IntrusiveList&) = delete;

    /// Returns the item that was appended first; null if the list is empty.
    [[nodiscard]] T* front() const { return ends_.next != &ends_ ? static_cast<T*>(ends_.next) : nullptr; }

    /// Appends an item, which is in no list.
    void append(T& item) {
        ListNode& node = item;
        node.previous = ends_.previous;
        node.next = &ends_;
        node.previous->next = node.next->previous = &node;
    }

    /// Removes an item from whichever list it is in; no effect if it is in none.
    static void remove(T& item) {
        ListNode& node = item;
        if (node.previous == nullptr) return;
        node.previous->next = node.next;
        node.next->previous = node.previous;
        node = ListNode{};
    }

    /// Calls `use(item)` for each item from the front on, as long as that returns true.
    template <class Use>
    void each(Use&& use) const {
        for (const ListNode* node = ends_.next; node != &ends_; node = node->next)
            if (!use(static_cast<const T&>(*node))) return;
    }

private:
    ListNode ends_{&ends_, &ends_};
};

}  // namespace minimeta
