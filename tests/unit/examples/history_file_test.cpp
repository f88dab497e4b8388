// The server's history file: what is written is read again, and what is of no use in it does no harm.
#include <string>

#include "../../../examples/tcp_server/history_file.hpp"
#include "catch.hpp"
#include "minimeta/minimeta.hpp"
#include "support/scratch_file.hpp"

using namespace minimeta;
using tcp_server::HistoryFile;

namespace {

// What a room remembers: `id name: text`, a line each.
std::string remembered(const Room<MemoryTransport, Text>& room, std::string_view group = {}) {
    std::string all;
    const History& history = *room.history(group);
    for (std::size_t i = 0; i < history.size(); ++i) {
        const Message message = history[i];
        all += text_of(message.stamp.id) + " " + std::string(message.from) +
               (message.manner == Manner::action ? " " : ": ") + std::string(message.text) + "\n";
    }
    return all;
}

}  // namespace

TEST_CASE("what was said is known to the next room, with its ids and times, and followed by new ones") {
    const test::ScratchFile path;
    const Stamp first{{7, 1}, {1'795'442'602'250'000'000}};
    {
        HistoryFile file;
        REQUIRE(file.open(path));
        CHECK(file.write({"lily", "hello\tthere", Manner::speech, "", first}));
        CHECK(file.write({"bob", "waves", Manner::action, "dev", {{7, 2}, {}}}));
        CHECK(file.write({"莉莉", "你好", Manner::speech, "", {{7, 4}, {}}}));
    }
    MemoryTransport transport;
    Room room{transport};
    REQUIRE_FALSE(room.make_permanent("dev"));
    const auto read = HistoryFile::read(path, room);
    CHECK(read.messages == 3);
    CHECK(read.refused == 0);
    CHECK(remembered(room) == "7-1 lily: hello\tthere\n7-4 莉莉: 你好\n");
    CHECK(remembered(room, "dev") == "7-2 bob waves\n");
    CHECK((*room.history())[0].stamp.at == first.at);
    REQUIRE_FALSE(room.announce("we go on"));
    CHECK(remembered(room) == "7-1 lily: hello\tthere\n7-4 莉莉: 你好\n8-1 : we go on\n");
}

TEST_CASE("a file is continued, not begun anew") {
    const test::ScratchFile path;
    for (const std::uint64_t sequence : {1u, 2u}) {
        HistoryFile file;
        REQUIRE(file.open(path));
        CHECK(file.write({"lily", "hi", Manner::speech, "", {{7, sequence}, {}}}));
    }
    CHECK(path.text() == "7-1\t0\t\tsay\tlily\thi\n7-2\t0\t\tsay\tlily\thi\n");
}

TEST_CASE("lines that are of no use are counted, and the others are read") {
    const test::ScratchFile path;
    path.write(
        "7-1\t0\t\tsay\tlily\tgood\n"
        "\n"
        "7-2\t0\t\tsay\tlily\n"           // no text
        "x\t0\t\tsay\tlily\thi\n"         // no id
        "7-2\tsoon\t\tsay\tlily\thi\n"    // no time
        "7-2\t0\t\tsing\tlily\thi\n"      // no manner
        "7-2\t0\tdev\tsay\tlily\thi\n"    // no such group
        "7-2\t0\t\tsay\ta b\thi\n"        // no name
        "7-2\t0\t\tsay\tlily\t\x1b[2J\n"  // not fit to be shown
        "7-1\t0\t\tsay\tlily\tagain\n"    // not newer
        "7-3\t0\t\tact\tlily\tis good, too\n"
        "7-4\t0\t\tsay\tlily\tcut o");  // as if the power had failed; it is good enough
    MemoryTransport transport;
    Room room{transport};
    const auto read = HistoryFile::read(path, room);
    CHECK(read.messages == 3);
    CHECK(read.refused == 9);
    CHECK(remembered(room) == "7-1 lily: good\n7-3 lily is good, too\n7-4 lily: cut o\n");
}

TEST_CASE("a line that was cut off does not take the next one along") {
    const test::ScratchFile path;
    path.write("7-1\t0\t\tsay\tlily\tcut o");
    HistoryFile file;
    REQUIRE(file.open(path));
    CHECK(file.write({"lily", "hi", Manner::speech, "", {{7, 2}, {}}}));
    CHECK(path.text() == "7-1\t0\t\tsay\tlily\tcut o\n7-2\t0\t\tsay\tlily\thi\n");
}

TEST_CASE("where there is no file there is nothing to read, and where there can be none that is reported") {
    MemoryTransport transport;
    Room room{transport};
    const auto read = HistoryFile::read("/nowhere/at/all", room);
    CHECK(read.messages + read.refused == 0);
    HistoryFile file;
    CHECK_FALSE(file.open("/nowhere/at/all"));
}
