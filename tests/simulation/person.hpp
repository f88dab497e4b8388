// A person: somebody who may be in the room, over one connection after another, and knows of it what it has read.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "minimeta/message.hpp"
#include "simulation/violation.hpp"
#include "simulation/wire.hpp"

class Person {
public:
    /// Does not change while the world exists.
    std::size_t number = 0;
    bool framed = true;  // ends its lines
    std::string line_end = "\n";
    std::uint64_t origin = 0;
    std::size_t capacity = 0;  // of what its kernel keeps for it

    std::shared_ptr<Wire> wire;  // none while it is away
    bool stalled = false;        // reads nothing
    bool never_closes = false;   // not even when the room has

    /// What it takes to resume; the token is empty if it has none.
    [[nodiscard]] const std::string& token() const { return token_; }

    /// The newest message that it has read, or one of those before; then it reads again what came after that.
    [[nodiscard]] minimeta::MessageId seen(std::size_t before) {
        while (before-- > 0 && seen_.size() > 1) seen_.pop_back();
        return seen_.empty() ? minimeta::MessageId{} : seen_.back();
    }

    /// It may go on as somebody else, who has seen other messages.
    void lies() { lies_ = true; }

    /// Lines that it has read.
    [[nodiscard]] std::uint64_t lines() const { return lines_; }

    /// Begins to read over another connection.
    void begins() { partial_.clear(); }

    /// Reads a piece. Calls `line(text)` for each line in it.
    template <class Use>
    void reads(std::string_view piece, Use&& use) {
        for (std::size_t end; (end = piece.find('\n')) != piece.npos; piece.remove_prefix(end + 1)) {
            partial_ += piece.substr(0, end);
            ++lines_;
            understand(partial_);
            use(partial_);
            partial_.clear();
        }
        partial_ += piece;
    }

private:
    // Each message comes once, in the order of ids, however often the person resumes.
    void understand(const std::string& line) {
        if (lies_ && line.starts_with("-- Welcome back")) {
            lies_ = false;
            seen_.clear();
        }
        if (!line.starts_with('+') || line.starts_with("+nosession") || line.starts_with("+name")) return;
        std::string_view rest = std::string_view(line).substr(1);
        const auto word = [&rest] {
            const std::string_view first = rest.substr(0, rest.find(' '));
            rest.remove_prefix(std::min(first.size() + 1, rest.size()));
            return first;
        };
        const bool session = line.starts_with("+session ");
        if (session) word();
        const std::string_view token = session ? word() : token_;
        const auto seen = minimeta::message_id_of(word());
        if (!seen) throw Violation{"a stamp that is none: " + in_quotes(line)};
        if (session && token != token_) {
            token_ = token;
            seen_.clear();
        } else if (!seen_.empty() && (session ? *seen < seen_.back() : *seen <= seen_.back())) {
            throw Violation{"a message came twice, or out of order: " + in_quotes(line)};
        }
        seen_.push_back(*seen);
        if (seen_.size() > 12) seen_.pop_front();
    }

    std::string partial_;  // line
    std::string token_;
    std::deque<minimeta::MessageId> seen_;
    std::uint64_t lines_ = 0;
    bool lies_ = false;
};
