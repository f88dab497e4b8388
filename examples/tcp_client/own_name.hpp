// Remembers the name that one goes by, so that it can be given again after connecting anew.
//
// That is the last one given, by --name or by a typed line; but if the server refuses something before another line is
// typed, it is taken to be the name that was refused, and the one before it stays.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "minimeta/base/utf8.hpp"
#include "minimeta/command.hpp"
#include "minimeta/protocol/text/parser.hpp"

namespace tcp_client {

class OwnName {
public:
    explicit OwnName(std::string name) : accepted_(std::move(name)) {}

    /// The name to go by; empty if none was given.
    [[nodiscard]] const std::string& get() const { return proposed_ ? *proposed_ : accepted_; }

    void on_said(std::string_view line) {
        if (proposed_) accepted_ = *std::exchange(proposed_, std::nullopt);
        const auto command = parser_.parse(line);
        if (!command) return;
        if (const auto* given = minimeta::get_if<minimeta::SetName>(&*command)) proposed_ = minimeta::trim(given->name);
    }

    void on_received(std::string_view line) {
        if (line.starts_with("! ")) proposed_.reset();
    }

private:
    minimeta::TextParser parser_;
    std::string accepted_;
    std::optional<std::string> proposed_;
};

}  // namespace tcp_client
