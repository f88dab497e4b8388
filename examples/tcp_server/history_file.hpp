// A history file: the messages of lobby and groups, appended as they are said and loaded at the next start.
//
// Each line is a message, with its fields separated by tabs: `epoch-sequence`, milliseconds since 1970, the group
// (empty for the lobby), `say` or `act`, the name, the text. Only the text may contain tabs. Private messages and
// announcements are not written.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>

#include "minimeta/minimeta.hpp"

namespace tcp_server {

class HistoryFile {
public:
    struct Read {
        std::size_t messages = 0;
        std::size_t refused = 0;  // lines that are malformed, or name a group that does not exist
    };

    /// Loads the messages of a file into a room without messages. A file that does not exist counts as empty.
    template <class Room>
    static Read read(const std::string& path, Room& room) {
        Read read;
        std::ifstream file(path, std::ios::binary);
        for (std::string line; std::getline(file, line);) ++(restore(line, room) ? read.messages : read.refused);
        return read;
    }

    /// Opens the file for appending. Returns false if that fails; errno then says why.
    bool open(const std::string& path) {
        std::ifstream before(path, std::ios::binary | std::ios::ate);
        before.seekg(-1, std::ios::end);
        const bool cut_off = before && before.get() != '\n';  // by a power failure, for example
        file_.open(path, std::ios::binary | std::ios::app);
        if (cut_off) file_ << '\n';
        return file_.is_open();
    }

    /// Appends what a member said. Returns false if that fails, and for every call after that.
    bool write(const minimeta::Said& said) {
        file_ << text_of(said.stamp.id) << '\t' << said.stamp.at.nanoseconds / nanoseconds_in_millisecond << '\t'
              << said.group << '\t' << (said.manner == minimeta::Manner::action ? "act" : "say") << '\t' << said.from
              << '\t' << said.text << std::endl;
        return file_.good();
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

    std::ofstream file_;
};

}  // namespace tcp_server
