// The mouth of a peer: its lines on their way to the room, as bytes and as what they mean to the model. The room receives
// them in pieces that respect no line; what each piece means is said here once more, by plain means.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "minimeta/error.hpp"
#include "minimeta/limits.hpp"
#include "simulation/line.hpp"
#include "simulation/model/room.hpp"

class Mouth {
public:
    using Id = Line::Id;

    /// Types a line. Without an end, as a client of Unframed sends it, it must arrive in one piece.
    void type(const Line& line, const std::string& end) {
        lines_.push_back({line, line.text + end, end.empty()});
        bytes_ += lines_.back().bytes.size();
    }

    [[nodiscard]] std::size_t bytes() const { return bytes_; }

    /// How many bytes the first line still has.
    [[nodiscard]] std::size_t first_line() const { return lines_.empty() ? 0 : lines_.front().left(); }

    /// How many it has before its "\n", if it can arrive in pieces.
    [[nodiscard]] std::size_t before_line_feed() const {
        return lines_.empty() || lines_.front().whole ? 0 : lines_.front().left() - 1;
    }

    /// How many of the next `most` bytes may arrive together.
    [[nodiscard]] std::size_t piece(std::size_t most) const {
        std::size_t size = 0;
        for (const Typed& each : lines_) {
            if (each.whole) return size == 0 ? each.left() : size;
            size += each.left();
            if (size >= most) return most;
        }
        return size;
    }

    /// The next `count` bytes arrive. Returns them; what they mean is in the next call of hear.
    std::string take(std::size_t count) {
        std::string piece;
        while (piece.size() < count) {
            Typed& next = lines_.front();
            const std::size_t part = std::min(count - piece.size(), next.left());
            piece += next.bytes.substr(next.passed, part);
            next.passed += part;
            if (next.left() != 0) break;
            arrived_.push_back(std::move(next));
            lines_.pop_front();
        }
        bytes_ -= piece.size();
        return piece;
    }

    /// The model of a room with these limits hears that piece.
    void hear(ModelRoom& model, Id id, const std::string& piece, const minimeta::Limits& limits) {
        model.hears(id);
        model.holds_to_rules(false);
        const std::vector<Typed> ended = std::exchange(arrived_, {});
        std::size_t commands = 0;
        for (std::size_t i = 0; i < ended.size() && model.is_open(id); ++i) {
            const Line& line = ended[i].line;
            if (ended[i].refused || !line.effect) continue;
            ++commands;
            if (line.metered && !model.admits(id)) {
                if (i + 2 < ended.size()) i = ended.size() - 2;  // all but the last are not even looked at
            } else if (line.text.size() > limits.line_bytes) {
                model.answer(id, minimeta::Errc::line_too_long);
            } else if (model.lets_pass(id, line.request.kind, line.request.about, line.request.needs_name)) {
                model.holds_to_rules(true);
                line.effect(model, id);
                model.holds_to_rules(false);
            }
        }
        if (model.is_open(id) && has_too_long_beginning(piece, limits)) {
            lines_.front().refused = true;
            ++commands;
            if (model.admits(id)) model.answer(id, minimeta::Errc::line_too_long);
        }
        const std::size_t worth = piece.size() / 4'096;
        if (model.is_open(id) && worth > commands) model.charges(id, worth - commands);
    }

private:
    struct Typed {
        Line line;
        std::string bytes;
        bool whole;  // arrives in one piece
        std::size_t passed = 0;
        bool refused = false;  // before its end came

        [[nodiscard]] std::size_t left() const { return bytes.size() - passed; }
    };

    [[nodiscard]] bool has_too_long_beginning(const std::string& piece, const minimeta::Limits& limits) const {
        if (lines_.empty() || lines_.front().refused || lines_.front().passed == 0) return false;
        return lines_.front().passed > limits.line_bytes + (piece.ends_with('\r') ? 1 : 0);
    }

    std::deque<Typed> lines_;
    std::vector<Typed> arrived_;  // their ends were in the last piece
    std::size_t bytes_ = 0;       // of lines_, and not arrived yet
};
