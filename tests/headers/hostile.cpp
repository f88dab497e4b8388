// All headers in a program whose own headers have left macros behind, as those of Windows, of X11 and of test frameworks do;
// compiled with the warnings that strict projects turn on.
#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <future>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <queue>
#include <span>
#include <string>
#include <system_error>
#include <thread>
#include <unordered_map>
#include <vector>

#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define check(condition) condition
#define verify(condition) condition
#define small char
#define interface struct
#define near
#define far

#include "all_headers.hpp"

int main() {
    minimeta::MemoryTransport transport;
    minimeta::Room room{transport};
    const auto lily = transport.open(room);
    transport.send_to(room, lily, "name:lily\nhello\n");
    transport.settle(room);
    return room.member_count() == 1 ? 0 : 1;
}
