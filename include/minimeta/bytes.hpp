// Bytes, an immutable slice that shares its storage; and ByteLog, an append-only log that is read in slices.
//
// This pair makes fan-out cheap: the output of a turn is appended once, and each member is sent a slice of it, 16 bytes
// and a reference count. No byte is copied per member.
//
// A log is a sequence of chunks. A chunk is append-only and never moves, so a slice stays valid while the log grows; it
// is freed when neither the log nor a slice refers to it. An entry (what is appended between two commits) is contiguous
// in one chunk. Positions count all bytes ever committed and are never reset.
//
// recycle() ends the turn, after all of it has been sent. If no slice is left, the chunk is overwritten from its start,
// so a room in steady state allocates nothing. If a slice is left, the log continues behind the last byte of the chunk,
// and in a new chunk when that is full. So memory is bounded by the chunks still referred to, not by members times
// messages.
//
// The reference count is not atomic: a room and its slices belong to one thread. Bytes::copy makes a slice that shares
// nothing and may be moved to another thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <new>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/base/narrow.hpp"
#include "minimeta/error.hpp"

namespace minimeta {

/// An immutable slice of bytes that shares their storage; cheap to copy. Converts to a std::string_view, which is valid
/// while any Bytes refers to the storage.
class Bytes {
public:
    Bytes() noexcept = default;
    Bytes(const Bytes& other) noexcept : chunk_(other.chunk_), offset_(other.offset_), size_(other.size_) {
        if (chunk_ != nullptr) ++chunk_->holders;
    }
    Bytes(Bytes&& other) noexcept
        : chunk_(std::exchange(other.chunk_, nullptr)), offset_(other.offset_), size_(std::exchange(other.size_, 0)) {}
    Bytes& operator=(Bytes other) noexcept {
        std::swap(chunk_, other.chunk_);
        std::swap(offset_, other.offset_);
        std::swap(size_, other.size_);
        return *this;
    }
    ~Bytes() {
        if (chunk_ != nullptr && --chunk_->holders == 0) Chunk::destroy(chunk_);
    }

    /// Returns a slice that holds a copy of `content` in storage of its own, with room for `capacity` bytes or more.
    [[nodiscard]] static Bytes copy(std::string_view content, std::size_t capacity = 0) {
        if (content.empty()) return {};
        Bytes made = with_capacity(capacity > content.size() ? capacity : content.size());
        std::memcpy(made.chunk_->bytes(), content.data(), content.size());
        made.size_ = static_cast<std::uint32_t>(content.size());
        return made;
    }

    [[nodiscard]] const char* data() const noexcept { return chunk_ != nullptr ? chunk_->bytes() + offset_ : nullptr; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] std::string_view view() const noexcept { return {data(), size()}; }
    operator std::string_view() const noexcept { return view(); }  // implicit, so that a transport can append it

    /// Removes the first `count` bytes; `count` is at most size().
    void remove_prefix(std::size_t count) noexcept {
        MINIMETA_ASSERT(count <= size_);
        offset_ += static_cast<std::uint32_t>(count);
        size_ -= static_cast<std::uint32_t>(count);
    }

    /// Extends this slice by `next` if that begins in memory where this one ends. Returns whether it did.
    bool join(const Bytes& next) noexcept {
        if (chunk_ != next.chunk_ || offset_ + size_ != next.offset_) return false;
        size_ += next.size_;
        return true;
    }

    /// Appends a copy of `content` in place if nothing else refers to the storage, and that has room. Returns whether it
    /// did.
    bool append(std::string_view content) noexcept {
        if (chunk_ == nullptr || chunk_->holders != 1) return false;
        if (content.size() > std::size_t{chunk_->capacity} - offset_ - size_) return false;
        std::memcpy(chunk_->bytes() + offset_ + size_, content.data(), content.size());
        size_ += static_cast<std::uint32_t>(content.size());
        return true;
    }

    /// Whether both lie in the same storage.
    [[nodiscard]] bool shares_storage(const Bytes& other) const noexcept { return chunk_ == other.chunk_; }

    /// The size of the storage that this slice keeps alive.
    [[nodiscard]] std::size_t storage_bytes() const noexcept {
        return chunk_ != nullptr ? sizeof(Chunk) + chunk_->capacity : 0;
    }

private:
    friend class ByteLog;

    // The header of an allocation; the bytes lie behind it.
    struct Chunk {
        std::uint32_t holders;
        std::uint32_t capacity;

        char* bytes() noexcept { return reinterpret_cast<char*>(this + 1); }

        static Chunk* make(std::size_t capacity) {
            MINIMETA_ASSERT(capacity <= (std::numeric_limits<std::uint32_t>::max)());
            void* memory = ::operator new(sizeof(Chunk) + capacity);
            return ::new (memory) Chunk{1, static_cast<std::uint32_t>(capacity)};
        }
        static void destroy(Chunk* chunk) noexcept { ::operator delete(chunk); }
    };

