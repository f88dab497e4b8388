// A history file: the messages of lobby and groups, appended as they are said and loaded at the next start.
//
// Each line is a message, with its fields separated by tabs: `epoch-sequence`, milliseconds since 1970, the group
// (empty for the lobby), `say` or `act`, the name, the text. Only the text may contain tabs. Private messages and
// announcements are not written. A file that an editor has given CR LF or a byte order mark is read all the same.
//
// One process has the file at a time (flock). A line is one write, so that what a full disk cuts off is the end of a line,
// and what is said after that begins another one.
#pragma once

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "minimeta/minimeta.hpp"
#include "minimeta/net/descriptor.hpp"

namespace tcp_server {

class HistoryFile {
public:
    /// Bytes of a line that are read; a longer one is of no use. More than any room admits by default.
    static constexpr std::size_t max_line_bytes = 65'536;

    struct Read {
        std::size_t messages = 0;
        std::size_t refused = 0;        // lines: malformed, of no group that exists, or not newer than all before
        std::size_t first_refused = 0;  // the number of the first of them, from 1
    };

    /// Opens the file for reading and appending; creates it if there is none. Returns false if that fails; errno then says
    /// why, EWOULDBLOCK if another process has it.
    bool open(const std::string& path) {
        minimeta::net::Descriptor file(::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666));
        if (!file || ::flock(file.value(), LOCK_EX | LOCK_NB) != 0) return false;
        char last = '\n';
        const off_t size = ::lseek(file.value(), 0, SEEK_END);
        if (size > 0) (void)!::pread(file.value(), &last, 1, size - 1);
        cut_off_ = last != '\n';  // by a power failure, for example
        file_ = std::move(file);
        return true;
    }

    /// Loads the messages of the file into a room without messages. Lines that are of no use are counted.
    template <class Room>
    Read read(Room& room) const {
        Read read;
        std::string line;
        bool too_long = false;
        const auto end_line = [&] {
            if (line.ends_with('\r')) line.pop_back();
            if (!too_long && restore(line, room)) ++read.messages;
            else if (++read.refused == 1) read.first_refused = read.messages + 1;
            line.clear();
            too_long = false;
        };
        std::array<char, 65'536> buffer;
        const off_t size = ::lseek(file_.value(), 0, SEEK_END);  // 0 of a device, which may never end
        off_t at = 0;
        for (ssize_t got; at < size && (got = ::pread(file_.value(), buffer.data(), buffer.size(), at)) > 0;
             at += got) {
            std::string_view bytes(buffer.data(), static_cast<std::size_t>(got));
            if (at == 0 && bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
            while (!bytes.empty()) {
                const std::size_t end = std::min(bytes.find('\n'), bytes.size());
                too_long = too_long || line.size() + end > max_line_bytes;
                if (!too_long) line.append(bytes.substr(0, end));
                if (end == bytes.size()) break;
                bytes.remove_prefix(end + 1);
                end_line();
            }
        }
        if (too_long || !line.empty()) end_line();
        return read;
    }

    /// Appends what a member said. Returns false if that fails, as on a full disk; errno then says why. A later call may
    /// succeed again.
    bool write(const minimeta::Said& said) {
        std::string line = cut_off_ ? "\n" : "";
        line.append(text_of(said.stamp.id)).append("\t");
        line.append(std::to_string(said.stamp.at.nanoseconds / nanoseconds_in_millisecond)).append("\t");
        line.append(said.group).append(said.manner == minimeta::Manner::action ? "\tact\t" : "\tsay\t");
        line.append(said.from).append("\t").append(said.text).append("\n");
        const ssize_t written = ::write(file_.value(), line.data(), line.size());
        if (written <= 0) return false;
        cut_off_ = static_cast<std::size_t>(written) < line.size();
        if (cut_off_) errno = ENOSPC;
        return !cut_off_;
    }

private:
    template <class Room>
    static bool restore(std::string_view line, Room& room) {
        std::array<std::string_view, 5> fields;
        for (std::string_view& field : fields) {
            const std::size_t tab = line.find('\t');
            if (tab == line.npos) return false;
            field = line.substr(0, tab);
            line.remove_prefix(tab + 1);
        }
        const auto [id, time, group, manner, from] = fields;
        const auto message_id = minimeta::message_id_of(id);
        std::int64_t milliseconds = 0;
        if (!message_id || !minimeta::parse_number(time, milliseconds)) return false;
        constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / nanoseconds_in_millisecond;
        if (milliseconds > most || milliseconds < -most) return false;
        if (manner != "say" && manner != "act") return false;
        const minimeta::Message message{
            .stamp = {*message_id, {milliseconds * nanoseconds_in_millisecond}},
            .from = from,
            .text = line,
            .manner = manner == "act" ? minimeta::Manner::action : minimeta::Manner::speech,
        };
        return !room.remember(group, message);
    }

    static constexpr std::int64_t nanoseconds_in_millisecond = minimeta::milliseconds(1).nanoseconds;
    static constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

    minimeta::net::Descriptor file_;
    bool cut_off_ = false;  // the last line has no end
};

}  // namespace tcp_server
