// A history: the last messages of a group, within two bounds.
//
// It is always an end of all that was added, without a gap: to add a message, the oldest ones are forgotten, and a message
// that is too large to be kept takes all before it along. So forgotten() alone tells whether a member that saw everything
// up to some message can be sent all the rest.
//
// There is one allocation for the records and one for the bytes, none before the first message, and none in the steady
// state. Records are a ring. The bytes of the messages follow each other in one block, oldest first; where the block has
// no room left at its end, what is kept slides to its front, and only if it fills more than half of it then, the block
// grows. So between two slides at least half a block is added, which makes a slide cheap per byte; and a block of twice
// the bytes bound never grows, since at most half of it is kept. All the memory is thus at most
//
//     messages * sizeof(Record) + 2 * bytes       (sizeof(Record) is 56)
//
// and as much again for the moment in which one of the two grows; in a quiet group it is in proportion to what was
// said there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/base/narrow.hpp"
#include "minimeta/base/partition_point.hpp"
#include "minimeta/error.hpp"
#include "minimeta/message.hpp"

namespace minimeta {

/// The last messages, in the order of their ids. One that was moved from can only be assigned to or destroyed.
class History {
public:
    /// Keeps at most this many messages, and this many bytes of names and texts (`from`, `to` and `text`); none if either
    /// is 0. More than 2 GiB count as that.
    History(std::size_t messages, std::size_t bytes)
        : messages_(bytes != 0 ? messages : 0), bytes_(bytes < most_bytes ? bytes : most_bytes) {}

    /// Adds a message, whose id is later than all before it, and whose views are not of this history. A message that does
    /// not fit at all is forgotten at once, and all before it with it. O(1) on average, and the copying.
    void add(const Message& message) {
        MINIMETA_ASSERT(newest() < message.stamp.id);
        const std::size_t bytes = message.from.size() + message.to.size() + message.text.size();
        while (size_ != 0 && (size_ == messages_ || kept_bytes() + bytes > bytes_)) forget_oldest();
        if (messages_ == 0 || bytes > bytes_) {
            forget(message.stamp.id, message.author);
            return;
        }
        make_room(bytes);
        records_[place(size_++)] = {message.stamp,
                                    message.author,
                                    end(),
                                    static_cast<std::uint32_t>(message.from.size()),
                                    static_cast<std::uint32_t>(message.to.size()),
                                    static_cast<std::uint32_t>(message.text.size()),
                                    message.manner};
        char* to = block_.data() + used_;
        used_ += bytes;
        for (const std::string_view part : {message.from, message.to, message.text}) {
            if (!part.empty()) std::memcpy(to, part.data(), part.size());
            to += part.size();
        }
    }

    /// Removes the messages for which `wanted(message)` is true, as if they had never been said. Returns how many. O(size).
    template <class Wanted>
    std::size_t remove_if(Wanted&& wanted) {
        History kept(messages_, bytes_);
        for (std::size_t i = 0; i < size_; ++i)
            if (const Message message = (*this)[i]; !wanted(message)) kept.add(message);
        const std::size_t removed = size_ - kept.size_;
        if (removed == 0) return 0;
        kept.forgotten_ = forgotten_;
        kept.forgotten_author_ = forgotten_author_;
        kept.forgotten_before_ = forgotten_before_;
        *this = std::move(kept);
        return removed;
    }

