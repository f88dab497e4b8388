// What a peer that can resume learns from the lines that it has read, and so what it shows when it comes back.
#pragma once

#include <algorithm>
#include <cstddef>
#include <sstream>
#include <string>
#include <vector>

#include "minimeta/message.hpp"

/// What it takes to resume; the token is empty if there is no session.
struct Ticket {
    std::string token;
    minimeta::MessageId seen;
};

/// The ticket of a peer that has read these bytes, but not their last `lost` lines nor an incomplete one; and that had
/// this ticket before.
inline Ticket ticket_after(const std::string& read, std::size_t lost, Ticket ticket) {
    std::vector<std::string> lines;
    std::istringstream stream(read.substr(0, read.rfind('\n') + 1));
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    lines.resize(lines.size() - std::min(lost, lines.size()));
    for (const std::string& line : lines) {
        if (!line.starts_with('+') || line.starts_with("+nosession")) continue;
        std::istringstream words(line);
        std::string first, token, id;
        words >> first;
        if (first == "+session") {
            words >> token >> id;
            ticket.token = token;
        } else {
            id = first.substr(1);
        }
        ticket.seen = minimeta::message_id_of(id).value();
    }
    return ticket;
}
