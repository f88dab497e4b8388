// Screen: all output to the user. Lines scroll, and the row that is being typed stays below them.
//
// A new line erases that row, and show() draws it again below, so that neither overwrites the other. Text from the room
// cannot control the terminal: control characters are shown as U+FFFD.
//
// If standard output is not a terminal, it gets only the lines of the room, with the same replacement. The client's own
// messages go to standard error.
#pragma once

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>

#include "grapheme_cluster.hpp"
#include "line_editor.hpp"
#include "minimeta/base/utf8.hpp"

namespace tcp_client {

/// Replaces every character that may not be shown (minimeta::is_shown) by U+FFFD.
inline std::string made_safe(std::string_view text) {
    std::string safe;
    while (!text.empty()) {
        std::string_view rest = text;
        if (minimeta::is_shown(minimeta::take_code_point(rest))) safe += text.substr(0, text.size() - rest.size());
        else safe += "\uFFFD";
        text = rest;
    }
    return safe;
}

/// Returns the size in bytes of a line's label: a sign of the room, or the text up to the first colon, which is the
/// speaker's name. 0 if there is none.
inline std::size_t label_size(std::string_view line) {
    for (const std::string_view sign : {"-- ", "** ", "* "})
        if (line.starts_with(sign)) return sign.size();
    const std::size_t narrow = line.find(": ");
    const std::size_t wide = line.find("：");
    if (narrow == wide) return 0;  // both npos
    return narrow < wide ? narrow + 2 : wide + std::string_view("：").size();
}

/// Whether the terminal has no control sequences, or is unknown.
inline bool terminal_is_dumb() {
    const char* kind = std::getenv("TERM");
    return kind == nullptr || std::string_view(kind).empty() || std::string_view(kind) == "dumb";
}

class Screen {
public:
    Screen() : is_terminal_(::isatty(STDOUT_FILENO) == 1) {
        const char* no_color = std::getenv("NO_COLOR");
        colours_ = is_terminal_ && !terminal_is_dumb() && (no_color == nullptr || *no_color == '\0');
    }

    /// Prints a line of the room, in colours. A refusal has the colour of a warning.
    void print_received(std::string_view line) {
        const std::string safe = made_safe(line);
        if (line.starts_with("! ")) return print(colour(yellow, safe));
        const std::size_t label = label_size(safe);
        print(colour(cyan, safe.substr(0, label)) + colour(green, safe.substr(label)));
    }

    /// Print a message of the client itself.
    void print_state(std::string_view text) { print_own(blue, text); }
    void print_warning(std::string_view text) { print_own(yellow, text); }

    /// Prints several lines of help without a prefix.
    void print_help(std::string_view text) {
        if (is_terminal_) print(colour(blue, text));
        else write_all(STDERR_FILENO, std::string(text) + "\n");
    }

    /// Prints the line that was typed, so that it stays among the others.
    void print_typed(std::string_view line) { print(std::string(LineEditor::prompt) + std::string(line)); }

    /// Writes what was printed since the last call, and no row below it.
    void show() {
        write_all(STDOUT_FILENO, pending_);
        pending_.clear();
    }

    /// Writes what was printed since the last call, and the row below it.
    void show(const Row& row) {
        if (pending_.empty() && row_is_there_ && row == row_) return;
        // Terminals differ in how wide they show an emoji, so the cursor is moved by writing what is in front of it.
        pending_ += "\r" + row.text + erase_to_end;
        std::string_view rest = row.text;
        while (width_of(row.text) - width_of(rest) < row.cursor) take_cluster(rest);
        if (!rest.empty()) pending_ += "\r" + row.text.substr(0, row.text.size() - rest.size());
        row_ = row;
        row_is_there_ = true;
        show();
    }

    /// Erases the row, until the next show(row).
    void hide_row() {
        if (!row_is_there_) return;
        row_is_there_ = false;
        pending_ += std::string("\r") + erase_to_end;
    }

    /// The terminal has this many columns now. If the row is wider, it has been wrapped, as all terminals do that keep their
    /// text when they get narrower: then it is erased from its first line on.
    void on_resize(std::size_t columns) {
        if (!row_is_there_) return;
        if (const std::size_t above = row_.cursor / columns; above != 0)
            pending_ += "\x1b[" + std::to_string(above) + "A";
        pending_ += "\r\x1b[J";
        row_is_there_ = false;
    }

    void clear() {
        hide_row();
        pending_ += "\x1b[H\x1b[2J";
    }

    /// False after a write to standard output has failed.
    [[nodiscard]] bool works() const { return works_; }

private:
    static constexpr std::string_view cyan = "\x1b[96m", green = "\x1b[92m", blue = "\x1b[94m", yellow = "\x1b[93m";
    static constexpr const char* erase_to_end = "\x1b[K";

    [[nodiscard]] std::string colour(std::string_view begin, std::string_view text) const {
        if (!colours_ || text.empty()) return std::string(text);
        return std::string(begin) + std::string(text) + "\x1b[0m";
    }

    void print(const std::string& line) {
        hide_row();
        pending_ += line + "\n";
    }

    // Messages of the client begin with a colon, as commands to it do.
    void print_own(std::string_view begin, std::string_view text) {
        if (is_terminal_) print(colour(begin, ": " + made_safe(text)));
        else write_all(STDERR_FILENO, "tcp_client: " + made_safe(text) + "\n");
    }

    void write_all(int descriptor, std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
            if (written >= 0) {
                bytes.remove_prefix(static_cast<std::size_t>(written));
            } else if (errno == EAGAIN) {  // another program that shares the terminal made it nonblocking
                pollfd waiting{descriptor, POLLOUT, 0};
                ::poll(&waiting, 1, -1);
            } else if (errno != EINTR) {
                if (descriptor == STDOUT_FILENO) works_ = false;
                return;
            }
        }
    }

    const bool is_terminal_;
    bool colours_ = false;
    bool works_ = true;
    std::string pending_;  // printed, and not yet written
    Row row_;
    bool row_is_there_ = false;
};

}  // namespace tcp_client