    /// Adds the messages of another history, each in its place; those that are in both, once. O(size).
    void merge(const History& other) {
        History all(messages_, bytes_);
        for (std::size_t i = 0, j = 0; i < size_ || j < other.size_;) {
            const bool from_other = i == size_ || (j < other.size_ && other[j].stamp.id < (*this)[i].stamp.id);
            const Message message = from_other ? other[j++] : (*this)[i++];
            if (all.newest() < message.stamp.id) all.add(message);
        }
        all.forget_as(*this);
        all.forget_as(other);
        *this = std::move(all);
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    /// The message at this index below size(), 0 being the oldest. Its views live until the next add. Its
    /// `group` is empty: a history does not know of which group it is.
    [[nodiscard]] Message operator[](std::size_t index) const {
        MINIMETA_ASSERT(index < size_);
        const Record& record = records_[place(index)];
        const char* bytes = block_.data() + (record.begin - block_begin_);
        return {.stamp = record.stamp,
                .from = {bytes, record.from},
                .text = {bytes + record.from + record.to, record.text},
                .manner = record.manner,
                .to = {bytes + record.from, record.to},
                .author = record.author};
    }

    /// Returns the index of the first message after this id; size() if there is none. O(log size()).
    [[nodiscard]] std::size_t first_after(MessageId id) const {
        return partition_point(size_, [&](std::size_t i) { return records_[place(i)].stamp.id <= id; });
    }

    /// The id of the newest message that was added and is not kept any more; {} if there is none.
    [[nodiscard]] MessageId forgotten() const noexcept { return forgotten_; }

    /// The same for messages that are not by this author.
    [[nodiscard]] MessageId forgotten_of_others(MemberNumber author) const noexcept {
        return author == forgotten_author_ ? forgotten_before_ : forgotten_;
    }

private:
    using Position = std::uint64_t;  // counts all bytes ever kept

    struct Record {
        Stamp stamp;
        MemberNumber author;
        Position begin;                // of its bytes, in this order:
        std::uint32_t from, to, text;  // how many each has
        Manner manner;
    };

    static constexpr std::size_t most_bytes = (std::numeric_limits<std::uint32_t>::max)() / 2;

    [[nodiscard]] std::size_t place(std::size_t index) const { return (first_ + index) % records_.size(); }
    [[nodiscard]] MessageId newest() const { return size_ != 0 ? records_[place(size_ - 1)].stamp.id : forgotten_; }
    [[nodiscard]] Position end() const { return block_begin_ + used_; }
    [[nodiscard]] Position begin() const { return size_ != 0 ? records_[first_].begin : end(); }
    [[nodiscard]] std::size_t kept_bytes() const { return narrow<std::size_t>(end() - begin()); }

    void forget(MessageId id, MemberNumber author) {
        if (author != forgotten_author_) forgotten_before_ = forgotten_;
        forgotten_author_ = author;
        forgotten_ = id;
    }

    // What another history has forgotten, this one has, too.
    void forget_as(const History& other) {
        MessageId id = other.forgotten_, before = other.forgotten_before_;
        MemberNumber author = other.forgotten_author_;
        if (id > forgotten_) {
            std::swap(id, forgotten_);
            std::swap(before, forgotten_before_);
            std::swap(author, forgotten_author_);
        }
        const MessageId by_others = author == forgotten_author_ ? before : id;
        if (by_others > forgotten_before_) forgotten_before_ = by_others;
    }

    void forget_oldest() {
        forget(records_[first_].stamp.id, records_[first_].author);
        first_ = place(1);
        --size_;
    }

    // For one more record, and for so many bytes more.
    void make_room(std::size_t bytes) {
        if (size_ == records_.size()) {
            std::vector<Record> more;
            more.reserve(grown(size_, size_ + 1, messages_));  // or resize would round it up
            for (std::size_t i = 0; i < size_; ++i) more.push_back(records_[place(i)]);
            more.resize(more.capacity());
            records_ = std::move(more);
            first_ = 0;
        }
        if (block_.size() - used_ < bytes) {
            const std::size_t kept = kept_bytes(), dead = used_ - kept;
            if (kept != 0) std::memmove(block_.data(), block_.data() + dead, kept);
            used_ = kept;
            block_begin_ += dead;
            if (kept + bytes <= block_.size() / 2) return;
            std::vector<char> larger(grown(block_.size(), kept + bytes, 2 * bytes_));
            if (kept != 0) std::memcpy(larger.data(), block_.data(), kept);
            block_ = std::move(larger);
        }
    }

    // Twice as much as before, but not less than is needed, nor more than is allowed.
    static std::size_t grown(std::size_t before, std::size_t needed, std::size_t most) {
        const std::size_t wanted = 2 * before > needed ? 2 * before : needed;
        return wanted < most ? wanted : most;
    }

    std::size_t messages_;
    std::size_t bytes_;
    std::vector<Record> records_;  // a ring, of which `size_` from `first_` on are in use
    std::size_t first_ = 0;
    std::size_t size_ = 0;
    std::vector<char> block_;
    std::size_t used_ = 0;  // of the block, from its front
    Position block_begin_ = 0;
    MessageId forgotten_;
    MemberNumber forgotten_author_;  // of that one
    MessageId forgotten_before_;     // the newest that is not by that author
};

}  // namespace minimeta
