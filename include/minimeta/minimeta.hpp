// The umbrella header: the room, the text protocols in English, and the transport in memory.
//
// It leaves out what costs compile time that not every program should pay: TCP (net/tcp_transport.hpp), std::chrono
// (chrono.hpp), the Chinese phrases (protocol/text/phrases_zh.hpp) and the transport within a process
// (transport/loopback.hpp).
#pragma once

#include "minimeta/version.hpp"  // first, since it refuses what is older than C++20

#include "minimeta/protocol/text.hpp"
#include "minimeta/protocol/unframed.hpp"
#include "minimeta/room.hpp"
#include "minimeta/transport/memory.hpp"
