// Line editor: the line that is being typed, and the history of lines typed before it.
//
// Pure: keys go in, and the text and the row that shows it come out. The unit of editing is a grapheme cluster
// (grapheme_cluster.hpp). Of a line that is wider than the terminal, the row shows the part around the cursor. So a line
// never takes more than one row, and is easy to erase and draw again when something arrives.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "display_width.hpp"
#include "grapheme_cluster.hpp"
#include "keys.hpp"
#include "minimeta/base/utf8.hpp"

namespace tcp_client {

/// Encodes a character as UTF-8.
inline std::string utf8(char32_t c) {
    std::string bytes;
    minimeta::append_code_point(bytes, c);
    return bytes;
}

/// The visible part of the line, with the prompt.
struct Row {
    std::string text;
    std::size_t cursor = 0;  ///< in cells from the left edge

    friend bool operator==(const Row&, const Row&) = default;
};

class LineEditor {
public:
    /// What the program must do after a key.
    enum class Asked : std::uint8_t { nothing, take_line, leave, clear_screen };

    static constexpr std::string_view prompt = "> ";
    static constexpr std::string_view prompt_when_cut = "< ";  // the line goes on to the left
    static constexpr std::size_t max_history_lines = 500;

    Asked press(Key key) {
        switch (key.kind) {
            case Key::Kind::character: insert(key.character); break;
            case Key::Kind::enter: return Asked::take_line;
            case Key::Kind::backspace: erase(before(cursor_), cursor_); break;
            case Key::Kind::remove: erase(cursor_, after(cursor_)); break;
            case Key::Kind::left: cursor_ = before(cursor_); break;
            case Key::Kind::right: cursor_ = after(cursor_); break;
            case Key::Kind::home: cursor_ = 0; break;
            case Key::Kind::end: cursor_ = text_.size(); break;
            case Key::Kind::up: recall(recalled_ - std::min<std::size_t>(recalled_, 1)); break;
            case Key::Kind::down: recall(std::min(recalled_ + 1, history_.size())); break;
            case Key::Kind::kill_to_start: erase(0, cursor_); break;
            case Key::Kind::kill_to_end: erase(cursor_, text_.size()); break;
            case Key::Kind::kill_word: erase(start_of_word(), cursor_); break;
            case Key::Kind::clear_screen: return Asked::clear_screen;
            case Key::Kind::end_of_input:
                if (text_.empty()) return Asked::leave;
                erase(cursor_, after(cursor_));
                break;
        }
        return Asked::nothing;
    }

    /// Clears and returns the line. Adds it to the history, unless it is empty or the same as the line before.
    std::string take_line() {
        if (!text_.empty() && (history_.empty() || history_.back() != text_)) history_.push_back(text_);
        if (history_.size() > max_history_lines) history_.erase(history_.begin());
        recalled_ = history_.size();
        draft_.clear();
        cursor_ = 0;
        return std::exchange(text_, {});
    }

    /// Clears the line, without adding it to the history. Returns whether it had any text.
    bool discard() {
        recalled_ = history_.size();
        draft_.clear();
        cursor_ = 0;
        return !std::exchange(text_, {}).empty();
    }

    [[nodiscard]] const std::string& text() const { return text_; }

    /// Returns the row for a terminal of so many columns, with `label` in front of the prompt, in ASCII. The last column stays
    /// free for the cursor: text in it makes some terminals continue on the next row.
    [[nodiscard]] Row row(std::size_t columns, std::string_view label = {}) const {
        if (columns < label.size() + 16) label = {};
        const std::size_t room = std::max<std::size_t>(columns, 8) - label.size() - prompt.size() - 1;
        const std::size_t cursor_at = width(0, cursor_);

        // The view moves by half of its width, so that it does not move with every key.
        const std::size_t half = room / 2;
        const std::size_t from = cursor_at < room ? 0 : (cursor_at / half - 1) * half;

        Row row{std::string(label) + std::string(from == 0 ? prompt : prompt_when_cut), 0};
        row.cursor = row.text.size() + cursor_at - from;
        std::size_t at = 0;
        for (std::size_t i = 0; i < text_.size();) {
            const std::size_t next = after(i);
            const std::size_t end = at + width(i, next);
            if (end > from + room) break;
            if (at >= from) row.text.append(text_, i, next - i);
            else if (end > from) row.text += ' ';  // half of a wide character
            at = end;
            i = next;
        }
        return row;
    }

private:
    void insert(char32_t character) {
        const std::string bytes = utf8(character);
        text_.insert(cursor_, bytes);
        cursor_ += bytes.size();
    }

    void erase(std::size_t from, std::size_t to) {
        text_.erase(from, to - from);
        cursor_ = from;
    }

    // Shows another line of the history. After its last line comes the draft: the unfinished line.
    void recall(std::size_t which) {
        if (which == recalled_) return;
        if (recalled_ == history_.size()) draft_ = text_;
        recalled_ = which;
        text_ = which == history_.size() ? draft_ : history_[which];
        cursor_ = text_.size();
    }

    // The position after the character at `at`, with its marks and what an emoji is made of.
    [[nodiscard]] std::size_t after(std::size_t at) const {
        std::string_view rest = std::string_view(text_).substr(at);
        take_cluster(rest);
        return text_.size() - rest.size();
    }

    // The position of the character before `at`.
    [[nodiscard]] std::size_t before(std::size_t at) const {
        std::size_t found = 0;
        for (std::size_t i = 0; i < at; i = after(i)) found = i;
        return found;
    }

    [[nodiscard]] std::size_t start_of_word() const {
        std::size_t at = cursor_;
        while (at > 0 && is_blank_at(before(at))) at = before(at);
        while (at > 0 && !is_blank_at(before(at))) at = before(at);
        return at;
    }

    [[nodiscard]] bool is_blank_at(std::size_t at) const {
        std::string_view rest = std::string_view(text_).substr(at);
        return minimeta::is_blank(minimeta::take_code_point(rest));
    }

    [[nodiscard]] std::size_t width(std::size_t from, std::size_t to) const {
        return width_of(std::string_view(text_).substr(from, to - from));
    }

    std::string text_;
    std::size_t cursor_ = 0;  // in bytes
    std::vector<std::string> history_;
    std::size_t recalled_ = 0;  // index of the shown line; the history's size for the draft
    std::string draft_;
};

}  // namespace tcp_client
