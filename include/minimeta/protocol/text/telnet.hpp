// Telnet: what a telnet client sends besides the text (RFC 854).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace minimeta {

/// Takes the commands of telnet out of a line, which is copied to `scratch` if there are any: IAC, the byte 255, which no
/// UTF-8 contains, and what belongs to it. What only looks like a command stays.
inline std::string_view without_telnet(std::string_view line, std::string& scratch) {
    constexpr auto iac = '\xFF';
    if (line.find(iac) == line.npos) return line;
    constexpr unsigned char subnegotiation_end = 240, subnegotiation = 250, will = 251, do_not = 254;
    scratch.clear();
    for (std::size_t at; (at = line.find(iac)) != line.npos;) {
        scratch.append(line.substr(0, at));
        line.remove_prefix(at);
        const unsigned char code = line.size() > 1 ? static_cast<unsigned char>(line[1]) : 0;
        std::size_t size = code >= subnegotiation_end && code < subnegotiation ? 2 : 1;
        if (code >= will && code <= do_not) size = line.size() < 3 ? line.size() : 3;  // with an option
        if (code == subnegotiation) {
            const std::size_t end = line.find("\xFF\xF0");
            size = end != line.npos ? end + 2 : line.size();
        }
        if (size == 1) scratch += iac;
        line.remove_prefix(size);
    }
    return scratch.append(line);
}

}  // namespace minimeta
