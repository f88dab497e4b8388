// The server's history file: what is written is read again, and what is of no use in it does no harm.
#include <cerrno>
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
    HistoryFile file;
    REQUIRE(file.open(path));
    const auto read = file.read(room);
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
    HistoryFile file;
    REQUIRE(file.open(path));
    const auto read = file.read(room);
    CHECK(read.messages == 3);
    CHECK(read.refused == 9);
    CHECK(read.first_refused == 2);
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

TEST_CASE("a file that an editor has touched is read, and goes on") {
    const test::ScratchFile path;
    path.write(
        "\xEF\xBB\xBF"
        "7-1\t0\t\tsay\tlily\tone\r\n7-2\t0\t\tsay\tlily\ttwo\r\n");
    MemoryTransport transport;
    Room room{transport};
    HistoryFile file;
    REQUIRE(file.open(path));
    CHECK(file.read(room).refused == 0);
    CHECK(remembered(room) == "7-1 lily: one\n7-2 lily: two\n");
}

TEST_CASE("numbers at the ends of their ranges wrap nothing") {
    const test::ScratchFile path;
    path.write(
        "7-18446744073709551615\t9223372036854\t\tsay\tlily\tlast\n"
        "8-1\t-9223372036854\t\tsay\tlily\tearly\n"
        "9-1\t9223372036855\t\tsay\tlily\tlate\n"
        "9-1\t-9223372036854775808\t\tsay\tlily\tlate\n"
        "18446744073709551615-1\t0\t\tsay\tlily\tthe end of epochs\n"
        "18446744073709551614-7\t0\t\tsay\tlily\tone is left\n");
    MemoryTransport transport;
    Room room{transport};
    HistoryFile file;
    REQUIRE(file.open(path));
    const auto read = file.read(room);
    CHECK(read.messages == 3);
    CHECK(read.refused == 3);
    REQUIRE_FALSE(room.announce("new"));
    CHECK(remembered(room).ends_with("18446744073709551614-7 lily: one is left\n18446744073709551615-1 : new\n"));
    const auto bob = transport.open(room);
    transport.send_to(room, bob, "name:bob\n/history\n");
    CHECK(transport.take(bob).find("2262-04-11 23:47:16") != std::string::npos);
}

TEST_CASE("of a line without end a bounded part is read, and the next one is as good as ever") {
    const test::ScratchFile path;
    path.write("7-1\t0\t\tsay\tlily\t" + std::string(3'000'000, 'x') + "\n7-2\t0\t\tsay\tlily\thi\n");
    MemoryTransport transport;
    Room room{transport};
    HistoryFile file;
    REQUIRE(file.open(path));
    const auto read = file.read(room);
    CHECK(read.messages == 1);
    CHECK(read.refused == 1);
    CHECK(remembered(room) == "7-2 lily: hi\n");
}

TEST_CASE("one has the file at a time") {
    const test::ScratchFile path;
    HistoryFile one, other;
    REQUIRE(one.open(path));
    CHECK_FALSE(other.open(path));
    CHECK(errno == EWOULDBLOCK);
    one = HistoryFile();
    CHECK(other.open(path));
}

TEST_CASE("where there can be no file that is reported") {
    HistoryFile file;
    CHECK_FALSE(file.open("/nowhere/at/all"));
    CHECK(errno == ENOENT);
}

#if defined(__linux__)
TEST_CASE("a device that never ends is no history, and is not read for ever") {
    MemoryTransport transport;
    Room room{transport};
    HistoryFile file;
    REQUIRE(file.open("/dev/full"));
    const auto read = file.read(room);
    CHECK(read.messages + read.refused == 0);
}
#endif
