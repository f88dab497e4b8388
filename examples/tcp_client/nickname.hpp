// Nickname: the user's name in the room, so that the client can join under it again after a new connection.
//
// It is the last name given, by --name or by a typed line. If the server refuses something before another line is
// typed, the refusal is taken to be about the new name, and the name before it stays.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "minimeta/base/utf8.hpp"
#include "minimeta/command.hpp"
#include "minimeta/protocol/text/parser.hpp"

namespace tcp_client {

class Nickname {
public:
    explicit Nickname(std::string name) : accepted_(std::move(name)) {}

    /// Empty if no name was given.
    [[nodiscard]] const std::string& get() const { return proposed_ ? *proposed_ : accepted_; }

    void on_send(std::string_view line) {
        if (proposed_) accepted_ = *std::exchange(proposed_, std::nullopt);
        const auto command = parser_.parse(line);
        if (!command) return;
        if (const auto* given = minimeta::get_if<minimeta::SetName>(&*command)) proposed_ = minimeta::trim(given->name);
    }

    void on_receive(std::string_view line) {
        if (line.starts_with("! ")) proposed_.reset();
    }

private:
    minimeta::TextParser parser_;
    std::string accepted_;
    std::optional<std::string> proposed_;
};

}  // namespace tcp_client
