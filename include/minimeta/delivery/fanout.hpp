// Fan-out: one audience, and its outgoing bytes. Written once, sliced many times.
//
// An audience has a *lane* for each form in which it reads, such as a protocol: a log of what is said in that form, and a
// *seat* for each member that reads it, which is how much of the log the member has been given, or must not see.
//
// To broadcast is to append once per lane in use, however many members there are. At the end of the turn, flush gives
// each member the slice from its place to the end: nearly always the very same slice.
//
// A member that must not read an entry (the sender gets no echo) is first caught up to the end of the log; then the entry
// is appended; then the member's place is set after it. The same catching up comes before anything that is sent to one
// member alone. So all members see one order: that in which things happened.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "minimeta/bytes.hpp"
#include "minimeta/transport.hpp"

namespace minimeta {

/// Where a member sits in a Fanout; none by default. It changes when a neighbour leaves: see Fanout::unseat.
struct Seat {
    static constexpr std::uint32_t none = (std::numeric_limits<std::uint32_t>::max)();
    std::uint32_t index = none;
    std::uint16_t lane = 0;

    explicit operator bool() const noexcept { return index != none; }
};

/// One audience, whose members read it in one of `Lanes` forms.
template <transport Transport, std::size_t Lanes>
class Fanout {
public:
    using connection_id = typename Transport::connection_id;

    /// Sends over the transport, and adds to `bytes` what it is to send, as soon as that is said; both outlive it.
    Fanout(Transport& transport, std::uint64_t& bytes) : transport_(transport), bytes_(bytes) {}

    /// Seats a member in a lane; it reads everything from now on.
    [[nodiscard]] Seat seat(const connection_id& connection, std::size_t number) {
        Lane& lane = lanes_[number];
        lane.places.push_back({connection, lane.log.end()});
        return {static_cast<std::uint32_t>(lane.places.size() - 1), static_cast<std::uint16_t>(number)};
    }

    /// Takes a seat away. The last one in its lane moves there: returns the connection that now has it, if any moved.
    [[nodiscard]] std::optional<connection_id> unseat(Seat seat) {
        std::vector<Place>& places = lanes_[seat.lane].places;
        const bool moves = seat.index + 1 != places.size();
        if (moves) places[seat.index] = std::move(places.back());
        places.pop_back();
        if (places.capacity() > 4 * places.size() + smallest_capacity) places.shrink_to_fit();
        if (!moves) return {};
        return places[seat.index].connection;
    }

    /// Sends a member what it has not been given yet.
    void catch_up(Seat seat) {
        Lane& lane = lanes_[seat.lane];
        Place& place = lane.places[seat.index];
        while (place.given != lane.log.end()) transport_.send(place.connection, lane.log.read(place.given));
    }

    /// A member is not to read what it has not been given yet.
    void skip(Seat seat) {
        Lane& lane = lanes_[seat.lane];
        bytes_ -= lane.log.end() - std::exchange(lane.places[seat.index].given, lane.log.end());
    }

    /// Broadcasts an entry, except to the seat `except`, if that is one. Calls `encode(lane, log)` for each lane in use,
    /// which appends the entry.
    template <class Encode>
    void broadcast(Seat except, Encode&& encode) {
        if (except) catch_up(except);
        for (std::size_t number = 0; number < Lanes; ++number) {
            Lane& lane = lanes_[number];
            if (lane.places.empty()) continue;
            if (lane.flushed == lane.log.end()) lane.log.recycle();
            const ByteLog::Position begin = lane.log.end();
            encode(number, lane.log);
            lane.log.commit();
            bytes_ += (lane.log.end() - begin) * lane.places.size();
        }
        if (except) skip(except);
    }

    /// Calls `use(connection)` for each seat, as long as that returns true.
    template <class Use>
    void each(Use&& use) const {
        for (const Lane& lane : lanes_)
            for (const Place& place : lane.places)
                if (!use(place.connection)) return;
    }

    /// The number of seats.
    [[nodiscard]] std::size_t size() const noexcept {
        std::size_t all = 0;
        for (const Lane& lane : lanes_) all += lane.places.size();
        return all;
    }

    /// Gives each member what it has not been given yet, and calls `given(connection)` after its bytes have gone to the
    /// transport. A lane in which nothing was said is not walked. `given` must not change the seats.
    template <class Given>
    void flush(Given&& given) {
        for (Lane& lane : lanes_) {
            const ByteLog::Position end = lane.log.end();
            if (lane.flushed == end) continue;
            ByteLog::Position from = end;  // the slice at hand covers from...until
            ByteLog::Position until = end;
            Bytes slice;
            for (Place& place : lane.places) {
                while (place.given != end) {
                    if (place.given != from) {
                        from = until = place.given;
                        slice = lane.log.read(until);
                    }
                    transport_.send(place.connection, slice);
                    place.given = until;
                }
                given(place.connection);
            }
            lane.flushed = end;
        }
    }

    /// The memory of the seats, also of those that are free.
    [[nodiscard]] std::size_t seat_bytes() const noexcept {
        std::size_t all = 0;
        for (const Lane& lane : lanes_) all += lane.places.capacity() * sizeof(Place);
        return all;
    }

    /// Whether a log holds more memory than one that says little.
    [[nodiscard]] bool has_grown() const noexcept {
        for (const Lane& lane : lanes_)
            if (lane.log.held_bytes() > little) return true;
        return false;
    }

    /// After a flush, frees such logs in which nothing was said since the last trim.
    void trim() {
        for (Lane& lane : lanes_)
            if (std::exchange(lane.trimmed, lane.log.end()) == lane.log.end() && lane.log.held_bytes() > little)
                lane.log.release();
    }

private:
    static constexpr std::size_t little = 4 * ByteLog::smallest_chunk;
    static constexpr std::size_t smallest_capacity = 16;

    struct Place {
        connection_id connection;
        ByteLog::Position given;  // in the lane's log: up to here it has everything, or must not see it
    };

    struct Lane {
        ByteLog log;
        ByteLog::Position flushed = 0;  // up to here all have been given everything
        ByteLog::Position trimmed = 0;  // the end, when trim was called last
        std::vector<Place> places;
    };

    Transport& transport_;
    std::uint64_t& bytes_;
    std::array<Lane, Lanes> lanes_;
};

}  // namespace minimeta