    static Bytes with_capacity(std::size_t capacity) {
        Bytes made;
        made.chunk_ = Chunk::make(capacity);
        return made;
    }

    Chunk* chunk_ = nullptr;
    std::uint32_t offset_ = 0;
    std::uint32_t size_ = 0;
};

/// The output of a turn, appended once and read in slices by any number of readers.
class ByteLog {
public:
    /// The number of bytes committed before a place in the log.
    using Position = std::uint64_t;

    /// Size of the first chunk, which is allocated with the first byte. Most turns are smaller.
    static constexpr std::size_t smallest_chunk = 4 * 1024;
    /// Chunks double up to this size, since a slice keeps its whole chunk alive. A longer entry gets a chunk of at most
    /// twice its length.
    static constexpr std::size_t largest_chunk = 256 * 1024;

    /// Appends the parts, each convertible to std::string_view, to the pending entry.
    template <class... Parts>
    void append(const Parts&... parts) {
        char* to = extend((std::string_view(parts).size() + ...));
        (put(to, parts), ...);
    }

    /// Ends the pending entry: what was appended since the last commit can be read from now on.
    void commit() noexcept {
        if (pieces_.empty()) return;
        pieces_.back().bytes.size_ += pending_;
        end_ += pending_;
        pending_ = 0;
    }

    /// The position behind the last committed byte.
    [[nodiscard]] Position end() const noexcept { return end_; }

    /// Returns the next slice at `from`, which lies in this turn, and moves `from` behind it; empty once that is end().
    /// The first slice nearly always reaches the end; more follow if the turn needed several chunks.
    [[nodiscard]] Bytes read(Position& from) const {
        if (from == end_) return {};
        const Piece& piece = piece_at(from);
        Bytes slice = piece.bytes;
        slice.remove_prefix(narrow<std::size_t>(from - piece.begin));
        from += slice.size();
        return slice;
    }

    /// The memory that the log itself keeps alive.
    [[nodiscard]] std::size_t held_bytes() const noexcept {
        std::size_t all = 0;
        for (const Piece& piece : pieces_) all += piece.bytes.storage_bytes();
        return all;
    }

    /// Ends the turn as recycle does, and frees that memory.
    void release() noexcept { pieces_.clear(); }

    /// Ends the turn: all readers have read up to end(). Earlier positions are invalid from now on.
    void recycle() noexcept {
        if (pieces_.empty()) return;
        if (pieces_.back().bytes.chunk_->capacity > largest_chunk) return release();  // made for a long entry
        pieces_.erase(pieces_.begin(), pieces_.end() - 1);
        Piece& last = pieces_.back();
        const bool held = last.bytes.chunk_->holders > 1;
        last.bytes.offset_ = held ? last.bytes.offset_ + last.bytes.size_ : 0;
        last.bytes.size_ = 0;
        last.begin = end_;
    }

private:
    struct Piece {
        Position begin;  // of its first byte
        Bytes bytes;     // committed and not recycled
    };

    static void put(char*& to, std::string_view part) noexcept {
        if (!part.empty()) std::memcpy(to, part.data(), part.size());
        to += part.size();
    }

    // Makes room for `count` more bytes of the pending entry; returns where they go.
    char* extend(std::size_t count) {
        if (pieces_.empty() || capacity_left() < count) start_chunk(count);
        char* to = write_place() + pending_;
        pending_ += static_cast<std::uint32_t>(count);
        return to;
    }

    [[nodiscard]] char* write_place() noexcept {
        Bytes& last = pieces_.back().bytes;
        return last.chunk_->bytes() + last.offset_ + last.size_;
    }
    [[nodiscard]] std::size_t capacity_left() const noexcept {
        const Bytes& last = pieces_.back().bytes;
        return std::size_t{last.chunk_->capacity} - last.offset_ - last.size_ - pending_;
    }

    // Continues in a new chunk. The pending entry moves there; no slice of it exists yet.
    void start_chunk(std::size_t count) {
        const std::size_t before = pieces_.empty() ? 0 : pieces_.back().bytes.chunk_->capacity;
        std::size_t capacity = 2 * before < largest_chunk ? 2 * before : largest_chunk;
        if (capacity < smallest_chunk) capacity = smallest_chunk;
        if (capacity < pending_ + count) capacity = 2 * pending_ + count;  // it may go on like this
        Bytes fresh = Bytes::with_capacity(capacity);
        if (pending_ != 0) std::memcpy(fresh.chunk_->bytes(), write_place(), pending_);
        if (!pieces_.empty() && pieces_.back().bytes.empty()) pieces_.pop_back();
        pieces_.push_back({end_, std::move(fresh)});
    }

    [[nodiscard]] const Piece& piece_at(Position position) const {
        std::size_t i = pieces_.size() - 1;
        while (pieces_[i].begin > position) --i;
        return pieces_[i];
    }

    std::vector<Piece> pieces_;
    Position end_ = 0;
    std::uint32_t pending_ = 0;  // size of the pending entry
};

}  // namespace minimeta
