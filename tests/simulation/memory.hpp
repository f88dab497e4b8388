// The memory that the room takes, counted where it is allocated: in calls that are metered. See memory.cpp.
#pragma once

#include <cstdint>

/// While one of these exists, what is allocated counts; until it is freed, whenever that is.
class Metered {
public:
    Metered() noexcept;
    Metered(const Metered&) = delete;
    Metered& operator=(const Metered&) = delete;
    ~Metered();

    /// Bytes that count just now.
    [[nodiscard]] static std::uint64_t bytes() noexcept;
};

/// While one of these exists within that, it does not.
class Unmetered {
public:
    Unmetered() noexcept;
    Unmetered(const Unmetered&) = delete;
    Unmetered& operator=(const Unmetered&) = delete;
    ~Unmetered();

private:
    int depth_;
};
