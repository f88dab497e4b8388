// A history file of any bytes: what is of use in it is put back into the room, and what is written to it after that can be
// read by the next one.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>

#include "fuzz/input.hpp"
#include "minimeta/minimeta.hpp"
#include "tcp_server/history_file.hpp"

namespace {

// A file that is gone with the program.
struct TemporaryFile {
    TemporaryFile() { ::close(::mkstemp(path)); }
    ~TemporaryFile() { ::unlink(path); }
    char path[32] = "/tmp/minimeta-fuzz-XXXXXX";
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const TemporaryFile file;
    std::ofstream(file.path, std::ios::binary | std::ios::trunc)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    const auto reopened = [](auto use) {
        minimeta::MemoryTransport transport;
        minimeta::Room room{transport};
        tcp_server::HistoryFile history;
        check(history.open(file.path), "the file can be opened");
        use(history, history.read(room), room);
    };
    std::size_t before = 0;
    minimeta::MessageId newest;
    reopened([&](auto& history, const auto& read, auto& room) {
        before = read.messages;
        room.advance(minimeta::Time{}, minimeta::WallTime{1'795'429'322'250'000'000});
        room.on_event([&](const minimeta::Event& event) {
            if (const auto* said = minimeta::get_if<minimeta::Announced>(&event)) {
                newest = said->stamp.id;
                check(history.write(minimeta::Said{"ann", said->text, {}, {}, said->stamp}), "it can be written");
            }
        });
        (void)room.announce("hello");
    });
    reopened([&](auto&, const auto& read, auto& room) {
        check(read.messages == before + 1, "what was read before is read again, and what was written");
        const minimeta::History& kept = *room.history();
        check(kept.size() != 0 && kept[kept.size() - 1].stamp.id == newest, "it comes last");
    });
    return 0;
}
