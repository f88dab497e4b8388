// Randomness that is the same on every machine: SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number
// generators, 2014). One number decides all that follows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <type_traits>

class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    /// The randomness of one step of a run, whichever other steps there are.
    Random(std::uint64_t run, std::uint64_t step) : state_(run) { state_ = next() ^ (step * 0xd1342543de82ef95); }

    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    /// A number from 0 to n - 1.
    std::size_t below(std::uint64_t n) { return static_cast<std::size_t>(next() % n); }
    bool one_in(std::size_t n) { return below(n) == 0; }

    template <class List>
    auto of(const List& list) {
        return *(std::begin(list) + static_cast<std::ptrdiff_t>(below(std::size(list))));
    }
    template <class... Ts>
    auto one_of(Ts... some) {
        const std::common_type_t<Ts...> list[] = {some...};
        return of(list);
    }

private:
    std::uint64_t state_;
};
