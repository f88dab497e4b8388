// A history that outlives the server: a line for each message in a file, read again at the next start.
//
// A line is `epoch-sequence`, milliseconds since 1970, the group, `say` or `act`, the name, the text, with tabs between
// them. Only the text may have tabs of its own. What is private, or said by the server itself, is not written.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>

#include "minimeta/minimeta.hpp"

class HistoryFile {
public:
    struct Read {
        std::size_t messages = 0;
        std::size_t refused = 0;  // lines that are none, or of groups that are not there any more
    };

    /// Puts the messages of a file into a room in which nobody has said anything; none, if there is no such file.
    template <class Room>
    static Read read(const std::string& path, Room& room) {
        Read read;
        std::ifstream file(path, std::ios::binary);
        for (std::string line; std::getline(file, line);) ++(restore(line, room) ? read.messages : read.refused);
        return read;
    }

    /// Writes behind what is in the file already; false if it cannot be opened, then errno tells why.
    bool open(const std::string& path) {
        std::ifstream before(path, std::ios::binary | std::ios::ate);
        before.seekg(-1, std::ios::end);
        const bool cut_off = before && before.get() != '\n';  // as when the power fails
        file_.open(path, std::ios::binary | std::ios::app);
        if (cut_off) file_ << '\n';
        return file_.is_open();
    }

    /// Writes what a member said. False if that fails, and from then on.
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
