// A wire: one connection of the virtual network, as both of its ends see it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "minimeta/protocol.hpp"
#include "simulation/mouth.hpp"

struct Wire {
    // ---- From the peer
    Mouth mouth;
    bool half_closed = false;  // the peer sends nothing after what is in its mouth
    bool reset = false;        // by the peer
    bool vanished = false;     // the peer is no more, and only time tells

    // ---- To the peer
    std::string arriving;           // what the kernel has taken, and the peer has not read
    std::size_t capacity = 0;       // for so many bytes
    std::string given;              // what the room has sent, and the peer has not read
    bool ended = false;             // nothing comes after what is arriving, and all of it was sent
    bool broken = false;            // what was not taken when that happened is lost
    bool over = false;              // more waited than may
    std::optional<std::size_t> id;  // while the room has it

    minimeta::ProtocolIndex protocol = {};
    std::uint64_t origin = 0;
};
